"""The language of `assert`: parse, resolve, compile, explain. Reference for rule authors: docs/expressions.md."""

from disclosure_rules.expr.bind import Instance, bind
from disclosure_rules.expr.compile import compile_instances
from disclosure_rules.expr.explain import Explanation, explain
from disclosure_rules.expr.frame import Frame
from disclosure_rules.expr.linear import Linear, linear_equations
from disclosure_rules.expr.names import Names
from disclosure_rules.expr.slots import Slot
from disclosure_rules.expr.unknown import UNKNOWN

__all__ = [
    "UNKNOWN",
    "Explanation",
    "Frame",
    "Instance",
    "Linear",
    "Names",
    "Slot",
    "bind",
    "compile_instances",
    "explain",
    "linear_equations",
]
