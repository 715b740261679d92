"""Results as SARIF 2.1.0 (OASIS), for code hosts and editors.

A finding with a line of a text document has a region; one in a table or a file without lines has a logical location in
words. `explain` is a note to SARIF, which knows errors, warnings and notes; the own severity stands in the properties.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from disclosure_rules.formatters.settled import settled
from disclosure_rules.model.result import UNREAD
from disclosure_rules.model.rule import Severity
from disclosure_rules.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_rules.model.result import CheckResult, Finding
    from disclosure_rules.model.text import Lang, Text

__all__ = ["to_sarif"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.EXPLAIN: "note",
    Severity.NOTE: "note",
}


def to_sarif(results: Iterable[CheckResult], lang: Lang = "zh") -> str:
    """One run with every report; the rules that found something are described once."""
    every = tuple(results)
    rules: dict[str, dict[str, Any]] = {}
    found = [_result(result, finding, rules, lang) for result in every for finding in result.findings]
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "disclosure-rules",
                        "version": VERSION,
                        "language": "zh-CN" if lang == "zh" else "en",
                        "rules": list(rules.values()),
                    }
                },
                "columnKind": "unicodeCodePoints",
                "artifacts": [_artifact(result) for result in every],
                "invocations": [
                    {
                        "executionSuccessful": not any(
                            result.faults or result.source.format == UNREAD for result in every
                        ),
                        "toolExecutionNotifications": [
                            notification for result in every for notification in _notifications(result, lang)
                        ],
                    }
                ],
                "results": found,
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _artifact(result: CheckResult) -> dict[str, Any]:
    artifact: dict[str, Any] = {"location": {"uri": _uri(result)}}
    if result.source.sha256:
        artifact["hashes"] = {"sha-256": result.source.sha256}
    return artifact


def _uri(result: CheckResult) -> str:
    return quote((result.source.path or "report").replace("\\", "/"), safe="/!", errors="surrogateescape")


def _result(
    result: CheckResult, finding: Finding, rules: dict[str, dict[str, Any]], lang: Lang
) -> dict[str, Any]:
    rules.setdefault(finding.rule, _rule(finding, lang))
    message = finding.message(lang)
    if finding.suggestion is not None:
        message += ("建议：" if lang == "zh" else " Do: ") + finding.suggestion(lang)
    told: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [_location(result, finding, lang)],
        "partialFingerprints": {"disclosureRules/v1": finding.fingerprint},
        "properties": {"severity": finding.severity.value, "blocks": finding.blocks, "tier": finding.tier},
    }
    if finding.waived is not None:
        told["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": settled(finding.waived, finding.baseline, lang),
            }
        ]
    if finding.baseline is not None:
        told["baselineState"] = finding.baseline
    return told


def _location(result: CheckResult, finding: Finding, lang: Lang) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(result)}}
    if finding.location.line is not None and finding.location.page is None:
        physical["region"] = {"startLine": finding.location.line}
    return {
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": finding.location.words(lang)}],
    }


def _rule(finding: Finding, lang: Lang) -> dict[str, Any]:
    law = "；".join(
        f"《{one.title}》{f'（{one.number}）' if one.number else ''}{one.article or ''}"
        for one in finding.basis
    )
    return {
        "id": finding.rule,
        "shortDescription": {"text": finding.title(lang)},
        "help": {"text": law},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"pack": finding.pack, "tier": finding.tier},
    }


def _notifications(result: CheckResult, lang: Lang) -> list[dict[str, Any]]:
    """What could not be read or decided: never a result, never silence."""
    location = {"physicalLocation": {"artifactLocation": {"uri": _uri(result)}}}

    def told(level: str, code: str, text: Text) -> dict[str, Any]:
        return {
            "level": level,
            "descriptor": {"id": code},
            "message": {"text": text(lang)},
            "locations": [location],
        }

    unread = result.source.format == UNREAD
    return [
        *(told("error" if unread else "note", note.code, note.message) for note in result.notes),
        *(told("warning", f"waiver-{one.state}", one.message) for one in result.waivers),
        *(told("warning", rule.rule, rule.reason) for rule in result.open),
        *(told("error", fault.rule, fault.message) for fault in result.faults),
    ]
