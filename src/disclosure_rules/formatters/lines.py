"""Results for programs that read line by line: JSON Lines, one result a line; CSV, one finding a line."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING

from disclosure_rules.formatters.settled import settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from disclosure_rules.model.result import CheckResult, Finding
    from disclosure_rules.model.text import Lang

__all__ = ["COLUMNS", "finding_row", "safe", "to_csv", "to_jsonl"]

# Heading of each column in Chinese and in English.
COLUMNS = (
    ("文件", "file"),
    ("机关", "body"),
    ("年度", "year"),
    ("严重程度", "severity"),
    ("规则", "rule"),
    ("问题", "title"),
    ("位置", "place"),
    ("说明", "message"),
    ("建议", "suggestion"),
    ("依据", "law"),
    ("是否拦截", "blocks"),
    ("标识", "fingerprint"),
    ("处置", "settled"),
)
# A cell that begins with one of these is a formula to a spreadsheet; reports are not trusted to hold none.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_jsonl(results: Iterable[CheckResult], _lang: Lang = "zh") -> str:
    """One result a line, by the schema of a single result."""
    return "".join(
        json.dumps(result.to_json(), ensure_ascii=False, separators=(",", ":")) + "\n" for result in results
    )


def to_csv(results: Iterable[CheckResult], lang: Lang = "zh") -> str:
    """One finding a line, with a heading; a byte order mark first, by which Excel tells UTF-8."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(zh if lang == "zh" else en for zh, en in COLUMNS)
    for result in results:
        writer.writerows([safe(value) for value in row] for row in _rows(result, lang))
    return "\ufeff" + stream.getvalue()


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula; numbers stay as they are."""
    if text.startswith(_FORMULA) and not text.lstrip("+-").replace(".", "", 1).isdigit():
        return f"'{text}"
    return text


def _rows(result: CheckResult, lang: Lang) -> Iterator[list[str]]:
    body = result.report.body
    head = [result.source.path or "", body.name if body else "", str(result.report.year or "")]
    return (head + finding_row(finding, lang) for finding in result.findings)


def finding_row(finding: Finding, lang: Lang) -> list[str]:
    """A finding from severity on, in the order of `COLUMNS`."""
    yes, no = ("是", "否") if lang == "zh" else ("yes", "no")
    return [
        finding.severity.value,
        finding.rule,
        finding.title(lang),
        finding.location.words(lang),
        finding.message(lang),
        finding.suggestion(lang) if finding.suggestion else "",
        "；".join(
            f"{one.title}{(one.number and f'（{one.number}）') or ''}{one.article or ''}"
            for one in finding.basis
        ),
        yes if finding.blocks else no,
        finding.fingerprint,
        settled(finding.waived, finding.baseline, lang),
    ]
