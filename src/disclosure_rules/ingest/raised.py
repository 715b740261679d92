"""Digits that are none of the number before them: raised or lowered for a note or a unit, or drawn as a symbol."""

from __future__ import annotations

__all__ = ["DRAWN", "LOWERED", "RAISED", "is_of_symbols", "symbol_of"]

# As characters of their own they stay what they are: 13¹ is read as no number, m² as it is printed.
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# Fonts whose digits are drawn as something else (❶, 🕐): as characters of the private area they are no digits.
_OF_SYMBOLS = ("wingdings", "webdings", "dingbats")
_PRIVATE = 0xF000
DRAWN = {ord(digit): _PRIVATE + ord(digit) for digit in "0123456789"}


def is_of_symbols(font: str) -> bool:
    """Whether a font draws symbols in the place of digits."""
    return any(name in font.lower() for name in _OF_SYMBOLS)


def symbol_of(font: str, code: int) -> str:
    """The character of a symbol by its code; of a font of symbols always in the private area."""
    return chr(_PRIVATE + code if is_of_symbols(font) and code < 256 else code)  # noqa: PLR2004  a font of one byte
