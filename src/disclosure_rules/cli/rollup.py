"""`disclosure-rules rollup RESULT`: the tables of a batch added up for a superior body's own report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from disclosure_rules.batch.judge import collection_context
from disclosure_rules.batch.roster import read_roster
from disclosure_rules.batch.store import Store
from disclosure_rules.checks.adding_up import roll_up, scope_of
from disclosure_rules.cli.options import lang_option
from disclosure_rules.errors import UsageError
from disclosure_rules.pipeline import Checker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.checks.adding_up import Rollup
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.report import Number
    from disclosure_rules.model.roster import RosterEntry
    from disclosure_rules.model.text import Lang

__all__ = ["command"]

_MOST_NAMES = 10


@click.command(
    "rollup", epilog="例 Example: disclosure-rules rollup 结果/ --roster 名册.xlsx --body 长子县人民政府"
)
@click.argument("result", type=click.Path(exists=True, file_okay=False), metavar="RESULT")
@click.option(
    "--roster", required=True, type=click.Path(), metavar="FILE", help="名册 · Who should have reported."
)
@click.option("--body", required=True, metavar="NAME", help="要汇总的上级单位 · The superior body.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
def command(result: str, roster: str, body: str, form: str, lang: Lang) -> int:
    """逐级汇总：把范围内各单位的三张表加起来，列出缺了谁 · Add up the tables of a batch; say what is missing."""
    known = read_roster(Path(roster))
    entry = next((one for one in known.entries if body in {one.name, *one.other_names}), None)
    if entry is None:
        raise UsageError(f"名册中没有「{body}」", f"the roster has no body '{body}'", code="unknown-body")
    store = Store(Path(result), read_only=True)
    checker = Checker()
    context = collection_context(store, known, checker)
    rollup = roll_up(context, scope_of(context, entry))
    own = context.by_row.get(entry.row, ())
    tables = own[0].facts["tables"] if own else {}
    if form == "json":
        told = _values(rollup, entry, checker.layouts, tables)
        click.echo(json.dumps(told, ensure_ascii=False, indent=1, default=str))
    else:
        click.echo("\n".join(_lines(rollup, entry, checker.layouts, tables, lang)))
    store.close()
    return 0 if rollup.complete else 2


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
        "tables": {
            key: [
                {"row": row, "column": column, "sum": number, "lower_bound": partial, "own": stated}
                for row, column, number, partial, stated in _cells(rollup, key, layouts, own)
            ]
            for key in rollup.tables
        },
    }


def _cells(
    rollup: Rollup, key: str, layouts: Mapping[str, Layout], own: Mapping[str, Any]
) -> list[tuple[str, str, Number, bool, Any]]:
    """Every cell of a table: row, column, sum, whether it is only a lower bound, and the superior's own figure."""
    added = rollup.tables[key]
    spec = layouts[added.form].table(key)
    if spec is None:
        return []
    stated = own.get(key, {}).get("values") if own.get(key, {}).get("form") == added.form else None
    return [
        (row, column, added.values[index], added.partial[index], stated[index] if stated else None)
        for (row, column), index in spec.index.items()
    ]


def _lines(
    rollup: Rollup, entry: RosterEntry, layouts: Mapping[str, Layout], own: Mapping[str, Any], lang: Lang
) -> list[str]:
    zh = lang == "zh"
    parts = len(rollup.scope.parts)
    lines = [
        f"{entry.name}：汇总 {len(rollup.included)} / {parts} 个单位"
        if zh
        else f"{entry.name}: {len(rollup.included)} of {parts} bodies added up"
    ]
    lacking = [one.name for one in rollup.missing] + list(rollup.scope.unknown)
    if lacking:
        named = "、".join(lacking[:_MOST_NAMES])
        more = f" 等 {len(lacking)} 个" if len(lacking) > _MOST_NAMES else ""
        lines.append(f"缺：{named}{more}" if zh else f"missing: {named} ({len(lacking)} in all)")
    lines += [
        f"没有读出或格式不同：{one.name}（{table}）"
        if zh
        else f"not read, or of another form: {one.name} ({table})"
        for one, table in rollup.unread
    ]
    for key, added in rollup.tables.items():
        spec = layouts[added.form].table(key)
        if spec is None:
            continue
        lines += ["", spec.title(lang)]
        for row, column, number, partial, stated in _cells(rollup, key, layouts, own):
            if not number and stated in {0, None}:
                continue
            words = f"{spec.row(row).label(lang)} · {spec.column(column).label(lang)}"
            bound = ("至少 " if zh else "at least ") if partial else ""
            against = ""
            if stated is not None and str(stated) != str(number):
                against = f"（本级报告为 {stated}）" if zh else f" (its own report: {stated})"
            lines.append(
                f"  {words}：{bound}{number}{against}" if zh else f"  {words}: {bound}{number}{against}"
            )
    return lines
