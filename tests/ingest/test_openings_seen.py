"""Beginnings of reports as sites publish them: what was once read wrong in one, in its real words, cut short."""

from __future__ import annotations

import pytest

from disclosure_rules.pipeline import Checker

PREFACE = (
    "根据《中华人民共和国政府信息公开条例》要求,现公布深圳市光明区应急管理局2023年政府信息公开工作年度报告。"
)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


def read(checker: Checker, text: str):  # noqa: ANN201  a report
    return checker.load_report(text.encode(), name="年报.txt")


def test_sub_headings_with_the_names_of_sections_are_none(checker: Checker) -> None:
    report = read(
        checker,
        f"{PREFACE}\n一、总体情况\n(一)主动公开政府信息情况\n2023年,主动公开各类政府信息总数284条。\n"
        "(二)收到和处理政府信息公开申请情况\n本年度依申请公开政府信息共2项。\n(三)政府信息管理\n认真做好全年工作部署。\n",
    )
    assert [section.key for section in report.sections] == ["overview"]


def test_brackets_count_sections_where_nothing_else_does(checker: Checker) -> None:
    report = read(
        checker,
        f"{PREFACE}\n(一)总体情况\n2023年,主动公开284条。\n(二)主动公开政府信息情况\n公开284条。\n"
        "(三)收到和处理政府信息公开申请情况\n收到2件。\n",
    )
    assert [section.key for section in report.sections] == ["overview", "proactive_disclosure", "requests"]


def test_a_remark_on_type_does_not_hide_a_section(checker: Checker) -> None:
    report = read(
        checker,
        "应急管理局2025年政府信息公开工作年度报告\n一、总体情况(宋体加粗小四号字)\n2025年,扎实推进政府信息公开各项工作。\n"
        "二、主动公开政府信息情况\n公开12条。\n",
    )
    assert [section.key for section in report.sections] == ["overview", "proactive_disclosure"]
    assert report.sections[0].heading == "一、总体情况(宋体加粗小四号字)"


CONVERTED = (
    "寧強縣審計局\n2023年政府信息公開工作年度報告\n根據《中華人民共和國政府信息公開條例》要求,現發布本報告。\n一、總體情況\n"
    "2023年,縣審計局嚴格按照《中華人民共和國政府信息公開條例》和省市縣信息公開工作有關要求,明確職責分工。\n"
)


def test_a_converted_text_is_told_and_lacks_no_aspects(checker: Checker) -> None:
    result = checker.check(CONVERTED.encode(), name="年报.txt")
    assert "converted-script" in {note.code for note in result.notes}
    ended = {finding.rule for finding in result.findings}
    assert not ended & {"cn/overview/aspects-missing", "cn/document/title-nonstandard"}
    assert "cn/overview/aspects-missing" in {entry.rule for entry in result.open}


def test_a_simplified_text_with_a_traditional_name_is_not_converted(checker: Checker) -> None:
    simplified = (
        "宁强县审计局2023年政府信息公开工作年度报告\n一、总体情况\n"
        "2023年，县审计局按照条例要求，明确职责分工，办理申请人張國強的申请，加强政府信息管理和平台建设，强化监督保障。\n"
    )
    assert "converted-script" not in {note.code for note in read(checker, simplified).notes}


def test_no_line_end_joined_is_no_remark(checker: Checker) -> None:
    lines = "\n".join(f"| {number} | {number} |" for number in range(30))
    report = read(checker, f"某县审计局2023年政府信息公开工作年度报告\n一、总体情况\n公开56条。\n{lines}\n")
    assert all(note.count != 0 for note in report.notes)
