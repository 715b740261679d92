"""Every cell of every real document, through the readers as they are: right, or flagged; never silently wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from disclosure_rules import Checker
from disclosure_rules.model.report import CellStatus, Report
from disclosure_rules.plugins import Plugins

REPORTS = Path(__file__).resolve().parents[1] / "data" / "reports"
DOCUMENTS = sorted(path for path in REPORTS.iterdir() if path.suffix in {".html", ".pdf", ".txt"})
CHECKER = Checker(plugins=Plugins(installed=False))


def _truth(path: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((REPORTS / f"{path.stem}.truth.json").read_text("utf-8"))
    return truth


def _cells(report: Report, truth: dict[str, Any]) -> tuple[int, int, list[tuple[str, ...]]]:
    """How many cells are right, how many are flagged, and which are wrong without a word."""
    right, flagged, wrong = 0, 0, []
    for key, rows in truth.get("tables", {}).items():
        table = report.tables[key]
        spec = CHECKER.layouts[table.form].table(key)
        assert spec is not None
        for row, columns in rows.items():
            for column, due in columns.items():
                index = spec.index[row, column]
                found, status = table.values[index], table.cell(index).status
                if found is None and (due is not None or status is not CellStatus.BLANK):
                    flagged += 1
                elif found is None or (due is not None and found == due) or str(found) == str(due):
                    right += 1
                else:
                    wrong.append((key, row, column, str(due), str(found)))
    return right, flagged, wrong


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_cell_of_a_real_document_is_silently_wrong(path: Path) -> None:
    truth = _truth(path)
    report = CHECKER.load_report(path)
    right, flagged, wrong = _cells(report, truth)
    assert wrong == []
    assert (report.title, report.year, report.layout) == (truth["title"], truth["year"], truth["layout"])
    if path.suffix in {".html", ".pdf"} or path.name.startswith("suqian"):
        assert (flagged, right) == (
            0,
            sum(len(columns) for rows in truth["tables"].values() for columns in rows.values()),
        )


def test_the_blank_form_is_all_blank_and_no_zeros() -> None:
    report = CHECKER.load_report(REPORTS / "template-blank-2021.docx")
    assert [len(table.values) for table in report.tables.values()] == [10, 175, 15]
    statuses = {
        table.cell(index).status for table in report.tables.values() for index in range(len(table.values))
    }
    assert statuses == {CellStatus.BLANK}
