"""The verbs of the example plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules import Evidence, Satisfied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.checks.context import CheckContext


def too_few_characters(context: CheckContext, *, section: str, least: int) -> Iterator[Evidence | Satisfied]:
    """A section of fewer than `least` characters. Nothing is yielded where the section is not there.

    Args:
        context: The report and what is known around it.
        section: Key of the section.
        least: The fewest characters it shall have.
    """
    found = context.report.section(section)
    if found is None:
        return
    length = sum(len(paragraph.text) for paragraph in found.paragraphs)
    location = found.location.model_copy(update={"section": section})
    values = {"length": length, "least": least}
    yield Evidence(location=location, values=values) if length < least else Satisfied()
