"""`disclosure-rules rollup RESULT`: the tables of a batch added up for a superior body's own report."""

from __future__ import annotations

import json
from decimal import Decimal
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
        "absent": list(rollup.absent),
        "several": [one.name for one in rollup.several],
        "tables": {
            key: [
                {"row": row, "column": column, "sum": number, "partial": partial, "own": stated}
                for row, column, number, partial, stated in _cells(rollup, key, layouts, own)
            ]
            for key in rollup.tables
        },
    }


def _cells(
    rollup: Rollup, key: str, layouts: Mapping[str, Layout], own: Mapping[str, Any]
) -> list[tuple[str, str, Number, bool, Any]]:
    """Every cell of a table: row, column, sum, whether it is only a part, and the superior's own figure."""
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
    lines = _heads(rollup, entry, layouts, lang)
    for key, added in rollup.tables.items():
        spec = layouts[added.form].table(key)
        if spec is None:
            continue
        lines += ["", spec.title(lang)]
        silent = False
        for row, column, number, partial, stated in _cells(rollup, key, layouts, own):
            if not number and stated in {0, None}:
                silent = silent or partial
                continue
            words = f"{spec.row(row).label(lang)} · {spec.column(column).label(lang)}"
            lines.append(_told(words, (number, partial, stated), lang, signed=spec.column(column).signed))
        if silent:
            lines.append(
                "  其余单元格：已知部分为 0，完整合计未知"
                if lang == "zh"
                else "  other cells: what is known comes to 0, the whole sum is unknown"
            )
    return lines


def _heads(rollup: Rollup, entry: RosterEntry, layouts: Mapping[str, Layout], lang: Lang) -> list[str]:
    """How many are in the sums, and everything that keeps these from being whole."""
    zh, parts = lang == "zh", len(rollup.scope.parts) + len(rollup.scope.unknown)
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
        f"没有读出或格式不同：{one.name}（{_title(layouts, table, lang)}）"
        if zh
        else f"not read, or of another form: {one.name} ({_title(layouts, table, lang)})"
        for one, table in rollup.unread
    ]
    lines += [
        f"没有一份报告有这张表：{_title(layouts, table, lang)}"
        if zh
        else f"no report has this table: {_title(layouts, table, lang)}"
        for table in rollup.absent
    ]
    lines += [
        f"交了多份，只计文件名最前的一份：{one.name}"
        if zh
        else f"several came in, the first by name counts: {one.name}"
        for one in rollup.several
    ]
    if not rollup.scope.declared:
        lines.append(
            "本级自身的数字不在合计内，合计都只是部分；名册「汇总范围」列全（不含本级）后才能得出完整合计"
            if zh
            else "its own figures are not in the sums, which are partial; list the whole scope in the roster"
        )
    return lines


def _title(layouts: Mapping[str, Layout], key: str, lang: Lang) -> str:
    """The title of a table in the newest form that has it."""
    specs = [spec for form in sorted(layouts) if (spec := layouts[form].table(key)) is not None]
    return specs[-1].title(lang)


def _told(words: str, cell: tuple[Number, bool, Any], lang: Lang, *, signed: bool) -> str:
    """One cell in words. What is still to come may raise a sum, and lower it too where numbers may be negative."""
    zh = lang == "zh"
    number, partial, stated = cell
    bound = against = ""
    if partial:
        low, known = ("至少 ", "已知部分合计 ") if zh else ("at least ", "known so far ")
        bound = known if signed else low
    if stated is not None:
        figure = Decimal(stated)
        differs = (figure < number and not signed) if partial else figure != number
        if differs:
            against = f"（本级报告为 {stated}）" if zh else f" (its own report: {stated})"
    return f"  {words}：{bound}{number}{against}" if zh else f"  {words}: {bound}{number}{against}"
