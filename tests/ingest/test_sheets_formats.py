"""Cells of a workbook that show another number than they hold, and what stands in a cell and is no number."""

from __future__ import annotations

from zipfile import ZIP_STORED

import pytest
from docx_made import archive

from disclosure_rules.ingest.sheets import read_sheets
from disclosure_rules.ingest.sheets_formats import BUILT_IN, shown
from disclosure_rules.ingest.tables.cells import value_of
from disclosure_rules.model.location import Location

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def _read(
    cell: str, *, before: str = "", book: str = "", row: str = "", styles: str = ""
) -> tuple[str, list[str]]:
    """The text of B2, and the codes of the notes."""
    sheet = (
        f'{before}<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>项目</t></is></c><c r="B1" t="inlineStr"><is><t>件数</t></is>'
        f'</c></row><row r="2" {row}><c r="A2"><v>1</v></c>{cell}</row><row r="3"><c r="A3"><v>2</v></c><c r="B3"><v>9</v></c></row>'
        "</sheetData>"
    )  # fmt: skip
    kinds = {"officeDocument": "xl/workbook.xml", "worksheet": "sheet.xml", "styles": "styles.xml"}
    related = {
        kind: f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for kind, target in kinds.items()
    }  # fmt: skip
    data = archive(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{related["officeDocument"]}</Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="表" r:id="worksheet"/></sheets>'
            f"{book}</workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related["worksheet"]}{related["styles"]}</Relationships>',
            "xl/sheet.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        }
    )  # fmt: skip
    document = read_sheets(data, "x.xlsx")
    texts = [cell.text for block in document.blocks if block.grid for cell in block.grid.cells]
    return (texts[3] if len(texts) > 5 else "gone"), [note.code for note in document.notes]


def _number(text: str) -> object:
    value = value_of(text, Location())
    return value.number if value.status == "read" else value.status.value


@pytest.mark.parametrize(
    ("code", "stored", "read"),
    [
        ("General", 12.6, 12.6), ("General", 2.0000000000001, 2), ("General", 1e-13, 0), ("General", -5.0, -5),
        ("@", 26.0, 26), ("0", 26.0, 26), ("#,##0", 1234.0, 1234), ("0_ ", 26.0, 26), ('0"件"', 26.0, 26),
        ("[Red]0", 26.0, 26), ("[DBNum1][$-804]General", 26.0, 26), (BUILT_IN[41], 0.0, 0), (BUILT_IN[41], 26.0, 26),
        (";;;", 0.0, 0), ("0;-0;;@", 0.0, 0), ('[=0]"";General', 0.0, 0), ('[=0]"";General', 26.0, 26), ("0%", 0.0, 0),
        ("0_);(0)", -5.0, -5), ("￥#,##0.00", 477.35, 477.35),
    ],
)  # fmt: skip
def test_a_cell_that_shows_its_number_is_read(code: str, stored: float, read: float) -> None:
    text, differs = shown(stored, code)
    assert (float(str(_number(text))), differs) == (read, None)


@pytest.mark.parametrize(
    ("code", "stored", "read"), [("0", 12.6, 13), ("#,##0", 0.5, 1), ("0.00", 12.345, 12.35)]
)
def test_a_rounded_number_is_read_as_it_is_printed_and_said(code: str, stored: float, read: float) -> None:
    text, differs = shown(stored, code)
    assert (float(str(_number(text))), differs) == (read, "rounded")


@pytest.mark.parametrize(
    ("code", "stored", "text"),
    [
        ('m"月"d"日"', 45293.0, "2024-01-02"), ("yyyy/m/d", 26.0, "26（yyyy/m/d）"), ("h:mm", 0.5, "0.5（h:mm）"),
        ("0%", 0.26, "26%（0.26）"), ("0.0,", 12600.0, "12600（0.0,）"), ('0!.0,"万"', 126000.0, '126000（0!.0,"万"）'),
        ('0"万"', 2.0, '2（0"万"）'), (";;;", 26.0, "26（;;;）"), ('0"0"', 26.0, '26（0"0"）'), ("0;0", -5.0, "5（-5）"),
        ('[>9]"多";0', 26.0, '26（[>9]"多";0）'), ("# ?/?", 0.5, "0.5（# ?/?）"), ("0.0E+00", 26.0, "26（0.0E+00）"),
    ],
)  # fmt: skip
def test_a_cell_that_shows_something_else_is_no_number(code: str, stored: float, text: str) -> None:
    assert shown(stored, code) == (text, "other")
    assert _number(text) == "unreadable"


FORMATS = (
    '<numFmts><numFmt numFmtId="164" formatCode="0.0,"/></numFmts><fonts><font/><font><strike/></font></fonts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="58"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="1"/>'
    '<xf numFmtId="0" fontId="1"/><xf numFmtId="x" fontId="x"/></cellXfs>'
)


@pytest.mark.parametrize(
    ("style", "text", "notes"),
    [
        (0, "12.6", []), (1, "12.6（yyyy-m-d）", ["number-format"]), (2, "1260%（12.6）", ["number-format"]),
        (3, "12.6（0.0,）", ["number-format"]), (4, "13", ["shown-rounded"]), (5, "", ["struck-text"]), (6, "12.6", []),
        (77, "12.6", []),
    ],
)  # fmt: skip
def test_the_style_of_a_cell_is_looked_up(style: int, text: str, notes: list[str]) -> None:
    assert _read(f'<c r="B2" s="{style}"><v>12.6</v></c>', styles=FORMATS) == (text, notes)


@pytest.mark.parametrize(
    ("runs", "text", "notes"),
    [
        ("<r><rPr><strike/></rPr><t>1</t></r><r><t>3</t></r>", "3", ["struck-text"]),
        ("<r><rPr><strike val='0'/></rPr><t>1</t></r><r><t>3</t></r>", "13", []),
        ("<r><t>13</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r>", "13¹", []),
        ("<r><t>13</t></r><r><rPr><rFont val='Wingdings'/></rPr><t>1</t></r>", "13\uf031", []),
        ("<r><t>13</t></r><r><rPr><color rgb='FFFFFFFF'/></rPr><t>1</t></r>", "131\ufffc", []),
        ("<r><rPr><color rgb='FFFF0000'/></rPr><t>1</t></r><r><t>3</t></r>", "13", []),
    ],
)
def test_a_text_is_read_as_it_looks(runs: str, text: str, notes: list[str]) -> None:
    assert _read(f'<c r="B2" t="inlineStr"><is>{runs}</is></c>') == (text, notes)


@pytest.mark.parametrize(
    ("book", "value", "text"),
    [
        ("", "0", "0"),
        ('<calcPr fullCalcOnLoad="1"/>', "0", "=A1+1"),  # what a program writes that leaves the sums to Excel
        ('<calcPr fullCalcOnLoad="1"/>', "7", "7"),
        ('<calcPr fullCalcOnLoad="0"/>', "0", "0"),
    ],
)
def test_the_nought_of_a_formula_that_was_never_calculated_is_none(book: str, value: str, text: str) -> None:
    found, notes = _read(f'<c r="B2"><f>A1+1</f><v>{value}</v></c>', book=book)
    assert (found, notes) == (text, ["formula-not-calculated"] if text.startswith("=") else [])


def test_a_formula_that_came_to_an_empty_text_is_blank_and_one_without_a_value_is_not() -> None:
    assert _read('<c r="B2" t="str"><f>IF(A1=0,"",A1)</f><v></v></c>') == ("", [])
    assert _read('<c r="B2" t="str"><f>A1</f></c>') == ("=A1", ["formula-not-calculated"])


def test_rows_and_columns_without_height_or_width_are_hidden() -> None:
    cell = '<c r="B2"><v>7</v></c>'
    assert _read(cell, row='ht="0" customHeight="1"')[1] == ["hidden-cells"]
    assert _read(cell, before='<cols><col min="2" max="2" width="0" customWidth="1"/></cols>')[1] == [
        "hidden-cells"
    ]
    assert _read(cell, row='ht="15"') == ("7", [])


@pytest.mark.parametrize(
    ("attributes", "printed", "text", "notes"),
    [
        ('float" office:value="12.6', "12.6", "12.6", []),
        ('float" office:value="12.6', "13", "13", ["shown-rounded"]),
        ('float" office:value="1234', "1,234件", "1234", []),
        ('float" office:value="0', "-", "0", []),
        ('percentage" office:value="0.26', "26%", "26%（0.26）", ["number-format"]),
        ('float" office:value="126000', "12.6", "12.6（126000）", ["number-format"]),
        ('float" office:value="26', "", "26", []),
    ],
)
def test_an_ods_is_read_as_it_is_printed(attributes: str, printed: str, text: str, notes: list[str]) -> None:
    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def cell(words: str, kind: str = "string") -> str:
        return f'<table:table-cell office:value-type="{kind}"><text:p>{words}</text:p></table:table-cell>'

    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    rows = row(cell("项目"), cell("件数"), cell("旧")) + row(cell("1"), cell(printed, attributes), cell("8"))
    content = (
        f'<office:document-content xmlns:office="{OASIS}:office:1.0" xmlns:table="{OASIS}:table:1.0" '
        f'xmlns:text="{OASIS}:text:1.0"><table:table table:name="表">{columns}{rows}</table:table></office:document-content>'
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    document = read_sheets(archive({"mimetype": mimetype, "content.xml": content}, ZIP_STORED), "x.ods")
    (grid,) = (block.grid for block in document.blocks if block.grid)
    assert [cell.text for cell in grid.cells] == ["项目", "件数", "1", text]
    assert [note.code for note in document.notes] == ["hidden-cells", *notes]
