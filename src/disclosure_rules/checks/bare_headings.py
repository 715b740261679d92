"""A verb about sub-headings with nothing under them."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import spoken
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.checks.passages import Passage

__all__ = ["subheadings_bare"]

_HEADING = re.compile(r"\s*[（(]\s?[一二三四五六七八九十]{1,3}\s?[）)][^，。；,;：:\d]{2,40}")


def subheadings_bare(context: CheckContext, *, sections: Sequence[str]) -> Iterator[Evidence | Satisfied]:
    """Sub-headings （一） of running text that the next one, or the next section, follows at once.

    Where all of a section's sub-headings stand so they are a list. What a text that breaks off says is not known.

    Args:
        context: The report.
        sections: Keys of sections of running text.
    """
    broken = context.broken_off
    for section in context.report.sections[:-1]:
        if section.key not in sections or (broken is not None and broken.section is section):
            continue
        text = [*context.passages_of(section)]
        heads = [
            at for at, passage in enumerate(text) if _HEADING.fullmatch(passage.read.rstrip("。：: \n\t"))
        ]
        bare = [at for at, after in zip_longest(heads, heads[1:], fillvalue=len(text)) if after == at + 1]
        if len(bare) == len(heads):
            continue
        for at in bare:
            yield _evidence(text[at])
        if not bare:
            yield SATISFIED


def _evidence(passage: Passage) -> Evidence:
    heading = spoken(passage.printed, 0, len(passage.printed))
    return Evidence(location=passage.place(0), values={"heading": heading})
