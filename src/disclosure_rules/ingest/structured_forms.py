"""Which form a structured report has: what it states, else what its tables and sections show, else its year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal, NamedTuple

from disclosure_rules.ingest.structured_mistake import Mistake, suggestion
from disclosure_rules.ingest.structured_values import shown
from disclosure_rules.model.layout import Layout, TableSpec

__all__ = ["Forms", "by_year", "decide"]

# Table 2 changed from form to form in every row; where tables of one report disagree, it tells the form.
_DECIDING = ("proactive_disclosure", "requests", "reviews_and_litigation")

Rows = Mapping[str, Collection[str]]


class Forms(NamedTuple):
    """The form of the report, how it was found, and the form of each table."""

    layout: Layout | None
    layout_from: Literal["stated", "shown", "year", "none"]
    tables: Mapping[str, Layout]


def by_year(layouts: Mapping[str, Layout], year: int | None) -> Layout | None:
    """The layout that is the form of this report year."""
    if year is None:
        return None
    return next((layout for layout in layouts.values() if _distance(layout, year) == 0), None)


def decide(
    layouts: Mapping[str, Layout],
    *,
    stated: str | None,
    stated_forms: Mapping[str, str],
    tables: Mapping[str, Rows],
    sections: Iterable[str],
    year: int | None,
) -> Forms:
    """Decide the form of a report and of each of its tables.

    Args:
        layouts: The known forms.
        stated: The form that the report states.
        stated_forms: The forms that single tables state.
        tables: The keys of the rows that each table shows, with those of their columns.
        sections: The keys of the sections.
        year: The report year.

    Raises:
        Mistake: A form, table, row or column that does not exist, or rows of two forms in one table.
    """
    if stated is not None and stated not in layouts:
        _unknown(("layout",), "unknown-layout", "格式", "form", stated, layouts)
    possible = {key: _possible(layouts, key, rows, stated_forms.get(key)) for key, rows in tables.items()}
    layout, layout_from = _report_form(layouts, stated, possible, sections, year)
    return Forms(
        layout,
        layout_from,
        {key: _table_form(candidates, layout, year) for key, candidates in possible.items()},
    )


def _report_form(
    layouts: Mapping[str, Layout],
    stated: str | None,
    possible: Mapping[str, list[Layout]],
    sections: Iterable[str],
    year: int | None,
) -> tuple[Layout | None, Literal["stated", "shown", "year", "none"]]:
    if stated is not None:
        return layouts[stated], "stated"
    shown_by = [possible[key] for key in _DECIDING if key in possible]
    shown_by += [candidates for key, candidates in possible.items() if key not in _DECIDING]
    shown_by.append(_by_sections(layouts, sections))
    for candidates in shown_by:
        if len(candidates) == 1:
            return candidates[0], "shown"
    for candidates in shown_by:
        if len(candidates) < len(layouts) and candidates and year is not None:
            return _nearest(candidates, year), "shown"
    fits = by_year(layouts, year)
    return (fits, "year") if fits is not None else (None, "none")


def _by_sections(layouts: Mapping[str, Layout], sections: Iterable[str]) -> list[Layout]:
    """The forms that demand most of these sections, first among those that know them all.

    `consultations` belongs to the form of 2008 alone; `other_matters` is demanded by the later ones.
    """
    keys = set(sections)
    if not keys:
        return []
    knowing = [layout for layout in layouts.values() if all(layout.section(key) for key in keys)]
    candidates = knowing or list(layouts.values())
    demanded = [
        sum(section.key in keys for section in layout.sections if section.required) for layout in candidates
    ]
    return [layout for layout, count in zip(candidates, demanded, strict=True) if count == max(demanded)]


def _table_form(candidates: list[Layout], layout: Layout | None, year: int | None) -> Layout:
    """One form for a table whose rows may fit several, in which they then mean the same."""
    if layout in candidates and layout is not None:
        return layout
    return candidates[-1] if year is None else _nearest(candidates, year)


def _nearest(candidates: list[Layout], year: int) -> Layout:
    return min(candidates, key=lambda layout: _distance(layout, year))


def _distance(layout: Layout, year: int) -> int:
    """How many years lie between `year` and the years of the form."""
    if layout.from_year is not None and year < layout.from_year:
        return layout.from_year - year
    if layout.to_year is not None and year > layout.to_year:
        return year - layout.to_year
    return 0


def _possible(layouts: Mapping[str, Layout], key: str, rows: Rows, stated: str | None) -> list[Layout]:
    """The forms whose table `key` has all these rows and columns.

    Raises:
        Mistake: There is none.
    """
    specs = {id_: spec for id_, layout in layouts.items() if (spec := layout.table(key)) is not None}
    if not specs:
        tables = dict.fromkeys(table.key for layout in layouts.values() for table in layout.tables)
        _unknown(("tables", key), "unknown-table", "表", "table", key, tables)
    if stated is not None:
        if stated not in specs:
            _unknown(("printed", key, "form"), "unknown-layout", "格式", "form", stated, specs)
        specs = {stated: specs[stated]}
    fitting = [layouts[id_] for id_, spec in specs.items() if not _foreign(spec, rows)]
    if not fitting:
        _explain(key, rows, specs, layouts)
    return fitting


def _foreign(spec: TableSpec, rows: Rows) -> list[tuple[str, str | None]]:
    """What the form does not have: rows (with None) and cells."""
    missing: list[tuple[str, str | None]] = []
    known = {row.key for row in spec.rows}
    for row, columns in rows.items():
        if row not in known:
            missing.append((row, None))
        else:
            missing += [(row, column) for column in columns if (row, column) not in spec.index]
    return missing


def _explain(key: str, rows: Rows, specs: Mapping[str, TableSpec], layouts: Mapping[str, Layout]) -> None:
    """Tell which key is in no form; where each is in one, which forms are mixed."""
    known = dict.fromkeys(row.key for spec in specs.values() for row in spec.rows)
    for row, columns in rows.items():
        if row not in known:
            _unknown(
                ("tables", key, row),
                "unknown-row",
                "行",
                "row",
                row,
                known,
                _elsewhere(layouts, key, row, None),
            )
        fits = dict.fromkeys(
            column for spec in specs.values() for owner, column in spec.cells if owner == row
        )
        for column in columns:
            if column not in fits:
                path = ("tables", key, row, column)
                _unknown(
                    path,
                    "unknown-column",
                    "列",
                    "column",
                    column,
                    fits,
                    _elsewhere(layouts, key, row, column),
                )
    foreign = {id_: _foreign(spec, rows) for id_, spec in specs.items()}
    best = min(foreign, key=lambda id_: len(foreign[id_]))
    row, column = foreign[best][0]
    others = "、".join(_having(layouts, key, row, column))
    path = ("tables", key, row) if column is None else ("tables", key, row, column)
    raise Mistake(
        path,
        "mixed-forms",
        f"这是 {others} 年格式的内容，而本表其余部分是 {best} 年格式。一张表只能用一种格式，请核对。",
        f"this belongs to form {others}, the rest of the table to form {best}; a table has one form: check it.",
    )


def _having(layouts: Mapping[str, Layout], key: str, row: str, column: str | None) -> list[str]:
    cells = {id_: spec.cells for id_, layout in layouts.items() if (spec := layout.table(key)) is not None}
    return [id_ for id_, known in cells.items() if any(r == row and column in {None, c} for r, c in known)]


def _elsewhere(layouts: Mapping[str, Layout], key: str, row: str, column: str | None) -> list[str]:
    return _having(layouts, key, row, column)


def _unknown(  # noqa: PLR0913, PLR0917  the parts of one sentence
    path: tuple[str, ...],
    code: str,
    zh: str,
    en: str,
    written: str,
    known: Iterable[str],
    elsewhere: Collection[str] = (),
) -> None:
    advice_zh, advice_en = suggestion(written, known)
    if elsewhere:
        forms = "、".join(elsewhere)
        advice_zh, advice_en = f"它属于 {forms} 年格式。", f"it belongs to form {forms}."
    raise Mistake(
        path,
        code,
        f"没有名为 {shown(written)} 的{zh}，{advice_zh}",
        f"there is no {en} {shown(written)}; {advice_en}",
    )
