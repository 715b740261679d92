"""The value of a bound tree in three-valued logic: the reading of the language that explains a verdict.

It is written apart from `compile` on purpose: the two are tested against each other.
"""

from __future__ import annotations

from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING, Any

from disclosure_rules.expr.arithmetic import UNDECIDABLE, Exact, fraction, ratio, round_to
from disclosure_rules.expr.tree import slots_of
from disclosure_rules.expr.unknown import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from disclosure_rules.expr.frame import Frame
    from disclosure_rules.expr.tree import Node

__all__ = ["Scope", "Undecided", "evaluate"]


class Undecided:
    """No value: `paths` are the dotted names of what would have to be known."""

    __slots__ = ("paths",)

    def __init__(self, paths: tuple[str, ...]) -> None:
        self.paths = paths


class Scope:
    """One report, the trees of `let`, their values so far, and a record of every figure that was used."""

    __slots__ = ("frame", "lets", "trees", "used")

    def __init__(self, frame: Frame, trees: Mapping[str, Node]) -> None:
        self.frame = frame
        self.trees = trees
        self.lets: dict[str, Exact | Undecided] = {}
        self.used: dict[str, Any] = {}


def evaluate(node: Node, scope: Scope) -> Any:  # noqa: ANN401  int, Decimal, Fraction, bool or Undecided, by the node's kind
    """The value of `node`: a number, True or False, or `Undecided`.

    Numbers obey arithmetic: one unknown operand leaves the result unknown. Conditions obey Kleene's logic: `and`
    is false as soon as one part is, whatever the others are; `or` and `implies` likewise.
    """
    return _RULES[node.op](node, scope)


def _constant(node: Node, _: Scope) -> Any:  # noqa: ANN401  see evaluate
    return node.number


def _figure(node: Node, scope: Scope) -> Any:  # noqa: ANN401  see evaluate
    slot = node.slot
    assert slot is not None  # noqa: S101  a figure has a slot: translate makes no other
    value = scope.frame.numbers[slot.number]
    if value is UNKNOWN:
        scope.used[slot.path] = None
        return Undecided((slot.path,))
    scope.used[slot.path] = value
    return value


def _let(node: Node, scope: Scope) -> Any:  # noqa: ANN401  see evaluate
    return scope.lets[node.name]


def _status(node: Node, scope: Scope) -> bool | Undecided:
    slot = node.slot
    assert slot is not None  # noqa: S101  so has present and blank
    known = scope.frame.presence(slot) if node.op == "present" else scope.frame.blank(slot)
    return Undecided((slot.path,)) if known is None else known


def _unknown_among(values: list[Any]) -> Undecided | None:
    """What is unknown among `values`, or None where all are known."""
    unknown = [value for value in values if isinstance(value, Undecided)]
    if not unknown:
        return None
    if len(unknown) == 1:
        return unknown[0]
    return Undecided(tuple(dict.fromkeys(path for value in unknown for path in value.paths)))


def _operands(node: Node, scope: Scope) -> tuple[list[Any], dict[str, None] | None]:
    """The operands that are known, and the paths of those that are not; None where all are."""
    numbers, used = scope.frame.numbers, scope.used
    values: list[Any] = []
    unknown: dict[str, None] = {}
    undecided = False
    for arg in node.args:
        slot = arg.slot
        if arg.op == "figure" and slot is not None:
            # As `_figure`, without an object for each: an empty table lacks hundreds.
            value = numbers[slot.number]
            if value is UNKNOWN:
                used[slot.path] = unknown[slot.path] = None
                continue
            used[slot.path] = value
        else:
            value = _RULES[arg.op](arg, scope)
            if isinstance(value, Undecided):
                unknown.update(dict.fromkeys(value.paths))
                undecided = True
                continue
        values.append(value)
    return values, unknown if unknown or undecided else None


def _apply(node: Node, scope: Scope) -> Any:  # noqa: ANN401  see evaluate
    """An operation that needs all its operands."""
    values, unknown = _operands(node, scope)
    if unknown is not None:
        return Undecided(tuple(unknown))
    try:
        if any(arg.kind == "fraction" for arg in node.args):
            # Decimal and Fraction do not mix: all become fractions.
            values = [fraction(value) for value in values]
        return _OPERATIONS[node.op](node, values)
    except UNDECIDABLE:
        # A division by 0, or more digits than exact arithmetic is allowed.
        to_blame = node.args[1] if node.op == "ratio" else node
        return Undecided(tuple(slots_of(to_blame, scope.trees)))


def _all(node: Node, scope: Scope) -> bool | Undecided:
    """Kleene's `and`: false as soon as one part is; unknown parts matter only where no part is false."""
    values = []
    for arg in node.args:
        value = evaluate(arg, scope)
        if value is False:
            return False
        values.append(value)
    return _unknown_among(values) or True


def _any(node: Node, scope: Scope) -> bool | Undecided:
    """Kleene's `or`: true as soon as one part is."""
    values = []
    for arg in node.args:
        value = evaluate(arg, scope)
        if value is True:
            return True
        values.append(value)
    return _unknown_among(values) or False


def _implies(node: Node, scope: Scope) -> bool | Undecided:
    """Kleene's implication: `not a or b`."""
    condition, consequence = node.args
    first = evaluate(condition, scope)
    if first is False:
        return True
    second = evaluate(consequence, scope)
    if second is True:
        return True
    return _unknown_among([first, second]) or False


def _product(_: Node, values: list[Exact]) -> Exact:
    result: Any = 1
    for value in values:
        result = result * value
    return result  # type: ignore[no-any-return]  # of mixed exact types, which the type system cannot add up


_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge,
}  # fmt: skip

_OPERATIONS: Mapping[str, Callable[[Node, list[Any]], Any]] = {
    "sum": lambda _, values: sum(values),
    "negative": lambda _, values: -values[0],
    "product": _product,
    "ratio": lambda _, values: ratio(*values),
    "round_to": lambda node, values: round_to(values[0], int(node.number)),
    "abs": lambda _, values: abs(values[0]),
    "min": lambda _, values: min(values),
    "max": lambda _, values: max(values),
    "count": lambda _, values: sum(1 for value in values if value != 0),
    "compare": lambda node, values: _COMPARE[node.name](*values),
    "not": lambda _, values: not values[0],
}

_RULES: Mapping[str, Callable[[Node, Scope], Any]] = {
    "constant": _constant,
    "figure": _figure,
    "let": _let,
    "present": _status,
    "blank": _status,
    "all": _all,
    "any": _any,
    "implies": _implies,
    **dict.fromkeys(_OPERATIONS, _apply),
}
