"""Why a rule ended as it did: the outcome of one instance, with every figure that was looked at."""

from __future__ import annotations

from decimal import getcontext, setcontext
from typing import TYPE_CHECKING, Literal, NamedTuple

from disclosure_rules.expr.arithmetic import EXACT, shown
from disclosure_rules.expr.evaluate import Scope, Undecided, evaluate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.expr.bind import Instance
    from disclosure_rules.expr.frame import Frame
    from disclosure_rules.model.report import Number

__all__ = ["Explanation", "explain"]


class Explanation(NamedTuple):
    """The outcome of one instance for one report.

    `values` holds each `let` by its name, then each figure that was used by its dotted path; None is unknown.
    `unknown` names what left the instance undecided: figures that are not known, and the operands of a `ratio`
    whose divisor is 0; empty unless the outcome is `open`.
    """

    outcome: Literal["pass", "fail", "open", "not_applicable"]
    values: Mapping[str, Number | None]
    unknown: tuple[str, ...] = ()


def explain(instance: Instance, frame: Frame) -> Explanation:
    """The outcome of `instance` for the report of `frame`, in three-valued logic.

    `when` false: not applicable; `when` unknown, or true with the demand unknown: open.
    """
    scope = Scope(frame, dict(instance.lets))
    saved = getcontext()
    setcontext(EXACT)
    try:
        for name, tree in instance.lets:
            scope.lets[name] = evaluate(tree, scope)
        verdict = evaluate(instance.when, scope) if instance.when is not None else True
        outcome: Literal["pass", "fail", "open", "not_applicable"] = "not_applicable"
        if verdict is True:
            verdict = evaluate(instance.demand, scope)
            outcome = "pass" if verdict is True else "fail"
        values: dict[str, Number | None] = {
            name: None if isinstance(value, Undecided) else shown(value) for name, value in scope.lets.items()
        }
    finally:
        setcontext(saved)
    values.update(scope.used)
    if isinstance(verdict, Undecided):
        return Explanation("open", values, verdict.paths)
    return Explanation(outcome, values)
