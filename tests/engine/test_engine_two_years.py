"""Rules about two years: when they run, when they are open, and when they are not about the report at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_rules import Checker
from disclosure_rules.errors import PackError
from disclosure_rules.plugins import Plugins

if TYPE_CHECKING:
    from pathlib import Path

    from disclosure_rules.model.result import CheckResult

HEAD = """\
id: zz/years/fault
title: {zh: 测试, en: Test}
severity: warning
basis:
  - {instrument: guide, article: 第一条}
message: {zh: "值", en: "value"}
"""
CARRIED = "assert: requests.carried_in.total == previous.requests.carried_out.total\n"
Judge = Callable[..., "CheckResult"]


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Judges a report and last year's by one rule of a pack made for the test."""

    def run(rule: str, report: dict[str, Any], previous: dict[str, Any] | None) -> CheckResult:
        pack = tmp_path / "rules" / "zz"
        (pack / "years").mkdir(parents=True, exist_ok=True)
        (pack / "pack.yaml").write_text(
            'id: zz\ntitle: {zh: 一, en: a}\nversion: "1"\nextends: cn\n', "utf-8"
        )
        (pack / "instruments.yaml").write_text("guide: {title: 指南, tier: A, evidence: made up}\n", "utf-8")
        (pack / "years" / "fault.yaml").write_text(HEAD + rule, "utf-8")
        checker = Checker(packs=[pack], without=["cn"], plugins=Plugins(installed=False))
        last = checker.load_report(previous) if previous is not None else None
        if last is not None and previous == UNKNOWN_FORM:
            last = last.model_copy(update={"layout": None})
        return checker.judge(checker.load_report(report), last)

    return run


def requests(form: str | None, year: int, **cells: int | None) -> dict[str, Any]:
    """A report with some totals of table 3."""
    layout = {"layout": form} if form else {}
    return {"year": year, **layout, "tables": {"requests": {row: {"total": n} for row, n in cells.items()}}}


NOW = requests("2021", 2024, carried_in=3)
UNKNOWN_FORM = {"year": 2023}


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_forms_of_the_two_years_may_differ(judge: Judge, form: str) -> None:
    year = NOW["year"] - 1
    assert judge(f"scope: years\n{CARRIED}", NOW, requests(form, year, carried_out=3)).passed == (
        "zz/years/fault",
    )
    (found,) = judge(f"scope: years\n{CARRIED}", NOW, requests(form, year, carried_out=2)).findings
    assert found.values["previous.requests.carried_out.total"] == "2"


def test_an_unknown_cell_of_last_year_is_named_with_its_year(judge: Judge) -> None:
    (waiting,) = judge(f"scope: years\n{CARRIED}", NOW, requests("2021", 2023, carried_out=None)).open
    assert waiting.reason.zh == "上一年报告表三「四、结转下年度继续办理」行「总计」列空白"
    assert waiting.reason.en.startswith("last year's report: ")
    (missing,) = judge(f"scope: years\n{CARRIED}", NOW, {"year": 2023, "layout": "2021"}).open
    assert missing.reason.zh.startswith("上一年报告没有读到表三")


def test_without_last_years_report_the_rule_does_not_run(judge: Judge) -> None:
    result = judge(f"scope: years\n{CARRIED}", NOW, None)
    assert (result.open, result.passed, result.findings) == ((), (), ())
    assert result.outcomes["not_applicable"] == 1  # type: ignore[index]


@pytest.mark.parametrize(("form", "applies"), [("2019", False), ("2021", True)])
def test_a_rule_may_be_about_some_forms_of_last_year_only(judge: Judge, form: str, applies: bool) -> None:  # noqa: FBT001  a column of the table above
    rule = f'scope: years\napplies: {{previous_layouts: ["2021"]}}\n{CARRIED}'
    result = judge(rule, NOW, requests(form, 2023, carried_out=3))
    assert bool(result.passed) is applies
    assert result.open == ()


def test_where_the_form_of_last_year_is_not_known_the_rule_is_open(judge: Judge) -> None:
    rule = f'scope: years\napplies: {{previous_layouts: ["2021"]}}\n{CARRIED}'
    (waiting,) = judge(rule, NOW, UNKNOWN_FORM).open
    assert "版式未知" in waiting.reason.zh


def test_where_the_form_of_last_year_lacks_a_row_the_rule_is_open_and_the_run_goes_on(judge: Judge) -> None:
    rule = "scope: years\nassert: previous.proactive_disclosure.government_rules.in_force >= 0\n"
    (waiting,) = judge(rule, NOW, requests("2019", 2023, carried_out=3)).open
    assert "2019" in waiting.reason.zh


def test_a_rule_that_no_form_can_meet_is_refused(judge: Judge) -> None:
    with pytest.raises(PackError, match=r"rules/zz/years/fault\.yaml:8:9: .*no nowhere"):
        judge("scope: years\nassert: previous.requests.nowhere.total >= 0\n", NOW, requests("2021", 2023))


@pytest.mark.parametrize(
    "rule",
    [
        f'applies: {{previous_layouts: ["2021"]}}\n{CARRIED}',  # without scope: years
        f'scope: years\napplies: {{previous_layouts: ["2022"]}}\n{CARRIED}',
        f"scope: years\napplies: {{previous_layouts: []}}\n{CARRIED}",
    ],
)
def test_the_loader_refuses_what_makes_no_sense(judge: Judge, rule: str) -> None:
    with pytest.raises(PackError, match=r"previous_layouts|2022"):
        judge(rule, NOW, requests("2021", 2023))
