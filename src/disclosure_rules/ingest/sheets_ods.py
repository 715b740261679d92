"""The sheets of an .ods file, from its XML. Repeated cells are told apart from a bomb by what they hold."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from disclosure_rules.ingest.ooxml import Package, local
from disclosure_rules.ingest.sheets_cells import MOST_CELLS, Sheet, check_extent, number_text
from disclosure_rules.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element  # a type only

__all__ = ["read_ods"]

_NUMBERS = frozenset({"float", "percentage", "currency"})
_HIDDEN = ("collapse", "filter")
_UNCALCULATED = "formula-not-calculated"


def read_ods(data: bytes, file: str) -> list[Sheet]:
    """The sheets in the order of the file.

    Raises:
        ReadError: The package is damaged or beyond a limit (see `ooxml`), or a sheet is (`too-large`).
    """
    package = Package(data, file)
    package.refuse_password()
    root = package.xml("content.xml")
    if root is None:
        return []
    hidden = {
        _attribute(style, "name")
        for style in root.iter()
        if local(style.tag) == "style" and any(_attribute(part, "display") == "false" for part in style)
    }
    return [
        _sheet(table, _attribute(table, "style-name") in hidden, file)
        for table in root.iter()
        if local(table.tag) == "table"
    ]


def _sheet(table: Element, hidden: bool, file: str) -> Sheet:  # noqa: FBT001  a column of the record
    texts: dict[tuple[int, int], str] = {}
    merged: list[tuple[int, int, int, int]] = []
    uncalculated: list[tuple[int, int]] = []
    looks: dict[str, list[tuple[int, int]]] = defaultdict(list)
    hidden_rows: set[int] = set()
    row_number = 0
    name = _attribute(table, "name")
    for row in (element for element in table.iter() if local(element.tag) == "table-row"):
        filled = list(_cells(row, row_number, merged))
        times = _count(row, "number-rows-repeated")
        # Rows repeated with something in them are written out, as far as a report can go; empty ones only counted.
        for copy in range(min(times, MOST_CELLS) if filled else 0):
            for column, text, look in filled:
                texts[row_number + copy, column] = text
                if look == _UNCALCULATED:
                    uncalculated.append((row_number + copy, column))
                elif look:
                    looks[look].append((row_number + copy, column))
            if len(texts) > MOST_CELLS:
                check_extent(texts, name, file)
        if _attribute(row, "visibility") in _HIDDEN:
            hidden_rows.update(range(row_number, row_number + min(times, MOST_CELLS)))
        row_number += times
    check_extent(texts, name, file)
    return Sheet(
        name, hidden, texts, merged, uncalculated, frozenset(hidden_rows), _hidden_columns(table), looks
    )


def _hidden_columns(table: Element) -> frozenset[int]:
    hidden: set[int] = set()
    at = 0
    for column in (element for element in table.iter() if local(element.tag) == "table-column"):
        times = _count(column, "number-columns-repeated")
        if _attribute(column, "visibility") in _HIDDEN:
            hidden.update(range(at, at + min(times, MOST_CELLS)))
        at += times
    return frozenset(hidden)


def _cells(
    row: Element, number: int, merged: list[tuple[int, int, int, int]]
) -> Iterator[tuple[int, str, str | None]]:
    """The cells of a row that hold something, and what is to be said of each; merged ranges go to `merged`."""
    column = 0
    for cell in row:
        if local(cell.tag) not in ("table-cell", "covered-table-cell"):
            continue
        times = _count(cell, "number-columns-repeated")
        high, wide = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if high * wide > 1:
            merged.append((number, column, number + high - 1, column + wide - 1))
        text, look = _text(cell)
        if text.strip() and local(cell.tag) == "table-cell":
            for copy in range(min(times, MOST_CELLS + 1)):
                yield column + copy, text, look
        column += times


def _text(cell: Element) -> tuple[str, str | None]:
    """The text of a cell, and the code of the note where its formula has no value or it shows another number."""
    printed = "\n".join("".join(part.itertext()) for part in cell if local(part.tag) == "p")
    types = [value for name, value in cell.attrib.items() if local(name) == "value-type"]
    value = _attribute(cell, "value")
    if value and "error" not in types and types and types[0] in _NUMBERS:
        try:
            return _shown(number_text(float(value)), printed.strip())
        except ValueError:
            return value, None
    formula = _attribute(cell, "formula")
    if formula and not printed and not types:
        return "=" + formula.removeprefix("of:").removeprefix("="), _UNCALCULATED
    return printed, None


def _shown(stored: str, printed: str) -> tuple[str, str | None]:
    """What a number shows: the number itself, the one that it is rounded to, or both where it shows something else."""
    seen = read_number(printed)
    if stored == "0" or not printed or (seen.number == Decimal(stored) and seen.unit != "%"):
        return stored, None
    if seen.number is not None and abs(Decimal(seen.number) - Decimal(stored)) < 1 and seen.unit != "%":
        return printed, "shown-rounded"
    return f"{printed}（{stored}）", "number-format"


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _count(element: Element, name: str) -> int:
    text = _attribute(element, name)
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) <= 7 else 1  # noqa: PLR2004  1,048,576 rows
