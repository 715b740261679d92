"""The smallest sets of cells whose change makes every equation of a system hold, found exactly.

This is error localisation after Fellegi and Holt (A systematic approach to automatic edit and imputation, Journal of
the American Statistical Association 71, 1976): change as few fields as possible so that all edits are satisfied.

A set can only be an answer where each equation that it touches once is broken and each one that it does not touch is
not; bit masks decide that for most sets. What remains is calculated: an equation in which one cell is open
gives that cell's value.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_rules.repair.system import System

__all__ = ["MOST_CELLS", "Answer", "Answers", "smallest", "solved"]

MOST_CELLS = 8
# A few tenths of a second. Steps and not seconds, so that the same report gives the same result on every machine.
MOST_STEPS = 200_000
MOST_ANSWERS = 300

# The changed cells and their values.
Answer = tuple[tuple[int, int], ...]


class Answers(NamedTuple):
    """What a search came to.

    `smallest` tells that no smaller set is an answer, `every` that there are no other answers of this size. Where
    `found` is empty, no set of at most `tried` cells is an answer.
    """

    found: tuple[Answer, ...]
    smallest: bool
    every: bool
    tried: int


def smallest(system: System, most_cells: int = MOST_CELLS, most_steps: int = MOST_STEPS) -> Answers:
    """Every answer of the smallest size, up to `most_cells` cells."""
    search = _Search(system, most_steps)
    proven = True
    for size in range(1, most_cells + 1):
        found: list[Answer] = []
        every = True
        for cells in search.sets(size):
            values = solved(system, cells)
            if values is None:
                every = False
            elif values:
                found.append(values)
                if len(found) == MOST_ANSWERS:
                    return Answers(tuple(found), proven, every=False, tried=size)
        if search.steps > most_steps:
            return Answers(tuple(found), proven, every=False, tried=size - 1)
        if found:
            return Answers(tuple(found), proven, every, size)
        proven = proven and every
    return Answers((), proven, proven, most_cells)


class _Search:
    def __init__(self, system: System, most_steps: int) -> None:
        self.system = system
        self.steps = 0
        self.most_steps = most_steps
        self._widest = max(mask.bit_count() for mask in system.masks)

    def sets(self, size: int) -> Iterator[tuple[int, ...]]:
        """The sets of `size` cells that the masks admit, each once; fewer where the steps are used up."""
        yield from self._extended((), 0, 0, size, frozenset())

    def _extended(
        self, chosen: tuple[int, ...], touched: int, once: int, more: int, excluded: frozenset[int]
    ) -> Iterator[tuple[int, ...]]:
        """`chosen` with `more` further cells, none of them `excluded`.

        `touched` are the equations of the chosen cells, `once` those of exactly one of them. Some further cell has
        to be in each equation that is broken and untouched, or whole and touched once: the search branches over the
        cells of one such equation, and sets aside those tried before, so that no set comes twice.
        """
        broken, masks = self.system.broken, self.system.masks
        required = (broken & ~touched) | (once & ~broken)
        if not more:
            if not required:
                yield chosen
            return
        if required.bit_count() > more * self._widest:
            return
        closed = ~(touched | broken)
        tried: set[int] = set()
        for cell in self._candidates(required, touched):
            self.steps += 1
            if self.steps > self.most_steps:
                return
            mask = masks[cell]
            if cell in excluded or cell in chosen:
                continue
            if more == 1 and (required & ~mask or mask & closed):
                continue
            yield from self._extended(
                (*chosen, cell),
                touched | mask,
                (once & ~mask) | (mask & ~touched),
                more - 1,
                excluded | tried,
            )
            tried.add(cell)

    def _candidates(self, required: int, touched: int) -> list[int]:
        if not required:
            # Enough equations are touched, but the numbers do not fit: another cell must share one of them.
            return [cell for cell, mask in enumerate(self.system.masks) if mask & touched]
        members = self.system.members
        numbers = [number for number in range(len(members)) if required >> number & 1]
        return min((members[number] for number in numbers), key=len)


def solved(system: System, cells: tuple[int, ...]) -> Answer | None:
    """The values with which `cells` make every equation hold.

    Returns:
        Each cell with its value; () where there are none: the equations contradict each other, a value is no count,
        stays as it is, or makes an equation with unknown cells impossible; None where the equations do
        not settle the values.
    """
    left = {number: system.residuals[number] for cell in cells for number in system.effects[cell]}
    open_cells = set(cells)
    if any(residual and number not in left for number, residual in enumerate(system.residuals)):
        return ()
    changes: dict[int, int | Fraction] = {}
    while open_cells:
        settled = _settled(system, open_cells, left)
        if settled is None:
            return None
        cell, change = settled
        value = system.values[cell] + change
        if not change or value < 0 or value.denominator != 1:
            return ()
        changes[cell] = change
        open_cells.remove(cell)
        for number, factor in system.effects[cell].items():
            left[number] += factor * change
    if any(left.values()) or not _possible(system, changes):
        return ()
    return tuple((cell, int(system.values[cell] + changes[cell])) for cell in sorted(changes))


def _settled(
    system: System, open_cells: set[int], left: Mapping[int, int | Fraction]
) -> tuple[int, int | Fraction] | None:
    """A cell that is alone open in one of its equations, and the change that the equation asks of it."""
    for cell in sorted(open_cells):
        for number, factor in system.effects[cell].items():
            others = open_cells - {cell}
            if not any(number in system.effects[other] for other in others):
                change = Fraction(-left[number]) / factor
                return cell, change.numerator if change.denominator == 1 else change
    return None


def _possible(system: System, changes: Mapping[int, int | Fraction]) -> bool:
    """Whether no equation with unknown cells becomes impossible that was possible before."""
    for bound in system.bounds:
        before = bound.constant + sum(factor * system.values[cell] for cell, factor in bound.terms.items())
        after = before + sum(
            bound.terms[cell] * change for cell, change in changes.items() if cell in bound.terms
        )
        if before <= 0 < after:
            return False
    return True
