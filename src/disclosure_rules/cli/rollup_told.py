"""A roll-up in words, for a terminal: the sums, what keeps them from being whole, and the superior's own figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.checks.adding_up import own_figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from disclosure_rules.checks.adding_up import Rollup
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.report import Number
    from disclosure_rules.model.text import Lang

__all__ = ["SummedCell", "summed_cells", "told_heads", "told_lines"]

_MOST_NAMES = 10


class SummedCell(NamedTuple):
    """A cell of a sum: whether more may come on top, the superior's own figure, and whether that is certainly wrong."""

    row: str
    column: str
    number: Number
    partial: bool
    own: Number | None
    wrong: bool


def summed_cells(
    rollup: Rollup, key: str, layouts: Mapping[str, Layout], own: Mapping[str, Any]
) -> list[SummedCell]:
    """Every cell of a table of a roll-up.

    What is still to come may raise a sum, and lower it too where numbers may be negative: own figures are certainly
    wrong below a lower bound, or beside a whole sum that they are not.

    Args:
        rollup: The sums.
        key: The table.
        layouts: The known forms.
        own: The tables of the superior's own report, as the store keeps them.
    """
    added = rollup.tables[key]
    spec = layouts[added.form].table(key)
    if spec is None:
        return []
    stated = own_figures(layouts, key, added, own).figures
    found = []
    for (row, column), index in spec.index.items():
        number, partial, figure = added.values[index], added.partial[index], stated.get((row, column))
        below = figure is not None and figure < number and not spec.column(column).signed
        wrong = below if partial else figure is not None and figure != number
        found.append(SummedCell(row, column, number, partial, figure, wrong))
    return found


def told_lines(
    rollup: Rollup, name: str, layouts: Mapping[str, Layout], own: Mapping[str, Any], lang: Lang
) -> Iterator[str]:
    """The lines.

    Args:
        rollup: The sums.
        name: The superior body.
        layouts: The known forms.
        own: The tables of its own report; empty where it is not at hand.
        lang: The language.
    """
    yield from told_heads(rollup, name, layouts, lang)
    for key, added in rollup.tables.items():
        spec = layouts[added.form].table(key)
        if spec is None:
            continue
        yield from ("", spec.title(lang))
        stated = own_figures(layouts, key, added, own)
        if own and not stated.whole:
            yield _other_form(stated.form, layouts, lang)
        silent = False
        for cell in summed_cells(rollup, key, layouts, own):
            if not cell.number and cell.own in {0, None}:
                silent = silent or cell.partial
                continue
            words = f"{spec.row(cell.row).label(lang)} · {spec.column(cell.column).label(lang)}"
            yield _told(words, cell, lang, signed=spec.column(cell.column).signed)
        if silent:
            yield (
                "  其余单元格：已知部分为 0，完整合计未知"
                if lang == "zh"
                else "  other cells: what is known comes to 0, the whole sum is unknown"
            )


def _other_form(form: str | None, layouts: Mapping[str, Layout], lang: Lang) -> str:
    """What of the superior's own table cannot be held against the sum."""
    if form is None:
        return "  本级报告没有读出这张表" if lang == "zh" else "  its own report has no such table"
    title = layouts[form].title(lang)
    return (
        f"  本级报告的这张表用的是{title}，只对照两种格式共有的单元格"
        if lang == "zh"
        else f"  its own table follows {title}: only cells that both forms have are compared"
    )


def told_heads(rollup: Rollup, name: str, layouts: Mapping[str, Layout], lang: Lang) -> list[str]:
    """How many are in the sums, and everything that keeps these from being whole."""
    zh, parts = lang == "zh", len(rollup.scope.parts) + len(rollup.scope.unknown)
    lines = [
        f"{name}：汇总 {len(rollup.included)} / {parts} 个单位"
        if zh
        else f"{name}: {len(rollup.included)} of {parts} bodies added up"
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


def _told(words: str, cell: SummedCell, lang: Lang, *, signed: bool) -> str:
    """One cell in words."""
    zh = lang == "zh"
    bound = against = ""
    if cell.partial:
        low, known = ("至少 ", "已知部分合计 ") if zh else ("at least ", "known so far ")
        bound = known if signed else low
    if cell.wrong:
        against = f"（本级报告为 {cell.own}）" if zh else f" (its own report: {cell.own})"
    return f"  {words}：{bound}{cell.number}{against}" if zh else f"  {words}: {bound}{cell.number}{against}"
