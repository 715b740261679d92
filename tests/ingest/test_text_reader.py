"""The text reader: encodings, fields, reflowed lines with exact places, limits."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.encoding import MAX_CHARACTERS
from disclosure_rules.ingest.text import TEXT_READER, read_text
from disclosure_rules.model.document import Document

DATA = Path(__file__).resolve().parents[1] / "data" / "reports"
TITLE = "长子县住建局2019年度政务信息公开工作报告"


def _paragraphs(text: str) -> list[str]:
    return [block.text for block in read_text(text.encode(), "a.txt").blocks]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16-le"),
    ],
)
def test_the_encodings_of_officials_files_are_read(encoding: str, name: str) -> None:
    document = read_text(TITLE.encode(encoding), "a.txt")
    assert [block.text for block in document.blocks] == [TITLE]
    assert document.encoding == name
    assert document.notes == ()


def test_lost_bytes_are_counted_and_not_hidden() -> None:
    document = read_text(TITLE.encode("gb18030") * 9 + b"\xff" + TITLE.encode("gb18030"), "a.txt")
    assert [(note.code, note.count) for note in document.notes] == [("encoding-damage", 1)]
    assert "\ufffd" in document.blocks[0].text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\x00\n", "empty"),
        (bytes(range(256)) * 40, "binary"),
        (b"PK\x03\x04" + bytes(2000), "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(200)) * 9, "binary"),
        ("公开".encode() * (MAX_CHARACTERS // 2 + 1), "too-large"),
    ],
)
def test_what_is_no_text_is_refused_in_both_languages(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_text(data, "a.txt")
    assert caught.value.code == code
    assert caught.value.place == "a.txt"
    assert caught.value.zh.endswith("。")
    assert caught.value.en.endswith(".")


def test_only_text_is_recognised_by_its_first_bytes() -> None:
    assert TEXT_READER.recognises(TITLE.encode("gb18030"))
    assert TEXT_READER.recognises(TITLE.encode("utf-16"))
    for other in (b"%PDF-1.4\n1 0 obj", b"<!DOCTYPE html>", b"  <html>", b"{\\rtf1", bytes(64)):
        assert not TEXT_READER.recognises(other)


def test_the_fields_of_a_saved_page_stand_apart_from_its_text() -> None:
    data = (DATA / "pingtan-guanweihui-2014.txt").read_bytes()
    document = read_text(data, "a.txt")
    fields = {
        block.name: (block.text, block.location.line) for block in document.blocks if block.kind == "keyvalue"
    }
    assert fields["标题"] == ("平潭综合实验区管委会2014年度政府信息公开工作年度报告", 1)
    assert fields["发布时间"] == ("2015-01-02 00:00", 2)
    assert fields["发布机构"] == ("", 4)
    text = [block for block in document.blocks if block.kind != "keyvalue"]
    assert [block.location.line for block in text] == [10]
    assert text[0].text == data.decode().split("\n")[9]


def test_a_sentence_with_a_colon_is_no_field() -> None:
    assert _paragraphs("注意：以下为正文\n一、概述") == ["注意：以下为正文", "一、概述"]


def test_lines_are_joined_to_the_paragraphs_of_the_author() -> None:
    paragraphs = [
        block.text for block in read_text((DATA / "zhangzi-zhujianju-2019.txt").read_bytes(), "a").blocks
    ]
    assert paragraphs[:2] == ["长子县住建局 2019 年度政务信息公开", "工作报告"]
    assert [text[:5] for text in paragraphs[3:9]] == [
        "一、概述",
        "（一）完善",
        "（二）坚持",
        "（三）坚持",
        "一是充分发",
        "二是注重不",
    ]
    assert "与（兼）职联络员制度" in paragraphs[5]  # a page break stands between 职 and 联
    assert "办理流程，申报材料，受理单位，办理时间" in paragraphs[8]
    assert "我局将挄照“以公开为原则" in "".join(paragraphs)
    assert len(paragraphs) == 22


@pytest.mark.parametrize("name", ["zhangzi-zhujianju-2019", "suqian-shizhengfu-2024", "shanghai-kewei-2024"])
def test_every_character_knows_its_line_and_none_is_lost(name: str) -> None:
    data = (DATA / f"{name}.txt").read_bytes()
    lines = data.decode().split("\n")
    document = read_text(data, name)
    for block in document.blocks:
        starts = [*(start for start, _ in block.lines), len(block.text)]
        for (start, line), end in zip(block.lines, starts[1:], strict=True):
            assert block.line_at(start) == block.line_at(end - 1) == line
            assert block.text[start:end].strip() in lines[line - 1]
    read = "".join(block.text for block in document.blocks)
    hashes = sum(block.kind == "heading" for block in document.blocks)
    assert len("".join(read.split())) == len("".join(data.decode().split())) - 2 * hashes


def test_text_with_natural_lines_is_left_alone() -> None:
    lines = [
        "一、概述",
        "我局认真落实条例。",
        "全年主动公开政府信息" + "很多" * 60 + "。",
        "（一）机构",
        "成立领导小组。",
        "完",
    ]
    assert _paragraphs("\n".join(lines)) == lines


def test_latin_words_keep_their_blank_where_lines_are_joined() -> None:
    full = "为深化政务公开和加强政务服务我局在县政府办的指导下围绕"
    text = f"{full}\n{full[:-3]}门户 app\nstore {full}\n{full}\n{full}完成。"
    assert "门户 app store 为深化" in "".join(_paragraphs(text))


def test_tables_are_not_read_and_that_is_said() -> None:
    document = read_text((DATA / "suqian-shizhengfu-2024.txt").read_bytes(), "a.txt")
    note = next(note for note in document.notes if note.code == "table-not-read")
    assert note.count > 30
    assert note.places[0].line == 98


def test_lines_are_counted_as_editors_count_them() -> None:
    document = read_text("一\r\n二\r三\n\x0c四\u2028五".encode(), "a.txt")
    assert [(block.location.line, block.text) for block in document.blocks] == [
        (1, "一"),
        (2, "二"),
        (3, "三"),
        (4, "四\u2028五"),
    ]


def test_headings_of_markdown_are_headings() -> None:
    document = read_text("# 一、概述\n\n正文。\n## 表三：收到\n**二、公开**\n".encode(), "a.md")
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("heading", "一、概述"),
        ("paragraph", "正文。"),
        ("heading", "表三：收到"),
        ("heading", "二、公开"),
    ]


@given(
    st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_any_bytes_end_in_a_document_or_a_read_error(data: bytes) -> None:
    outcome: Document | str
    try:
        outcome = read_text(data, "a.txt")
    except ReadError as error:
        outcome = error.code
    assert isinstance(outcome, Document) or outcome in {"empty", "binary"}


@given(st.lists(st.text(st.sampled_from("一、二（）公开信息的。，：12年 \tab#|"), max_size=30), max_size=40))
def test_no_printed_character_is_lost_whatever_the_lines_are(lines: list[str]) -> None:
    text = "\n".join([*lines, "完"])
    document = read_text(text.encode(), "a.txt")
    read = "".join(block.text for block in document.blocks).replace("#", "")
    assert "".join(read.split()) == "".join(text.replace("#", "").split())


def test_time_grows_with_the_length_alone() -> None:
    data = (DATA / "zhangzi-zhujianju-2019.txt").read_bytes() * 550  # a hundred thousand lines
    start = time.process_time()
    document = read_text(data, "a.txt")
    assert document.blocks[-1].location.line is not None
    assert document.blocks[-1].location.line > 100_000
    assert time.process_time() - start < 20  # a quadratic step would take hours
