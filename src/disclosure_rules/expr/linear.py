"""Which demands are linear equations between figures, and with which coefficients."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.expr.arithmetic import fraction

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from disclosure_rules.expr.bind import Instance
    from disclosure_rules.expr.slots import Slot
    from disclosure_rules.expr.tree import Node

__all__ = ["Linear", "linear_equations"]


class Linear(NamedTuple):
    """`sum(coefficient x figure) + constant`; no coefficient is 0."""

    terms: Mapping[Slot, int | Fraction]
    constant: int | Fraction


def linear_equations(instance: Instance) -> tuple[Linear, ...]:
    """The equations `… = 0` that the demand of `instance` states; () where it is anything else.

    A demand states equations where it is an equality of two linear sides, or several of them joined by `and`. One
    part that is not linear makes it none: such a demand cannot be met by solving equations alone.
    """
    lets = dict(instance.lets)
    demand = instance.demand
    parts = demand.args if demand.op == "all" else (demand,)
    found = []
    for part in parts:
        if part.op != "compare" or part.name != "==":
            return ()
        left, right = (_linear(side, lets) for side in part.args)
        if left is None or right is None:
            return ()
        found.append(_added([left, _scaled(right, -1)]))
    return tuple(found)


def _linear(node: Node, lets: Mapping[str, Node]) -> Linear | None:
    match node.op:
        case "constant":
            return Linear({}, node.number if isinstance(node.number, int) else fraction(node.number))
        case "figure" if node.slot is not None:
            return Linear({node.slot: 1}, 0)
        case "let":
            return _linear(lets[node.name], lets)
        case "sum" | "negative" | "product":
            return _joined(node, lets)
        case _:
            return None


def _joined(node: Node, lets: Mapping[str, Node]) -> Linear | None:
    parts = [_linear(arg, lets) for arg in node.args]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if node.op == "product":
        return _multiplied(known)
    total = _added(known)
    return _scaled(total, -1) if node.op == "negative" else total


def _added(parts: list[Linear]) -> Linear:
    terms: dict[Slot, int | Fraction] = {}
    for part in parts:
        for slot, coefficient in part.terms.items():
            terms[slot] = terms.get(slot, 0) + coefficient
    constant: int | Fraction = sum(part.constant for part in parts)
    return Linear({slot: coefficient for slot, coefficient in terms.items() if coefficient}, constant)


def _scaled(linear: Linear, factor: int | Fraction) -> Linear:
    terms = {slot: coefficient * factor for slot, coefficient in linear.terms.items()}
    return Linear(terms if factor else {}, linear.constant * factor)


def _multiplied(parts: list[Linear]) -> Linear | None:
    """A product is linear where at most one factor has figures."""
    with_figures = [part for part in parts if part.terms]
    if len(with_figures) > 1:
        return None
    result = with_figures[0] if with_figures else Linear({}, 1)
    for part in parts:
        if not part.terms:
            result = _scaled(result, part.constant)
    return result
