"""What is told of a rule that stays open for want of figures: the first cells by name, the rest by number."""

from __future__ import annotations

import pytest

from disclosure_rules.engine.words import Teller
from disclosure_rules.model.location import Location
from disclosure_rules.pipeline import Checker


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


def _teller(checker: Checker, tables: dict[str, object]) -> Teller:
    layout = checker.layouts["2021"]
    report = checker.load_report({"year": 2024, "layout": "2021", "tables": tables})
    return Teller(layout, {table.key: table for table in layout.tables}, report)


def test_three_cells_are_named_and_the_rest_is_counted(checker: Checker) -> None:
    every = [f"requests.{row}.{column}" for row, column in checker.layouts["2021"].tables[1].cells]
    told = _teller(checker, {"requests": {"received": {"total": None}}}).unknown([*every[:5], every[0]])
    assert told.zh.count("；") == 3
    assert "「自然人」列" in told.zh.split("；")[0]
    assert told.zh.endswith("；另有 2 处")
    assert told.en.endswith("; and 2 more")


def test_a_table_that_was_not_found_is_one_thing_however_many_of_its_cells_are_asked_for(
    checker: Checker,
) -> None:
    every = [f"requests.{row}.{column}" for row, column in checker.layouts["2021"].tables[1].cells]
    told = _teller(checker, {}).unknown([*every, "report.year"])
    assert told.zh == "没有读到表三（收到和处理政府信息公开申请情况）；没有读到报告年度"


def test_places_are_told_in_the_order_of_print(checker: Checker) -> None:
    sections = [
        {"key": "requests", "heading": "一、申请", "paragraphs": []},
        {"key": "overview", "heading": "二、总体情况", "paragraphs": []},
    ]
    report = checker.load_report({"year": 2024, "layout": "2021", "sections": sections})
    layout = checker.layouts["2021"]
    teller = Teller(layout, {table.key: table for table in layout.tables}, report)
    printed = [
        Location(),
        Location(section="requests"),
        Location(table="requests", row="received", column="natural_person"),
        Location(table="requests", row="received", column="total"),
        Location(table="requests", row="carried_in", column="natural_person"),
        Location(section="overview"),
        Location(section="closing"),
    ]
    shuffled = printed[::-1]
    assert sorted(shuffled, key=teller.reading_order) == printed
