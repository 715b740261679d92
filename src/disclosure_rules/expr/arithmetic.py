"""Exact arithmetic: what `ratio` and `round_to` mean, and the decimal context that forbids silent rounding."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, InvalidOperation, Overflow
from fractions import Fraction

from disclosure_rules.expr.unknown import UnknownOperandError

__all__ = ["EXACT", "UNDECIDABLE", "Exact", "fraction", "ratio", "round_to", "shown"]

Exact = int | Decimal | Fraction

# A result of more than 1,000 digits raises instead of being rounded: the rule is then undecided. The context is
# set for the time of one evaluation and put back, so the caller's precision never changes a verdict.
EXACT = Context(prec=1000, traps=[Inexact, InvalidOperation, Overflow])
_ROUNDING = Context(prec=1000, traps=[InvalidOperation, Overflow])

# What an evaluation may raise for a figure that is unknown or too large.
UNDECIDABLE = (UnknownOperandError, ArithmeticError)

_MAX_EXPONENT = 1000  # 1E+999999999 as a fraction would be a number of a gigabyte
_SHOWN_PLACES = 10


def fraction(value: Exact) -> Fraction:
    """`value` as an exact fraction.

    Raises:
        UnknownOperandError: It is unknown, or its exponent is beyond ±1,000.
    """
    if isinstance(value, Decimal):
        if not value.is_finite() or (value and abs(value.adjusted()) > _MAX_EXPONENT):
            raise UnknownOperandError
        return Fraction(value)
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    raise UnknownOperandError


def ratio(part: Exact, whole: Exact) -> Fraction:
    """`part` ÷ `whole`, exactly.

    Raises:
        UnknownOperandError: `whole` is 0, or one of them is unknown.
    """
    divisor = fraction(whole)
    if not divisor:
        raise UnknownOperandError
    return fraction(part) / divisor


def round_to(value: Exact, places: int) -> int | Decimal:
    """`value` rounded half away from zero (四舍五入) to `places` decimals; an integer stays as it is.

    Raises:
        UnknownOperandError: It is unknown.
        ArithmeticError: It has more than 1,000 digits.
    """
    if isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _ROUNDING)
    if isinstance(value, Fraction):
        doubled = 2 * abs(value) * 10**places
        digits = (doubled.numerator // doubled.denominator + 1) // 2
        return Decimal(digits if value >= 0 else -digits).scaleb(-places, _ROUNDING)
    raise UnknownOperandError


def shown(value: Exact) -> int | Decimal:
    """`value` for a message: a fraction is rounded to 10 decimals, without trailing zeros."""
    if isinstance(value, Fraction):
        rounded = round_to(value, _SHOWN_PLACES)
        whole = int(rounded)
        return whole if rounded == whole else Decimal(rounded).normalize(_ROUNDING)
    return value
