"""The names of sections: which section a printed heading means, in each layout."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.fold import core, fold, squeeze
from disclosure_rules.ingest.per_layouts import PerLayouts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from disclosure_rules.model.layout import Layout

__all__ = ["Meaning", "SectionNames", "section_names"]

# A heading counts as a misprint or variant of a known name from this similarity on (twice the common letters over
# all letters); measured on the headings of the corpus, of which none below it was one.
LIKE = 0.72
_VARIANT = 0.98
_WITHIN = 0.95
_ANNEX = "政府信息公开情况统计表"
_MIN_TAIL = 8
_MOST_LOOKED_UP = 4096  # lines; those of reports are much alike
_MAX_NAME = 45
# 上年结转政府信息: what a text that was cut has of a label.
_FEWEST_LETTERS = 6
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
                    bare, squeezed = _compared(name)
                    known.setdefault(bare, Meaning(section.key, score))
                    printed.add(squeezed)
            self._names[layout.id] = known
            for table in layout.tables:
                for row in table.rows:
                    labels.update(map(_numbered_label, (row.label.zh, row.parent or "")))
        self._printed = tuple(sorted(printed, key=len, reverse=True))
        self._labels = tuple(labels - {""})
        self._bare = {name: _bare(name) for known in self._names.values() for name in known}
        self._with_letter: dict[str, list[str]] = {}
        for name in self._bare:
            for letter in set(name):
                self._with_letter.setdefault(letter, []).append(name)
        self._meant = lru_cache(maxsize=_MOST_LOOKED_UP)(self._look_up)

    def meanings(self, heading: str) -> dict[str, Meaning]:
        """The section that a heading without its number means, by layout; empty where it means none.

        A remark in brackets behind the name, such as 总体情况（宋体加粗小四号字）, may be left out.

        Args:
            heading: Folded text of at most a line.
        """
        wanted = core(heading)
        if not wanted or len(wanted) > _MAX_NAME:
            return {}
        found = self._meant(wanted)
        if not found and heading.rstrip().endswith(")"):
            return self.meanings(heading[: heading.rindex("(")] if "(" in heading else "")
        return found

    def _look_up(self, wanted: str) -> dict[str, Meaning]:
        read = _Wanted(wanted, self._with_letter, self._bare)
        found = ((layout, self._best(read, names)) for layout, names in self._names.items())
        return {layout: meaning for layout, meaning in found if meaning}

    def annex_meanings(self) -> dict[str, Meaning]:
        """The meanings of an annexed table of figures, whatever its title says of body and year."""
        return {layout: names[_ANNEX] for layout, names in self._names.items() if _ANNEX in names}

    def prefix(self, text: str) -> int:
        """The length of the longest known name at the start of folded text, blanks inside included; 0 for none."""
        head = text[: 2 * _MAX_NAME]
        squeezed = squeeze(head)
        if not squeezed.startswith(self._printed):
            return 0
        name = next(name for name in self._printed if squeezed.startswith(name))
        missing = len(name)
        for end, letter in enumerate(head, start=1):
            missing -= not letter.isspace()
            if not missing:
                return end
        return 0

    def is_row_label(self, heading: str) -> bool:
        """Whether a numbered line is a row of a table (一、本年新收政府信息公开申请数量), or the beginning of one."""
        wanted = core(heading)
        begun = len(wanted) >= _FEWEST_LETTERS and any(label.startswith(wanted) for label in self._labels)
        return begun or wanted.startswith(self._labels)

    def _best(self, heading: _Wanted, names: Mapping[str, Meaning]) -> Meaning | None:
        """The section of a layout that a heading means; of two names equally alike the first."""
        exact = names.get(heading.words)
        if exact:
            return exact
        best: Meaning | None = None
        least = LIKE
        for name, meaning in names.items() if heading.bounds else ():
            if heading.bounds.get(name, 0.0) * meaning.score < least:
                continue
            score = heading.score(name, self._bare[name]) * meaning.score
            if score >= LIKE and (best is None or score > best.score):
                best = Meaning(meaning.key, score)
                least = score
        return best


_MADE = PerLayouts(SectionNames)


def section_names(layouts: Iterable[Layout]) -> SectionNames:
    """The names of some layouts, put together once for all reports that are read with them."""
    return _MADE.of(layouts)


class _Wanted:
    """A heading that is looked up in all layouts, which share most of their names.

    Args:
        words: Its words.
        with_letter: For each letter the names that have it.
        shorts: For each name what is left without the words that reports leave out at will.
    """

    def __init__(
        self, words: str, with_letter: Mapping[str, Sequence[str]], shorts: Mapping[str, str]
    ) -> None:
        self.words = words
        self.bare = _bare(words)
        # How alike a name can be at most, by how many of its letters it has: on most lines no name has enough of them.
        shared = Counter(chain.from_iterable(with_letter.get(letter, ()) for letter in words))
        self.bounds = {
            name: bound
            for name, letters in shared.items()
            if (bound := _bound(letters, name, len(self.bare) + len(shorts[name]))) >= LIKE
        }
        self._scores: dict[str, float] = {}

    def score(self, name: str, short: str) -> float:
        """How alike it is to a name, 0 to 1; `short` is the name without what reports leave out at will."""
        if name not in self._scores:
            within = len(name) >= _MIN_TAIL and (
                self.words.endswith(name) or self.words.startswith((f"{name}和", f"{name}及", f"{name}与"))
            )
            score = _WITHIN if within else _likeness(self.words, name)
            self._scores[name] = max(score, _VARIANT * _likeness(self.bare, short) if self.bare else 0.0)
        return self._scores[name]


def _bound(letters: int, name: str, total: int) -> float:
    return 2 * letters / total if letters < len(name) else 1.0


@lru_cache(maxsize=1024)  # the names of layouts are the same for every report
def _compared(name: str) -> tuple[str, str]:
    """A name as headings are compared with it, and as it is looked for in text."""
    folded = fold(name)
    return core(folded), squeeze(folded)


@lru_cache(maxsize=1024)
def _numbered_label(printed: str) -> str:
    """A label with a Chinese number before it (一、本年新收…) as it is compared; empty for any other."""
    folded = fold(printed)
    return core(_ENUMERATOR.sub("", folded)) if _ENUMERATOR.match(folded) else ""


@lru_cache(maxsize=1024)
def _bare(name: str) -> str:
    return _LEAD.sub("", name, count=1)


def _likeness(left: str, right: str) -> float:
    """Twice the common letters over all letters; 0 where a quick bound shows it to be below `LIKE`."""
    total = len(left) + len(right)
    if not left or not right or 2 * min(len(left), len(right)) < LIKE * total:
        return 0.0
    if 2 * sum(map(right.__contains__, left)) < LIKE * total:
        return 0.0
    return SequenceMatcher(None, left, right, autojunk=False).ratio()
