"""Pages laid out as government sites lay them out: what was once read wrong in one."""

from __future__ import annotations

import pytest

from disclosure_rules.pipeline import Checker

TITLE = "绿水县教育局2024年政府信息公开工作年度报告"
OTHER = "青山县卫生健康局2023年政府信息公开工作年度报告"
SECTIONS = "<p>一、总体情况</p><p>主动公开12条。</p><p>二、主动公开政府信息情况</p><p>见上。</p>"
TABLE = "<tr><td>一、本年新收政府信息公开申请数量</td><td>3</td></tr>"
NEXT = "<p>四、政府信息公开行政复议、行政诉讼情况</p><p>无。</p>"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


def test_the_report_of_another_body_in_a_list_above_is_not_the_title(checker: Checker) -> None:
    page = f"<ul><li>政府信息公开指南</li><li><a>{OTHER}</a></li></ul><h1>{TITLE}</h1>{SECTIONS}"
    report = checker.load_report(page.encode(), name="年报.html")
    assert (report.title, report.year, report.body.name) == (TITLE, 2024, "绿水县教育局")


def test_the_first_heading_of_a_page_stays_its_title(checker: Checker) -> None:
    page = f"<h1>{TITLE}</h1><h3>{OTHER}</h3>{SECTIONS}"
    assert checker.load_report(page.encode(), name="年报.html").title == TITLE


def test_the_heading_of_a_section_in_the_top_row_of_its_table_is_a_heading(checker: Checker) -> None:
    heading = "三、收到和处理政府信息公开申请情况"
    table = f"<table><tr><td colspan=2>{heading}</td></tr>{TABLE}</table>"
    report = checker.load_report(f"<h1>{TITLE}</h1>{SECTIONS}{table}{NEXT}".encode(), name="年报.html")
    assert [section.key for section in report.sections] == [
        "overview",
        "proactive_disclosure",
        "requests",
        "reviews_and_litigation",
    ]
    assert report.sections[2].heading == heading
