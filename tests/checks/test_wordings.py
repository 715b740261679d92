"""Ways in which offices word their figures: a report that is consistent is told nothing, and one wrong figure is told."""

from __future__ import annotations

import time

import pytest

from disclosure_rules import Checker
from disclosure_rules.plugins import Plugins

CHECKER = Checker(plugins=Plugins(installed=False))
# Of 17 new requests and one carried in 16 were answered; one review and one case in court after it.
TOTALS = {
    "received": 17,
    "carried_in": 1,
    "granted": 7,
    "partially_granted": 2,
    "refused_third_party": 1,
    "unavailable_not_held": 4,
    "not_processed_petition": 1,
    "other_rest": 1,
    "results_total": 16,
    "carried_out": 2,
}
ROOMS = ("cn/requests/", "cn/document/list-unequal-figure", "cn/reviews_and_litigation/")


def told(text: str) -> set[str]:
    table = CHECKER.layouts["2021"].table("requests")
    assert table is not None
    report = {
        "layout": "2021",
        "year": 2023,
        "body": {"name": "某某局", "kind": "department"},
        "sections": {"overview": f"（二）依申请公开情况。{text}"},
        "tables": {"requests": {row.key: {"total": TOTALS.get(row.key, 0)} for row in table.rows}},
    }
    found = {finding.rule for finding in CHECKER.check(report).findings}
    return {rule for rule in found if rule.startswith(ROOMS) and not rule.endswith("missing")}


@pytest.mark.parametrize(
    "text",
    [
        "全年受理依申请公开17件，未发生因依申请公开引起的举报投诉。",
        "我局收到市政府办转办政府信息公开申请3件，均已答复。全年共收到申请17件。",
        "指导乡镇办理政府信息公开申请5件。全年我局收到政府信息公开申请17件。",
        "全年受理政府信息公开申请17件。全年共受理电话公开申请49次。",
        "发布各类信息97条，其中政务公开10条，资讯类87条；及时办结回复政务留言信息10条。",
        "公开信息86条，其中：机构类信息2条；其他文件信息5条；动态类信息73条；报告6条。",
        "收到上级转来申请2件，自行收到15件，共17件。",
        "收到政府信息公开申请17件，实际受理16件，1件告知补正后未补正。",
        "全年印发文件85件，其中主动公开60件，依申请公开5件，不予公开20件。",
        "源头认定公文公开属性120件，主动公开80件、依申请公开10件、不予公开30件。",
        "收到政府信息公开申请17件（含网上申请9件、信函申请8件），均按期答复。",
        "共收到政府信息公开申请18件（含上年结转1件），均已答复。",
        "共收到政府信息公开申请18件，其中2022年结转的1件，均已答复。",
        "我局2023年度共受理依申请公开政府信息申请17件，答复16件，不予受理4件。",
        "收到政府信息公开申请17件。未发生因信息公开提起的行政复议；因具体行政行为被提起行政诉讼2起。",
    ],
)
def test_nothing_is_told_of_a_consistent_report(text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("收到政府信息公开申请17件（含网上申请12件、信函申请8件）。", "cn/document/list-unequal-figure"),
        ("共收到政府信息公开申请19件（含上年结转1件）。", "cn/requests/figure-unequal-table"),
        (
            "公开信息352条，其中：政策文件207条，包含事故调查类11条，安全生产类95条，其他类文件97条；工作动态公开145条。",
            "cn/document/list-unequal-figure",
        ),
        (
            "受理政府信息咨询372人次，其中现场咨询331人次，电话咨询61人次。",
            "cn/document/list-unequal-figure",
        ),
        ("平台公开289条（工作动态184条，工程建设28条，其他42条）。", "cn/document/list-unequal-figure"),
        ("未发生依申请公开。", "cn/requests/none-received-contradicted"),
        ("收到依申请公开17件，不予公开3件。", "cn/requests/figure-unequal-table"),
        (
            "办结政府信息公开申请16件。其中，“予以公开”7件，“部分公开”5件，“无法提供”4件。",
            "cn/requests/figure-unequal-table",
        ),
    ],
)
def test_one_wrong_figure_is_told(text: str, rule: str) -> None:
    assert rule in told(text)


def test_the_items_of_a_bracket_are_parts_of_the_figure_before_it() -> None:
    # 惠州市水务局2016年: the bracket lists what one of the platforms published, and makes 288.
    text = "各个平台共公开信息1638条，其中，政务信息平台公开总数为288条（工作动态184条，工程建设28条，其他76条）。"
    assert told(text) == set()


def test_time_grows_with_the_length_of_a_sentence_alone() -> None:
    # Looking back from every figure at all the others took twenty seconds.
    start = time.process_time()
    assert told("公开1条(" * 4_000) == set()
    assert time.process_time() - start < 10
