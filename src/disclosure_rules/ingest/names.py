"""The names of sections: which section a printed heading means, in each layout."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.fold import core, fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_rules.model.layout import Layout

__all__ = ["Meaning", "SectionNames"]

# A heading counts as a misprint or variant of a known name from this similarity on (twice the common letters over
# all letters); measured on the headings of the corpus, of which none below it was one.
LIKE = 0.72
_VARIANT = 0.98
_WITHIN = 0.95
_ANNEX = "政府信息公开情况统计表"
_MIN_TAIL = 8
_MAX_NAME = 45
# Words that reports put before the name of a section or leave out at will.
_ENUMERATOR = re.compile(r"[一二三四五六七八九十]{1,3}、")
_LEAD = re.compile(r"因?(?:行政机关)?(?:(?:政府|政务)?信息公开|政务公开)?(?:工作)?")


class Meaning(NamedTuple):
    """The section that a heading means in a layout, and how sure that is: 1 for the very name."""

    key: str
    score: float


class SectionNames:
    """The names of the sections of some layouts, for looking up headings.

    Args:
        layouts: The layouts to tell apart.
    """

    def __init__(self, layouts: Iterable[Layout]) -> None:
        self._names: dict[str, dict[str, Meaning]] = {}
        printed: set[str] = set()
        labels: set[str] = set()
        for layout in layouts:
            known: dict[str, Meaning] = {}
            for section in layout.sections:
                for name in (section.title.zh, *section.variants):
                    score = 1.0 if name == section.title.zh else _VARIANT
                    known.setdefault(core(fold(name)), Meaning(section.key, score))
                    printed.add(squeeze(fold(name)))
            self._names[layout.id] = known
            for table in layout.tables:
                for row in table.rows:
                    texts = (fold(text) for text in (row.label.zh, row.parent or ""))
                    labels.update(
                        core(_ENUMERATOR.sub("", text)) for text in texts if _ENUMERATOR.match(text)
                    )
        self._printed = sorted(printed, key=len, reverse=True)
        self._labels = labels
        self._looked_up: dict[str, dict[str, Meaning]] = {}

    def meanings(self, heading: str) -> dict[str, Meaning]:
        """The section that a heading without its number means, by layout; empty where it means none.

        Args:
            heading: Folded text of at most a line.
        """
        wanted = core(heading)
        if not wanted or len(wanted) > _MAX_NAME:
            return {}
        if wanted not in self._looked_up:
            found = ((layout, _best(wanted, names)) for layout, names in self._names.items())
            self._looked_up[wanted] = {layout: meaning for layout, meaning in found if meaning}
        return self._looked_up[wanted]

    def annex_meanings(self) -> dict[str, Meaning]:
        """The meanings of an annexed table of figures, whatever its title says of body and year."""
        return {layout: names[_ANNEX] for layout, names in self._names.items() if _ANNEX in names}

    def prefix(self, text: str) -> int:
        """The length of the longest known name at the start of folded text, blanks inside included; 0 for none."""
        head = text[: 2 * _MAX_NAME]
        squeezed = squeeze(head)
        name = next((name for name in self._printed if squeezed.startswith(name)), None)
        if name is None:
            return 0
        missing = len(name)
        for end, letter in enumerate(head, start=1):
            missing -= not letter.isspace()
            if not missing:
                return end
        return 0

    def is_row_label(self, heading: str) -> bool:
        """Whether a numbered line is a row of a statistical table (一、本年新收政府信息公开申请数量)."""
        wanted = core(heading)
        return any(wanted.startswith(label) for label in self._labels)


def _best(wanted: str, names: dict[str, Meaning]) -> Meaning | None:
    exact = names.get(wanted)
    if exact:
        return exact
    bare = _LEAD.sub("", wanted, count=1)
    best: Meaning | None = None
    for name, meaning in names.items():
        score = _WITHIN if len(name) >= _MIN_TAIL and wanted.endswith(name) else _likeness(wanted, name)
        if bare:
            score = max(score, _VARIANT * _likeness(bare, _LEAD.sub("", name, count=1)))
        score *= meaning.score
        if score >= LIKE and (best is None or score > best.score):
            best = Meaning(meaning.key, score)
    return best


def _likeness(left: str, right: str) -> float:
    """Twice the common letters over all letters; 0 where a quick bound shows it to be below `LIKE`."""
    total = len(left) + len(right)
    if not left or not right or 2 * min(len(left), len(right)) < LIKE * total:
        return 0.0
    if 2 * sum(letter in right for letter in left) < LIKE * total:
        return 0.0
    return SequenceMatcher(None, left, right, autojunk=False).ratio()
