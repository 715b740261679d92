"""Results as JUnit XML, for build servers: a suite a report, a case a rule.

A rule whose finding blocks is a failure; one that could not be decided is skipped with its reason; a crash, or a report
that could not be read, is an error. A finding that does not block is told in the output of its case, which passes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from disclosure_rules.formatters.settled import settled
from disclosure_rules.model.result import UNREAD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_rules.model.result import CheckResult, Finding
    from disclosure_rules.model.text import Lang

__all__ = ["to_junit"]

# What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(results: Iterable[CheckResult], lang: Lang = "zh") -> str:
    """The results as XML text."""
    root = ET.Element("testsuites", name="disclosure-rules")
    for result in results:
        _suite(root, result, lang)
    for attribute in ("tests", "failures", "errors", "skipped"):
        root.set(attribute, str(sum(int(suite.get(attribute, "0")) for suite in root)))
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root: ET.Element, result: CheckResult, lang: Lang) -> None:
    name = result.source.path or result.report.title or "report"
    suite = ET.SubElement(root, "testsuite", name=_xml(name))
    by_rule: dict[str, list[Finding]] = {}
    for finding in result.findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    for rule, findings in by_rule.items():
        _found(_case(suite, name, rule), findings, lang)
    for stayed_open in result.open:
        if stayed_open.rule not in by_rule:
            case = _case(suite, name, stayed_open.rule)
            ET.SubElement(case, "skipped", message=_xml(stayed_open.reason(lang)))
    for rule in result.passed:
        _case(suite, name, rule)
    problems = [(fault.rule, fault.message) for fault in result.faults]
    if result.source.format == UNREAD:
        problems += [(note.code, note.message) for note in result.notes]
    for code, message in problems:
        ET.SubElement(_case(suite, name, code), "error", message=_xml(message(lang)))
    counted = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    suite.set("tests", str(len(suite)))
    for attribute, tag in counted.items():
        suite.set(attribute, str(sum(1 for case in suite if case.find(tag) is not None)))


def _found(case: ET.Element, findings: list[Finding], lang: Lang) -> None:
    told = _xml("\n".join(_told(one, lang) for one in findings))
    blocking = next((one for one in findings if one.blocks), None)
    if blocking is None:
        ET.SubElement(case, "system-out").text = told
        return
    failure = ET.SubElement(case, "failure", type=blocking.severity.value, message=_xml(blocking.title(lang)))
    failure.text = told


def _case(suite: ET.Element, report: str, rule: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=_xml(report), name=_xml(rule))


def _told(finding: Finding, lang: Lang) -> str:
    do = f" {finding.suggestion(lang)}" if finding.suggestion else ""
    why = settled(finding.waived, finding.baseline, lang)
    label = f"[{finding.severity.value}]{f' [{why}]' if why else ''}"
    return f"{label} {finding.location.words(lang)}: {finding.message(lang)}{do}"


def _xml(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
