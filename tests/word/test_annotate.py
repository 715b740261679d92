"""A comment at every finding, at its place, and nothing else changed: lxml and python-docx look, not our own reader."""

from __future__ import annotations

import itertools
import re
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from seen import characters, comments, members, structure

from disclosure_rules.errors import ReadError
from disclosure_rules.model.result import Place
from disclosure_rules.model.text import Text
from disclosure_rules.pipeline import Checker
from disclosure_rules.word.annotate import annotated

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "ingest"))

from docx_made import MORE, W, archive, docx, p, r, relationships  # noqa: E402  beside the tests of the readers
from grades import LAYOUTS  # noqa: E402
from made_reports import made  # noqa: E402

BLANK = (TESTS / "data" / "reports" / "template-blank-2021.docx").read_bytes()
CHECKER = Checker()
TITLE = "长子县财政局2024年政府信息公开工作年度报告"


def _annotated(data: bytes) -> tuple[bytes, list[tuple[str, str, str]]]:
    """The copy, and of each finding: title, message, and what its comment stands at."""
    result = CHECKER.check(data, name="年报.docx")
    report = CHECKER.load_report(data, name="年报.docx")
    copy = annotated(data, "年报.docx", report, result, "zh")
    seen = comments(copy)
    found = []
    for finding in result.findings:
        lines = [f"【{_WORDS[finding.severity.value]}】{finding.title.zh}", finding.message.zh]
        own = [at for said, at in seen.values() if _flat(said).startswith(_flat("".join(lines)))]
        assert own, finding
        found.append((finding.title.zh, finding.message.zh, own[0]))
    ours = [said for said, _ in seen.values() if said.startswith(("【", "检查结论"))]
    assert len(ours) == 1 + len(result.findings)
    return copy, found


_WORDS = {"error": "错误", "warning": "警告", "explain": "说明", "note": "提示"}


def _flat(text: str) -> str:
    return "".join(text.split())


def _assert_only_comments_were_added(old: bytes, new: bytes) -> None:
    before, after = members(old), members(new)
    added = {"word/comments.xml"} | {"word/_rels/document.xml.rels"} - set(before)
    assert list(after)[: len(before)] == list(before)
    assert set(after) - set(before) <= added
    may = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "word/comments.xml"}
    assert {name for name in before if before[name] != after[name]} <= may
    assert characters(new) == characters(old)
    assert structure(new) == structure(old)
    Document(BytesIO(new))


def test_the_form_of_the_state_council_gets_a_comment_at_every_finding_and_is_else_the_same() -> None:
    copy, found = _annotated(BLANK)
    _assert_only_comments_were_added(BLANK, copy)
    assert len(found) == 12
    # The words that a message quotes, where they stand in the paragraph.
    unfilled = [words for title, _, words in found if title == "模板中的待填内容没有填写"]
    assert unfilled == ["（文字描述）", "（文字描述）", "（文字描述，收取信息处理费情况在此处报告"]
    assert ("总体情况写得太短", "一、总体情况") in {(title, words) for title, _, words in found}
    assert len(Document(BytesIO(copy)).comments) == 13
    # The heading is no paragraph of its section: its place has no number.
    assert any("\n位置：「一、总体情况」\n" in said for said, _ in comments(copy).values())
    assert not any(said.count("段\n") and at.startswith("一、") for said, at in comments(copy).values())


def test_the_document_is_the_same_bytes_but_for_the_marks() -> None:
    copy, _ = _annotated(BLANK)
    text = members(copy)["word/document.xml"]
    mark = rb'(?:<w:commentRangeStart w:id="\d+"/>|<w:commentRangeEnd w:id="\d+"/><w:r><w:commentReference w:id="\d+"/></w:r>)'
    whole = re.sub(
        rb"</w:t></w:r>" + mark + rb'<w:r><w:rPr>(?:(?!</w:rPr>).)*</w:rPr><w:t xml:space="preserve">',
        b"",
        text,
    )
    assert len(whole) < len(text)
    assert re.sub(mark, b"", whole) == members(BLANK)["word/document.xml"]


@pytest.mark.parametrize("seed", [2, 3, 6, 7, 8, 9, 10, 11, 13, 15])
def test_findings_about_cells_stand_in_their_cells(seed: int) -> None:
    one = made(seed, LAYOUTS, kind="docx")
    old = members(one.data)
    numbers = itertools.count(10_001)  # no two cells alike, and no sum that holds
    text = re.sub(
        rb"<w:t>\d{1,4}</w:t>", lambda _: b"<w:t>%d</w:t>" % next(numbers), old["word/document.xml"]
    )
    data = archive({**old, "word/document.xml": text})
    copy, found = _annotated(data)
    _assert_only_comments_were_added(data, copy)
    result, report = CHECKER.check(data), CHECKER.load_report(data)
    checked = 0
    for finding, (_, message, at) in zip(result.findings, found, strict=True):
        place = finding.location
        if place.row is not None and place.column is not None:
            (cell,) = (
                cell
                for cell in report.tables[place.table or ""].details.values()
                if (cell.location.row, cell.location.column) == (place.row, place.column)
            )
            assert at == cell.text, message
            checked += 1
    assert checked > 20


_BOX = (
    '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>'
    "</mc:Choice><mc:Fallback><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent>"
    "</w:r><w:r><w:t>下接文本框。</w:t></w:r></w:p>"
)
_BUSY = "".join(
    (
        p(TITLE),
        p("一、总体情况"),
        '<w:sdt><w:sdtPr><w:alias w:val="正文"/><w:lock w:val="sdtLocked"/></w:sdtPr><w:sdtContent>',
        '<w:p><w:r><w:t>2024年，根据《中华人民共和国政府信息公开条列</w:t></w:r><w:proofErr w:type="spellStart"/>',
        '<w:ins w:id="7" w:author="甲"><w:r><w:t>》开展工作。</w:t></w:r></w:ins>',
        '<w:del w:id="8" w:author="甲"><w:r><w:delText>旧话</w:delText></w:r></w:del></w:p>',
        "</w:sdtContent></w:sdt>",
        '<w:p><w:commentRangeStart w:id="41"/><w:r><w:t xml:space="preserve"> （文字描述） &amp; 其他</w:t></w:r>',
        '<w:commentRangeEnd w:id="41"/><w:r><w:commentReference w:id="41"/></w:r></w:p>',
        _BOX.format(p("（文字描述）"), p("（文字描述）")),
        '<w:p><w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>',
        p("二、主动公开政府信息情况"),
        p("三、收到和处理政府信息公开申请情况"),
        p("四、政府信息公开行政复议、行政诉讼情况"),
        p("五、存在的主要问题及改进情况"),
        f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>问题是{'人手不足' * 9}</w:t><w:tab/><w:t>改进是（文字描述）</w:t></w:r></w:p>",
        p("六、其他需要报告的事项"),
        "<w:p><w:r><w:t>无</w:t></w:r></w:p>",
    )
)


_KNOWN = (
    '<Override PartName="/word/comments.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/>'
)


def _busy(document: str = "", **more: str | bytes) -> bytes:
    old = members(docx(_BUSY))
    comment = f'<w:comments {W}><w:comment w:id="41" w:author="乙"><w:p>{r("先前的批注")}</w:p></w:comment></w:comments>'
    return archive(
        {
            **{name: content.decode() for name, content in old.items()},
            "word/_rels/document.xml.rels": relationships(comments="comments.xml", header="header1.xml"),
            "[Content_Types].xml": old["[Content_Types].xml"]
            .decode()
            .replace("</Types>", f"{_KNOWN}</Types>"),
            "word/comments.xml": comment,
            "word/header1.xml": f"<w:hdr {W}>{p('页眉')}</w:hdr>",
            "word/embeddings/oleObject1.bin": bytes(range(256)),
            **({"word/document.xml": document} if document else {}),
            **more,
        }
    )


def test_comments_controls_changes_boxes_and_objects_that_are_there_stay() -> None:
    data = _busy()
    copy, found = _annotated(data)
    _assert_only_comments_were_added(data, copy)
    assert ("先前的批注", " （文字描述） & 其他") in comments(copy).values()
    assert {comment.author for comment in Document(BytesIO(copy)).comments} == {"乙", "disclosure-rules"}
    boxes = [at for title, _, at in found if title == "模板中的待填内容没有填写"]
    # Of the one that no comment can be put into, the paragraph that holds it.
    assert "（文字描述） & 其他" in boxes
    assert any("下接文本框" in at for at in boxes)
    assert "（文字描述" in boxes
    told = [said for said, at in comments(copy).values() if "下接文本框" in at and "待填内容" in said]
    assert all("批注标在文本框所在的段落上" in said for said in told)


@pytest.mark.parametrize(
    ("place", "at", "told"),
    [
        (
            {"section": "requests", "table": "requests", "row": "received", "column": "total"},
            "三、收到和处理政府信息公开申请情况",
            "批注标在这一部分的标题上，具体位置见上",
        ),
        ({"section": "fees", "paragraph": 3}, TITLE, "批注标在文档开头，具体位置见上"),
        ({"section": "overview", "paragraph": 99}, "一、总体情况", "批注标在这一部分的标题上，具体位置见上"),
        ({"paragraph": 4}, TITLE, "批注标在文档开头，具体位置见上"),
        ({"section": "overview"}, "一、总体情况", ""),
        ({"section": "introduction"}, TITLE, "批注标在文档开头，具体位置见上"),
    ],
)
def test_a_finding_without_a_certain_place_stands_at_the_nearest_and_says_so(
    place: dict[str, Any], at: str, told: str
) -> None:
    data = _busy()
    result, report = CHECKER.check(data), CHECKER.load_report(data)
    finding = result.findings[0].model_copy(
        update={"location": Place(words=Text(zh="某处", en="there"), **place)}
    )
    only = result.model_copy(update={"findings": (finding,)})
    ((said, words),) = (
        one for one in comments(annotated(data, "年报.docx", report, only, "zh")).values() if "某处" in one[0]
    )
    assert words == at
    assert (f"位置：某处（{told}）" if told else "位置：某处\n") in said


def test_an_empty_cell_that_closes_itself_takes_a_comment() -> None:
    data = archive({**members(BLANK), "word/document.xml": _emptied(members(BLANK)["word/document.xml"])})
    copy, found = _annotated(data)
    assert characters(copy) == characters(data)
    assert structure(copy) == structure(data)
    assert any(at == "" for _, message, at in found if "空白" in message)


def _emptied(document: bytes) -> bytes:
    """The form with every empty paragraph of a cell written as `<w:p/>`."""
    changed, count = re.subn(
        rb"<w:p(?: [^>]*)?>(?:<w:pPr>(?:(?!</w:pPr>).)*</w:pPr>)?</w:p>(?=</w:tc>)", b"<w:p/>", document
    )
    assert count > 50
    return changed


def test_other_prefixes_the_strict_form_and_a_document_without_relationships() -> None:
    plain = members(docx(_BUSY.replace('<w:commentRangeStart w:id="41"/>', "")))
    text = plain["word/document.xml"].decode().replace('<w:commentRangeEnd w:id="41"/>', "")
    text = text.replace('<w:r><w:commentReference w:id="41"/></w:r>', "")
    strict = text.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    other = re.sub(r"(</?|\s)w:", r"\1x:", text).replace("xmlns:w=", "xmlns:x=")
    for changed in (strict, other, text):
        parts = {name: content for name, content in plain.items() if name != "word/_rels/document.xml.rels"}
        data = archive({**parts, "word/document.xml": changed})
        copy, found = _annotated(data)
        assert characters(copy) == characters(data)
        assert len(found) > 3
        space = b"purl.oclc.org" if changed is strict else b"schemas.openxmlformats.org"
        assert space in members(copy)["word/comments.xml"]
        assert b"relationships/comments" in members(copy)["word/_rels/document.xml.rels"]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert _annotated(_busy())[0] == _annotated(_busy())[0]


def test_text_that_no_program_may_cut_is_marked_as_a_whole() -> None:
    document = members(docx(_BUSY))["word/document.xml"].decode()
    cut = document.replace("改进是（文字描述）", "<![CDATA[改进是（文字描述）]]>")
    data = _busy(cut)
    copy, found = _annotated(data)
    assert characters(copy) == characters(data)
    assert any(at.endswith("改进是（文字描述）") and at.startswith("问题是") for _, _, at in found)


_CHANGED = '<w:rPr><w:b/><w:rPrChange w:id="5" w:author="甲"><w:rPr/></w:rPrChange></w:rPr>'


@pytest.mark.parametrize(
    ("run", "at"),
    [
        ("<w:r><w:t>上半年。改进是（文字描述）。下半年。</w:t></w:r>", "改进是（文字描述）"),
        # White space that Word does not show would begin to count where the run is cut.
        ("<w:r><w:t> 上半年。改进是（文字描述）。下半年。 </w:t></w:r>", None),
        # Where words stand twice nobody can tell which are meant.
        ("<w:r><w:t>改进是（文字描述）。上半年。改进是（文字描述）。</w:t></w:r>", None),
        # A change of the form that is tracked has a number, which must not come twice.
        (f"<w:r>{_CHANGED}<w:t>上半年。改进是（文字描述）。下半年。</w:t></w:r>", None),
    ],
)
def test_words_are_marked_only_where_the_run_can_be_cut_with_certainty(run: str, at: str | None) -> None:
    document = members(docx(_BUSY))["word/document.xml"].decode()
    data = _busy(document.replace("<w:r><w:t>无</w:t></w:r>", run))
    copy, _ = _annotated(data)
    assert characters(copy) == characters(data)
    last = [
        words
        for said, words in comments(copy).values()
        if "待填内容" in said and "「六、其他需要报告的事项」" in said
    ]
    assert set(last) == {at or re.sub("<[^>]+>", "", run)}


def test_another_encoding_is_refused_in_plain_words() -> None:
    text = members(docx(_BUSY))["word/document.xml"].decode()
    utf16 = ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")
    data = _busy(**{"word/document.xml": utf16})
    report, result = CHECKER.load_report(data), CHECKER.check(data)
    with pytest.raises(ReadError) as refused:
        annotated(data, "年报.docx", report, result, "zh")
    assert refused.value.code == "other-encoding"


def test_hostile_text_stays_text() -> None:
    data = _busy(members(docx(_BUSY))["word/document.xml"].decode().replace("条列", "]]&gt;&lt;w:p/&gt;条列"))
    copy, _ = _annotated(data)
    assert characters(copy) == characters(data)
    assert MORE.split('"')[1].encode() in members(copy)["word/document.xml"]
