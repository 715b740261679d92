"""Every rule ends in an outcome, with its reason; a crash is a fault and nothing else is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_rules import Checker, Evidence, Satisfied, Undecided, hookimpl
from disclosure_rules.engine.findings import fill, printed
from disclosure_rules.model.location import Location
from disclosure_rules.model.result import CheckResult
from disclosure_rules.model.text import Text
from disclosure_rules.plugins import Plugins

if TYPE_CHECKING:
    from pathlib import Path

BASE = """\
title: {zh: 测试, en: Test}
severity: error
basis:
  - {instrument: guide, article: 第一条}
"""
TEXT = 'message: {zh: "值 {a}", en: "value {a}"}\n'
Judge = Callable[..., CheckResult]


def _verb(*answers: object) -> Callable[..., Iterator[Any]]:
    def verb(_context: object) -> Iterator[Any]:
        for answer in answers:
            if isinstance(answer, Exception):
                raise answer
            yield answer

    return verb


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Judges a report by one rule of a pack made for the test, without the national rules in the way."""

    def run(rule: str, report: dict[str, Any], *answers: object) -> CheckResult:
        pack = tmp_path / "rules" / "zz"
        (pack / "requests").mkdir(parents=True, exist_ok=True)
        (pack / "pack.yaml").write_text('id: zz\ntitle: {zh: 一, en: a}\nversion: "1"\n', "utf-8")
        (pack / "instruments.yaml").write_text("guide: {title: 指南, tier: A, evidence: made up}\n", "utf-8")
        (pack / "requests" / "fault.yaml").write_text(f"id: zz/requests/fault\n{BASE}{rule}{TEXT}", "utf-8")
        plugin = SimpleNamespace(
            __name__="test", disclosure_rules_checks=hookimpl(lambda: {"test.verb": _verb(*answers)})
        )
        return Checker(packs=[pack], without=["cn"], plugins=Plugins(plugin, installed=False)).check(report)

    return run


def _table(**cells: object) -> dict[str, Any]:
    rows = {name: {"total": value} for name, value in cells.items()}
    return {"layout": "2021", "year": 2024, "tables": {"requests": rows}}


RULE = "let: {a: requests.received.total}\nassert: a == requests.results_total.total\nat: requests.received.total\n"


def test_a_rule_that_is_met_passes_and_is_listed(judge: Judge) -> None:
    result = judge(RULE, _table(received=3, results_total=3))
    assert (result.verdict, result.passed, result.findings) == ("pass", ("zz/requests/fault",), ())


def test_a_rule_that_is_broken_fails_with_values_place_law_and_words(judge: Judge) -> None:
    result = judge(RULE, _table(received=3, results_total=4))
    (finding,) = result.findings
    assert result.verdict == "fail"
    assert finding.message == Text(zh="值 3", en="value 3")
    assert finding.values["a"] == "3"
    assert finding.values["requests.results_total.total"] == "4"
    assert finding.location.words.zh == "表三「一、本年新收政府信息公开申请数量」行「总计」列"
    assert (finding.basis[0].title, finding.basis[0].article) == ("指南", "第一条")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, "空白"),
        ({"text": "/", "status": "mark"}, "填的是符号"),
        ({"text": "?", "status": "unreadable"}, "无法读取"),
        ({"text": "3", "status": "inferred", "number": 3}, "推算"),
    ],
)
def test_what_is_unknown_stays_open_and_the_cell_is_named(judge: Judge, cell: object, words: str) -> None:
    result = judge(RULE, _table(received=cell, results_total=3))
    (stayed,) = result.open
    assert result.verdict == "incomplete"
    assert result.findings == result.passed == ()
    assert "表三「一、本年新收政府信息公开申请数量」行「总计」列" in stayed.reason.zh
    assert words in stayed.reason.zh


def test_a_missing_table_is_told_once_not_by_cell(judge: Judge) -> None:
    result = judge(RULE, {"layout": "2021", "year": 2024})
    assert result.open[0].reason.zh == "没有读到表三（收到和处理政府信息公开申请情况）"


def test_a_blank_does_not_hide_a_fault_elsewhere(judge: Judge) -> None:
    rule = "each: {column: requests.columns}\nlet: {a: 'requests.received[column]'}\nassert: a == 1\nat: 'requests.received[column]'\n"
    row = {"natural_person": 2, "total": None}
    report = {"layout": "2021", "year": 2024, "tables": {"requests": {"received": row}}}
    result = judge(rule, report)
    assert [finding.location.column for finding in result.findings] == ["natural_person"]
    assert len(result.open) == 1


def test_when_decides_whether_a_rule_is_about_the_report(judge: Judge) -> None:
    rule = "when: requests.carried_out.total > 0\n" + RULE
    result = judge(rule, _table(received=3, results_total=4, carried_out=0))
    assert result.outcomes["not_applicable"] == 1
    assert result.findings == result.passed == ()


CHECK = "check: test.verb\n"


def test_a_verb_that_yields_nothing_is_not_a_pass(judge: Judge) -> None:
    result = judge(CHECK, _table())
    assert result.outcomes["not_applicable"] == 1
    assert result.passed == ()


def test_the_three_answers_of_a_verb(judge: Judge) -> None:
    found = Evidence(location=Location(line=7), values={"a": Decimal("1.50")})
    assert judge(CHECK, _table(), Satisfied()).passed == ("zz/requests/fault",)
    assert judge(CHECK, _table(), Undecided(reason=Text(zh="没读到", en="x"))).open[0].reason.zh == "没读到"
    result = judge(CHECK, _table(), Satisfied(), found)
    assert [(finding.message.zh, finding.location.words.zh) for finding in result.findings] == [
        ("值 1.50", "第 7 行")
    ]


@pytest.mark.parametrize("answer", [RuntimeError("no database"), "text instead of an answer"])
def test_a_crash_is_a_fault_and_never_a_pass(judge: Judge, answer: object) -> None:
    result = judge(CHECK, _table(), Satisfied(), answer)
    assert result.verdict == "incomplete"
    assert result.passed == ()
    assert result.faults[0].rule == "zz/requests/fault"
    assert "程序的缺陷" in result.faults[0].message.zh


def test_the_same_input_gives_the_same_result_and_fingerprints_ignore_lines(judge: Judge) -> None:
    at = [judge(CHECK, _table(), Evidence(location=Location(line=n), values={"a": 1})) for n in (7, 9, 7)]
    assert at[0] == at[2]
    assert at[0].findings[0].fingerprint == at[1].findings[0].fingerprint
    other = judge(CHECK, _table(), Evidence(location=Location(line=7), values={"a": 2}))
    assert other.findings[0].fingerprint != at[0].findings[0].fingerprint


def test_message_templates_only_look_names_up() -> None:
    assert fill("{a} {b} {a.__class__} {0} {{a}}", {"a": "1", "b": None}) == "1 — {a.__class__} {0} {1}"
    assert printed(Decimal("1E+3")) == "1000"


def test_a_rule_on_rows_that_a_table_of_another_form_lacks_stays_open(judge: Judge) -> None:
    """A report of 2021 with table 2 as of 2019, as offices do publish."""
    rule = "let: {a: proactive_disclosure.normative_documents.issued}\nassert: a == 0\nat: proactive_disclosure.normative_documents.issued\n"
    table = {"normative_documents": {"newly_made": 1, "newly_disclosed": 1, "total_disclosed": 2}}
    result = judge(rule, {"layout": "2021", "year": 2024, "tables": {"proactive_disclosure": table}})
    assert "2019年格式" in result.open[0].reason.zh
    assert result.verdict == "incomplete"


def test_many_reasons_are_counted_not_listed(judge: Judge) -> None:
    answers = [Undecided(reason=Text(zh=f"第 {n} 格没读到", en=f"cell {n}")) for n in range(9)]
    (stayed,) = judge(CHECK, _table(), *answers).open
    assert stayed.reason.zh.endswith("第 4 格没读到；另有 4 处")
    assert stayed.reason.en.endswith("cell 4; and 4 more")
