"""Sections whose heading is not there, while what it says is: in the section before, below a sub-heading of that name."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from disclosure_rules.fold import compact
from disclosure_rules.model.note import HEADING_LOST, Note
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.model.layout import Layout, SectionSpec
    from disclosure_rules.model.report import Paragraph, Section

__all__ = ["lost_headings"]

_OVERVIEW = 1
_LONGEST = 40
_FEWEST_ALIKE = 6  # 存在的主要问题 of 存在的主要问题及改进情况
# What every section is about tells none from another.
_COMMON = re.compile("政府信息公开|信息公开|情况")


def lost_headings(sections: Sequence[Section], layout: Layout | None) -> list[Note]:
    """A note for each section of the layout that is left out between two others and whose name a line of the first has.

    The overview is not looked at: its aspects have the names of the sections that follow.

    Returns:
        Notes whose places name the section (`section`) and where its text seems to begin.
    """
    if layout is None:
        return []
    numbered = {spec.key: spec for spec in layout.sections if spec.number is not None}
    known = [(numbered[section.key], section) for section in sections if section.key in numbered]
    return [
        note
        for (before, section), (after, _) in pairwise(known)
        if before.number != _OVERVIEW
        for missing in _between(before, after, layout)
        for note in _lost(section, missing)
    ]


def _between(before: SectionSpec, after: SectionSpec, layout: Layout) -> list[SectionSpec]:
    first, last = before.number or 0, after.number or 0
    return [spec for spec in layout.sections if spec.number is not None and first < spec.number < last]


def _lost(section: Section, missing: SectionSpec) -> Iterator[Note]:
    line = next((one for one in section.paragraphs if _is_named(one, missing)), None)
    if line is None:
        return
    name = missing.title
    yield Note(
        code=HEADING_LOST,
        message=Text(
            zh=f"没有「{name.zh}」的标题，而「{section.heading}」中有「{line.text.strip()}」：像是这一部分的标题漏了，"
            "或者转换时丢失了，没有分开。",
            en=f"there is no heading “{name.en}”, but “{section.heading}” holds “{line.text.strip()}”: the heading of "
            "that section seems to have been left out or lost; it was not divided.",
        ),
        places=(line.location.model_copy(update={"section": missing.key}),),
        words=(line.text.strip(),),
    )


def _is_named(paragraph: Paragraph, missing: SectionSpec) -> bool:
    text = compact(paragraph.text)
    if len(text) > _LONGEST or "。" in text:
        return False
    said = _COMMON.sub("", text)
    names = (_COMMON.sub("", compact(name)) for name in (missing.title.zh, *missing.variants))
    return any(
        _alike(said, name) >= min(_FEWEST_ALIKE, len(name)) for name in names if len(name) >= _FEWEST_ALIKE
    )


def _alike(left: str, right: str) -> int:
    """The longest run of letters that two words share."""
    return SequenceMatcher(None, left, right, autojunk=False).find_longest_match().size
