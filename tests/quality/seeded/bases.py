"""The clean twins, as plain values of a structured report."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from disclosure_rules.formatters.structured import to_structured
from disclosure_rules.pipeline import Checker
from disclosure_rules.plugins import Plugins

HERE = Path(__file__).resolve().parent
REPORTS = HERE.parents[1] / "data" / "reports"
Plain = dict[str, Any]
_KEPT = (
    "title",
    "body",
    "year",
    "layout",
    "period",
    "published",
    "introduction",
    "sections",
    "closing",
    "tables",
)


@dataclass(frozen=True)
class Base:
    """A clean twin and, where the corpus has one, that of the year before."""

    name: str
    report: Plain
    previous: Plain | None

    def copy(self) -> Plain:
        """The report, to be changed."""
        return deepcopy(self.report)


@cache
def checker() -> Checker:
    """One checker for everything, without what happens to be installed beside the library."""
    return Checker(plugins=Plugins(installed=False))


@cache
def bases() -> tuple[Base, ...]:
    """Every clean twin."""
    data = yaml.safe_load((HERE / "bases.yaml").read_text(encoding="utf-8"))
    made = {name: _clean(entry) for name, entry in data.items()}
    return tuple(Base(name, made[name], made.get(entry.get("previous"))) for name, entry in data.items())


def base(name: str) -> Base:
    """The twin with this name."""
    return next(found for found in bases() if found.name == name)


def _clean(entry: Plain) -> Plain:
    file = REPORTS / entry["document"]
    loaded = to_structured(checker().load_report(file), checker().layouts)
    report = {key: _plain(loaded[key]) for key in _KEPT if key in loaded}
    if entry.get("tables_of_truth"):
        report["tables"] = json.loads(file.with_suffix(".truth.json").read_text(encoding="utf-8"))["tables"]
    report["sections"] = [_headed(section) for section in report["sections"]]
    dropped = set(entry.get("drop", ()))
    for holder in (report, *report["sections"]):
        for key in ("introduction", "closing", "paragraphs"):
            if key in holder:
                holder[key] = [text for text in holder[key] if text not in dropped]
    if "form_of_table_3" in entry:
        report["tables"]["requests"] = _of_2021(report["tables"]["requests"])
    if entry.get("blanks") == "zero":
        report["tables"] = _filled(report["tables"])
    if entry.get("totals") == "sums":
        _total(report["tables"]["requests"])
    for correction in entry["corrections"]:
        before, report = report, replaced(report, correction["old"], correction["new"])
        if before == report:
            message = f"{entry['document']} does not say {correction['old']}"
            raise ValueError(message)
    return report


def replaced(value: Any, old: str, new: str) -> Any:
    """Plain values with one text in place of another, wherever it stands."""
    if isinstance(value, dict):
        return {key: replaced(inner, old, new) for key, inner in value.items()}
    if isinstance(value, list):
        return [replaced(inner, old, new) for inner in value]
    return value.replace(old, new) if isinstance(value, str) else value


def _plain(value: Any) -> Any:
    """Values without their places: a paragraph is its text, a cell its number or None."""
    if isinstance(value, dict):
        if "status" in value or ("number" in value and "heading" not in value and "key" not in value):
            return value.get("number")
        if "text" in value and "from" not in value:
            return value["text"]
        places = ("line", "lines", "page", "paragraph", "section", "text")
        return {key: _plain(inner) for key, inner in value.items() if key not in places}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value


def _headed(section: Plain) -> Plain:
    """The heading without its number, which stands beside it."""
    number, heading = section.get("number"), section["heading"]
    return {**section, "heading": heading.removeprefix(f"{number}、").strip() if number else heading}


def _of_2021(rows: Plain) -> Plain:
    """Table 3 of the form of 2019 in that of 2021: what was handled otherwise goes to the last of three rows."""
    none = dict.fromkeys(rows["received"], 0)
    made: Plain = {}
    for key, cells in rows.items():
        if key == "other_handling":
            made |= {"other_no_correction": none, "other_fee_unpaid": dict(none), "other_rest": cells}
        else:
            made[key] = cells
    return made


def _filled(tables: Plain) -> Plain:
    return {
        table: {row: {column: value or 0 for column, value in cells.items()} for row, cells in rows.items()}
        for table, rows in tables.items()
    }


def _total(rows: Plain) -> None:
    for cells in rows.values():
        cells["total"] = sum(value for column, value in cells.items() if column != "total")
