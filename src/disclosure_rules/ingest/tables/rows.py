"""Which row of a form a printed row is, by its label, its enumerator and the rows around it.

A label that is the very name decides. The others are laid between them in order (the alignment of two sequences
that gains most), and only where the label is clearly more like one name than like any other.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.tables.labels import MOST_LOOKED_UP, Label, label, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from disclosure_rules.model.layout import RowSpec

__all__ = ["Match", "RowNames", "align"]

# Design figures, measured on labels with one to three misprints of the 25 (tests/ingest/test_tables_damage.py).
_LIKE_NUMBERED = 0.45  # with the same enumerator
_LIKE_BARE = 0.7  # without one
_LIKE_OTHER_NUMBER = 0.8  # with another one
_CLEARLY = 0.12
_SURE = 0.9
_SAME_NUMBER = 0.1
_TELLING = 4
_SAME_GROUP = 0.15
_OTHER_GROUP = -0.25


class Match(NamedTuple):
    """A printed row and the row of the form that it is."""

    printed: int
    row: int
    score: float


class RowNames:
    """The labels of the rows of a table in one form.

    Args:
        rows: The rows.
    """

    def __init__(self, rows: Sequence[RowSpec]) -> None:
        self.rows = tuple(rows)
        self.names = tuple(tuple(label(name) for name in (row.label.zh, *row.variants)) for row in rows)
        self.groups = tuple(label(row.parent).words if row.parent else "" for row in rows)
        self._exact: dict[str, int] = {}
        for index, names in enumerate(self.names):
            for name in names:
                self._exact.setdefault(name.words, index)
                if self.groups[index]:
                    self._exact.setdefault(self.groups[index] + name.words, index)
        self._shortest_two = min(len(name.words) for names in self.names for name in names) + _TELLING
        self._known = {*self._exact, *self.groups} - {""}
        self.knows_words = lru_cache(maxsize=MOST_LOOKED_UP)(self._likely_known)

    @property
    def known(self) -> Iterable[str]:
        """The words by which `exact` finds a row."""
        return self._exact.keys()

    def exact(self, printed: Label) -> int | None:
        """The row with this very label, its number aside."""
        return self._exact.get(printed.words)

    def hold_two(self, printed: Label) -> bool:
        """Whether a label is those of two rows, between which a line was lost: their figures are mixed as well."""
        if len(printed.words) <= self._shortest_two or printed.words in self._exact:
            return False
        inside = [
            row
            for row, names in enumerate(self.names)
            if any(len(name.words) >= _TELLING and name.words in printed.words for name in names)
        ]
        return len(inside) > 1

    def words(self, row: int) -> frozenset[str]:
        """The words of the names of a row."""
        return frozenset(name.words for name in self.names[row])

    def knows(self, text: str) -> bool:
        """Whether a text is the label of a row or of a group of rows, or nearly so."""
        return self.knows_words(label(text).words)

    def _likely_known(self, words: str) -> bool:
        return words in self._known or any(
            likeness(words, name) >= _SURE
            for name in self._known
            if len(name) > 2  # noqa: PLR2004
        )

    def score(self, printed: Label, group: str, row: int) -> float:
        """How much a printed label speaks for a row; 0 where it is no match at all."""
        alike = max(likeness(printed.words, name.words) for name in self.names[row])
        number = self.names[row][0].enumerator
        same = printed.enumerator is not None and printed.enumerator == number
        least = (
            _LIKE_NUMBERED if same else _LIKE_OTHER_NUMBER if printed.enumerator and number else _LIKE_BARE
        )
        if alike < least:
            return 0.0
        known = self.groups[row]
        if group and known:
            alike += _SAME_GROUP if likeness(group, known) >= _LIKE_BARE else _OTHER_GROUP
        return alike + (_SAME_NUMBER if same else 0.0)


def align(printed: Sequence[tuple[Label, str]], names: RowNames) -> list[Match]:
    """Find the rows of a form among printed rows.

    Args:
        printed: Label and group of each printed row that has one.
        names: The rows of the form.

    Returns:
        At most one match for each printed row. Two printed rows may match one row of the form: then the caller
        must use neither.
    """
    exact = {
        index: row for index, (words, _) in enumerate(printed) if (row := names.exact(words)) is not None
    }
    found = [Match(index, row, 2.0) for index, row in exact.items()]
    open_rows = [row for row in range(len(names.rows)) if row not in exact.values()]
    scores: dict[tuple[int, int], float] = {}
    for index, (words, group) in enumerate(printed):
        if index in exact or not words.words:
            continue
        of_rows = sorted(
            ((names.score(words, group, row), row) for row in range(len(names.rows))), reverse=True
        )
        best, row = of_rows[0]
        if best > 0 and row in open_rows and best >= of_rows[1][0] + _CLEARLY:
            scores[index, row] = best
    chosen = _monotone(scores, exact)
    taken = {match.row for match in chosen}
    # Rows that were moved keep their label: a clear one counts in any place.
    moved = [
        Match(index, row, score)
        for (index, row), score in scores.items()
        if score >= _SURE and row not in taken and not any(match.printed == index for match in chosen)
    ]
    return sorted([*found, *chosen, *moved])


def _monotone(scores: dict[tuple[int, int], float], exact: dict[int, int]) -> list[Match]:
    """The matches in rising order, and in order with the exact ones, that score most together."""
    fixed = _rising(exact)
    candidates = sorted(
        Match(index, row, score)
        for (index, row), score in scores.items()
        if all((index < at) == (row < fixed_row) for at, fixed_row in fixed)
    )
    best: list[tuple[float, list[Match]]] = []
    for match in candidates:
        before = max(
            (path for path in best if path[1][-1].printed < match.printed and path[1][-1].row < match.row),
            key=lambda path: path[0],
            default=(0.0, []),
        )
        best.append((before[0] + match.score, [*before[1], match]))
    return max(best, key=lambda path: path[0], default=(0.0, []))[1]


def _rising(exact: dict[int, int]) -> list[tuple[int, int]]:
    """The exact matches that stand in the order of the form: rows moved elsewhere set no bounds for others."""
    paths: list[list[tuple[int, int]]] = []
    for pair in sorted(exact.items()):
        before = max((path for path in paths if path[-1][1] < pair[1]), key=len, default=[])
        paths.append([*before, pair])
    return max(paths, key=len, default=[])
