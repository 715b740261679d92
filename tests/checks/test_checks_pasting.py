"""Counts that do not run on, sentences twice, and years and contacts that a clerk left behind."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_rules.pipeline import Checker
from disclosure_rules.plugins import Plugins

_SIGNS = "一二三四五六七八九十"
_LONG = "坚持把政府信息公开摆在突出位置，健全主要领导亲自抓、分管领导具体抓、办公室牵头落实的工作机制"


@cache
def _checker() -> Checker:
    return Checker(plugins=Plugins(installed=False))


def _told(rule: str, *paragraphs: str, key: str = "overview", **more: object) -> list[dict[str, str | None]]:
    report: dict[str, Any] = {
        "layout": "2021",
        "year": 2023,
        "sections": [{"key": key, "heading": "x", "paragraphs": list(paragraphs)}],
        **more,
    }
    result = _checker().check(report)
    assert not result.faults
    return [dict(entry.values) for entry in result.findings if entry.rule == f"cn/{rule}"]


@pytest.mark.parametrize(
    ("paragraphs", "told"),
    [
        (["一是甲。二是乙。四是丁。"], [("四", "三")]),
        (["一是甲。", "二是乙。", "二是丙。"], [("二", "三")]),
        (["一是甲。二是乙：一是子；二是丑。三是丙。"], []),
        (["一是甲。二是乙：一是子；三是寅。三是丙。"], [("三", "二")]),
        (["一是甲。二是乙。第三方评估。四是丁。"], [("四", "三")]),
        (["第一，健全制度。三是加强培训。一是甲。"], []),
        (["（一）主动公开。一是甲。二是乙。", "（二）依申请公开。一是甲。二是乙。"], []),
        # A new heading ends the count: what is left out behind it is not the fourth of the list before it.
        (["（一）主动公开。一是甲。二是乙。三是丙。", "（二）依申请公开。一是甲。四是乙。"], [("四", "二")]),
        (["二是乙。三是丙。"], []),
        # Of a real report of 平潭: a heading runs into its text.
        (["一是甲。二是乙。三是丙。5.加强平台建设一是上线新系统。二是推动热线入驻。三是做强平台。"], []),
        (["首先甲，二是乙，四是丁。"], []),
        (["他们不一是二，唯一是一，统一是非。一是甲。二是乙。"], []),
        (["一要甲。二是乙。三要丙。"], []),
    ],
)
def test_counts_run_on(paragraphs: list[str], told: list[tuple[str, str]]) -> None:
    found = _told("document/enumeration-broken", *paragraphs)
    assert [(entry["printed"], entry["expected"]) for entry in found] == told


@given(st.integers(2, 10), st.data())
def test_any_item_left_out_is_told_once_and_a_whole_count_never(last: int, data: st.DataObject) -> None:
    items = [f"{sign}是做好工作" for sign in _SIGNS[:last]]
    assert _told("document/enumeration-broken", "；".join(items) + "。") == []
    if last > 2:
        gap = data.draw(st.integers(1, last - 2))
        (found,) = _told("document/enumeration-broken", "；".join(items[:gap] + items[gap + 1 :]) + "。")
        assert (found["printed"], found["expected"]) == (_SIGNS[gap + 1], _SIGNS[gap])


def test_a_sentence_that_stands_twice_is_told_once_for_the_report() -> None:
    (found,) = _told("document/sentence-repeated", f"{_LONG}。{_LONG}。", f"　{_LONG}。")
    assert found["count"] == "2"
    assert _told("document/sentence-repeated", f"{_LONG}。{_LONG}，成效明显。") == []
    assert _told("document/sentence-repeated", "总计" * 40 + "\n" + "总计" * 40) == []  # no prose


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("截至2022年12月31日，共公开256条。", True),
        ("截止2024年12月31日，公开256条。", True),
        ("截至2023年12月31日，共公开256条。", False),
        ("截至2022年12月31日共256条，2023年新增3条。", False),
        ("截至2022年12月31日已全部公开。", False),
        ("较截至2022年12月31日的256条有所增加，共300条。", False),
    ],
)
def test_figures_as_of_another_year_end(text: str, told: bool) -> None:  # noqa: FBT001
    assert bool(_told("document/cutoff-of-other-year", text)) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024年3月，召开推进会。", True),
        ("2024年1月15日印发通知。", True),
        ("拟于2024年3月召开推进会。", False),
        ("印发《2024年3月召开会议的方案》。", False),
        ("该办法自2024年1月1日起施行，已印发。", False),
        ("2023年3月，召开推进会。", False),
    ],
)
def test_work_of_the_next_year(text: str, told: bool) -> None:  # noqa: FBT001
    assert bool(_told("document/event-after-year", text)) is told


def test_captions_are_read_above_tables_only_and_prose_is_none() -> None:
    rule = "document/caption-of-other-year"
    assert _told(rule, "2022年度申请办理情况统计表", key="requests")
    assert _told(rule, "2022年度申请办理情况统计表", key="problems_and_improvements") == []
    assert _told(rule, "2022年的统计表中有误，已经更正。", key="requests") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("联系电话：；电子邮箱：a@b.cn。", True),
        ("（邮编：350400，电话：）", True),
        ("联系电话：", False),  # what follows may stand on the next line
        ("联系电话：0591-23165385。", False),
    ],
)
def test_contacts_left_blank(text: str, told: bool) -> None:  # noqa: FBT001
    assert bool(_told("document/contact-blank", introduction=[text])) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("按照《条例》第三十一条、第三十二条编制年度报告。", "第三十一条、第三十二条"),
        ("按照《中华人民共和国政府信息公开条例》（国务院令第711号）第三十二条编制年度报告。", "第三十二条"),
        ("按照《条例》第四十九条、第五十条编制年度报告。", None),
        ("按照《条例》第三十二条征求第三方意见。", None),
        ("按照《海南省政府信息公开规定》第三十二条编制年度报告。", None),
    ],
)
def test_articles_by_their_old_numbers(text: str, told: str | None) -> None:
    found = _told("document/article-superseded", introduction=[text])
    assert [entry["articles"] for entry in found] == ([told] if told else [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2023年1月至11月，共主动公开政府信息256条。", True),
        ("2023年1-11月份，我局收到申请3件。", True),
        ("2023年1至6月主动公开100条，7至12月主动公开156条。", False),
        ("全年主动公开256条，其中1至6月主动公开100条。", False),
        ("全年召开会议2次。2023年1月至11月，共主动公开政府信息256条。", True),
        ("2023年1月1日至12月31日，主动公开256条。", False),
    ],
)
def test_figures_of_some_months(text: str, told: bool) -> None:  # noqa: FBT001
    assert bool(_told("document/part-of-year", text)) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("从公开内容看，政策文件占60%，财政信息占35%，人事信息占15%。", True),
        ("从公开内容看，政策文件60条、占60%，财政信息35条、占35%，人事信息5条、占5%。", False),
        ("自然人申请占90%，网络申请占80%，本地申请占70%。", False),
        ("从申请人看，自然人占90%，其中本地占80%，外地占20%。", False),
        ("从申请内容看，征地类占90%，从渠道看，网络占80%，信函占20%。", False),
    ],
)
def test_shares_of_one_whole(text: str, told: bool) -> None:  # noqa: FBT001
    assert bool(_told("document/shares-over-100", text)) is told


def test_the_third_part_is_no_number_of_parts() -> None:
    sections = [
        {"key": key, "number": sign, "heading": f"{sign}、x", "paragraphs": ["x"]}
        for sign, key in zip("一二三", ("overview", "proactive_disclosure", "requests"), strict=True)
    ]
    text = "本报告包括三个部分。报告第二部分的数据由各科室提供。"
    report = {"layout": "2021", "year": 2023, "introduction": [text], "sections": sections}
    found = [entry.rule for entry in _checker().check(report).findings]
    assert "cn/document/parts-announced-wrong" not in found


@pytest.mark.parametrize(
    "text",
    [
        "2023年全年收到申请3件，截至2022年12月31日结转的2件已办结。",
        "截至2022年12月31日结转的申请2件已办结。",
        "2024年1月，对2023年度工作开展考核。",
        "按时答复率同比提高102%。",
    ],
)
def test_what_looks_back_or_ahead_with_reason_is_not_told(text: str) -> None:
    for rule in ("cutoff-of-other-year", "event-after-year", "rate-over-100"):
        assert _told(f"document/{rule}", text) == []
