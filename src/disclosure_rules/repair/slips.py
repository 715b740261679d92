"""What kind of slip an answer would be, and which of equally small answers is the likeliest.

The order of likelihood is a judgement of ours, measured in docs/root-cause.md: it decides what is named first, never
what is listed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from disclosure_rules.model.layout import TableSpec
    from disclosure_rules.repair.hints import Hints
    from disclosure_rules.repair.search import Answer
    from disclosure_rules.repair.system import System

__all__ = ["SLIPS", "Slip", "Slips"]


class _Kind(NamedTuple):
    cost: float
    words: Text


# A cost is that of one cell, or of the two cells of a pair: two unrelated slips cost their sum.
SLIPS: Mapping[str, _Kind] = {
    "sign": _Kind(1, Text(zh="多了负号", en="a minus sign too much")),
    "digits-swapped": _Kind(1, Text(zh="相邻两位数字颠倒", en="two neighbouring digits swapped")),
    "digit-dropped": _Kind(1, Text(zh="漏写一位数字", en="a digit left out")),
    "digit-added": _Kind(1, Text(zh="多写一位数字", en="a digit too many")),
    "cells-swapped": _Kind(1, Text(zh="两格的数互换了位置", en="the values of two cells swapped")),
    "moved": _Kind(1, Text(zh="数填到了另一格", en="a value in the wrong cell")),
    "neighbour-copied": _Kind(1.5, Text(zh="与相邻一格的数相同，像是抄重了", en="the value of the neighbouring cell")),
    "digit-wrong": _Kind(2, Text(zh="一位数字写错", en="one digit wrong")),
    "off-by-one": _Kind(2, Text(zh="多记或少记 1 件", en="off by one")),
    "counted-elsewhere": _Kind(2.5, Text(zh="有申请或案件记错了行或列", en="counted in the wrong row or column")),
    "with-its-total": _Kind(3, Text(zh="明细和总计一起多记或少记", en="a figure and its total both too high or too low")),
    "total-wrong": _Kind(3, Text(zh="总计算错", en="a total miscalculated")),
    "not-filled": _Kind(3, Text(zh="填了 0", en="0 was filled in")),
    "other": _Kind(4, Text(zh="看不出是哪一类笔误", en="no known kind of slip")),
    "several": _Kind(0, Text(zh="几处笔误", en="several slips")),
}  # fmt: skip
# Totals are calculated, and mistyped more often than single figures.
_TOTAL_BONUS = 0.25
_FAR = 0.25


class Slip(NamedTuple):
    """The kind of slip, a key of `SLIPS`, and how unlikely the answer is: less is likelier.

    `impossible` counts what would still be impossible after the change: a figure that is no count, an equation with
    unknown cells that nothing can fulfil. `gained` is how many more figures of the text and of last year's report agree
    with the table after the change, and `source` is one of them. `change` orders what is equally likely.
    """

    kind: str
    impossible: int
    gained: int
    cost: float
    change: float
    source: Text | None = None

    @property
    def rank(self) -> tuple[int, int, float, float]:
        """The order among equally small answers."""
        return self.impossible, -self.gained, self.cost, self.change

    def is_likelier(self, other: Slip) -> bool:
        """Whether it is not only named before `other`, but may be called the likeliest.

        That a total is wrong rather than a part, or a cell beside rather than one further off, decides no more than
        the order: measured, it is hardly better than chance.
        """
        before, after = (self.impossible, -self.gained), (other.impossible, -other.gained)
        return before < after or (before == after and other.cost - self.cost > max(_TOTAL_BONUS, _FAR))


class Slips:
    """Names the slips that answers of one system would undo."""

    def __init__(self, system: System, spec: TableSpec, hints: Hints) -> None:
        self._system = system
        self._hints = hints
        rows, columns = spec.order
        self._positions = [(rows[slot.row or ""], columns[slot.column or ""]) for slot in system.slots]
        self._at = {position: cell for cell, position in enumerate(self._positions)}
        self._totals = {cell for cell in range(len(system.slots)) if _is_total(system, cell)}
        self._no_counts = {
            cell for cell, value in enumerate(system.values) if value < 0 or value.denominator != 1
        }

    def slip(self, answer: Answer) -> Slip:
        """The slip that `answer` would undo."""
        kinds = [self._of_cell(cell, fits) for cell, fits in answer]
        cost = sum(SLIPS[kind].cost for kind in kinds)
        cost -= sum(_TOTAL_BONUS for cell, _ in answer if cell in self._totals)
        kind = kinds[0] if len(set(kinds)) == 1 else "several"
        if len(answer) == 2:  # noqa: PLR2004  a pair
            pair = self._of_pair(*answer[0], *answer[1])
            if pair is not None and pair[1] <= cost:
                kind, cost = pair
        if kind == "counted-elsewhere":
            # Any request is as likely misplaced as any other, so most are misplaced where there are most.
            values = self._system.values
            change = -float(max(fits for cell, fits in answer if fits > values[cell]))
        else:
            change = sum(_part_changed(self._system.values[cell], fits) for cell, fits in answer)
        gained, source = self._hints.gained(answer)
        return Slip(kind, self._impossible(dict(answer)), gained, cost, change, source)

    def _impossible(self, fitting: Mapping[int, int]) -> int:
        values = self._system.values
        exceeded = [
            bound.constant
            + sum(factor * fitting.get(cell, values[cell]) for cell, factor in bound.terms.items())
            > 0
            for bound in self._system.bounds
        ]
        return len(self._no_counts - fitting.keys()) + sum(exceeded)

    def _of_cell(self, cell: int, fits: int) -> str:
        printed = self._system.values[cell]
        if printed == 0:
            return "not-filled" if fits > 1 else "off-by-one"
        if printed.denominator != 1:
            return "other"
        was, right = str(printed), str(fits)
        for kind, is_kind in _DIGITS:
            if is_kind(was, right):
                return kind
        if printed > 1 and printed in self._neighbours(cell):
            return "neighbour-copied"
        return "total-wrong" if cell in self._totals else "other"

    def _neighbours(self, cell: int) -> list[int | Fraction]:
        """The values right above, below, left and right of a cell, as far as they are known."""
        row, column = self._positions[cell]
        beside = ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1))
        return [self._system.values[self._at[place]] for place in beside if place in self._at]

    def _of_pair(self, one: int, fits: int, other: int, other_fits: int) -> tuple[str, float] | None:
        """The kind of a slip that concerns two cells of a row or column together, with its cost."""
        down, right = (abs(a - b) for a, b in zip(self._positions[one], self._positions[other], strict=True))
        if down and right:
            return None
        printed, other_printed = self._system.values[one], self._system.values[other]
        totals = len({one, other} & self._totals)
        # Slips of the hand and of the eye do not go far.
        far = _FAR * (down + right > 1)
        if (fits, other_fits) == (other_printed, printed) and max(fits, other_fits) > 1:
            # That a 1 stands in another cell is no sign that it was moved: half the figures of small bodies are 1.
            kind = "cells-swapped" if printed and other_printed else "moved"
            return kind, SLIPS[kind].cost + far
        if fits - printed == other_printed - other_fits:
            # What is counted is a single request or case: totals are added up afterwards.
            return "counted-elsewhere", SLIPS["counted-elsewhere"].cost + far + totals
        if fits - printed == other_fits - other_printed and totals == 1:
            return "with-its-total", SLIPS["with-its-total"].cost
        return None


def _is_total(system: System, cell: int) -> bool:
    """Whether the cell is what others add up to: alone on its side of an equation with two or more on the other."""
    for number, factor in system.effects[cell].items():
        same = sum((system.effects[other][number] > 0) == (factor > 0) for other in system.members[number])
        if same == 1 and len(system.members[number]) > 2:  # noqa: PLR2004  itself and two others
            return True
    return False


def _part_changed(printed: int | Fraction, fits: int) -> float:
    was = Fraction(printed)
    return float(abs(fits - was) / max(abs(was), Fraction(fits)))


def _swapped(one: str, other: str) -> bool:
    if len(one) != len(other):
        return False
    differ = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(differ) != 2 or differ[1] != differ[0] + 1:  # noqa: PLR2004  two digits
        return False
    first, second = differ
    return one[first] == other[second] and one[second] == other[first]


def _without_one(longer: str, shorter: str) -> bool:
    return len(longer) == len(shorter) + 1 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))
    )


def _one_differs(was: str, right: str) -> bool:
    return len(was) == len(right) and sum(a != b for a, b in zip(was, right, strict=True)) == 1


# How a number other than 0 may have become another one; the first that fits. To write 0 is to leave a number out.
_DIGITS: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
    ("sign", lambda was, right: was == f"-{right}"),
    ("digits-swapped", _swapped),
    ("digit-dropped", lambda was, right: _without_one(right, was)),
    ("digit-added", lambda was, right: right != "0" and _without_one(was, right)),
    ("off-by-one", lambda was, right: abs(int(was) - int(right)) == 1),
    ("digit-wrong", lambda was, right: right != "0" and _one_differs(was, right)),
)
