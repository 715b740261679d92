"""Which form a structured report has: what it states, else what its tables and sections show, else its year."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from disclosure_rules.ingest.structured_mistake import Mistake, suggestion
from disclosure_rules.ingest.structured_values import quoted, shown

if TYPE_CHECKING:
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


class Seen(NamedTuple):
    """What a report says and shows of its form.

    `stated` is the form that it states, `stated_forms` are those of single tables; `tables` holds the keys of the
    rows that each table shows with those of their columns, `sections` the keys of its sections.
    """

    stated: str | None
    stated_forms: Mapping[str, str]
    tables: Mapping[str, Rows]
    sections: Collection[str]
    year: int | None


def decide(layouts: Mapping[str, Layout], seen: Seen) -> Forms:
    """Decide the form of a report and of each of its tables.

    Raises:
        Mistake: A form, table, row or column that does not exist, or rows of two forms in one table.
    """
    if seen.stated is not None and seen.stated not in layouts:
        raise _unknown(("layout",), "unknown-layout", ("格式", "form"), seen.stated, layouts)
    possible = {
        key: _possible(layouts, key, rows, seen.stated_forms.get(key)) for key, rows in seen.tables.items()
    }
    layout, layout_from = _report_form(layouts, seen, possible)
    return Forms(
        layout,
        layout_from,
        {key: _table_form(candidates, layout, seen.year) for key, candidates in possible.items()},
    )


def _report_form(
    layouts: Mapping[str, Layout], seen: Seen, possible: Mapping[str, list[Layout]]
) -> tuple[Layout | None, Literal["stated", "shown", "year", "none"]]:
    if seen.stated is not None:
        return layouts[seen.stated], "stated"
    shown_by = [possible[key] for key in _DECIDING if key in possible]
    shown_by += [candidates for key, candidates in possible.items() if key not in _DECIDING]
    shown_by.append(_by_sections(layouts, seen.sections))
    for candidates in shown_by:
        if len(candidates) == 1:
            return candidates[0], "shown"
    for candidates in shown_by:
        if 0 < len(candidates) < len(layouts) and seen.year is not None:
            return _nearest(candidates, seen.year), "shown"
    fits = by_year(layouts, seen.year)
    return (fits, "year") if fits is not None else (None, "none")


def _by_sections(layouts: Mapping[str, Layout], sections: Collection[str]) -> list[Layout]:
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
        raise _unknown(("tables", key), "unknown-table", ("表", "table"), key, tables)
    if stated is not None and stated not in specs:
        raise _unknown(("printed", key, "form"), "unknown-layout", ("格式", "form"), stated, specs)
    asked = specs if stated is None else {stated: specs[stated]}
    fitting = [layouts[id_] for id_, spec in asked.items() if not _foreign(spec, rows)]
    if fitting:
        return fitting
    raise _no_such_cell(key, rows, specs) or _mixed(key, rows, asked, specs)


def _foreign(spec: TableSpec, rows: Rows) -> list[tuple[str, str | None]]:
    """What the form does not have: rows (with None for the column) and cells."""
    missing: list[tuple[str, str | None]] = []
    known = {row.key for row in spec.rows}
    for row, columns in rows.items():
        if row not in known:
            missing.append((row, None))
        else:
            missing += [(row, column) for column in columns if (row, column) not in spec.index]
    return missing


def _no_such_cell(key: str, rows: Rows, specs: Mapping[str, TableSpec]) -> Mistake | None:
    """The first row or column that no form has."""
    known = dict.fromkeys(row.key for spec in specs.values() for row in spec.rows)
    for row, columns in rows.items():
        if row not in known:
            return _unknown(("tables", key, row), "unknown-row", ("行", "row"), row, known)
        fits = dict.fromkeys(
            column for spec in specs.values() for owner, column in spec.cells if owner == row
        )
        for column in columns:
            if column not in fits:
                return _unknown(
                    ("tables", key, row, column), "unknown-column", ("列", "column"), column, fits
                )
    return None


def _mixed(key: str, rows: Rows, asked: Mapping[str, TableSpec], specs: Mapping[str, TableSpec]) -> Mistake:
    """Every key is known, but no one form has them all: the first that the best fitting form has not."""
    foreign = {id_: _foreign(spec, rows) for id_, spec in asked.items()}
    best = min(foreign, key=lambda id_: len(foreign[id_]))
    row, column = foreign[best][0]
    having = [
        id_
        for id_, spec in specs.items()
        if any(known_row == row and column in {None, known_column} for known_row, known_column in spec.cells)
    ]
    path = ("tables", key, row) if column is None else ("tables", key, row, column)
    return Mistake(
        path,
        "mixed-forms",
        f"这是 {'、'.join(having)} 年格式的内容，而本表是 {best} 年格式。一张表只能用一种格式，请核对。",
        f"this belongs to form {', '.join(having)}, the table to form {best}; a table has one form: check it.",
    )


def _unknown(
    path: tuple[str, ...], code: str, kind: tuple[str, str], written: str, known: Collection[str]
) -> Mistake:
    advice_zh, advice_en = suggestion(written, known)
    zh, en = kind
    return Mistake(
        path,
        code,
        f"没有名为{shown(written)}的{zh}，{advice_zh}",
        f"there is no {en} {quoted(written)}; {advice_en}",
    )
