"""The verb of the example."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules import Evidence, Satisfied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.checks.context import CheckContext


def term_unused(
    context: CheckContext, *, section: str, terms: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """A section that uses none of some terms. Nothing is yielded where the section is not there.

    Args:
        context: The report and what is known around it.
        section: Key of the section.
        terms: The terms, one of which is expected.
    """
    found = context.report.section(section)
    if found is None:
        return
    location = found.location.model_copy(update={"section": section})
    text = "".join(paragraph.text for paragraph in found.paragraphs)
    used = any(term in text for term in terms)
    yield (Satisfied() if used else Evidence(location=location, values={"terms": "、".join(terms)}))
