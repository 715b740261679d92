"""Raised and lowered digits: the mark of a note or of a unit, never one more digit of the number before it."""

from __future__ import annotations

__all__ = ["LOWERED", "RAISED"]

# As characters of their own they stay what they are: 13¹ is read as no number, m² as it is printed.
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
