"""Results for other tools, held against the formats' own rules on real reports."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_rules.engine.decide import with_baseline
from disclosure_rules.engine.result import unread
from disclosure_rules.errors import ReadError
from disclosure_rules.formatters.github import to_github
from disclosure_rules.formatters.junit import to_junit
from disclosure_rules.formatters.lines import COLUMNS, safe, to_csv, to_jsonl
from disclosure_rules.formatters.markdown import to_markdown
from disclosure_rules.formatters.sarif import to_sarif
from disclosure_rules.model.waiver import Waiver
from disclosure_rules.pipeline import Checker
from sample_report import unbalanced

if TYPE_CHECKING:
    from disclosure_rules.model.result import CheckResult

DATA = Path(__file__).resolve().parents[1] / "data"
BROKEN = unbalanced(title='=HYPERLINK("x")|<b>*某局*2024年政府信息公开工作年度报告')


@pytest.fixture(scope="module")
def results() -> list[CheckResult]:
    checker = Checker()
    reports = DATA / "reports"
    return [
        checker.check(reports / "zhangzi-zhujianju-2019.txt"),
        checker.check(reports / "suqian-shizhengfu-2024.txt"),
        checker.check(reports / "hongze-quzhengfu-2024.pdf"),
        checker.check(BROKEN),
        unread("坏.docx", None, ReadError("文件损坏", "damaged", code="damaged-file")),
    ]


def test_sarif_follows_the_official_schema_and_loses_no_finding(results: list[CheckResult]) -> None:
    schema = json.loads((DATA / "schemas" / "sarif-2.1.0-rtm.5.json").read_bytes())
    log = json.loads(to_sarif(results))
    jsonschema.Draft7Validator(schema).validate(log)
    [run] = log["runs"]
    told = [entry["partialFingerprints"]["disclosureRules/v1"] for entry in run["results"]]
    assert told == [finding.fingerprint for result in results for finding in result.findings]
    assert {entry["ruleId"] for entry in run["results"]} == {
        rule["id"] for rule in run["tool"]["driver"]["rules"]
    }
    assert run["invocations"][0]["executionSuccessful"] is False
    codes = {one["descriptor"]["id"] for one in run["invocations"][0]["toolExecutionNotifications"]}
    assert "damaged-file" in codes
    assert {rule.rule for result in results for rule in result.open} <= codes


def test_sarif_places_a_line_only_where_the_file_has_lines(results: list[CheckResult]) -> None:
    for entry in json.loads(to_sarif(results))["runs"][0]["results"]:
        physical = entry["locations"][0]["physicalLocation"]
        if physical["artifactLocation"]["uri"].endswith(".pdf"):
            assert "region" not in physical
    text = list(json.loads(to_sarif(results[:1]))["runs"][0]["results"])
    assert any("region" in entry["locations"][0]["physicalLocation"] for entry in text)


def test_junit_counts_what_blocks_as_failure_and_what_is_open_as_skipped(results: list[CheckResult]) -> None:
    root = ET.fromstring(to_junit(results))  # noqa: S314  our own output
    failures = {
        (case.get("classname"), case.get("name"))
        for case in root.iter("testcase")
        if case.find("failure") is not None
    }
    blocking = {
        (result.source.path or result.report.title, finding.rule)
        for result in results
        for finding in result.findings
        if finding.blocks
    }
    assert failures == blocking
    assert blocking
    assert int(root.get("tests", "0")) == len(list(root.iter("testcase")))
    assert int(root.get("errors", "0")) == 1


@given(st.text())
def test_junit_holds_any_text(text: str) -> None:
    ET.fromstring(to_junit([unread(text, None, ReadError(text, text, code="x"))]))  # noqa: S314  our own output


def test_csv_has_a_line_for_every_finding_and_no_formula(results: list[CheckResult]) -> None:
    text = to_csv(results)
    assert text.startswith("\ufeff文件,机关")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 1 + sum(len(result.findings) for result in results)
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    assert safe("=1+1") == "'=1+1"
    assert safe("-3") == "-3"
    assert safe("-3+cmd") == "'-3+cmd"


def test_json_lines_are_results_one_by_one(results: list[CheckResult]) -> None:
    lines = to_jsonl(results).splitlines()
    assert [json.loads(line) for line in lines] == [result.to_json() for result in results]


def test_github_commands_are_one_line_each_whatever_the_text(results: list[CheckResult]) -> None:
    lines = to_github(results).splitlines()
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    assert len(lines) == sum(len(result.findings) for result in results) + 1
    assert "::warning file=" in to_github(results[:1])
    assert ",line=4," in to_github(results[:1])


def test_markdown_shows_the_words_of_a_report_as_words(results: list[CheckResult]) -> None:
    told = to_markdown(results[3:4])
    assert r"\|\<b\>\*某局\*2024年" in told
    assert "**不通过**" in told


@pytest.fixture(scope="module")
def settled() -> CheckResult:
    """A result with a waived finding, known findings, a new one, and a waiver that does not hold."""
    plain = Checker().check(BROKEN)
    waivers = [
        Waiver(
            rule=finding.rule, body="长子县财政局", year=2024, finding=finding.fingerprint if number else "0" * 16,
            reason="系统迁移|台账已说明", approved_by="县政府办公室", expires="2026-12-31",
        )
        for number, finding in enumerate(plain.findings[-2:])
    ]  # fmt: skip
    result = Checker(waivers=waivers, as_of=date(2026, 11, 27)).check(BROKEN)
    known = {finding.fingerprint for finding in result.findings[:1]}
    return with_baseline(result, known)


def test_sarif_tells_what_is_accepted_and_what_is_known(settled: CheckResult) -> None:
    schema = json.loads((DATA / "schemas" / "sarif-2.1.0-rtm.5.json").read_bytes())
    log = json.loads(to_sarif([settled]))
    jsonschema.Draft7Validator(schema).validate(log)
    entries = log["runs"][0]["results"]
    assert [entry["baselineState"] for entry in entries].count("unchanged") == 1
    assert {entry["baselineState"] for entry in entries} == {"new", "unchanged"}
    [accepted] = [entry["suppressions"] for entry in entries if "suppressions" in entry]
    assert accepted[0]["status"] == "accepted"
    assert "系统迁移" in accepted[0]["justification"]
    assert "县政府办公室，有效至 2026-12-31" in accepted[0]["justification"]
    codes = [
        one["descriptor"]["id"] for one in log["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    ]
    assert "waiver-void" in codes


def test_the_other_formats_tell_it_too(settled: CheckResult) -> None:
    words = "县政府办公室，有效至 2026-12-31"
    for told in (to_markdown([settled]), to_junit([settled]), to_csv([settled])):
        assert told.count(words) == 1
        assert told.count("以前已有") == 1
    assert r"系统迁移\|台账" in to_markdown([settled])
    for told in (to_markdown([settled]), to_github([settled])):
        assert "豁免已经失效" in told
    # Commands mark what is to be mended: neither what is accepted nor what is known.
    assert to_github([settled]).count("::error ") == sum(finding.blocks for finding in settled.findings)
    waived = next(finding for finding in settled.findings if finding.waived)
    case = ET.fromstring(to_junit([settled])).find(f".//testcase[@name='{waived.rule}']")  # noqa: S314  our own output
    assert case is not None
    assert case.find("failure") is None
