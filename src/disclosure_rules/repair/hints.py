"""What the rest of the report says of the cells of a broken table: it tells equally small answers apart.

A hint never makes an answer, and none is refused for one: the text may be what is wrong.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.expr import linear_equations
from disclosure_rules.expr.arithmetic import UNDECIDABLE, fraction
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from disclosure_rules.expr import Frame, Instance, Linear
    from disclosure_rules.repair.search import Answer
    from disclosure_rules.repair.system import System

__all__ = ["Hint", "Hints", "hints_of_last_year"]

_LAST_YEAR = Text(zh="上一年报告", en="last year's report")


class Hint(NamedTuple):
    """A number that another part of the report gives for a sum of cells.

    `sums` are the sums that it may be, each of cells by their paths with their factors; `margin` is how far the number
    is left open. `source` says where the number stands.
    """

    sums: tuple[Mapping[str, int | Fraction], ...]
    number: Fraction
    margin: Fraction
    source: Text


def hints_of_last_year(instances: Iterable[Instance], frame: Frame) -> Iterator[Hint]:
    """The equalities of cells with figures of last year's report that rules ask for, whatever their severity.

    Args:
        instances: Demands of rules about two years.
        frame: The numbers of both reports.
    """
    for instance in instances:
        for linear in linear_equations(instance):
            hint = _of_last_year(linear, frame)
            if hint is not None:
                yield hint


def _of_last_year(linear: Linear, frame: Frame) -> Hint | None:
    """`terms = -constant`, with last year's figures part of the constant; None where one of these is not known."""
    constant = Fraction(linear.constant)
    terms: dict[str, int | Fraction] = {}
    for slot, factor in linear.terms.items():
        if not slot.earlier:
            terms[slot.path] = factor
            continue
        try:
            constant += factor * fraction(frame.numbers[slot.number])
        except UNDECIDABLE:
            return None
    return Hint((terms,), -constant, Fraction(0), _LAST_YEAR)


class Hints:
    """The hints about the cells of one system, and how far answers agree with them."""

    def __init__(self, hints: Iterable[Hint], system: System) -> None:
        self._values = system.values
        cells = {slot.path: cell for cell, slot in enumerate(system.slots)}
        self._known: list[tuple[Hint, list[dict[int, int | Fraction]]]] = []
        for hint in hints:
            sums = [
                {cells[path]: factor for path, factor in terms.items()}
                for terms in hint.sums
                if terms.keys() <= cells.keys()
            ]
            # A sum that may be of other cells as well says nothing for certain.
            if len(sums) == len(hint.sums):
                self._known.append((hint, sums))

    def gained(self, answer: Answer) -> tuple[int, Text | None]:
        """How many more hints hold after the change than before, and the source of the first that it makes hold."""
        fitting = dict(answer)
        gained, source = 0, None
        for hint, sums in self._known:
            if not any(terms.keys() & fitting.keys() for terms in sums):
                continue
            before, after = self._holds(hint, sums, {}), self._holds(hint, sums, fitting)
            gained += after - before
            if after and not before and source is None:
                source = hint.source
        return gained, source

    def _holds(self, hint: Hint, sums: list[dict[int, int | Fraction]], fitting: Mapping[int, int]) -> bool:
        return any(
            abs(
                sum(factor * fitting.get(cell, self._values[cell]) for cell, factor in terms.items())
                - hint.number
            )
            <= hint.margin
            for terms in sums
        )
