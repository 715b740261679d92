"""Figures of the text against the tables and against each other, on real reports and on planted defects."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from disclosure_rules import Checker
from disclosure_rules.plugins import Plugins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult, Finding

REPORTS = Path(__file__).parents[1] / "data" / "reports"
CHECKER = Checker(plugins=Plugins(installed=False))
NARRATIVE = {
    rule.id
    for pack in CHECKER.packs()
    for rule in pack.rules.values()
    if rule.check
    in {
        "figures-unequal-table",
        "figures-of-other-scope",
        "breakdowns-unequal-figure",
        "lists-unequal-figure",
        "shares-miscalculated",
        "changes-miscalculated",
        "trends-contradicted",
        "denials-contradicted",
        "figures-differ",
        "claim-contradicted",
        "quoted-figures-wrong",
    }
}

# Every mismatch that a careful reader saw in the text of a real report, and no other.
FOUND = {
    "suqian-shizhengfu-2023.txt": [],
    "suqian-shizhengfu-2024.txt": [
        ("cn/reviews_and_litigation/figure-of-other-scope", "134"),
        ("cn/reviews_and_litigation/figure-of-other-scope", "57"),
    ],
    "hongze-quzhengfu-2024.pdf": [("cn/requests/figure-of-other-scope", "17")],
    "pingtan-guanweihui-2022.html": [
        ("cn/requests/figure-unequal-table", "75"),
        ("cn/requests/figure-unequal-table", "72"),
    ],
    "shanghai-zhengfubangongting-2019.html": [
        ("cn/document/share-miscalculated", "33.9"),
        ("cn/document/share-miscalculated", "4.34"),
        ("cn/requests/figure-unequal-table", "258"),
        ("cn/requests/figure-unequal-table", "265"),
        ("cn/requests/results-unequal-figure", "805"),
        ("cn/reviews_and_litigation/all-upheld-contradicted", "2"),
    ],
    "shanghai-kewei-2024.txt": [
        ("cn/document/list-unequal-figure", "2139"),
        ("cn/requests/all-handled-contradicted", "1"),
    ],
    "shuyang-fagaiju-2023.html": [],
    "pingtan-guanweihui-2019.txt": [("cn/document/list-unequal-figure", "2599")],
    "pingtan-guanweihui-2020.txt": [("cn/document/list-unequal-figure", "2602")],
    "pingtan-guanweihui-2021.txt": [],
    "zhangzi-zhujianju-2019.txt": [],
}


def _told(result: CheckResult) -> list[Finding]:
    return [finding for finding in result.findings if finding.rule in NARRATIVE]


@pytest.mark.parametrize("name", FOUND)
def test_a_real_text_has_exactly_the_mismatches_a_careful_reader_saw(name: str) -> None:
    result = CHECKER.check(REPORTS / name)
    told = [(one.rule, one.values.get("percent") or one.values["number"]) for one in _told(result)]
    assert sorted(told) == sorted(FOUND[name])
    assert not result.faults


def test_growth_is_held_against_last_years_report() -> None:
    report, previous = (
        CHECKER.load_report(REPORTS / f"suqian-shizhengfu-{year}.txt") for year in (2024, 2023)
    )
    told = [
        one
        for one in _told(CHECKER.judge(report, previous))
        if one.rule == "cn/document/change-miscalculated"
    ]
    assert [(one.values["last"], one.values["printed"], one.values["due"]) for one in told] == [
        ("3607", "1.05%", "1.08%")
    ]


def test_messages_name_both_places_and_what_the_figure_would_be_right_for() -> None:
    told = _told(CHECKER.check(REPORTS / "pingtan-guanweihui-2022.html"))
    words = next(one.message.zh for one in told if one.values["number"] == "75")
    assert "收到政府信息公开申请75件" in words
    assert "表三「一、本年新收政府信息公开申请数量」为 74" in words
    assert "75 恰为收办的申请" in words


def _planted(name: str) -> Iterator[tuple[Report, str]]:
    """The report with one placed figure of its text off by one, for each figure."""
    report = CHECKER.load_report(REPORTS / name)
    for mention in CHECKER.context(report).mentions:
        if not mention.comparable or mention.denied or mention.quantity == "items_disclosed":
            continue
        text = mention.passage.printed
        changed = (
            text[: mention.start] + f"{int(mention.number or 0) + 1}{mention.unit}" + text[mention.end :]
        )
        sections = tuple(
            section.model_copy(
                update={
                    "paragraphs": tuple(
                        paragraph.model_copy(update={"text": changed})
                        if paragraph is mention.passage.paragraph
                        else paragraph
                        for paragraph in section.paragraphs
                    )
                }
            )
            for section in report.sections
        )
        yield report.model_copy(update={"sections": sections}), mention.words


@pytest.mark.parametrize(
    ("name", "least"),
    [("suqian-shizhengfu-2023.txt", 10), ("suqian-shizhengfu-2024.txt", 8), ("shuyang-fagaiju-2023.html", 1)],
)
def test_every_figure_of_a_clean_text_off_by_one_is_found(name: str, least: int) -> None:
    before = len(_told(CHECKER.check(REPORTS / name)))
    planted = list(_planted(name))
    missed = [words for report, words in planted if len(_told(CHECKER.judge(report))) <= before]
    assert missed == []
    assert len(planted) >= least


def test_a_blank_decides_nothing_unless_what_is_known_is_already_more() -> None:
    text = {"overview": "全年收到政府信息公开申请5件。"}
    for cells, outcome in (
        ({"natural_person": 6, "total": None}, "fail"),
        ({"natural_person": 5, "total": None}, "open"),
        ({"natural_person": 4, "total": None}, "open"),
        ({"total": 5}, "pass"),
    ):
        result = CHECKER.check(
            {"layout": "2021", "year": 2024, "sections": text, "tables": {"requests": {"received": cells}}}
        )
        found = {
            "fail": [one.rule for one in result.findings],
            "open": [one.rule for one in result.open],
            "pass": list(result.passed),
        }
        assert "cn/requests/figure-unequal-table" in found[outcome]


def test_a_rounded_figure_is_right_within_its_last_place() -> None:
    def told(words: str) -> list[Finding]:
        report = {
            "layout": "2021",
            "year": 2024,
            "sections": {"overview": f"全年收到政府信息公开申请{words}。"},
            "tables": {"requests": {"received": {"total": 12_034}}},
        }
        return _told(CHECKER.check(report))

    assert told("1.2万件") == []
    assert [one.values["number"] for one in told("1.3万件")] == ["13000"]


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        ("收到的政府信息公开申请均已按期办结，办结率100%。", 1),
        ("到期的政府信息公开申请均已按期答复。", 0),
        ("应在年内答复的政府信息公开申请均已按期答复。", 0),
        ("除1件结转下年度外，政府信息公开申请均已按期办结。", 0),
    ],
)
def test_all_handled_is_a_claim_only_where_all_are_meant(sentence: str, times: int) -> None:
    report = {
        "layout": "2021",
        "year": 2024,
        "sections": {"overview": sentence},
        "tables": {"requests": {"carried_out": {"total": 1}}},
    }
    rules = [finding.rule for finding in CHECKER.check(report).findings]
    assert rules.count("cn/requests/all-handled-contradicted") == times
