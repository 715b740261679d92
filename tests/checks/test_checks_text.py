"""The verbs about text: places, boundaries, and no crash whatever the text."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_rules.checks.context import CheckContext
from disclosure_rules.checks.deadlines import published_early, published_late
from disclosure_rules.checks.identity import past_year_planned, short_body_name, title_without_year
from disclosure_rules.checks.passages import Passage, sentence_around
from disclosure_rules.checks.structure import announced_parts, numbering
from disclosure_rules.checks.wording import (
    _BLANKS,
    phrases_present,
    phrases_together,
    placeholders,
    unclosed_brackets,
)
from disclosure_rules.model.body import PublicBody, Region
from disclosure_rules.model.location import Location
from disclosure_rules.model.report import Paragraph, Report, Section
from disclosure_rules.model.result import Evidence, Satisfied, Undecided
from disclosure_rules.pipeline import Checker

_CHECKER = Checker()
# What a template left, written as it reads; the verb's own pattern is the same in the order that is fast to scan.
_BLANKS_AS_READ = re.compile(
    r"(?<![A-Za-z0-9@./_:-])(?:[XxＸｘ]{2,}|[×✕╳]{2,}|某某|_{3,}|＿{2,})(?![A-Za-z0-9@./_:-])"
)
_CHINESE = st.text(
    alphabet=st.sampled_from(
        "政府信息公开年度报告以为原则不丌例外《》（）〔〕一二三十个部分组成共由X×0129年月日将，。、；@.国办函号令第\n "
    ),
    max_size=120,
)


def _context(**fields: Any) -> CheckContext:  # noqa: ANN401  the fields of a report are of many types
    return CheckContext(report=Report(**fields), layout=None, layouts={}, instruments={})


def _text(*paragraphs: str) -> CheckContext:
    placed = tuple(
        Paragraph(text=text, location=Location(line=number))
        for number, text in enumerate(paragraphs, start=1)
    )
    return _context(sections=(Section(key="overview", heading="一、总体情况", paragraphs=placed),))


def _faults(answers: Any) -> list[Evidence]:  # noqa: ANN401  whatever a verb yields
    return [answer for answer in answers if isinstance(answer, Evidence)]


@settings(max_examples=60)
@given(
    title=_CHINESE,
    overview=_CHINESE,
    problems=_CHINESE,
    introduction=_CHINESE,
    layout=st.sampled_from(["2008", "2019", "2021"]),
)
def test_no_text_makes_a_verb_crash(
    title: str, overview: str, problems: str, introduction: str, layout: str
) -> None:
    report = _CHECKER.load_report(
        {
            "title": title,
            "year": 2022,
            "layout": layout,
            "introduction": [introduction],
            "sections": {"overview": overview, "problems_and_improvements": problems},
        }
    )
    assert not _CHECKER.judge(report).faults


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("（《条例》）", []),
        ("（《条例》", ["（"]),
        ("1）加强；2）完善", []),
        ("根据《条例", ["《"]),
        ("《《条例》编制", []),
    ],
)
def test_only_an_opening_bracket_without_its_half_is_unclosed(text: str, signs: list[str]) -> None:
    assert [fault.values["sign"] for fault in _faults(unclosed_brackets(_text(text)))] == signs


def test_a_bracket_may_be_closed_in_the_next_paragraph() -> None:
    assert not _faults(unclosed_brackets(_text("联系（地址：北厝镇；", "电话：1）。")))


def test_a_fault_stands_on_the_line_of_its_first_character() -> None:
    paragraph = Paragraph(text="第一行，第二行<br", location=Location(line=7), lines=((0, 7), (4, 9)))
    context = _context(sections=(Section(key="overview", heading="一", paragraphs=(paragraph,)),))
    (fault,) = _faults(phrases_present(context, phrases=["<br"]))
    assert (fault.location.line, fault.location.section) == (9, "overview")


def test_overlapping_phrases_are_one_fault() -> None:
    verb = phrases_together(
        _text("坚持以公开为原则、不公开为例外。"),
        first=["公开为原则", "以公开为原则"],
        then=["不公开为例外"],
        replaced_by=["公开为常态"],
    )
    assert [fault.values["text"] for fault in _faults(verb)] == ["以公开为原则、不公开为例外"]


def test_a_principle_that_is_not_stated_is_not_judged() -> None:
    verb = phrases_together(
        _text("工作正常。"), first=["以公开为原则"], then=["例外"], replaced_by=["为常态"]
    )
    assert not list(verb)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("XX局认真落实", 1),
        ("××县人民政府", 1),
        ("邮箱 xxgk@163.com", 0),
        ("网址 http://www.x.gov.cn/xx/xxgk.html", 0),
        ("第____号", 1),
        ("XXL型", 0),
    ],
)
def test_letters_of_an_address_are_no_placeholder(text: str, found: int) -> None:
    assert len(_faults(placeholders(_text(text), phrases=[]))) == found


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (["一", "二", "三"], []),
        (["一", "三"], [2]),
        (["一", "二", "二"], [3]),
        (["九", "十", "十一"], []),
        (["1", "2"], []),
    ],
)
def test_numbers_of_sections_run_on(numbers: list[str], expected: list[int]) -> None:
    sections = tuple(Section(key=None, heading=f"{number}、", number=number) for number in numbers)
    assert [fault.values["expected"] for fault in _faults(numbering(_context(sections=sections)))] == expected


@pytest.mark.parametrize(("announced", "fits"), [("五", True), ("四", True), ("六", False), ("三", False)])
def test_an_annex_may_be_counted_or_not(announced: str, fits: bool) -> None:  # noqa: FBT001  a table of cases
    sections = (
        *(Section(key=None, heading=number, number=number) for number in "一二三四"),
        Section(key="statistics", heading="附表"),
    )
    introduction = (Paragraph(text=f"本报告由概述等{announced}个部分组成。"),)
    (answer,) = announced_parts(_context(sections=sections, introduction=introduction))
    assert isinstance(answer, Satisfied if fits else Evidence)


@given(days=st.integers(-40, 40))
def test_the_last_day_itself_is_in_time(days: int) -> None:
    published = (date(2024, 1, 31) + timedelta(days=days)).isoformat()
    (answer,) = published_late(_context(year=2023, published=published), month=1, day=31)
    assert isinstance(answer, Evidence) == (days > 0)


@pytest.mark.parametrize(("code", "count"), [("140428", 1), ("140400", 0), ("140000", 0)])
def test_a_date_for_counties_is_for_counties(code: str, count: int) -> None:
    body = PublicBody(name="某政府", kind="government", region=Region(code=code, name="某"))
    context = _context(year=2023, published="2024-03-01", body=body)
    assert len(list(published_late(context, month=2, day=20, level="county"))) == count


def test_without_a_year_no_date_is_late_or_early() -> None:
    context = _context(published="2024-03-01")
    assert [type(answer) for answer in published_late(context, month=1, day=31)] == [Undecided]
    assert [type(answer) for answer in published_early(context)] == [Undecided]


def test_a_plan_in_the_report_year_is_found_and_a_deed_is_not() -> None:
    def plans(text: str) -> int:
        paragraphs = (Paragraph(text=text),)
        section = Section(key="problems_and_improvements", heading="五", paragraphs=paragraphs)
        verb = past_year_planned(
            _context(year=2016, sections=(section,)), section="problems_and_improvements", phrases=["将采取"]
        )
        return len(_faults(verb))

    assert plans("2016年，我们将采取以下措施") == 1
    assert plans("2017年，我们将采取以下措施") == 0
    assert plans("2016年我局将公开纳入考核") == 0


def test_a_title_may_write_its_year_in_chinese() -> None:
    assert not _faults(title_without_year(_context(title="长子县二○一一年政府信息公开工作年度报告")))
    assert _faults(title_without_year(_context(title="长子县政府信息公开工作年度报告")))


def test_only_an_ending_is_an_abbreviation() -> None:
    short = {"住建局": "住房和城乡建设局"}
    named = _context(body=PublicBody(name="长子县住建局"))
    (fault,) = _faults(short_body_name(named, abbreviations=short))
    assert fault.values["full"] == "长子县住房和城乡建设局"
    full = _context(body=PublicBody(name="长子县住房和城乡建设局"))
    assert not _faults(short_body_name(full, abbreviations=short))


@given(before=_CHINESE, word=st.sampled_from(["条例", "报告"]), after=_CHINESE)
def test_a_sentence_holds_what_it_is_around_and_no_full_stop_beyond(
    before: str, word: str, after: str
) -> None:
    text = before + word + after
    start, end = sentence_around(text, len(before), len(before) + len(word))
    assert start <= len(before)
    assert len(before) + len(word) <= end
    assert "。" not in text[start : len(before)]
    assert "。" not in text[len(before) + len(word) : end]


@settings(max_examples=500)
@given(st.text(alphabet="XxＸｘ×✕╳某_＿a9.@中\n", max_size=14))
def test_blanks_of_templates_are_found_as_the_plain_pattern_finds_them(text: str) -> None:
    assert [m.span() for m in _BLANKS.finditer(text)] == [m.span() for m in _BLANKS_AS_READ.finditer(text)]


@given(st.text(alphabet="中０１２３４５６７８９﹝[［【(（﹞]］】)）〔〕3a\n", max_size=40))
def test_plain_text_exchanges_brackets_and_digits_one_for_one(text: str) -> None:
    exchanged = str.maketrans(
        dict.fromkeys("﹝[［【(（", "〔")
        | dict.fromkeys("﹞]］】)）", "〕")
        | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
    )
    assert Passage(None, Paragraph(text=text)).plain == text.translate(exchanged)
