"""Layouts, rules and real reports for the tests of expressions."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from disclosure_rules.expr import Frame, Instance, Names, bind, explain
from disclosure_rules.model.layout import Layout, TableSpec
from disclosure_rules.model.report import Report, Table
from disclosure_rules.model.rule import Rule
from disclosure_rules.resources import rules_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["bound", "layout", "make_rule", "names_of", "outcome", "outcomes", "real", "table"]

REPORTS = Path(__file__).resolve().parent.parent / "data" / "reports"


def make_rule(demand: str, **fields: object) -> Rule:
    """A rule with this `assert` and no words to speak of."""
    words = {"zh": "例", "en": "example"}
    given = {"id": "cn/requests/example", "title": words, "message": words, "severity": "error", "basis": ()}
    return Rule.model_validate(given | {"assert": demand} | fields)


@cache
def layout(form: str) -> Layout:
    """One of the national layouts."""
    return Layout.model_validate(
        yaml.safe_load((rules_folder() / "cn/layouts" / f"{form}.yaml").read_text("utf-8"))
    )


@cache
def names_of(form: str) -> Names:
    """The names of one form, all tables its own."""
    return Names(layout(form), {})


def bound(demand: str, form: str = "2021", **fields: object) -> tuple[Instance, ...]:
    """The instances of one demand."""
    rule, names = make_rule(demand, **fields), names_of(form)
    return bind(rule, names.with_previous(names_of(form)) if rule.scope == "years" else names)


def outcomes(demand: str, names: Names, frame: Frame, **fields: object) -> list[str]:
    """How each instance of a demand ends."""
    return [explain(one, frame).outcome for one in bind(make_rule(demand, **fields), names)]


def outcome(demand: str, report: Report, **fields: object) -> str:
    """How a demand with one instance ends for a report of the form of 2021."""
    names = names_of("2021")
    (only,) = outcomes(demand, names, names.frame(report), **fields)
    return only


def table(spec: TableSpec, rows: Mapping[str, Mapping[str, Any]], form: str) -> Table:
    """A table with these numbers, the others blank."""
    values = tuple(rows.get(row, {}).get(column) for row, column in spec.cells)
    return Table(key=spec.key, form=form, values=values)


def real(name: str, forms: Mapping[str, str] | None = None) -> tuple[Names, Frame]:
    """A real report, transcribed by hand: its names and its frame. `forms` names the form of a table."""
    truth = json.loads((REPORTS / f"{name}.truth.json").read_text("utf-8"), parse_float=Decimal)
    own = layout(truth["layout"])
    specs = {spec.key: spec for spec in own.tables}
    for key, form in (forms or {}).items():
        other = layout(form).table(key)
        assert other is not None
        specs[key] = other
    tables = {key: table(spec, truth["tables"][key], own.id) for key, spec in specs.items()}
    names = Names(own, specs)
    return names, names.frame(Report(year=truth["year"], layout=own.id, tables=tables))
