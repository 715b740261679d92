"""`disclosure-rules rollup RESULT`: the tables of a batch added up for a superior body's own report."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from disclosure_rules.batch.facts import tables_of
from disclosure_rules.batch.judge import collection_context
from disclosure_rules.batch.roster import read_roster
from disclosure_rules.batch.store import Store
from disclosure_rules.checks.adding_up import own_figures, roll_up, scope_of
from disclosure_rules.cli.options import lang_option
from disclosure_rules.cli.outputs import print_data
from disclosure_rules.cli.rollup_told import summed_cells, told_heads, told_lines
from disclosure_rules.errors import UsageError
from disclosure_rules.formatters.structured import to_yaml
from disclosure_rules.pipeline import Checker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.checks.adding_up import Rollup
    from disclosure_rules.model.collection import CollectionContext
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.roster import RosterEntry
    from disclosure_rules.model.text import Lang

__all__ = ["command"]


@click.command(
    "rollup", epilog="例 Example: disclosure-rules rollup 结果/ --roster 名册.xlsx --body 长子县人民政府"
)
@click.argument("result", type=click.Path(exists=True, file_okay=False), metavar="RESULT")
@click.option(
    "--roster", required=True, type=click.Path(), metavar="FILE", help="名册 · Who should have reported."
)
@click.option("--body", required=True, metavar="NAME", help="要汇总的上级单位 · The superior body.")
@click.option(
    "--against", type=click.Path(exists=True, dir_okay=False), metavar="REPORT",
    help="本级自己的报告，缺省取本批次收到的 · The superior's own report; default: the one of the batch.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "yaml"]), default="text", show_default=True,
    help="yaml 是可以改、可以 check 的报告 · yaml is a structured report of the sums.",
)  # fmt: skip
@lang_option
def command(  # noqa: PLR0913  one parameter an option
    *, result: str, roster: str, body: str, against: str | None, form: str, lang: Lang
) -> int:
    """逐级汇总：把范围内各单位的三张表加起来，列出缺了谁 · Add up the tables of a batch; say what is missing."""
    known = read_roster(Path(roster))
    entry = next((one for one in known.entries if body in {one.name, *one.other_names}), None)
    if entry is None:
        raise UsageError(f"名册中没有「{body}」", f"the roster has no body '{body}'", code="unknown-body")
    checker = Checker()
    with closing(Store(Path(result), read_only=True)) as store:
        context = collection_context(store, known, checker)
        rollup = roll_up(context, scope_of(context, entry))
        own = _own(context, entry, against, checker)
        if form == "json":
            told = _values(rollup, entry, checker.layouts, own)
            print_data(json.dumps(told, ensure_ascii=False, indent=1, default=str) + "\n")
        elif form == "yaml":
            print_data(_yaml(rollup, entry, context.year, checker, lang))
        else:
            click.echo("\n".join(told_lines(rollup, entry.name, checker.layouts, own, lang)))
        wrong = any(
            cell.wrong for key in rollup.tables for cell in summed_cells(rollup, key, checker.layouts, own)
        )
    if wrong:
        return 1
    return 0 if rollup.complete else 2


def _own(
    context: CollectionContext, entry: RosterEntry, against: str | None, checker: Checker
) -> Mapping[str, Any]:
    """The tables of the superior's own report: the one that is given, else the one of the batch; {} for neither."""
    if against is not None:
        return tables_of(checker.load_report(Path(against)))
    reports = context.by_row.get(entry.row, ())
    found: Mapping[str, Any] = reports[0].facts["tables"] if reports else {}
    return found


def _yaml(rollup: Rollup, entry: RosterEntry, year: int | None, checker: Checker, lang: Lang) -> str:
    """The sums as a structured report. A sum on which more may come is `inferred`: no rule takes it for a figure."""
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    for key in rollup.tables:
        rows = tables.setdefault(key, {})
        for cell in summed_cells(rollup, key, checker.layouts, {}):
            whole = {"text": str(cell.number), "status": "inferred", "number": cell.number}
            rows.setdefault(cell.row, {})[cell.column] = whole if cell.partial else cell.number
    forms = [table.form for table in rollup.tables.values()]
    layout = max(forms, key=forms.count, default=None)
    stated = {"body": {"name": entry.name}, "year": year, "layout": layout, "tables": tables}
    report = checker.load_report({key: value for key, value in stated.items() if value is not None})
    heads = told_heads(rollup, entry.name, checker.layouts, lang)
    return "".join(f"# {line}\n" for line in heads) + to_yaml(report, checker.layouts, lang)


def _values(
    rollup: Rollup, entry: RosterEntry, layouts: Mapping[str, Layout], own: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "schema": "disclosure-rules/rollup/1",
        "body": entry.name,
        "declared": rollup.scope.declared,
        "complete": rollup.complete,
        "included": [one.name for one in rollup.included],
        "missing": [one.name for one in rollup.missing],
        "unread": [{"file": one.name, "table": table} for one, table in rollup.unread],
        "unknown": list(rollup.scope.unknown),
        "absent": list(rollup.absent),
        "several": [one.name for one in rollup.several],
        "own_forms": {
            key: own_figures(layouts, key, added, own).form for key, added in rollup.tables.items()
        },
        "tables": {
            key: [
                {
                    "row": cell.row,
                    "column": cell.column,
                    "sum": cell.number,
                    "partial": cell.partial,
                    "own": cell.own,
                    "wrong": cell.wrong,
                }
                for cell in summed_cells(rollup, key, layouts, own)
            ]
            for key in rollup.tables
        },
    }
