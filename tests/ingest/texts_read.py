"""What the tests of real texts ask of a text: the report it is read as, the rules that speak, the figures of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from disclosure_rules.model.report import Number, Report
    from disclosure_rules.pipeline import Checker

__all__ = ["read", "told", "values"]


def read(checker: Checker, text: str) -> Report:
    """The report that a text is read as."""
    return checker.load_report(text.encode(), name="年报.txt")


def told(checker: Checker, text: str) -> set[str]:
    """The rules that find something in a text."""
    return {finding.rule for finding in checker.check(text.encode(), name="年报.txt").findings}


def values(checker: Checker, report: Report, table: str, row: str) -> list[Number | None]:
    """The numbers of a row, in the order of its form."""
    found = report.tables[table]
    index = checker.layouts[found.form].table(table).index
    return [found.values[at] for (key, _), at in index.items() if key == row]
