"""The equations of one table as one system: which cells, which coefficients, which equations are broken.

Nothing is stated here a second time: the equations are the equality rules in force, read off their bound trees by
`expr.linear`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.expr import explain, linear_equations
from disclosure_rules.expr.arithmetic import UNDECIDABLE, fraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from fractions import Fraction

    from disclosure_rules.expr import Frame, Instance, Linear, Slot
    from disclosure_rules.expr.tree import Node
    from disclosure_rules.model.layout import TableSpec

__all__ = ["Bound", "Equation", "System", "systems"]


class Equation(NamedTuple):
    """One equation `sum(terms) + constant = 0` over cells of one table, and the instance of the rule it is."""

    instance: Instance
    terms: Mapping[Slot, int | Fraction]
    constant: int | Fraction


class Bound(NamedTuple):
    """What an equation with unknown cells still says: `sum(terms) + constant` is at most 0.

    Its unknown cells are counts, so they are at least 0, and they all stand on one side.
    """

    terms: Mapping[int, int | Fraction]
    constant: int | Fraction


@dataclass(slots=True)
class System:
    """The equations that hang together and of which at least one is broken.

    A cell is an index into `slots` and `values`; an equation one into `equations` and `residuals` (what its left
    side is, which should be 0). Sets of equations are bit masks. `effects[cell]` maps each equation of the cell to
    its coefficient, `masks[cell]` is the set of them, `members[equation]` are its cells. `undecided` counts the
    equations of the table with cells that are not known: they are no equations here, at most bounds.
    """

    table: str
    slots: list[Slot] = field(default_factory=list)
    values: list[int | Fraction] = field(default_factory=list)
    effects: list[dict[int, int | Fraction]] = field(default_factory=list)
    masks: list[int] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)
    residuals: list[int | Fraction] = field(default_factory=list)
    members: list[list[int]] = field(default_factory=list)
    bounds: list[Bound] = field(default_factory=list)
    broken: int = 0
    undecided: int = 0


def systems(
    instances: Iterable[Instance], frame: Frame, specs: Mapping[str, TableSpec]
) -> tuple[System, ...]:
    """One system for each set of equations that hang together and of which one is broken.

    Args:
        instances: The demands that must hold, whatever they say; those that are no equations over counts are
            passed over.
        frame: The numbers of the report.
        specs: The specification that each table follows.
    """
    tables: dict[str, list[Equation]] = {}
    for instance in instances:
        for equation in _equations(instance, frame, specs):
            table = next(iter(equation.terms)).table
            tables.setdefault(table or "", []).append(equation)
    return tuple(
        system for table, equations in tables.items() for system in _table_systems(table, equations, frame)
    )


def _equations(instance: Instance, frame: Frame, specs: Mapping[str, TableSpec]) -> Iterator[Equation]:
    """The equations of an instance where all are over counts of one table, and are in force for this report."""
    found = linear_equations(instance)
    if not found or not all(_over_counts(linear, specs) for linear in found):
        return
    if instance.when is not None and not _in_force(instance, frame):
        return
    for linear in found:
        yield Equation(instance, linear.terms, linear.constant)


def _over_counts(linear: Linear, specs: Mapping[str, TableSpec]) -> bool:
    tables = {slot.table for slot in linear.terms}
    spec = specs.get(next(iter(tables)) or "") if len(tables) == 1 else None
    if spec is None:
        return False
    columns = [spec.column(slot.column) for slot in linear.terms if slot.column is not None]
    return len(columns) == len(linear.terms) and not any(one.decimal or one.signed for one in columns)


def _in_force(instance: Instance, frame: Frame) -> bool:
    """Whether the condition of an instance holds and would hold after any change of a number."""
    condition = instance._replace(demand=instance.when or instance.demand, when=None)
    return not _reads_numbers(condition.demand) and explain(condition, frame).outcome == "pass"


def _reads_numbers(node: Node) -> bool:
    return node.op in {"figure", "let"} or any(_reads_numbers(arg) for arg in node.args)


def _count(frame: Frame, slot: Slot) -> int | Fraction | None:
    """The exact number of a cell, or None where no number may be used."""
    number = frame.numbers[slot.number]
    try:
        exact = fraction(number)
    except UNDECIDABLE:
        return None
    return exact.numerator if exact.denominator == 1 else exact


def _table_systems(table: str, equations: list[Equation], frame: Frame) -> Iterator[System]:
    numbers = {slot: _count(frame, slot) for equation in equations for slot in equation.terms}
    values = {slot: number for slot, number in numbers.items() if number is not None}
    closed: list[Equation] = []
    bounds: list[_Bound] = []
    undecided = 0
    for equation in equations:
        unknown = [slot for slot in equation.terms if slot not in values]
        if not unknown:
            closed.append(equation)
            continue
        undecided += 1
        signs = {equation.terms[slot] > 0 for slot in unknown}
        if len(signs) == 1:
            sign = 1 if signs.pop() else -1
            known = {slot: sign * factor for slot, factor in equation.terms.items() if slot in values}
            bounds.append(_Bound(known, sign * equation.constant))
    for group in _connected(closed, bounds):
        system = _system(table, group, bounds, values)
        system.undecided = undecided
        if system.broken:
            yield system


class _Bound(NamedTuple):
    """A `Bound` by slots, before cells are numbered."""

    terms: Mapping[Slot, int | Fraction]
    constant: int | Fraction


def _connected(equations: list[Equation], bounds: list[_Bound]) -> list[list[Equation]]:
    """The equations in groups that share no cell, not even through a bound; each group in the given order."""
    groups: list[tuple[set[Slot], list[int]]] = []
    pieces = [(set(one.terms), [number]) for number, one in enumerate(equations)]
    pieces += [(set(bound.terms), []) for bound in bounds]
    for cells, members in pieces:
        touching = [group for group in groups if group[0] & cells]
        groups = [group for group in groups if not group[0] & cells]
        joined_cells = cells.union(*(group[0] for group in touching))
        groups.append((joined_cells, members + [number for group in touching for number in group[1]]))
    return [[equations[number] for number in sorted(members)] for _, members in groups if members]


def _system(
    table: str, equations: list[Equation], bounds: list[_Bound], values: Mapping[Slot, int | Fraction]
) -> System:
    system = System(table)
    known: dict[Slot, int] = {}
    for number, equation in enumerate(equations):
        residual = equation.constant
        members = []
        for slot, factor in equation.terms.items():
            cell = known.get(slot)
            if cell is None:
                cell = known[slot] = len(system.slots)
                system.slots.append(slot)
                system.values.append(values[slot])
                system.effects.append({})
                system.masks.append(0)
            residual += factor * system.values[cell]
            system.effects[cell][number] = factor
            system.masks[cell] |= 1 << number
            members.append(cell)
        system.equations.append(equation)
        system.residuals.append(residual)
        system.members.append(members)
        system.broken |= bool(residual) << number
    for bound in bounds:
        if any(slot in known for slot in bound.terms):
            fixed = sum(factor * values[slot] for slot, factor in bound.terms.items() if slot not in known)
            terms = {known[slot]: factor for slot, factor in bound.terms.items() if slot in known}
            system.bounds.append(Bound(terms, fixed + bound.constant))
    return system
