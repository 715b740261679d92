"""The statistical tables of a report, found among all its grids."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.per_layouts import PerLayouts
from disclosure_rules.ingest.tables.cells import as_inferred
from disclosure_rules.ingest.tables.grouped import with_groups_together
from disclosure_rules.ingest.tables.labels import label, squeezed_label
from disclosure_rules.ingest.tables.printed import is_figure, printed_rows
from disclosure_rules.ingest.tables.proactive import Proactive, recognise_proactive
from disclosure_rules.ingest.tables.remarks import about, table_note
from disclosure_rules.ingest.tables.request_names import Requests
from disclosure_rules.ingest.tables.requests import recognise_requests
from disclosure_rules.ingest.tables.reviews import Reviews, recognise_reviews
from disclosure_rules.ingest.tables.stacked import with_rows_apart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_rules.ingest.tables.printed import PrintedRow
    from disclosure_rules.ingest.tables.rows import RowNames
    from disclosure_rules.model.document import Block
    from disclosure_rules.model.layout import Layout, TableSpec
    from disclosure_rules.model.note import Note
    from disclosure_rules.model.report import Table

__all__ = ["recognise_tables", "with_whole_tables"]

_STATISTICS = ("指标名称", "计量单位")
_FEWEST_FIGURES = 5
_MOST_ROWS = 5_000


class _Known(NamedTuple):
    proactive: Proactive
    requests: Requests
    reviews: Reviews

    def is_row_label(self, text: str) -> bool:
        """Whether a text is the very label of a row of table 2 or 3 in any form."""
        return self.proactive.is_label(text) or self.requests.is_row_label(text)

    def spec(self, table: Table) -> TableSpec:
        """The table of the form that a table was recognised in."""
        return next(one.forms[table.form] for one in self if one.forms[table.form].key == table.key)


def recognise_tables(
    blocks: Sequence[Block], layouts: Mapping[str, Layout]
) -> tuple[Mapping[str, Table], tuple[Note, ...]]:
    """Recognise tables 2, 3 and 4 of an annual report.

    Args:
        blocks: The blocks of a document in reading order; those that are no grids are passed over.
        layouts: The layouts, by id; those without tables are passed over.

    Returns:
        The tables found, by key, each in the form that its own rows show, and remarks on how they were read. A
        table that is not there has no entry.
    """
    rows, refused = printed_rows(blocks)
    notes = table_note("table-too-large", [blocks[part].location for part in refused])
    known = _KNOWN.of(layouts.values())
    if not rows or not known:
        return {}, tuple(notes)
    rows = with_rows_apart(rows[:_MOST_ROWS], known.is_row_label)
    parts = _sorted_out(rows, known)
    tables: dict[str, Table] = {}
    steps = (("proactive", _proactive), ("requests", _requests), ("reviews", _reviews))
    for kind, step in steps:
        of_kind = parts.get(kind)
        table, remarks = step(of_kind, known, tables) if of_kind else (None, [])
        notes += remarks
        if table and any(row.inferred for row in of_kind or ()):
            table = as_inferred(table)
            notes += about("table-inferred", known.spec(table), [table.location])
        if table:
            tables[table.key] = table
    notes += table_note("statistics-2008", [row.location for row in parts.get("statistics", [])[:1]])
    return tables, tuple(notes)


def with_whole_tables(blocks: Sequence[Block], layouts: Mapping[str, Layout]) -> tuple[Block, ...]:
    """The blocks with one grid for a table that is printed as several, each below a caption of its own."""
    known = _KNOWN.of(layouts.values())
    return with_groups_together(blocks, known.reviews) if known else tuple(blocks)


def _known(layouts: Sequence[Layout]) -> _Known | None:
    """What the tables are known by; None where a table is in no layout."""
    proactive, requests, reviews = (
        {layout.id: spec for layout in layouts if (spec := layout.table(key))}
        for key in ("proactive_disclosure", "requests", "reviews_and_litigation")
    )
    if not (proactive and requests and reviews):
        return None
    return _Known(Proactive(proactive), Requests(requests), Reviews(reviews))


_KNOWN = PerLayouts(_known)


def _proactive(
    rows: Sequence[PrintedRow], known: _Known, _: Mapping[str, Table]
) -> tuple[Table | None, list[Note]]:
    return recognise_proactive(rows, known.proactive)


def _requests(
    rows: Sequence[PrintedRow], known: _Known, tables: Mapping[str, Table]
) -> tuple[Table | None, list[Note]]:
    first, repeated = _first_table(rows, known.requests)
    before = tables.get("proactive_disclosure")
    form = before.form if before else None
    table, notes = recognise_requests(first, known.requests, form)
    if table and repeated:
        spec = known.requests.forms[table.form]
        others = [recognise_requests(of_part, known.requests, form)[0] for of_part in repeated]
        differs = any(other is None or _contradicts(other, table) for other in others)
        code = "table-contradicted" if differs else "table-repeated"
        notes += about(code, spec, [of_part[0].location for of_part in repeated])
        if differs:
            table = as_inferred(table)
    return table, notes


def _contradicts(other: Table, table: Table) -> bool:
    """Whether a table says another number than one before it: which of them counts is not known."""
    return other.form != table.form or any(
        mine is not None and its is not None and mine != its
        for mine, its in zip(table.values, other.values, strict=True)
    )


def _reviews(
    rows: Sequence[PrintedRow], known: _Known, tables: Mapping[str, Table]
) -> tuple[Table | None, list[Note]]:
    beside = tables.get("requests") or tables.get("proactive_disclosure")
    return recognise_reviews(rows, known.reviews, beside.form if beside else known.reviews.form)


def _first_table(
    rows: Sequence[PrintedRow], known: Requests
) -> tuple[Sequence[PrintedRow], list[list[PrintedRow]]]:
    """The rows of the first of several tables of a kind, and those of each further one.

    A grid that shows most of the rows again that were already there is another table, not more of the first.
    """
    names = next(iter(known.rows.values()))
    seen: set[int] = set()
    kept: list[PrintedRow] = []
    repeated: list[list[PrintedRow]] = []
    for part in dict.fromkeys(row.part for row in rows):
        of_part = [row for row in rows if row.part == part]
        labelled = [row for row in of_part if not known.is_foreign_header(row)]
        shown = {found for row in labelled if (found := _first_exact(row, names)) is not None}
        if repeated or (shown and 2 * len(shown & seen) > len(shown) > 2):  # noqa: PLR2004 -- two rows prove nothing
            repeated.append(of_part)
        else:
            kept += of_part
            seen |= shown
    return kept, repeated


def _first_exact(row: PrintedRow, names: RowNames) -> int | None:
    found = (names.exact(label(cell.text)) for cell in row.own if not is_figure(cell.text))
    return next((index for index in found if index is not None), None)


def _sorted_out(rows: Sequence[PrintedRow], known: _Known) -> dict[str, list[PrintedRow]]:
    """The rows by the table that they belong to.

    A row that shows its table by its words decides for those after it in its grid; the rows above the first such
    row go with it. A grid without such a row goes with the table before it where it holds nothing but figures, or
    figures beside the very name of one of its rows, short as it is (予以公开).
    """
    parts: dict[str, list[PrintedRow]] = {}
    before: str | None = None
    for part in dict.fromkeys(row.part for row in rows):
        of_part = [row for row in rows if row.part == part]
        kinds = ["statistics" if _is_statistics(row) else _kind(row, known) for row in of_part]
        first = next((kind for kind in kinds if kind), None)
        if first is None and before and (_only_figures(of_part) or _goes_on(of_part, before, known)):
            first = before
        current = first
        for row, kind in zip(of_part, kinds, strict=True):
            if current == "statistics":
                kind = "statistics"  # noqa: PLW2901 -- this table has the same words in its rows
            current = kind or current
            if current:
                parts.setdefault(current, []).append(row)
        before = current
    return parts


def _goes_on(rows: Sequence[PrintedRow], before: str, known: _Known) -> bool:
    return before == "requests" and any(
        row.has_figures and row.words and known.requests.is_row_label(row.words[0].text) for row in rows
    )


def _only_figures(rows: Sequence[PrintedRow]) -> bool:
    return all(not row.words and len(row.printed) >= _FEWEST_FIGURES for row in rows)


def _is_statistics(row: PrintedRow) -> bool:
    return any(squeezed_label(cell.text) in _STATISTICS for cell in row.words)


def _kind(row: PrintedRow, known: _Known) -> str | None:
    """The table that a row shows by its words."""
    if known.reviews.is_row(row):
        return "reviews"
    if known.requests.is_header(row):
        return "requests"
    words = [cell.text for cell in row.words]
    if known.proactive.is_clause(row) or any(known.proactive.is_label(text) for text in words[:1]):
        return "proactive"
    if any(known.requests.is_own_label(text) for text in words):
        return "requests"
    return "proactive" if known.proactive.is_header(row) else None
