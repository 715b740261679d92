"""The reader for workbooks: .xlsx and .ods from their XML, .xls by python-calamine.

A place in a workbook is (sheet, row): `page` and `line` of a Location, both from 1.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from disclosure_rules.errors import ReadError
from disclosure_rules.hookspecs import Reader
from disclosure_rules.ingest.ooxml import MAGIC, part_names
from disclosure_rules.ingest.sheets_blocks import blocks_of
from disclosure_rules.ingest.sheets_cells import letters
from disclosure_rules.ingest.sheets_ods import read_ods
from disclosure_rules.ingest.sheets_xls import read_xls
from disclosure_rules.ingest.sheets_xlsx import read_xlsx
from disclosure_rules.model.document import Document
from disclosure_rules.model.location import Location
from disclosure_rules.model.note import Note
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.ingest.sheets_cells import Sheet

__all__ = ["SHEETS_READER", "read_sheets"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The streams of a workbook of 1997 and later, and of 1995, as a directory entry names them.
_WORKBOOK = ("Workbook".encode("utf-16-le") + b"\0\0", "Book".encode("utf-16-le") + b"\0\0")
_WORD = "WordDocument".encode("utf-16-le")
_MOST_SHEETS = 200
_LOOKS = {
    "number-format": (
        "{}的格式（日期、百分数、缩放等）使显示的不是所存的数，未作为数字读取，请把格式改为“常规”",
        "the format (a date, a percentage, a scale) of {} shows another number than it holds; not read as a number",
    ),
    "shown-rounded": (
        "{}显示的是四舍五入后的数，已按显示的读取，请核对所存的数",
        "{} shows a rounded number, which was read; check what it holds",
    ),
    "struck-text": (
        "{}有划去的文字（删除线），未读取",
        "{} holds text that is struck through and was left out",
    ),
}
_MOST_PLACES = 20
_MOST_NAMED = 3


def read_sheets(data: bytes, name: str) -> Document:
    """Read a workbook into paragraphs and grids, sheet by sheet.

    Args:
        data: The whole file.
        name: The file's name, for messages.

    Returns:
        Titles as paragraphs, tables as grids. A formula without a value is the text `=…` and a note; hidden sheets,
        rows and columns are left out and noted.

    Raises:
        ReadError: The file is damaged, encrypted or beyond a limit, or a library for it is missing.
    """
    if data.startswith(_OLE):
        kind, sheets = "xls", read_xls(data, name)
    elif any(part.startswith("xl/") for part in part_names(data)):
        kind, sheets = "xlsx", read_xlsx(data, name)
    else:
        kind, sheets = "ods", read_ods(data, name)
    if len(sheets) > _MOST_SHEETS:
        raise ReadError(
            f"工作簿有超过 {_MOST_SHEETS} 个工作表，不像是一份年度报告，请确认是否选错了文件",
            f"the workbook has more than {_MOST_SHEETS} sheets, which no report has; make sure it is the right file",
            place=name,
            code="too-large",
        )
    blocks = [
        block
        for number, sheet in enumerate(sheets, start=1)
        if not sheet.hidden
        for block in blocks_of(sheet, number)
    ]
    return Document(
        format=kind,
        blocks=tuple(blocks),
        sha256=hashlib.sha256(data).hexdigest(),
        notes=tuple(_notes(sheets)),
    )


def _is_workbook(data: bytes) -> bool:
    """Whether the file is a workbook, whatever it is called; a container is given whole (see `sniff`)."""
    if data.startswith(_OLE):
        return any(stream in data for stream in _WORKBOOK) and _WORD not in data
    if not data.startswith(MAGIC):
        return False
    names = part_names(data)
    return (
        "xl/workbook.xml" in names
        or any(part.startswith("xl/worksheets/") for part in names)
        or ("content.xml" in names and b"application/vnd.oasis.opendocument.spreadsheet" in data[:4096])
    )


SHEETS_READER = Reader(
    suffixes=(".xlsx", ".xlsm", ".xls", ".et", ".ods"), recognises=_is_workbook, read=read_sheets
)


def _notes(sheets: Sequence[Sheet]) -> Iterator[Note]:
    hidden = [sheet.name for sheet in sheets if sheet.hidden]
    if hidden:
        yield Note(
            code="hidden-sheet",
            message=Text(zh="隐藏的工作表没有读取", en="hidden sheets were not read"),
            count=len(hidden),
            words=tuple(hidden[:_MOST_PLACES]),
        )
    shown = [(number, sheet) for number, sheet in enumerate(sheets, start=1) if not sheet.hidden]
    left_out = [
        (number, sheet, place)
        for number, sheet in shown
        for place in sorted(sheet.texts)
        if place[0] in sheet.hidden_rows or place[1] in sheet.hidden_columns
    ]
    if left_out:
        yield _placed(
            "hidden-cells",
            "隐藏的行或列没有读取（{}）",
            "hidden rows and columns were not read ({})",
            left_out,
        )
    for code, (zh, en) in _LOOKS.items():
        looks = [(number, sheet, place) for number, sheet in shown for place in sheet.looks.get(code, ())]
        if looks:
            yield _placed(code, zh, en, looks)
    uncalculated = [(number, sheet, place) for number, sheet in shown for place in sheet.uncalculated]
    if uncalculated:
        yield _placed(
            "formula-not-calculated",
            "{}的公式没有保存计算结果，请用 Excel 或 WPS 打开后重新保存",
            "the formula in {} was saved without its value; open the file in Excel or WPS and save it again",
            uncalculated,
        )


def _placed(code: str, zh: str, en: str, found: Sequence[tuple[int, Sheet, tuple[int, int]]]) -> Note:
    first = found[:_MOST_PLACES]
    words = tuple(f"{sheet.name}!{letters(*place)}" for _, sheet, place in first)
    named, more = words[:_MOST_NAMED], len(found) - _MOST_NAMED
    return Note(
        code=code,
        message=Text(
            zh=zh.format("、".join(named) + (f" 等 {len(found)} 个单元格" if more > 0 else "")),
            en=en.format(", ".join(named) + (f" and {more} more cells" if more > 0 else "")),
        ),
        count=len(found),
        places=tuple(Location(page=number, line=row + 1) for number, _, (row, _) in first),
        words=words,
    )
