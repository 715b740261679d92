"""Pages as people and programs really make them, and pages that someone made to do harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.html import HTML_READER, read_html

if TYPE_CHECKING:
    from disclosure_rules.model.document import Block, Document

DATA = "<table><tr><th>甲<th>乙<tr><td>1<td>2</table>"


def read(source: str) -> Document:
    return read_html(source.encode(), "page.html")


def texts(source: str) -> list[str]:
    return [block.text for block in read(source).blocks]


def cells(source: str) -> list[list[str]]:
    """The cells of the only grid by row."""
    (block,) = (block for block in read(source).blocks if block.kind == "grid")
    assert block.grid is not None
    rows: dict[int, list[str]] = {}
    for cell in block.grid.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


@pytest.mark.parametrize(
    "source",
    [
        DATA,
        "<table><tbody><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></tbody></table>",
        "<TABLE BORDER=1 WIDTH=90%><TR><TD>甲</TD><TD>乙<TR><TD>1<TD>2</TABLE>",
        "<table><td>甲<td>乙<tr><td>1<td>2",  # neither a row at first nor any end
        "<table><form><tr><td>甲</td><td>乙</td></tr></form><tr><td>1</td><td>2</td></tr></table>",
        '<table><tr><td width=10"">甲</td><td width="10"">乙</td></tr><tr><td>1<td>2</td></tr></table>',
        "<table><tr><td><span>甲<p></span></p></td><td><font>乙</td></font></tr><tr><td>1</td></div><td>2</table>",
        "<table><tr><td>甲<td>乙<tr><td><!--[if gte vml 1]><v:x>9</v:x><![endif]-->1<td><![if !vml]>2<![endif]></table>",
        "<table><tr><td>甲<td>乙<td style='display:none'>0<tr><td>1<td>2</table>",
        "<table><tr><td>甲<td>乙<tr hidden style='DISPLAY: none; display: none'><td>8<td>9<tr><td>1<td>2</table>",
        "<table><tr><td>甲<td>乙<tr><td><b>1</b><o:p>&nbsp;</o:p><td>2<script>var x = '</td><td>3'</script></table>",
        f"<table><tr><td>左<td>{DATA}</table>",  # the page in a table
        f"<table><tr><td>左<tr><td><div><table><tr><td>{DATA}</table></div></table>",
    ],
)
def test_the_same_table_survives_every_way_of_writing_it(source: str) -> None:
    assert cells(source) == [["甲", "乙"], ["1", "2"]]


def test_blocks_of_a_layout_table_keep_their_order() -> None:
    source = f"<p>前</p><table><tr><td>导航</td><td><p>一、总体情况</p>{DATA}<p>后</p></td></tr></table>尾"
    assert texts(source) == ["前", "导航", "一、总体情况", "甲\t乙\n1\t2", "后", "尾"]


def test_a_small_table_in_a_cell_leaves_the_table_around_it_whole() -> None:
    assert cells("<table><tr><td>甲<td>乙<tr><td><table><tr><td>1</table><td>2</table>") == [
        ["甲", "乙"],
        ["1", "2"],
    ]


def test_two_numbers_in_one_cell_do_not_become_one() -> None:
    assert cells("<table><tr><td>甲<td>乙<tr><td>1<br>2<td><p>3</p><p>4</p></table>")[1] == ["1\n2", "3\n4"]


def test_a_blank_cell_is_empty_and_no_zero() -> None:
    assert cells("<table><tr><td>甲<td>乙<td>丙<tr><td>&nbsp;<td>　<td><p><o:p></o:p></p></table>")[1] == [
        "",
        "",
        "",
    ]


def test_spans_are_placed_as_a_browser_does() -> None:
    source = (
        "<table><thead><tr><td rowspan=9>甲<td colspan=2>乙</thead>"
        "<tr><td rowspan=0>a<td>b<td>c<tr><td>d<td>e<tr><td colspan=x>f<td>g</table>"
    )
    (block,) = read(source).blocks
    assert block.grid is not None
    places = {
        cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in block.grid.cells
    }
    assert places == {
        "甲": (0, 0, 1, 1),  # no span leaves its group of rows
        "乙": (0, 1, 1, 2),
        "a": (1, 0, 3, 1),
        "b": (1, 1, 1, 1),
        "c": (1, 2, 1, 1),
        "d": (2, 1, 1, 1),
        "e": (2, 2, 1, 1),
        "f": (3, 1, 1, 1),
        "g": (3, 2, 1, 1),
    }


def test_what_is_not_displayed_is_left_out_and_said() -> None:
    document = read(
        "<p>共收到<span style='display:none'>9<span>8</span>7</span>26件</p><p style='display: none'>无</p>后"
    )
    assert [block.text for block in document.blocks] == ["共收到26件", "后"]
    (note,) = document.notes
    assert (note.code, note.count) == ("hidden-text", 4)


@pytest.mark.parametrize(
    "withdrawn",
    [
        "<del>9</del>",
        "<s>9</s>",
        "<strike>9</strike>",
        "<span style='text-decoration: line-through'>9</span>",
        "<span style='visibility:hidden'>9</span>",
    ],
)
def test_a_number_struck_out_is_no_part_of_the_one_beside_it(withdrawn: str) -> None:
    page = DATA.replace("<td>1", f"<td>{withdrawn}13")
    assert cells(page) == [["甲", "乙"], ["13", "2"]]
    (note,) = read(page).notes
    assert (note.code, note.count) == ("hidden-text", 1)


def test_a_raised_digit_is_the_mark_of_a_note_and_no_digit_of_the_number() -> None:
    assert cells(DATA.replace("<td>1", "<td>13<sup>1</sup>")) == [["甲", "乙"], ["13¹", "2"]]
    assert texts("<p>H<sub>2</sub>O，5m<sup>&#50;</sup>，2件</p>") == ["H₂O，5m²，2件"]
    assert cells(DATA.replace("<td>1", "<td>13<sup>1<td>2").replace("<td>2<td>2", "<td>2"))[1] == ["13¹", "2"]


def test_a_control_in_a_table_shows_its_value_unless_it_is_hidden() -> None:
    page = DATA.replace("<td>1", "<td><input value='13'><input type=hidden value=7>")
    assert cells(page) == [["甲", "乙"], ["13", "2"]]


def test_line_breaks_part_and_line_ends_of_the_source_do_not() -> None:
    assert texts("<p><br />四、行政\n   复议<br>Open\nGovernment 2023\n年</p>") == [
        "四、行政复议",
        "Open Government 2023 年",
    ]
    assert texts("<pre>甲\n乙</pre>") == ["甲", "乙"]


def test_every_line_of_a_long_paragraph_has_its_place() -> None:
    (block,) = read("<p>\n\n  第三行，\n第四行，\n第五行</p>").blocks
    assert block.text == "第三行，第四行，第五行"
    assert [block.line_at(block.text.index(word)) for word in "三四五"] == [3, 4, 5]


def test_fields_in_one_line_are_parted() -> None:
    blocks = read("<div>发布日期：2024-01-17 15:07　来源：沭阳县发展和改革局 浏览次数：12</div>").blocks
    assert [(block.name, block.text) for block in blocks] == [
        ("发布日期", "2024-01-17 15:07"),
        ("来源", "沭阳县发展和改革局"),
        ("浏览次数", "12"),
    ]


def test_a_sentence_with_a_colon_is_no_field() -> None:
    assert [block.kind for block in read("<p>其中：来源：网络的有3件</p><p>联系电话：0527</p>").blocks] == [
        "paragraph"
    ] * 2


@pytest.mark.parametrize(
    "head",
    [
        b"<!DOCTYPE html><html>",
        b"\xef\xbb\xbf\r\n<html xmlns:v=x>",
        b"<!-- saved from url=(0014)about:internet -->\n<HTML>",
        b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">',
        b"<p style='x'>2019",
        "<html>".encode("utf-16"),
    ],
)
def test_pages_are_known_by_their_beginning(head: bytes) -> None:
    assert HTML_READER.recognises(head)


@pytest.mark.parametrize(
    "head", [b"<?xml version='1.0'?><w:document>", b"2023 < 2024", b"# <p>", b"title: <p>", b"PK\x03\x04"]
)
def test_other_texts_are_not(head: bytes) -> None:
    assert not HTML_READER.recognises(head)


def test_declared_utf_8_that_is_gbk_is_read_as_what_it_is() -> None:
    source = "<meta charset=utf-8><p>主动公开政府信息情况</p>" + "<b></b>" * 500
    document = read_html(source.encode("gbk"), "page.html")
    assert document.blocks[0].text == "主动公开政府信息情况"
    assert document.encoding == "gb18030"


def test_big5_is_read_where_it_is_declared() -> None:
    source = "<meta charset=big5><p>政府資訊公開工作年度報告</p>"
    assert read_html(source.encode("big5"), "page.html").blocks[0].text == "政府資訊公開工作年度報告"


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 100_000 + DATA,
        "<table><tr><td>" * 5_000 + DATA,
        "<table>" * 5_000 + DATA,
        f"<img src='data:image/png;base64,{'A' * 5_000_000}'>{DATA}",
        "<a<a" * 200_000 + "='>" + DATA,
        "<!--" + "<!-- -" * 200_000 + "-->" + DATA,
        "<p a='\"" * 100_000 + "'>" + DATA,
        "<script>" + DATA,
        "<select><option>2023" * 1_000 + DATA,
        "<span style='display:none'>" * 1_000 + DATA,
        "&#" * 200_000 + DATA,
        (" " * 200_000 + "字") * 2 + DATA,
    ],
    ids=(
        "deep elements", "deep tables", "tables without cells", "long attribute", "open tags", "comments", "quotes",
        "open script", "open select", "open hidden", "references", "blanks",
    ),
)  # fmt: skip
def test_a_hostile_page_ends_and_keeps_its_numbers(source: str) -> None:
    text = "".join(block.text for block in read(source).blocks)
    assert text.index("甲") < text.index("1") < text.rindex("2")


def test_tables_nested_beyond_sense_are_read_as_text_and_said() -> None:
    (note,) = read("<table><tr><td>" * 70 + "甲").notes
    assert (note.code, note.count) == ("tables-too-deep", 6)


@pytest.mark.parametrize(
    "source",
    [
        "<table>" + "<tr><td colspan=1000 rowspan=65534>1<td>2" * 300 + "</table>",
        "<table>" + "<tr><td>1<td>2" * 30_000 + "</table>",
        "<table>" + ("<td colspan=1000>1" * 300 + "<tr>") * 2 + "</table>",
    ],
    ids=["row spans", "cells", "column spans"],
)
def test_a_table_larger_than_any_report_is_refused(source: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(source)
    assert refused.value.code in {"table-too-large", "too-many-tags"}


def test_a_page_without_end_of_tags_is_refused() -> None:
    with pytest.raises(ReadError, match="tags"):
        read("<b>" * 2_000_001)


MARKUP = st.sampled_from(
    ["<table>", "</table>", "<tr>", "</tr>", "<td rowspan=3>", "<td colspan=2>", "</td>", "<thead>", "<p>", "</p>", "<br>",
     "<!--", "-->", "<script>", "</script>", "<span style=display:none>", "</span>", "<a href='", '"', ">", "<", "&amp;",
     "1", "甲", " ", "\n", "<title>", "</title>", "<select>", "来源：", "<h1>", "</pre>", "<pre>"]
)  # fmt: skip


@given(st.lists(MARKUP, max_size=60).map("".join))
def test_any_heap_of_markup_gives_blocks_in_order_and_grids_without_overlap_of_starts(source: str) -> None:
    document = read(f"<p>0{source}")
    lines = [block.location.line for block in document.blocks if block.kind != "keyvalue"]
    assert all(line is not None for line in lines)
    for block in document.blocks:
        assert block.text == block.text.strip() or block.kind == "grid"
        check_grid(block)


def check_grid(block: Block) -> None:
    if block.grid is None:
        return
    starts = [(cell.row, cell.column) for cell in block.grid.cells]
    assert starts == sorted(set(starts))
    assert all(cell.row_span >= 1 and cell.column_span >= 1 for cell in block.grid.cells)


@given(st.lists(st.lists(st.integers(0, 9999), min_size=2, max_size=6), min_size=2, max_size=8))
def test_every_number_of_a_table_comes_back_in_its_place(rows: list[list[int]]) -> None:
    source = "".join(
        "<tr>" + "".join(f"<td><p>{number}</p></td>" for number in row) + "</tr>" for row in rows
    )
    assert cells(f"<table>{source}</table>") == [[str(number) for number in row] for row in rows]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_by_any_line_end(end: str) -> None:
    blocks = read(end.join(("<p>一", "二</p>", "<p>三", "<b>四</b></p>"))).blocks
    assert [(block.text, block.location.line) for block in blocks] == [("一二", 1), ("三 四", 3)]
