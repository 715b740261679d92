"""The steps of recognition one by one: headings, layouts, titles, bodies, periods, figures, and hostile text."""

from __future__ import annotations

import importlib.util
import time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_rules.errors import ReadError
from disclosure_rules.fold import fold
from disclosure_rules.ingest.identity import Title, read_title
from disclosure_rules.regions import RegionIndex

if TYPE_CHECKING:
    from disclosure_rules.model.report import Report

ROOT = Path(__file__).resolve().parents[2]
REPORTS = sorted((ROOT / "tests" / "data" / "reports").glob("*.txt"))
TITLE = "某县某局2018年政府信息公开工作年度报告"


@cache
def measure() -> Any:  # noqa: ANN401  a script, loaded by its path
    spec = importlib.util.spec_from_file_location("accuracy", ROOT / "tools" / "accuracy.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Measure()


def recognised(text: str) -> Report:
    report: Report = measure().recognise(text.encode(), "a.txt")
    return report


def headings(text: str) -> list[tuple[str | None, str]]:
    return [(section.key, section.heading) for section in recognised(text).sections]


def codes(report: Report) -> set[str]:
    return {note.code for note in report.notes}


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("一、概述", "overview"),
        ("一 、概 述", "overview"),
        ("一. 概述", "overview"),
        ("一总体情况", "overview"),
        ("第一部分 总体情况", "overview"),
        ("１．总体情况", "overview"),
        ("概述", "overview"),
        ("一、2023年政务公开总体情况", "overview"),
        ("一、本年度政府信息公开工作的基本情况", "overview"),
        ("二、2015年政府信息主动公开工作", "proactive_disclosure"),
        ("二、政府信息主動公開情況", "proactive_disclosure"),
        ("二、主劢公开政府信息情冴", "proactive_disclosure"),
        ("三、依申请公开政府信息倩况", "requests"),
        ("四、政府信息咨询情况", "consultations"),
        ("五、复议、诉讼和申诉情况", "reviews_and_litigation"),
        ("六、行政複議和行政訴訟情況", "reviews_and_litigation"),
        ("六、存在的主要向题及整改措施", "problems_and_improvements"),
        ("七、政府信息公开的收费及减免情况", "fees"),
        ("附件：某县2018年政府信息公开情况统计表", "statistics"),
    ],
)
def test_a_heading_is_known_in_its_many_forms_and_kept_as_printed(printed: str, key: str) -> None:
    report = recognised(f"{TITLE}\n{printed}\n按照要求开展工作，取得了成效。")
    assert [(section.key, section.heading) for section in report.sections] == [(key, printed)]


def test_lower_levels_and_lists_of_names_are_no_headings() -> None:
    text = (
        f"{TITLE}\n本报告由一、概述，二、主动公开政府信息情况，三、依申请公开政府信息情况等三个部分组成。\n一、概述\n"
        "（一）主动公开情况\n1.依申请公开情况\n我局认真开展工作。\n二、主动公开政府信息情况\n公开了信息。"
    )
    assert headings(text) == [("overview", "一、概述"), ("proactive_disclosure", "二、主动公开政府信息情况")]


def test_a_table_of_contents_is_not_the_report() -> None:
    contents = "一、概述\n二、主动公开政府信息情况\n"
    report = recognised(
        f"{TITLE}\n目录\n{contents}{contents.replace(chr(10), f'{chr(10)}正文在这里。{chr(10)}')}"
    )
    assert [section.key for section in report.sections] == ["overview", "proactive_disclosure"]
    assert [section.location.line for section in report.sections] == [5, 7]


def test_rows_of_the_tables_are_no_headings() -> None:
    rows = "一、本年新收政府信息公开申请数量\n二、上年结转政府信息公开申请数量\n四、结转下年度继续办理\n"
    text = (
        f"{TITLE}\n一、总体情况\n好。\n三、收到和处理政府信息公开申请情况\n{rows}六、其他需要报告的事项\n无。"
    )
    assert [key for key, _ in headings(text)] == ["overview", "requests", "other_matters"]


def test_a_heading_that_no_layout_knows_is_listed_with_its_place() -> None:
    report = recognised(
        f"{TITLE}\n一、概述\n好。\n二、政府信息公开的会议活动\n开了会。\n三、依申请公开政府信息情况\n无。"
    )
    assert [section.key for section in report.sections] == ["overview", None, "requests"]
    note = next(note for note in report.notes if note.code == "unplaced-heading")
    assert (note.words, [place.line for place in note.places]) == (("二、政府信息公开的会议活动",), [4])


def test_a_heading_placed_by_likeness_is_noted() -> None:
    report = recognised(
        f"{TITLE}\n一、概述\n好。\n三、依申请公开政府信息倩冴\n无。\n六、存在的主要向题及整改措施\n无。"
    )
    note = next(note for note in report.notes if note.code == "heading-read-as")
    assert note.words == (
        "三、依申请公开政府信息倩冴→依申请公开政府信息情况",
        "六、存在的主要向题及整改措施→存在的主要问题及改进情况",
    )


def test_an_unknown_heading_in_running_text_counts_where_the_numbers_go_on() -> None:
    text = (
        f"{TITLE} 一、概述 工作良好。二、会议活动 我们开了三、四次会。三、依申请公开政府信息情况 2018年没有。"
        "四、存在的主要问题及改进措施 一、不足 人员少。"
    )
    assert headings(text) == [
        ("overview", "一、概述"),
        (None, "二、会议活动"),
        ("requests", "三、依申请公开政府信息情况"),
        ("problems_and_improvements", "四、存在的主要问题及改进措施"),
    ]


NEW = (
    "一、总体情况\n好。\n二、主动公开政府信息情况\n{table}\n三、收到和处理政府信息公开申请情况\n无。\n"
    "四、政府信息公开行政复议、行政诉讼情况\n无。\n五、存在的主要问题及改进情况\n无。\n六、其他需要报告的事项\n无。"
)


@pytest.mark.parametrize(
    ("year", "body", "layout", "source"),
    [
        (2019, "一、概述\n好。\n三、依申请公开政府信息情况\n无。\n四、咨询处理情况\n无。", "2008", "shown"),
        (2020, NEW.format(table="本年制发件数 本年废止件数 现行有效件数"), "2021", "shown"),
        (2022, NEW.format(table="本年新制作数量 对外公开总数量 其他对外管理服务事项"), "2019", "shown"),
        (2020, NEW.format(table="无"), "2019", "year"),
        (2024, NEW.format(table="无"), "2021", "year"),
        (2010, "一、基本情况\n好。", "2008", "year"),
        (None, "一、基本情况\n好。", None, "none"),
    ],
)
def test_the_layout_is_the_one_shown_else_that_of_the_year(
    year: int | None, body: str, layout: str | None, source: str
) -> None:
    report = recognised(f"某县某局{f'{year}年' if year else ''}政府信息公开工作年度报告\n{body}")
    assert (report.layout, report.layout_from) == (layout, source)
    assert ("layout-by-year" in codes(report)) == (source == "year")
    assert ("layout-unknown" in codes(report)) == (source == "none")


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("洪泽区人民政府2023年政府信息公开工作年度报告", Title("洪泽区人民政府", 2023)),
        ("2019年上海市人民政府办公厅政府信息公开工作年度报告", Title("上海市人民政府办公厅", 2019)),
        ("2022年上海市政府信息公开工作年度报告", Title("上海市", 2022)),
        ("2008年度衡阳市政府信息公开工作年度报告", Title("衡阳市", 2008)),
        ("某局二〇二一年度政府信息公开工作年度报告", Title("某局", 2021)),
        ("某局二○二一年政务公开年报", Title("某局", 2021)),
        ("某局 ２０２３ 年 政府信息公开 年度报告", Title("某局", 2023)),
        ("2022年湖口县卫生健康委员会信息公开年报", Title("湖口县卫生健康委员会", 2022)),
        ("西藏自治区审计厅2025年政务信息公开工作开展年度报告", Title("西藏自治区审计厅", 2025)),
        ("湖南省人民政府參事室2012年度報告", Title("湖南省人民政府參事室", 2012)),
        ("岳阳市教育局政府信息公开年度报告", Title("岳阳市教育局", None)),
        ("2023年政府信息公开工作年度报告", Title("", 2023)),
        ("宿州市人民政府2019年政府信息公开工作年度报告（图片版）", Title("宿州市人民政府", 2019)),
        ("某局2023年政府信息公开工作年度报告（送审稿）", Title("某局", 2023)),
        ("年度报告", None),
        ("关于做好年度报告编制工作的通知", None),
        ("现将2023年政府信息公开工作情况报告如下", None),
    ],
)
def test_titles_in_their_many_forms(printed: str, title: Title | None) -> None:
    assert read_title(printed) == title


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("标题：某局2023年政府信息公开年度报告", "某局2023年政府信息公开年度报告"),
        ("某局2023年政府信息公开年度报告-沭阳县发改局", "某局2023年政府信息公开年度报告"),
        ("某局2023年政府信息公开年度报告.docx", "某局2023年政府信息公开年度报告"),
        ("某县某局\n2023年政府信息公开工作\n年度报告", "某县某局2023年政府信息公开工作年度报告"),
        ("正文\n某局2023年政府信息公开年度报告", "某局2023年政府信息公开年度报告"),
    ],
)
def test_the_title_without_what_is_around_it(head: str, title: str) -> None:
    assert recognised(f"{head}\n一、总体情况\n好。").title == title


def test_different_years_are_both_kept_and_noted() -> None:
    report = recognised(
        "某局2023年政府信息公开年度报告\n本报告数据的统计期限自2022年1月1日至2022年12月31日。\n一、总体情况\n好。"
    )
    assert report.year == 2023
    assert [(year.value, year.source) for year in report.years] == [
        ("2023", "title"),
        ("2022", "period"),
        ("2022", "text"),
    ]
    assert "years-differ" in codes(report)


def test_a_year_that_no_title_names_comes_from_the_text_with_a_note() -> None:
    report = recognised(
        "某局政府信息公开年度报告\n一、总体情况\n2016年，我局公开信息。2016年没有申请。比2015年少。"
    )
    assert (report.year, report.years[0].source) == (2016, "text")
    assert "year-not-in-title" in codes(report)


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("统计期限自2023年1月1日起至2023年12月31日止。", "2023-01-01", "2023-12-31"),
        ("数据统计期限为 2024 年 1 月 1 日至 12 月 31 日。", "2024-01-01", "2024-12-31"),
        ("统计期限为2023年1月1日——12月31日。", "2023-01-01", "2023-12-31"),
        ("统计期限20231月1日至202312月31日。", None, None),
        ("所列数据自202011日起至20201231日止。", None, None),
        ("统计期限自2023年13月1日至2023年12月31日。", None, "2023-12-31"),
    ],
)
def test_a_damaged_period_is_kept_and_not_guessed(sentence: str, start: str | None, end: str | None) -> None:
    period = recognised(f"某局2023年政府信息公开年度报告\n{sentence}\n一、总体情况\n好。").period
    assert period is not None
    assert (period.start, period.end) == (start, end)
    assert period.text in sentence
    assert period.location.line == 2


def test_who_reports_is_seen_in_title_introduction_and_signature() -> None:
    report = recognised(
        "长子县2018年政府信息公开年度报告\n如有疑问，请与长子县政务公开办公室联系（电话：1）。\n一、概述\n好。\n"
        "长子县人民政府\n2019年1月4日"
    )
    assert [(body.value, body.source) for body in report.bodies] == [
        ("长子县", "title"),
        ("长子县人民政府", "closing"),
        ("长子县人民政府", "text"),
    ]
    assert report.body is not None
    assert report.body.name == "长子县人民政府"
    assert [paragraph.text for paragraph in report.closing] == ["长子县人民政府", "2019年1月4日"]
    assert report.sections[0].paragraphs[-1].text == "好。"


@pytest.mark.parametrize(
    ("title", "name", "note"),
    [
        ("长子县2018年政府信息公开年度报告", "长子县人民政府", "body-completed"),
        ("大山镇2024年政府信息公开工作年度报告", "大山镇人民政府", "body-completed"),
        ("北街街道2024年政府信息公开工作年度报告", "北街街道办事处", "body-completed"),
        ("平潭综合实验区2024年政府信息公开工作年度报告", "平潭综合实验区", "body-is-place"),
        ("2024年政府信息公开工作年度报告", None, "body-not-found"),
    ],
)
def test_a_place_is_not_silently_taken_for_a_body(title: str, name: str | None, note: str) -> None:
    report = recognised(f"{title}\n一、概述\n好。")
    assert (report.body.name if report.body else None) == name
    assert note in codes(report)


def test_a_place_of_several_provinces_stays_open() -> None:
    report = recognised("朝阳区教育局2023年政府信息公开年度报告\n一、总体情况\n好。")
    assert report.body is not None
    assert report.body.region is None
    assert {region.value for region in report.regions} == {"110105", "220104"}


def figures(section: str, sentence: str) -> dict[str, Any]:
    report = recognised(f"{TITLE}\n{section}\n{sentence}")
    return {key: fact.number for key, fact in report.facts.items()}


REQUESTS = "三、依申请公开政府信息情况"
REVIEWS = "五、行政复议、诉讼和申诉情况"


@pytest.mark.parametrize(
    ("section", "sentence", "read"),
    [
        ("二、主动公开情况", "全年主动公开政府信息１２３条。", {"disclosed": 123}),
        ("二、主动公开情况", "全年共主动公开政府信息一百二十条。", {"disclosed": 120}),
        ("二、主动公开情况", "全年主动公开政府信息1.5万条。", {"disclosed": 15000}),
        ("二、主动公开情况", "全年主动公开政府信息18万余条。", {"disclosed": None}),
        ("二、主动公开情况", "全年主动公开政府信息1,234条，其中网站1,000条。", {"disclosed": 1234}),
        ("二、主动公开情况", "网站主动公开政府信息7条，公报公开政府信息3条。", {}),
        ("二、主动公开情况", "历年累计主动公开政府信息52条。", {}),
        (REQUESTS, "全年收到政府信息公开申请1件。", {"requests_received": 1}),
        (REQUESTS, "全年未收到政府信息公开申请。", {"requests_received": 0}),
        (REQUESTS, "全年没有公民提出公开信息的申请。", {"requests_received": 0}),
        (REQUESTS, "本年度没有收到依申请公开政府信息的申请。", {"requests_received": 0}),
        (REQUESTS, "未收到依申请公开引起的行政复议申请。", {"reviews": 0}),
        (REQUESTS, "行政服务中心共受理申请121510件。", {}),
        (REQUESTS, "无正当理由大量反复申请00要求公开信息 没有现成信息需要另行制作003.补正后申请", {}),
        (REVIEWS, "全年没有发生行政复议，未发生行政诉讼。", {"reviews": 0, "litigation": 0}),
        (REVIEWS, "无行政复议、行政诉讼。", {"reviews": 0, "litigation": 0}),
        (REVIEWS, "行政复议2件，行政诉讼1件。", {"reviews": 2, "litigation": 1}),
        (REVIEWS, "未经复议直接起诉 复议后起诉", {}),
        (REVIEWS, "该行政复议件未被复议机关纠错。", {}),
        (
            "四、咨询处理情况",
            "接受群众咨询30人次。答复率98.5%。",
            {"consultations": 30, "reply_rate": Decimal("98.5")},
        ),
        ("四、咨询处理情况", "没有收到咨询。", {"consultations": 0}),
        ("四、咨询处理情况", "现场咨询120人次，电话咨询300人次，网上咨询5人次。", {}),
        ("四、咨询处理情况", "咨询服务一起抓，让群众一次办成。", {}),
    ],
)
def test_figures_are_read_where_the_sentence_leaves_no_doubt(
    section: str, sentence: str, read: dict[str, Any]
) -> None:
    assert figures(section, sentence) == read


def parts(sentence: str) -> list[tuple[str, Any]]:
    report = recognised(f"{TITLE}\n{REQUESTS}\n{sentence}")
    return [(part.key, part.number) for part in report.facts["requests_received"].parts]


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("收到信息公开申请1,005件，其中网上1,000件，信函5件。", [("网上", 1000), ("信函", 5)]),
        ("收到信息公开申请3件（当面1件、网上2件）。", [("当面", 1), ("网上", 2)]),
        (
            "收到信息公开申请3件，其中当面1件，占33.3%，网上2件，占66.7%，均已答复。",
            [("当面", 1), ("网上", 2)],
        ),
        ("收到信息公开申请9件，其中当面1件，网上2件，近年来的老大难问题信函1.5.2件。", []),
        ("收到信息公开申请3件，其中当面1件。", []),
    ],
)
def test_a_list_of_parts_is_whole_or_not_there(sentence: str, read: list[tuple[str, Any]]) -> None:
    assert parts(sentence) == read


def test_folding_keeps_offsets_and_leaves_simplified_names_alone() -> None:
    regions = RegionIndex.load(ROOT / "rules" / "cn")
    names = [region.name for region in regions.provinces()]
    assert [fold(name) for name in names] == names
    for path in REPORTS:
        text = path.read_text(encoding="utf-8")
        assert len(fold(text)) == len(text)


@st.composite
def damaged_reports(draw: st.DrawFn) -> str:
    """A real report with stretches cut out, moved and broken."""
    text = draw(st.sampled_from(REPORTS)).read_text(encoding="utf-8")
    start = draw(st.integers(0, len(text)))
    text = text[start : start + draw(st.integers(0, 3000))]
    for _ in range(draw(st.integers(0, 5))):
        at, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        filling = draw(
            st.sampled_from(["", "\n", "一、", "（一）", "2019年", "\t", "概述", "附件", text[at:end][::-1]])
        )
        text = text[:at] + filling + text[end if end - at < 200 else at :]
    return text


@settings(max_examples=60, deadline=None)
@given(damaged_reports())
def test_damaged_reports_are_recognised_or_refused(text: str) -> None:
    try:
        report = recognised(text)
    except ReadError as error:
        assert error.code in {"empty", "no-report-content"}  # noqa: PT017  both endings are asserted
        return
    kept = [
        *report.introduction,
        *(part for section in report.sections for part in section.paragraphs),
        *report.closing,
    ]
    for paragraph in kept:
        assert paragraph.text.strip() == paragraph.text
        assert paragraph.location.line is not None
    assert len({section.key for section in report.sections if section.key}) == sum(
        section.key is not None for section in report.sections
    )


@pytest.mark.parametrize(
    "piece",
    [
        "一、",
        "一、概述 ",
        "。（一）",
        "附件1",
        "2019年",
        "没有",
        "主动公开",
        "主要类别有：甲1条，",
        "请与",
        "统计期限",
        "((",
        "。甲 2019年",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    start = time.process_time()
    recognised(f"{TITLE}\n{piece * (100_000 // len(piece))}")
    assert time.process_time() - start < 10  # a quadratic step would take minutes
