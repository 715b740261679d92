"""Tables of real reports, and judging them, for the tests of root causes."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from disclosure_rules import Checker
from disclosure_rules.model.result import CheckResult, Correction, RootCause
from disclosure_rules.plugins import Plugins

__all__ = ["checker", "fits", "judged", "real"]

REPORTS = Path(__file__).resolve().parent.parent / "data" / "reports"


@cache
def checker() -> Checker:
    """The national rules."""
    return Checker(plugins=Plugins(installed=False))


@cache
def _truth(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((REPORTS / f"{name}.truth.json").read_text("utf-8"))
    return found


def real(name: str, **changes: int | None) -> dict[str, Any]:
    """Tables 3 and 4 of a real report as a structured report, with cells changed: `row__column=number`."""
    truth = _truth(name)
    tables = {key: deepcopy(truth["tables"][key]) for key in ("requests", "reviews_and_litigation")}
    for place, number in changes.items():
        row, column = place.split("__")
        (table,) = (one for one in tables.values() if row in one)
        table[row][column] = number
    report: dict[str, Any] = {"layout": truth["layout"], "year": truth["year"], "tables": tables}
    form = "2019" if "other_handling" in tables["requests"] else "2021"
    if form != truth["layout"]:
        report["printed"] = {"requests": {"form": form}}
    return report


def judged(name: str, **changes: int | None) -> CheckResult:
    """The result of `real(name, **changes)`."""
    return checker().check(real(name, **changes))


def fits(of: RootCause | Correction) -> dict[str, str]:
    """The cells of a correction, for a cause of its first, with the numbers that fit."""
    correction = of.corrections[0] if isinstance(of, RootCause) else of
    return {f"{cell.location.row}.{cell.location.column}": cell.fits for cell in correction.cells}
