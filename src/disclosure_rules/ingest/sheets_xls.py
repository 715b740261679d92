"""The sheets of an old .xls file, by python-calamine. It gives an error value (#DIV/0!) as nothing."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.sheets_cells import MOST_CELLS, Sheet, check_extent, number_text

if TYPE_CHECKING:
    from datetime import date

__all__ = ["read_xls"]

_SECTOR = 512
_BEGINNING = b"\x09\x08"
_PASSWORD = b"\x2f\x00"


def read_xls(data: bytes, file: str) -> list[Sheet]:
    """The worksheets in the order of the workbook.

    Raises:
        ReadError: `missing-extra`, `encrypted`, `broken-file` or `too-large`.
    """
    if find_spec("python_calamine") is None:
        raise ReadError(
            "读取 .xls 需要先安装附加组件：pip install 'disclosure-rules[documents]'，或另存为 .xlsx",
            "reading .xls needs an extra: pip install 'disclosure-rules[documents]'; or save the file as .xlsx",
            place=file,
            code="missing-extra",
        )
    import python_calamine  # noqa: PLC0415  an extra

    if _is_locked(data):
        raise _locked(file)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        return [
            _sheet(workbook.get_sheet_by_name(entry.name), str(entry.visible), file)
            for entry in workbook.sheets_metadata
            if entry.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except ReadError:
        raise
    except python_calamine.PasswordError as problem:
        raise _locked(file) from problem
    except BaseException as problem:
        # A panic of its Rust code is a BaseException of its own kind.
        if not isinstance(problem, Exception) and type(problem).__name__ != "PanicException":
            raise
        raise ReadError(
            "这个 Excel 文件已损坏，无法打开，请用 Excel 或 WPS 另存为 .xlsx 后再检查",
            "this Excel file is damaged and cannot be opened; save it as .xlsx in Excel or WPS",
            place=file,
            code="broken-file",
        ) from problem


def _is_locked(data: bytes) -> bool:
    """Whether the workbook's first record, which begins a sector, is followed by the one that asks for a password."""
    for start in range(_SECTOR, min(len(data), 1_000 * _SECTOR), _SECTOR):
        if data[start : start + 2] == _BEGINNING:
            after = start + 4 + int.from_bytes(data[start + 2 : start + 4], "little")
            if data[after : after + 2] == _PASSWORD:
                return True
    return False


def _locked(file: str) -> ReadError:
    return ReadError(
        "文件有密码保护，无法读取，请去掉密码后另存一份",
        "the file is protected by a password; save a copy without one",
        place=file,
        code="encrypted",
    )


def _sheet(sheet: Any, visible: str, file: str) -> Sheet:  # noqa: ANN401  calamine's own class
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        check_extent({(0, 0): "", (sheet.total_height, sheet.total_width): ""}, sheet.name, file)
    texts = {
        (row, column): text
        for row, values in enumerate(sheet.to_python(skip_empty_area=False))
        for column, value in enumerate(values)
        if (text := _text(value)).strip()
    }
    check_extent(texts, sheet.name, file)
    merged = [(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    return Sheet(sheet.name, not visible.endswith(".Visible"), texts, merged, [], frozenset(), frozenset())


def _text(value: str | float | bool | date) -> str:  # noqa: FBT001  a cell may hold one
    if isinstance(value, bool):
        return str(value).upper()
    return number_text(float(value)) if isinstance(value, (int, float)) else str(value)
