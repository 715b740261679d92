"""What clerks and programs put into the cell of a number that is no digit of it."""

from __future__ import annotations

import pytest
from docx_made import docx, p, r, table, tc

from disclosure_rules.ingest.docx import read_docx
from disclosure_rules.ingest.tables.cells import value_of
from disclosure_rules.ingest.tables.printed import is_blank
from disclosure_rules.model.location import Location

BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)
SUM = "<w:r><w:instrText> =SUM(LEFT) </w:instrText></w:r>"
PICTURE = "<w:r><w:drawing><pic:pic/></w:drawing></w:r>"
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
STYLES = (
    '<w:style w:type="character" w:styleId="gone"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="note"><w:basedOn w:val="raised"/></w:style>'
    '<w:style w:type="character" w:styleId="raised"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style>'
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>{}<w:lvlText w:val="%1"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def _paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def _cell(inside: str, numbering: str = "") -> str:
    """The text of a cell with this markup, in a table of others."""
    body = table([tc("甲"), tc("乙")], [tc("2"), f"<w:tc>{inside}</w:tc>"])
    parts = {"numbering": numbering} if numbering else {}
    document = read_docx(docx(p("前") + body + p("后"), styles=STYLES, **parts), "x.docx")
    (grid,) = (block.grid for block in document.blocks if block.grid)
    assert [cell.text for cell in grid.cells[:3]] == ["甲", "乙", "2"]
    assert document.blocks[-1].text == "后"
    return grid.cells[3].text


@pytest.mark.parametrize(
    "inside",
    [
        _paragraph(r("13"), r("1", '<w:rStyle w:val="gone"/>')),
        p("13") + p("1", '<w:pStyle w:val="old"/>'),
        p("13") + _paragraph("<w:r><w:t>1</w:t></w:r>", properties='<w:pStyle w:val="old"/>'),
        _paragraph(r("13", '<w:strike w:val="0"/>'), properties='<w:pStyle w:val="old"/>'),
        _paragraph(BEGIN, SUM, SEPARATE, r("13"), END),
        _paragraph(BEGIN, r("=6+7"), SEPARATE, r("13"), END),
        _paragraph(BEGIN, SUM, BEGIN, SUM, SEPARATE, r("7"), END, SEPARATE, r("13"), END),
        _paragraph(r("13"), f"<w:del>{r('1')}</w:del>"),
        _paragraph(f"<m:oMath {MATH}><m:r><m:t>13</m:t></m:r></m:oMath>"),
        _paragraph(r("1", '<w:color w:val="FFFFFF"/>'), r("3", '<w:color w:val="FFFFFF"/>')),
        _paragraph(r("1", '<w:position w:val="6"/>'), r("3", '<w:position w:val="6"/>')),
        _paragraph(f"<w:sdt><w:sdtPr/><w:sdtContent>{r('13')}</w:sdtContent></w:sdt>"),
    ],
)
def test_what_is_not_printed_is_no_part_of_the_number(inside: str) -> None:
    assert _cell(inside) == "13"


@pytest.mark.parametrize(
    ("inside", "numbering"),
    [
        (_paragraph(r("13"), r("1", '<w:rStyle w:val="note"/>')), ""),
        (_paragraph(r("13"), r("1", '<w:color w:val="ffffff"/>')), ""),
        (_paragraph(r("13"), r("1", '<w:position w:val="12"/>')), ""),
        (_paragraph(r("13"), r("1", '<w:rFonts w:ascii="Wingdings 2"/>')), ""),
        (_paragraph(r("13"), '<w:r><w:sym w:font="Wingdings" w:char="0031"/></w:r>'), ""),
        (_paragraph(BEGIN, SUM, END), ""),
        (_paragraph(BEGIN, SUM, SEPARATE, END), ""),
        (_paragraph(r("13"), BEGIN, r("1")), ""),
        (_paragraph("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>", r("0"), "</w:sdtContent></w:sdt>"), ""),
        (p("13", LISTED), NUMBERING.format("")),
        (p("13", LISTED), NUMBERING.format('<w:suff w:val="nothing"/>')),
        (_paragraph(properties=LISTED), NUMBERING.format("")),
        (_paragraph(f"<m:f {MATH}><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f>"), ""),
        (_paragraph(f"<m:sSup {MATH}><m:e><m:r><m:t>13</m:t></m:r></m:e><m:sup><m:r><m:t>1</m:t></m:r></m:sup></m:sSup>"), ""),
        (_paragraph(PICTURE), ""),
        (_paragraph(r("1"), PICTURE), ""),
        (_paragraph(r("1"), "<w:r><w:object/></w:r>"), ""),
        (_paragraph(r("1"), "<w:r><w:pgNum/></w:r>"), ""),
        ("<w:altChunk/>", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_neither_a_number_nor_a_blank(inside: str, numbering: str) -> None:
    text = _cell(inside, numbering)
    assert not is_blank(text)
    assert value_of(text, Location()).status == "unreadable"


def test_a_cell_whose_deletion_is_tracked_is_gone() -> None:
    body = table([tc("甲"), tc("乙")], [tc("5", '<w:cellDel w:id="1"/>'), tc("2"), tc("13")])
    document = read_docx(docx(body), "x.docx")
    (block,) = document.blocks
    assert block.grid is not None
    assert [(cell.column, cell.text) for cell in block.grid.cells[2:]] == [(0, "2"), (1, "13")]
    assert [note.code for note in document.notes] == ["tracked-deletion"]


def test_pictures_of_a_table_that_arranges_the_page_are_no_text() -> None:
    body = table([f"<w:tc>{_paragraph(PICTURE)}</w:tc>"], [f"<w:tc>{_paragraph(r('年报'), PICTURE)}</w:tc>"])
    document = read_docx(docx(body), "x.docx")
    assert [block.text for block in document.blocks] == ["年报"]
