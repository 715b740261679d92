"""Workbooks: what is a title, a table, a blank, a formula without a value; and workbooks that bomb."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest import sheets_xls
from disclosure_rules.ingest.sheets import SHEETS_READER, read_sheets
from disclosure_rules.ingest.sheets_cells import number_text

if TYPE_CHECKING:
    from disclosure_rules.model.document import Document

VARIANTS = Path(__file__).resolve().parents[1] / "data" / "variants"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _xlsx(rows: str, merged: str = "", extra: dict[str, str] | None = None) -> bytes:
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="表" sheetId="1" r:id="b"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="b" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{merged}</worksheet>',
        **(extra or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _text(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def _grid(document: Document) -> dict[tuple[int, int], str]:
    (grid,) = (block.grid for block in document.blocks if block.grid)
    return {(cell.row, cell.column): cell.text for cell in grid.cells}


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_workbook_of_an_office_program_is_read(kind: str) -> None:
    data = (VARIANTS / f"sheet.{kind}").read_bytes()
    assert SHEETS_READER.recognises(data)
    document = read_sheets(data, "x")
    assert document.format == kind
    assert document.blocks[0].text == "三、收到和处理政府信息公开申请情况"
    cells = _grid(document)
    assert [cells[1, column] for column in range(4)] == ["一、本年新收", "26", "0", "26"]
    assert [cells[2, column] for column in range(4)] == ["二、上年结转", "1,234", "12.5", ""]
    notes = {note.code: note.words for note in document.notes}
    assert notes["hidden-sheet"] == ("隐藏",)
    if kind != "xls":
        assert cells[3, 1] == "#DIV/0!"
        assert notes["hidden-cells"] == ("表三!A6",)


def test_a_formula_without_a_value_is_no_blank() -> None:
    rows = f'<row r="1">{_text("A1", "项目")}{_text("B1", "件数")}</row><row r="2">{_text("A2", "总计")}<c r="B2"><f>B1+1</f></c></row>'
    document = read_sheets(_xlsx(rows), "x")
    assert _grid(document)[1, 1] == "=B1+1"
    (note,) = document.notes
    assert (note.code, note.words) == ("formula-not-calculated", ("表!B2",))
    assert (note.places[0].page, note.places[0].line) == (1, 2)


def test_groups_of_rows_stay_in_the_table_and_titles_do_not() -> None:
    rows = "".join(
        f'<row r="{row}">{"".join(_text(f"{column}{row}", words) for column, words in zip("ABC", cells, strict=False))}</row>'
        for row, cells in enumerate(
            [("二、主动公开",), ("第（一）项",), ("内容", "制发", "有效"), ("规章", "1", "2"), ("第（五）项",), ("许可", "3", "4"), ("单位负责人：",)],
            start=1,
        )
    )  # fmt: skip
    merged = (
        '<mergeCells count="4">'
        + "".join(f'<mergeCell ref="A{row}:C{row}"/>' for row in (2, 5, 7))
        + "</mergeCells>"
    )
    document = read_sheets(_xlsx(rows, merged), "x")
    assert [block.kind for block in document.blocks] == ["paragraph", "grid", "paragraph"]
    assert [_grid(document)[row, 0] for row in range(5)] == [
        "第（一）项",
        "内容",
        "规章",
        "第（五）项",
        "许可",
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (
            _xlsx(f'<row r="1">{_text("A1", "a")}</row><row r="1048576">{_text("XFD1048576", "b")}</row>'),
            "too-large",
        ),
        (
            _xlsx("<row/>", extra={"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "document-type",
        ),
        (_xlsx("<row>" + " " * 30_000_000 + "</row>"), "expands-too-far"),
        ((VARIANTS / "sheet.xlsx").read_bytes()[:3000], "damaged-archive"),
        ((VARIANTS / "sheet.xls").read_bytes()[:2000], "broken-file"),
    ],
    ids=["extent", "entity", "bomb", "cut", "cut xls"],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as refusal:
        read_sheets(data, "x")
    assert refusal.value.code == code


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets_xls, "find_spec", lambda _: None)
    with pytest.raises(ReadError) as refusal:
        read_sheets((VARIANTS / "sheet.xls").read_bytes(), "x")
    assert refusal.value.code == "missing-extra"


@given(st.one_of(st.integers(-(10**15), 10**15).map(float), st.floats(-1e9, 1e9)))
def test_a_number_is_written_as_the_same_number(value: float) -> None:
    text = number_text(value)
    assert float(text) == value
    assert "e" not in text
    assert not text.endswith(".0")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 6600), st.integers(0, 255))
def test_a_flipped_byte_ends_in_a_document_or_in_words(place: int, value: int) -> None:
    for kind in ("xlsx", "xls", "ods"):
        data = bytearray((VARIANTS / f"sheet.{kind}").read_bytes())
        data[place % len(data)] = value
        with suppress(ReadError):
            assert isinstance(read_sheets(bytes(data), "x").blocks, tuple)
