"""Letters from templates: names over several runs, rows for items, and templates that are wrong are told by name."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from seen import members

from disclosure_rules.errors import DisclosureRulesError
from disclosure_rules.word.merge import Fields, Template

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "ingest"))

from docx_made import W, archive, docx, p, r, table, tc

FIELDS = Fields(single=("单位名称", "年度"), row=("序号", "问题"))
ROW = table([tc("序号"), tc("问题")], [tc("{{序号}}"), tc("见{{问题}}。")])
VALUES = {"单位名称": "甲局", "年度": "2024"}


def _filled(body: str, values: dict[str, str] = VALUES, *rows: dict[str, str]) -> Document:
    return Document(BytesIO(Template(docx(body), "模板.docx", FIELDS).filled(values, rows)))


def test_a_name_that_word_has_cut_into_runs_is_found_and_keeps_the_form_of_its_first_run() -> None:
    cut = (
        f"<w:p>{r('致{')}{r('{单位', '<w:b/>')}<w:proofErr w:type='spellStart'/>{r('名称}')}{r('}：')}</w:p>"
        f"<w:p>{r('｛｛ 年度 ｝｝年，{{单位名称}}')}</w:p>"
    )
    letter = _filled(cut + ROW)
    assert [paragraph.text for paragraph in letter.paragraphs] == ["致甲局：", "2024年，甲局"]
    assert [run.text for run in letter.paragraphs[0].runs] == ["致甲局", "", "", "："]


def test_the_row_is_repeated_for_each_item_and_a_line_break_stays_one() -> None:
    rows = [{"序号": str(number), "问题": f"第{number}处\n合计不符"} for number in (1, 2, 3)]
    (found,) = _filled(ROW, VALUES, *rows).tables
    assert [[cell.text for cell in row.cells] for row in found.rows] == [
        ["序号", "问题"],
        *([str(number), f"见第{number}处\n合计不符。"] for number in (1, 2, 3)),
    ]
    assert found._tbl.xml.count("<w:br/>") == 3
    (none,) = _filled(ROW).tables
    assert len(none.rows) == 1


def test_names_stand_in_headers_and_footers_too() -> None:
    parts = members(docx(ROW))
    data = archive({**parts, "word/footer1.xml": f"<w:ftr {W}>{p('{{单位名称}} 存')}</w:ftr>"})
    letter = Template(data, "模板.docx", FIELDS).filled(VALUES)
    assert "甲局 存" in members(letter)["word/footer1.xml"].decode()


@pytest.mark.parametrize(
    "hostile",
    [
        "</w:t></w:r><w:r><w:t>假",
        "&amp; <b> ]]> {{年度}} {{没有}}",
        "甲\x00\x0b\x1f\ufffe\ud800乙",
        '"\'=HYPERLINK("x")',
    ],
)
def test_what_a_report_holds_is_text_whatever_it_is(hostile: str) -> None:
    letter = _filled(
        p("致{{单位名称}}：") + ROW, {**VALUES, "单位名称": hostile}, {"序号": "1", "问题": hostile}
    )
    text = letter.paragraphs[0].text
    if "\x00" in hostile:
        assert text == "致甲\ufffd\n\ufffd\ufffd\ufffd乙："
    else:
        assert text == f"致{hostile}："
    assert hostile[:1] in letter.tables[0].rows[1].cells[1].text


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (p("{{单位名}}") + ROW, "没有占位符「单位名」"),
        (p("{{单位名称}") + ROW, "没有写完整"),
        (p("单位名称}}") + ROW, "没有写完整"),
        (p("{{单位名称}}"), "没有问题表"),
        (p("{{问题}}") + ROW, "要放在表格的一行里"),
        (ROW + ROW, "放在正文表格的同一行里"),
        (p("{{年<![CDATA[度}}]]>").replace("年<", "年<") + ROW, "无法改写"),
    ],
)
def test_a_wrong_template_is_told_by_what_is_wrong_with_it(body: str, word: str) -> None:
    with pytest.raises(DisclosureRulesError) as told:
        Template(docx(body), "模板.docx", FIELDS)
    assert word in told.value.zh
    assert told.value.place.startswith("模板.docx")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04no", b"%PDF-1.7", docx(ROW)[:500]])
def test_a_broken_template_is_told(data: bytes) -> None:
    with pytest.raises(DisclosureRulesError):
        Template(data, "模板.docx", FIELDS)


def test_the_same_values_give_the_same_bytes_and_other_parts_stay() -> None:
    parts = members(docx(ROW))
    data = archive({**parts, "word/media/章.png": bytes(range(256))})
    template = Template(data, "模板.docx", FIELDS)
    first, second = template.filled(VALUES), Template(data, "模板.docx", FIELDS).filled(VALUES)
    assert first == second
    assert {name for name, content in members(first).items() if content != members(data)[name]} == {
        "word/document.xml"
    }
