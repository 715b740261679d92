"""The sheets of an .xlsx file, from its XML.

Libraries for .xlsx give a formula without a value, an error value and a blank cell alike as nothing (python-calamine
0.9.1, openpyxl 3.1.5); here they are three things.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from disclosure_rules.ingest.ooxml import Package, local
from disclosure_rules.ingest.sheets_cells import Sheet, check_extent
from disclosure_rules.ingest.sheets_styles import Book, Words, read_book, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element  # a type only: the package has read the XML

__all__ = ["read_xlsx"]

_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")
_MOST_MERGED = 10_000
_WIDEST = 16_384


def read_xlsx(data: bytes, file: str) -> list[Sheet]:
    """The worksheets in the order of the workbook.

    Raises:
        ReadError: The package is damaged or beyond a limit (see `ooxml`), or a sheet is (`too-large`).
    """
    package = Package(data, file)
    package.refuse_incomplete()
    main = package.main_part() or "xl/workbook.xml"
    workbook = package.xml(main)
    if workbook is None:
        return []
    targets = _targets(package, main)
    book = read_book(package, main, workbook)
    sheets = []
    for entry in (element for element in workbook.iter() if local(element.tag) == "sheet"):
        key = next((value for name, value in entry.attrib.items() if name.endswith("}id")), "")
        root = package.xml(targets[key]) if key in targets else None
        if root is not None and local(root.tag) == "worksheet":
            name = entry.get("name", "")
            sheets.append(_sheet(root, name, entry.get("state", "visible") != "visible", book, file))
    return sheets


def _targets(package: Package, main: str) -> dict[str, str]:
    """The parts that the workbook refers to, by the id of the relationship."""
    folder, part = posixpath.split(main)
    root = package.xml(f"{folder}/_rels/{part}.rels")
    found = {}
    for relation in root if root is not None else ():
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        if relation.get("TargetMode") != "External":
            found[relation.get("Id", "")] = posixpath.normpath(path)
    return found


def _sheet(root: Element, name: str, hidden: bool, book: Book, file: str) -> Sheet:  # noqa: FBT001  a column of the record
    texts: dict[tuple[int, int], str] = {}
    uncalculated: list[tuple[int, int]] = []
    looks: dict[str, list[tuple[int, int]]] = defaultdict(list)
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    row_number = -1
    for row in root.iter():
        kind = local(row.tag)
        if kind == "col" and _is_hidden(row, "width"):
            first, last = _number(row.get("min")), _number(row.get("max"))
            hidden_columns.update(range(max(first, 1) - 1, min(last, _WIDEST)))
        if kind != "row":
            continue
        row_number = _number(row.get("r")) - 1 if row.get("r") else row_number + 1
        column = -1
        for cell in row:
            if local(cell.tag) != "c":
                continue
            place = _PLACE.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else column + 1
            words, calculated = _cell(cell, book)
            if words.text.strip():
                texts[row_number, column] = words.text
            if words.look:
                looks[words.look].append((row_number, column))
            if not calculated:
                uncalculated.append((row_number, column))
        if _is_hidden(row, "ht"):
            hidden_rows.add(row_number)
    check_extent(texts, name, file)
    return Sheet(
        name,
        hidden,
        texts,
        list(_merged(root)),
        uncalculated,
        frozenset(hidden_rows),
        frozenset(hidden_columns),
        looks,
    )


def _is_hidden(element: Element, size: str) -> bool:
    """Whether a row or column is hidden, or drawn so small that nothing of it is seen."""
    return element.get("hidden") in ("1", "true") or element.get(size) in ("0", "0.0")


def _cell(cell: Element, book: Book) -> tuple[Words, bool]:
    """The words of a cell, and whether its formula, if it has one, has a value."""
    parts = {local(part.tag): part for part in cell}
    kind = cell.get("t", "n")
    value = parts["v"].text or "" if "v" in parts else ""
    style = _number(cell.get("s"))
    if kind == "inlineStr":
        return book.styled(words_of(parts["is"]), style) if "is" in parts else Words(""), True
    stored = "v" in parts if kind == "str" else value and not (value == "0" and book.to_be_calculated)
    if "f" in parts and not stored:
        return Words("=" + (parts["f"].text or "")), False
    if kind == "n" and value:
        return book.number(value, style), True
    return book.styled(_value(kind, value, book.shared), style), True


def _value(kind: str, value: str, shared: Sequence[Words]) -> Words:
    """What a stored value shows; of an error value its name (`#DIV/0!`)."""
    if kind == "s":
        index = _number(value, -1)
        return shared[index] if 0 <= index < len(shared) else Words("\ufffd")
    if kind == "b":
        return Words({"0": "FALSE", "1": "TRUE"}.get(value, value))
    return Words(value)


def _merged(root: Element) -> Iterator[tuple[int, int, int, int]]:
    count = 0
    for element in root.iter():
        if local(element.tag) == "mergeCell" and (place := _RANGE.fullmatch(element.get("ref", ""))):
            count += 1
            if count > _MOST_MERGED:
                return
            yield int(place[2]) - 1, _column(place[1]), int(place[4]) - 1, _column(place[3])


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _number(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 7 else default  # noqa: PLR2004  1,048,576 rows
