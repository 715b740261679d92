"""Bound expressions: what an expression means for one report form, with every name and group resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from disclosure_rules.expr.slots import Slot

__all__ = ["Kind", "Node", "Op", "slots_of"]

# A `fraction` is a number that came of `ratio`: it is calculated with exactly, and apart from Decimal.
Kind = Literal["number", "fraction", "truth"]

Op = Literal[
    "constant", "figure", "let",
    "sum", "negative", "product", "ratio", "round_to", "abs", "min", "max", "count",
    "compare", "all", "any", "not", "implies", "present", "blank",
]  # fmt: skip


class Node(NamedTuple):
    """One operation on `args`.

    `slot` is what a `figure`, `present` or `blank` looks at; `number` the value of a `constant` or the places of
    a `round_to`; `name` the operator of a `compare` or the name of a `let`. `size` counts the nodes of the tree and
    `factors` the greatest number of figures multiplied with each other: together they bound the work.
    """

    op: Op
    kind: Kind
    args: tuple[Node, ...] = ()
    slot: Slot | None = None
    number: int | Decimal = 0
    name: str = ""
    size: int = 1
    factors: int = 1


def slots_of(node: Node, lets: Mapping[str, Node]) -> dict[str, Slot]:
    """Everything of the report that the tree looks at, itself or through `lets`: dotted path → slot."""
    found: dict[str, Slot] = {}
    waiting = [node]
    seen: set[str] = set()
    while waiting:
        one = waiting.pop()
        if one.slot is not None:
            found.setdefault(one.slot.path, one.slot)
        if one.op == "let" and one.name not in seen:
            seen.add(one.name)
            waiting.append(lets[one.name])
        waiting.extend(reversed(one.args))
    return found
