"""What is damaged (`mutants.py`), and what reading it must not give."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from grades import LAYOUTS
from made_reports import made
from mutants import mutant

from disclosure_rules import Checker
from disclosure_rules.errors import ReadError
from disclosure_rules.model.report import CellStatus
from disclosure_rules.plugins import Plugins

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.model.report import Report

__all__ = ["SOURCES", "read_mutant"]

_DATA = Path(__file__).parents[1] / "data"
_CELLS = tuple[str, str, str]


class Source(NamedTuple):
    """A document to damage."""

    name: str
    kind: str


SOURCES = (
    Source("reports/shuyang-fagaiju-2023.html", "html"),
    Source("made-7", "docx"),
    Source("reports/hongze-quzhengfu-2024.pdf", "pdf"),
    Source("made-3", "txt"),
    Source("reports/shanghai-zhengfubangongting-2019.html", "html"),
    Source("made-4", "docx"),
    Source("variants/made-0-libreoffice.pdf", "pdf"),
    Source("reports/suqian-shizhengfu-2024.txt", "txt"),
    Source("variants/sheet.xlsx", "xlsx"),
    Source("made-8", "html"),
    Source("variants/pingtan-guanweihui-2022-libreoffice.pdf", "pdf"),
    Source("made-2", "txt"),
)


@cache
def _checker() -> Checker:
    return Checker(plugins=Plugins(installed=False))


@cache
def _bytes(source: Source) -> bytes:
    if source.name.startswith("made-"):
        return made(int(source.name.removeprefix("made-")), LAYOUTS, kind=source.kind).data
    return (_DATA / source.name).read_bytes()


@cache
def _printed(source: Source) -> Mapping[_CELLS, Decimal | int | None]:
    """The numbers of the undamaged document; empty where there is no transcription."""
    if source.name.startswith("made-"):
        return made(int(source.name.removeprefix("made-")), LAYOUTS, kind=source.kind).numbers
    stem = Path(source.name).stem
    if stem == "made-0-libreoffice":
        return made(0, LAYOUTS, kind="docx").numbers
    truth = _DATA / "reports" / f"{stem.removesuffix('-libreoffice')}.truth.json"
    tables = json.loads(truth.read_text("utf-8")).get("tables", {}) if truth.exists() else {}
    return {
        (key, row, column): None if due is None else Decimal(str(due))
        for key, rows in tables.items()
        for row, cells in (rows or {}).items()
        for column, due in cells.items()
    }


def read_mutant(source: Source, seed: int) -> tuple[str, list[str]]:
    """Read a damaged copy.

    Returns:
        `refused`, `partly` or `whole`, and each number that is read in a cell that prints another, or none.
    """
    damaged = mutant(_bytes(source), source.kind, seed)
    try:
        report = _checker().load_report(damaged.data, name=f"{source.name}.{source.kind}")
    except ReadError:
        return "refused", []
    wrong, read = _wrong(report, _printed(source))
    return "whole" if read == len(_printed(source)) else "partly", [
        f"{damaged.how}: {each}" for each in wrong
    ]


def _wrong(report: Report, printed: Mapping[_CELLS, Decimal | int | None]) -> tuple[list[str], int]:
    wrong: list[str] = []
    read = 0
    for key, table in report.tables.items():
        spec = LAYOUTS[table.form].table(key)
        assert spec is not None
        for index, (row, column) in enumerate(spec.cells):
            cell = table.cell(index)
            due = printed.get((key, row, column))
            read += cell.status in (CellStatus.READ, CellStatus.BLANK)
            if printed and cell.status is CellStatus.READ and cell.number != due:
                wrong.append(f"{key} {row} {column}: {cell.text!r} for {due}")
    return wrong, read
