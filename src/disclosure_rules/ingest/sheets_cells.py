"""What a sheet of a workbook holds, whatever the format: texts by place, merged ranges, and what was left out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["MOST_CELLS", "Sheet", "check_extent", "letters", "number_text"]

MOST_CELLS = 50_000
_EXACT = 1e18  # beyond, and for what is no number, Python says best what it holds


class Sheet(NamedTuple):
    """A sheet; rows and columns count from 0.

    `texts` has the cells that are not empty: a formula without a value as `=…`. `merged` are ranges (top, left,
    bottom, right), ends included. `uncalculated` are the formulas without a value, `hidden_rows` and
    `hidden_columns` were found with text in them. `looks` are the cells that look otherwise than what they hold, by the
    code of the note on them.
    """

    name: str
    hidden: bool
    texts: dict[tuple[int, int], str]
    merged: list[tuple[int, int, int, int]]
    uncalculated: list[tuple[int, int]]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    looks: Mapping[str, Sequence[tuple[int, int]]] = {}


def number_text(value: float) -> str:
    """A number as a person writes it: no `.0`, no exponent, the shortest that is the same number."""
    return format(Decimal(repr(value)).normalize(), "f") if abs(value) < _EXACT else str(value)


def letters(row: int, column: int) -> str:
    """The name of a cell, such as `B7`."""
    name, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return f"{name}{row + 1}"


def check_extent(texts: dict[tuple[int, int], str], sheet: str, file: str) -> None:
    """Refuse a sheet whose used range is larger than any report's.

    Raises:
        ReadError: `too-large`.
    """
    if not texts:
        return
    high = max(row for row, _ in texts) - min(row for row, _ in texts) + 1
    wide = max(column for _, column in texts) - min(column for _, column in texts) + 1
    if high * wide > MOST_CELLS or len(texts) > MOST_CELLS:
        raise ReadError(
            f"工作表「{sheet}」的使用区域超过 {MOST_CELLS} 个单元格，不像是年度报告的表格，请只保留报告的表格",
            f"the used range of the sheet '{sheet}' exceeds {MOST_CELLS} cells, which no table of a report does; "
            "keep only the tables of the report",
            place=file,
            code="too-large",
        )
