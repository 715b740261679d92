"""What was read of a made report or of an excerpt, beside what is printed in it."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from made_reports import Made, made
from table_grids import LAYOUTS

from disclosure_rules import Checker
from disclosure_rules.fold import fold, squeeze
from disclosure_rules.model.report import CellStatus
from disclosure_rules.numbers import read_number
from disclosure_rules.plugins import Plugins

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.model.report import Report

__all__ = ["EXCERPTS", "LAYOUTS", "Found", "excerpt", "read_made", "read_variant"]

DATA = Path(__file__).parents[1] / "data"
FOLDER, VARIANTS, REPORTS = DATA / "excerpts", DATA / "variants", DATA / "reports"
EXCERPTS: Mapping[str, dict[str, Any]] = yaml.safe_load((FOLDER / "expected.yaml").read_text("utf-8"))
_SAID = ("read", "blank")


class Found(NamedTuple):
    """What was read, and how many cells of those that are printed are right, flagged and silently wrong."""

    title: str | None
    body: str | None
    year: int | None
    layout: str | None
    sections: list[str | None]
    right: int
    flagged: int
    wrong: list[tuple[str, str, str]]
    notes: frozenset[str]


@cache
def _checker() -> Checker:
    return Checker(plugins=Plugins(installed=False))


def _same(text: str) -> str:
    return fold(squeeze(text))


def read_made(seed: int, kind: str) -> tuple[Made, Found]:
    """A made report and what was read of it, its name and title as printed where they differ only in width."""
    report = made(seed, LAYOUTS, kind=kind)
    read = _checker().load_report(report.data, name=report.name)
    found = grade(read, report.numbers)
    title = report.title if found.title and _same(found.title) == _same(report.title) else found.title
    return report, found._replace(title=title)


def read_variant(name: str) -> tuple[Found, Found]:
    """What was read of a PDF of a made or a real report, and what is due; the cells are graded in the first."""
    read = _checker().load_report(VARIANTS / f"{name}.pdf")
    source, _, program = name.rpartition("-")
    if source.startswith("made-"):
        report = made(int(source[5:]), LAYOUTS, kind="docx" if program == "libreoffice" else "html")
        found = grade(read, report.numbers)
        title, body, year, layout = report.title, report.body, report.year, report.layout
    else:
        truth = json.loads((REPORTS / f"{source}.truth.json").read_text("utf-8"))
        cells = {
            (key, row, column): None if due is None else Decimal(str(due))
            for key, rows in truth["tables"].items()
            for row, columns in (rows or {}).items()
            for column, due in columns.items()
        }
        found = grade(read, cells)
        title, body, year, layout = (truth[key] for key in ("title", "body", "year", "layout"))
    sections: list[str | None] = [section.key for section in LAYOUTS[layout].sections]
    return found, found._replace(title=title, body=body, year=year, layout=layout, sections=sections)


def excerpt(name: str) -> Found:
    """What was read of an excerpt."""
    read = _checker().load_report(FOLDER / f"{name}.txt")
    return grade(read, _printed(EXCERPTS[name]))


def grade(report: Report, numbers: Mapping[tuple[str, str, str], Decimal | int | None]) -> Found:
    """What was read, held against the numbers that are printed; None stands for a blank cell."""
    right = flagged = 0
    wrong: list[tuple[str, str, str]] = []
    for (key, row, column), due in numbers.items():
        table = report.tables.get(key)
        spec = LAYOUTS[table.form].table(key) if table else None
        index = spec.index.get((row, column)) if spec else None
        if table is None or index is None:
            flagged += 1
            continue
        cell = table.cell(index)
        if cell.status in _SAID:
            number = cell.number if cell.status is CellStatus.READ else None
            right += number == due
            wrong += [(row, column, cell.text)] if number != due else []
        elif cell.status is CellStatus.INFERRED and cell.text and read_number(cell.text).number != due:
            wrong.append((row, column, cell.text))
        else:
            flagged += 1
    return Found(
        report.title,
        report.body.name if report.body else None,
        report.year,
        report.layout,
        [section.key for section in report.sections],
        right,
        flagged,
        wrong,
        frozenset(note.code for note in report.notes),
    )


def _printed(truth: Mapping[str, Any]) -> dict[tuple[str, str, str], Decimal | int | None]:
    numbers: dict[tuple[str, str, str], Decimal | int | None] = {}
    for key, rows in truth.get("tables", {}).items():
        spec = LAYOUTS[truth["layout"]].table(key)
        assert spec is not None
        columns = {row.key: row.columns or tuple(column.key for column in spec.columns) for row in spec.rows}
        for row, figures in rows.items():
            for column, figure in zip(columns[row], str(figures).split(), strict=True):
                if figure != "?":
                    numbers[key, row, column] = None if figure == "-" else Decimal(figure)
    return numbers
