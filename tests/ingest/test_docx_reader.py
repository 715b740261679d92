"""Word documents as offices make them: content controls, tracked changes, counted numbers, merges of every kind."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx_made import archive, docx, p, r, relationships, table, tc
from hypothesis import given
from hypothesis import strategies as st

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.docx import DOCX_READER, read_docx
from disclosure_rules.ingest.docx_numbering import FORMATS

if TYPE_CHECKING:
    from disclosure_rules.model.document import Block, Document

BLANK = Path(__file__).parent.parent / "data" / "reports" / "template-blank-2021.docx"
DATA = table([tc("甲"), tc("乙")], [tc("1"), tc("2")])


def read(body: str, **parts: str) -> Document:
    return read_docx(docx(body, **parts), "report.docx")


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in read(body, **parts).blocks]


def spans(block: Block) -> dict[str, tuple[int, int, int, int]]:
    assert block.grid is not None
    return {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in block.grid.cells}


def met(body: str, **parts: str) -> dict[str, int]:
    return {note.code: note.count for note in read(body, **parts).notes}


def test_the_blank_form_of_2021_reads_as_blank() -> None:
    data = BLANK.read_bytes()
    assert DOCX_READER.recognises(data)
    document = read_docx(data, "template.docx")
    grids = [block.grid for block in document.blocks if block.grid]
    assert [(len(grid.cells), max(cell.row + cell.row_span for cell in grid.cells)) for grid in grids] == [
        (30, 14),
        (215, 28),
        (34, 4),
    ]
    requests = grids[1].cells
    assert sum(cell.text == "" for cell in requests) == 175
    assert sum(cell.text == "" for cell in grids[2].cells) == 15
    assert not any(
        character.isdigit() for grid in grids for cell in grid.cells if cell.text == "0" for character in "0"
    )
    header = {cell.text: cell for cell in requests}[
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    ]
    assert (header.row, header.column, header.row_span, header.column_span) == (0, 0, 3, 3)
    headings = [block.text for block in document.blocks if block.text[1:2] == "、" and block.kind != "grid"]
    assert [heading[0] for heading in headings] == list("一二三四五六")


@pytest.mark.parametrize(
    "wrapped",
    [
        f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{DATA}</w:sdtContent></w:sdt>",
        f"<w:customXml><w:ins>{DATA}</w:ins></w:customXml>",
        DATA.replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>").replace(
            "</w:tr>", "</w:tr></w:sdtContent></w:sdt>"
        ),
        DATA.replace("<w:tc>", "<w:sdt><w:sdtContent><w:tc>").replace(
            "</w:tc>", "</w:tc></w:sdtContent></w:sdt>"
        ),
        DATA.replace("<w:r>", "<w:sdt><w:sdtContent><w:smartTag><w:hyperlink><w:r>").replace(
            "</w:r>", "</w:r></w:hyperlink></w:smartTag></w:sdtContent></w:sdt>"
        ),
        table([f"<w:tc>{DATA}<w:p/></w:tc>"]),
    ],
    ids=["control", "insertion", "rows", "cells", "runs", "box"],
)
def test_a_table_is_read_whatever_it_is_wrapped_in(wrapped: str) -> None:
    assert texts(p("前") + wrapped + p("后")) == ["前", "甲\t乙\n1\t2", "后"]


def test_tracked_changes_are_read_as_accepted_and_said() -> None:
    body = (
        f"<w:p>{r('共收到')}<w:del><w:r><w:delText>25</w:delText></w:r></w:del><w:ins>{r('26')}</w:ins>{r('件')}"
        f"<w:moveFrom>{r('旧')}</w:moveFrom><w:moveTo>{r('。')}</w:moveTo></w:p>"
    )
    assert texts(body) == ["共收到26件。"]
    assert met(body) == {"tracked-insertion": 2, "tracked-deletion": 2}


def test_a_deleted_end_of_paragraph_joins_two_and_a_deleted_row_goes() -> None:
    joined = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('总体')}</w:p>{p('情况')}"
    assert texts(joined) == ["总体情况"]
    row = "<w:tr><w:trPr><w:del/></w:trPr>" + tc("8") + tc("9") + "</w:tr>"
    body = DATA.replace("</w:tbl>", f"{row}</w:tbl>")
    assert texts(body) == ["甲\t乙\n1\t2"]
    assert met(body) == {"tracked-deletion": 1}


def test_hidden_text_is_left_out_and_said() -> None:
    shown, secret = '<w:vanish w:val="0"/>', '<w:rStyle w:val="Secret"/>'
    body = f"<w:p>{r('共')}{r('9', '<w:vanish/>')}{r('26', shown)}{r('8', secret)}{r('件')}</w:p>"
    styles = '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    assert texts(body, styles=styles) == ["共26件"]
    assert met(body, styles=styles) == {"hidden-text": 2}


def test_struck_text_is_left_out_and_raised_digits_are_no_digits_of_the_number() -> None:
    raised, struck = '<w:vertAlign w:val="superscript"/>', "<w:strike/>"
    body = f"<w:p>{r('9', struck)}{r('13')}{r('1', raised)}{r('件')}</w:p>"
    assert texts(body) == ["13¹件"]
    assert met(body) == {"struck-text": 1}


NUMBERING = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3"/><w:isLgl/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""


def item(text: str, level: int = 0, list_id: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_the_numbers_that_word_counts_are_printed() -> None:
    body = (
        item("总体情况") + item("主动公开", 1) + item("依申请公开", 1) + item("其一", 2) + item("主动公开政府信息情况")
        + item("再", 1) + item("点", 0, 2) + item("问题", 0, 3) + item("其他", 0, 3) + item("无", 0, 0)
    )  # fmt: skip
    assert texts(body, numbering=NUMBERING) == [
        "一、总体情况",
        "（一）主动公开",
        "（二）依申请公开",
        "1.2.1 其一",
        "二、主动公开政府信息情况",
        "（一）再",
        "点",
        "五、问题",
        "六、其他",
        "无",
    ]


def test_a_number_may_come_from_the_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '<w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/></w:style>'
    )
    style = '<w:pStyle w:val="2"/>'
    without = '<w:pStyle w:val="2"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    document = read(p("甲", style) + p("乙", without) + p("丙", style), styles=styles, numbering=NUMBERING)
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("heading", "一、甲"),
        ("heading", "乙"),
        ("heading", "二、丙"),
    ]


@pytest.mark.parametrize(
    ("name", "number", "printed"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 12, "十二"),
        ("chineseCountingThousand", 20, "二十"),
        ("japaneseCounting", 99, "九十九"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("ideographDigital", 10, "一〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircle", 21, "21"),
        ("ideographTraditional", 2, "乙"),
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 28, "bb"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
    ],
)
def test_number_formats(name: str, number: int, printed: str) -> None:
    assert FORMATS[name](number) == printed


@given(st.sampled_from(sorted(FORMATS)), st.integers(0, 30_000))
def test_every_format_prints_every_number(name: str, number: int) -> None:
    assert isinstance(FORMATS[name](number), str)


def test_an_unknown_format_is_counted_in_figures_and_said() -> None:
    body = item("甲")
    numbering = NUMBERING.replace("chineseCounting", "hebrew1")
    assert texts(body, numbering=numbering) == ["1、甲"]
    assert met(body, numbering=numbering) == {"numbering-unknown": 1}


def test_merged_cells_keep_the_grid_as_stored() -> None:
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        [tc("甲", f'<w:gridSpan w:val="2"/>{restart}'), tc("乙")],
        [tc("", f'<w:gridSpan w:val="2"/>{go_on}'), tc("1")],
        [tc("丙"), tc("丁"), tc("2")],
        [tc("戊", '<w:hMerge w:val="restart"/>'), tc("", '<w:hMerge w:val="continue"/>'), tc("3", go_on)],
    ).replace("<w:tr>", '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>', 1)
    (block,) = read(body).blocks
    assert spans(block) == {
        "甲": (0, 1, 1, 2),
        "乙": (0, 3, 1, 1),
        "": (1, 0, 1, 2),  # it continues nothing: the cell above begins a column later
        "1": (1, 2, 1, 1),
        "丙": (2, 0, 1, 1),
        "丁": (2, 1, 1, 1),
        "2": (2, 2, 1, 1),
        "戊": (3, 0, 1, 2),
        "3": (3, 2, 1, 1),
    }


def test_a_cell_reaches_down_over_rows() -> None:
    go_on = "<w:vMerge/>"
    body = table(
        [tc("甲", '<w:vMerge w:val="restart"/>'), tc("1")], [tc("", go_on), tc("2")], [tc("", go_on), tc("3")]
    )
    (block,) = read(body).blocks
    assert spans(block)["甲"] == (0, 0, 3, 1)
    assert spans(block)["3"] == (2, 1, 1, 1)


def test_text_boxes_and_footnotes_follow_their_paragraph_and_never_enter_a_cell() -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        f"{p('框')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        f"{p('框')}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    footnotes = f'<w:footnote w:id="-1">{p("线")}</w:footnote><w:footnote w:id="2">{p("注")}</w:footnote>'
    body = f"<w:p>{r('前')}{mark}{box}{r('后')}</w:p>" + DATA.replace(
        "<w:t>2</w:t>", f"<w:t>2</w:t></w:r>{mark}<w:r>"
    )
    assert texts(body + p("尾"), footnotes=footnotes) == ["前后", "框", "注", "甲\t乙\n1\t2", "注", "尾"]


def test_breaks_and_tabs() -> None:
    body = "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t></w:r></w:p>"
    assert texts(body) == ["甲\t乙", "丙-丁"]
    inside = table(
        [tc("甲"), tc("乙")], [tc("1"), "<w:tc><w:p><w:r><w:t>2</w:t><w:br/><w:t>3</w:t></w:r></w:p></w:tc>"]
    )
    (block,) = read(inside).blocks
    assert "2\n3" in spans(block)


def test_what_cannot_be_read_is_said() -> None:
    body = "<w:altChunk/><w:p><w:r><w:drawing><pic:pic/></w:drawing><w:object><v:imagedata/><o:OLEObject/></w:object></w:r></w:p>"
    assert met(body) == {"embedded-not-read": 2, "image-not-read": 2}


def test_places_are_paragraphs_of_the_document() -> None:
    document = read(p("一") + p("") + DATA + p("二"))
    assert [block.location.paragraph for block in document.blocks] == [1, 3, 7]
    grid = document.blocks[1].grid
    assert grid is not None
    assert [cell.location.paragraph for cell in grid.cells] == [3, 4, 5, 6]


def test_formatting_that_is_taken_out_before_parsing_changes_nothing() -> None:
    # A part with CDATA is parsed as it is.
    with zipfile.ZipFile(BLANK) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    whole = parts["word/document.xml"].replace(b"<w:body>", b"<w:body><![CDATA[]]>", 1)
    assert whole != parts["word/document.xml"]
    parsed = read_docx(archive({**parts, "word/document.xml": whole}), "report.docx")
    assert parsed.blocks == read_docx(BLANK.read_bytes(), "report.docx").blocks


def test_sides_that_are_not_closed_are_damage() -> None:
    with pytest.raises(ReadError) as refused:
        read(p(r("甲")) + "<w:tcPr><w:tcBorders><w:top/></w:tcMar></w:tcPr>")
    assert refused.value.code == "damaged-xml"


def test_the_strict_form_and_any_name_of_the_main_part_are_read() -> None:
    strict = f"<w:document xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'><w:body>{p('甲')}</w:body></w:document>"
    data = archive(
        {"_rels/.rels": relationships(officeDocument="/word/document2.xml"), "word/document2.xml": strict}
    )
    assert DOCX_READER.recognises(data)
    assert [block.text for block in read_docx(data, "x").blocks] == ["甲"]


PIECES = st.sampled_from(
    ["<w:p>", "<w:r>", "<w:tbl>", "<w:tr>", "<w:tc>", "<w:sdt>", "<w:ins>", "<w:del>", "<w:txbxContent>", "<w:drawing>",
     "<w:t>1", "<w:br>", "<w:tcPr><w:gridSpan w:val='2'/><w:vMerge/></w:tcPr><w:x>", "<mc:AlternateContent>", "<mc:Choice>",
     "<w:trPr><w:gridBefore w:val='3'/></w:trPr><w:x>", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:x>", "</>", "</>", "</>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60))
def test_any_tree_of_elements_is_read(pieces: list[str]) -> None:
    made, stack = "", []
    for piece in pieces:
        if piece == "</>":
            made += stack.pop() if stack else ""
            continue
        made += piece
        stack.append(f"</{piece[piece.rindex('<') + 1 :].split('>')[0].split()[0]}>")
    for block in read(made + "".join(reversed(stack))).blocks:
        assert block.text.strip()
