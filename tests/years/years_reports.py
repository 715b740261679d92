"""Real reports of the same body for years that follow each other: the text as it was read, the tables by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

from disclosure_rules.model.report import Report, Table
from disclosure_rules.pipeline import Checker
from disclosure_rules.plugins import Plugins

__all__ = ["CHECKER", "REPORTS", "real", "told"]

REPORTS = Path(__file__).resolve().parent.parent / "data" / "reports"
CHECKER = Checker(plugins=Plugins(installed=False))


@cache
def real(name: str) -> Report:
    """A real report: its text as it was read, and where there is a transcription of its tables, these."""
    report = CHECKER.load_report(REPORTS / f"{name}.txt")
    truth = json.loads((REPORTS / f"{name}.truth.json").read_text("utf-8"), parse_float=Decimal)
    layout = CHECKER.layouts[truth["layout"]]
    tables = {
        spec.key: Table(
            key=spec.key,
            form=layout.id,
            values=tuple(truth["tables"][spec.key][row].get(column) for row, column in spec.cells),
        )
        for spec in layout.tables
        if spec.key in truth.get("tables", {})
    }
    return report.model_copy(update={"tables": tables})


def told(report: Report, previous: Report | None, room: str = "cn/years/") -> list[tuple[str, str]]:
    """The findings of the rules of one room: rule and place by keys or line."""
    result = CHECKER.judge(report, previous)
    assert result.faults == ()
    return [
        (finding.rule.removeprefix(room), finding.location.words.zh)
        for finding in result.findings
        if finding.rule.startswith(room)
    ]
