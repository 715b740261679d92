"""A body named after a county that there is not."""

from __future__ import annotations

import pytest

from disclosure_rules.identify import Overrule
from disclosure_rules.pipeline import Checker

RULE = "cn/document/county-unknown"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


def _told(checker: Checker, name: str, region: str | None = None) -> list[str]:
    text = f"{name}2024年政府信息公开工作年度报告\n一、总体情况\n2024年公开信息56条。\n"
    result = checker.check(text.encode(), name="年报.txt", overrule=Overrule(region=region))
    return [str(finding.values["name"]) for finding in result.findings if finding.rule == RULE]


@pytest.mark.parametrize(
    ("name", "county"),
    [
        ("沐阳县人民政府", "沐阳县"),
        ("宿迁市沐阳县财政局", "沐阳县"),
        ("鄂伦泰自治旗人民政府", "鄂伦泰自治旗"),
    ],
)
def test_a_county_that_there_is_not_is_told(checker: Checker, name: str, county: str) -> None:
    assert _told(checker, name) == [county]


@pytest.mark.parametrize(
    "name",
    [
        "沭阳县人民政府",
        "长治县人民政府",  # 上党区 since 2018
        "平潭综合实验区管委会",
        "鄂伦春自治旗人民政府",
        "西乌旗财政局",
        "前进区教育局",
        "共青团沭阳县委员会",
        "中共沭阳县委办公室",
    ],
)
def test_counties_of_today_and_of_former_days_and_other_bodies_are_let_be(
    checker: Checker, name: str
) -> None:
    assert _told(checker, name) == []


def test_a_caller_who_states_the_code_of_the_county_is_believed(checker: Checker) -> None:
    assert _told(checker, "沐阳县人民政府", "321322") == []
