"""Number formats of a workbook: whether a cell shows the number that it holds, and what else it shows.

A clerk who types 1-2 gets a date, 0.26 may show as 26%, 12.6 as 13: what is printed is what the report says.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from disclosure_rules.ingest.sheets_cells import number_text

__all__ = ["BUILT_IN", "GENERAL", "Shown", "shown"]

GENERAL = "General"
# The formats that a file names by number only; the others are dates and times, in words that differ by country.
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 37: "#,##0 ;(#,##0)", 38: "#,##0 ;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ ￥* #,##0_ ;_ ￥* -#,##0_ ;_ ￥* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 44: '_ ￥* #,##0.00_ ;_ ￥* -#,##0.00_ ;_ ￥* "-"??_ ;_ @_ ',
    48: "##0.0E+0", 49: "@",
}  # fmt: skip
_AS_STORED = (GENERAL.lower(), "g/通用格式", "@")
_PARTS = re.compile(r'"[^"]*"|[\\!_*].|[^;"\\!_*]|.', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]{1,15}(?:\.[0-9]{1,9})?)\]")
# Colours, money and countries, Chinese numerals; and blanks as wide as a character, or as the cell.
_NO_TEXT = re.compile(r"\[(?:\$[^\]]*|DBNum\d|[A-Za-z]+\d{0,2}|[黑蓝青绿红白黄]色?)\]|[_*].", re.IGNORECASE)
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)')
_SCALING = re.compile(r"[0-9.%‰万亿千百]")
_FIGURES = re.compile(r"[^0-9#?.,%‰/\w\[\]]*([0#?,]+)(?:\.([0#?]+))?[^0-9#?.,%‰/A-Za-z\[\]@万亿千百]*")
_PERCENT = re.compile(r"[0#?,.]+\s*%")
_TIME = re.compile(r"[ymdhsaegb]", re.IGNORECASE)
_POWER = re.compile(r"E[+-]", re.IGNORECASE)
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FIRST_SURE = 61  # before, the calendar of Excel has a day too many
_LAST_DAY = 2_958_465
_NOISE = Decimal("1e-9")
_NOUGHT = 1e-9
_AS_WIDE_AS_A_CELL = 1e11


class Shown(NamedTuple):
    """What a cell shows: the text to read, and how it differs from what it holds (`rounded`, `other`, or not)."""

    text: str
    differs: str | None = None


def shown(value: float, code: str, *, from_1904: bool = False) -> Shown:
    """What a number shows in a format.

    Args:
        value: The stored number.
        code: The code of the format.
        from_1904: Whether the days of the workbook are counted from 1904.
    """
    section = _section(value, code)
    bare = _NO_TEXT.sub("", section)
    literals = "".join(filter(None, (part for pair in _LITERAL.findall(bare) for part in pair)))
    pattern = _LITERAL.sub("", bare).strip()
    figures = None if _SCALING.search(literals) else _FIGURES.fullmatch(pattern)
    if figures and not figures[1].endswith(","):
        return _rounded(value, len(figures[2] or ""), signed=value >= 0 or "-" in section or "(" in section)
    if pattern.lower().removeprefix("-") in _AS_STORED and not _SCALING.search(literals):
        return Shown(_general(value))
    stored = number_text(value)
    if _TIME.search(pattern) and not _POWER.search(pattern):
        return Shown(_day(value, from_1904=from_1904) or f"{stored}（{code}）", "other")
    if value == 0:  # in whatever unit; or hidden, or a mark in its place
        return Shown(stored)
    if _PERCENT.fullmatch(pattern) and not literals:
        return Shown(f"{_general(100 * value)}%（{stored}）", "other")
    return Shown(f"{stored}（{code}）", "other")


def _general(value: float) -> str:
    """A number as far as a cell shows it: what is beyond came of adding up fractions."""
    if abs(value) < _NOUGHT:
        return "0"
    return number_text(float(f"{value:.11g}") if abs(value) < _AS_WIDE_AS_A_CELL else value)


def _rounded(value: float, decimals: int, *, signed: bool) -> Shown:
    exact = Decimal(repr(value))
    seen = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) if abs(value) < 1e15 else exact  # noqa: PLR2004  the digits that Excel keeps
    if not signed:
        return Shown(f"{abs(seen)}（{number_text(value)}）", "other")
    same = abs(seen - exact) <= _NOISE * max(Decimal(1), abs(exact))
    return Shown(number_text(float(seen)), None if same else "rounded")


def _day(value: float, *, from_1904: bool) -> str | None:
    """The day of a number; None where it is none, or a time of day only."""
    if not (1 if from_1904 else _FIRST_SURE) <= value <= _LAST_DAY:
        return None
    return ((_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=int(value))).isoformat()


def _section(value: float, code: str) -> str:
    """The part of a format that holds for a number: by its conditions, else by its sign."""
    parts = _sections(code)
    if any(_CONDITION.search(part) for part in parts):
        for part in parts:
            found = _CONDITION.search(part)
            if found is None or _holds(value, found[1], float(found[2])):
                return f"{'-' if value < 0 else ''}{_CONDITION.sub('', part)}"
        return "#"  # what Excel fills the cell with
    by_sign = parts[:3]
    if value < 0 and len(by_sign) > 1:
        return by_sign[1]
    if value == 0 and len(by_sign) > 2:  # noqa: PLR2004  positive, negative, nought
        return by_sign[2]
    return f"-{by_sign[0]}" if value < 0 else by_sign[0]


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[str, ...]:
    sections = [""]
    for part in _PARTS.findall(code):
        if part == ";":
            sections.append("")
        else:
            sections[-1] += part
    return tuple(sections)


def _holds(value: float, sign: str, bound: float) -> bool:
    return {
        "<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound, "=": value == bound,
        "<>": value != bound,
    }[sign]  # fmt: skip
