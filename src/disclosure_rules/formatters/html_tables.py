"""The three tables as the form has them: merged headings, labels as printed, and signs at the cells of findings."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.formatters.html_notes import badge
from disclosure_rules.formatters.html_places import TABLES, Spot
from disclosure_rules.formatters.html_words import LOOK, STATUS, pick
from disclosure_rules.formatters.markup import Markup, tag, text
from disclosure_rules.model.report import Cell, CellStatus
from disclosure_rules.model.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.formatters.html_places import Noted
    from disclosure_rules.model.layout import ColumnSpec, RowSpec, TableSpec
    from disclosure_rules.model.report import Table
    from disclosure_rules.model.text import Lang

__all__ = ["Fit", "Signs", "draw_table", "statuses"]

# What the official form prints in table 3 beside its labels.
_SUMS = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_APPLICANTS = "申请人情况"
_CONTENT = "信息内容"  # above the labels of each part of table 2
_HEADS = 1024  # headings that are kept as drawn: nearly all are those of the forms


class Fit(NamedTuple):
    """A number with which broken sums would hold.

    Attributes:
        number: The number.
        cause: The number of its root cause on the page.
        sure: Whether it is the only smallest correction.
    """

    number: str
    cause: int
    sure: bool


class Signs(NamedTuple):
    """What is shown at the cells of a report's tables.

    Attributes:
        noted: The findings by place.
        fits: Corrections by table, row and column.
        prefix: What the anchors of the report begin with.
        lang: The language.
    """

    noted: Mapping[Spot, Sequence[Noted]]
    fits: Mapping[tuple[str, str, str], Fit]
    prefix: str
    lang: Lang


def draw_table(table: Table, spec: TableSpec, signs: Signs) -> Markup:
    """A table as an element `table`.

    Args:
        table: The table.
        spec: The specification its rows follow.
        signs: What is shown at its cells.
    """
    drawer = _Drawer(table, spec, signs)
    parts = {"proactive_disclosure": drawer.in_parts, "reviews_and_litigation": drawer.across}
    drawn = parts.get(table.key, drawer.by_rows)
    caption = tag("caption", table.heading or spec.title(signs.lang))
    return tag("table", caption, drawn(), class_=table.key)


def statuses(table: Table) -> list[CellStatus]:
    """What the cells of a table are beside numbers that were read, in the order of the legend."""
    seen = {detail.status for detail in table.details.values()}
    if any(value is None and index not in table.details for index, value in enumerate(table.values)):
        seen.add(CellStatus.BLANK)
    return [status for status in STATUS if status in seen]


class _Drawer:
    """Draws one table."""

    def __init__(self, table: Table, spec: TableSpec, signs: Signs) -> None:
        self._table = table
        self._spec = spec
        self._signs = signs
        spots = (spot for spot in signs.noted if spot.part == TABLES and spot.table == table.key)
        # Rows and columns with signs; no column: the row's heading.
        self._signed = {(spot.row, spot.column) for spot in spots}
        self._signed |= {(row, column) for key, row, column in signs.fits if key == table.key}
        self._signed_rows = {row for row, _ in self._signed}
        # Cells stand row by row: where those of each row begin.
        counts = accumulate((len(self._columns(row)) for row in spec.rows), initial=0)
        self._starts = dict(zip((row.key for row in spec.rows), counts, strict=False))

    def in_parts(self) -> Iterator[Markup]:
        """Part by part, each with its own headings: rows of one parent that have the same columns."""
        width = max(len(self._columns(row)) for row in self._spec.rows)
        for (parent, _), run in groupby(self._spec.rows, key=lambda row: (row.parent, row.columns)):
            rows = list(run)
            spans = _spans(len(self._columns(rows[0])), width)
            heads = zip(self._columns(rows[0]), spans, strict=True)
            yield tag(
                "tbody",
                tag("tr", _th(parent, scope="colgroup", colspan=width + 1)) if parent else None,
                tag(
                    "tr",
                    _th(_CONTENT, scope="col"),
                    (_th(self._column_label(column), scope="col", colspan=span) for column, span in heads),
                ),
                (_tr(self._row_head(row), self._cells(row, spans)) for row in rows),
            )

    def across(self) -> Iterator[Markup]:
        """One line of numbers, in which each row of the specification is a group of columns."""
        rows, wide = self._spec.rows, len(self._spec.columns)
        top, second = [], []
        for parent, run in groupby(rows, key=lambda row: row.parent):
            below = list(run)
            if parent is None:
                top += [self._row_head(row, scope="colgroup", colspan=wide, rowspan=2) for row in below]
            else:
                top.append(_th(parent, scope="colgroup", colspan=wide * len(below)))
                second += [self._row_head(row, scope="colgroup", colspan=wide) for row in below]
        labels = [_th(self._column_label(column), scope="col") for _ in rows for column in self._spec.columns]
        yield tag("thead", tag("tr", top), tag("tr", second), tag("tr", labels))
        yield tag("tbody", _tr(*(self._cells(row, [1] * wide) for row in rows)))

    def by_rows(self) -> Iterator[Markup]:
        """Row by row, each with all columns; headings of rows and columns are merged over what they stand for."""
        chains = _chains(self._spec.rows)
        deep = max(len(chain) for chain in chains) + 1
        yield tag("thead", self._column_heads(deep))
        yield tag("tbody", self._rows(chains, deep))

    def _column_heads(self, deep: int) -> Iterator[Markup]:
        columns = self._spec.columns
        top, second = [], []
        for parent, run in groupby(columns, key=lambda column: column.parent):
            below = list(run)
            if parent is None:
                top += [_th(self._column_label(column), scope="col", rowspan=2) for column in below]
            else:
                top.append(_th(parent, scope="colgroup", colspan=len(below)))
                second += [_th(self._column_label(column), scope="col") for column in below]
        corner = tag("td", _SUMS, class_="corner", rowspan=3, colspan=deep)
        yield tag("tr", corner, _th(_APPLICANTS, scope="colgroup", colspan=len(columns)))
        yield tag("tr", top)
        yield tag("tr", second)

    def _rows(self, chains: Sequence[tuple[str, ...]], deep: int) -> Iterator[Markup]:
        for place, row in enumerate(self._spec.rows):
            heads = []
            for depth, parent in enumerate(chains[place]):
                chain = chains[place][: depth + 1]
                if place == 0 or chains[place - 1][: depth + 1] != chain:
                    span = sum(1 for other in chains[place:] if other[: depth + 1] == chain)
                    heads.append(_th(parent, scope="rowgroup", rowspan=span))
            heads.append(self._row_head(row, colspan=deep - len(chains[place])))
            yield _tr(*heads, self._cells(row, [1] * len(self._columns(row))))

    def _columns(self, row: RowSpec) -> Sequence[ColumnSpec]:
        if row.columns is None:
            return self._spec.columns
        return [self._spec.column(key) for key in row.columns]

    def _column_label(self, column: ColumnSpec) -> str:
        return self._table.column_labels.get(column.key, column.label.zh)

    def _row_head(self, row: RowSpec, *, scope: str = "row", **spans: int) -> Markup:
        label = self._table.labels.get(row.key, row.label.zh)
        if (row.key, None) not in self._signed:
            return _th(label, scope=scope, **spans)
        noted = self._signs.noted.get(Spot(TABLES, None, self._table.key, row.key), ())
        return _signed_th(label, self._badges(noted), scope=scope, class_=_worst(noted), **spans)

    def _cells(self, row: RowSpec, spans: Sequence[int]) -> Markup:
        table, start = self._table, self._starts[row.key]
        signed = row.key in self._signed_rows
        values = table.values[start : start + len(spans)]
        if not signed and not table.details and None not in values:
            return Markup("".join([_td(str(value), span) for value, span in zip(values, spans, strict=True)]))
        drawn: list[str] = []
        for index, span in enumerate(spans, start):
            cell, value, place = table.details.get(index), table.values[index], self._spec.cells[index]
            if signed and place in self._signed:
                drawn.append(self._signed_cell(place, table.cell(index), span))
            elif cell is None:
                drawn.append(_blank(span, self._signs.lang) if value is None else _td(str(value), span))
            elif cell.status is CellStatus.READ:
                drawn.append(_td(text(cell.text), span))
            else:
                drawn.append(self._signed_cell(place, cell, span))
        return Markup("".join(drawn))

    def _signed_cell(self, place: tuple[str, str], cell: Cell, span: int) -> Markup:
        """A cell with findings or a status, by its row and column."""
        signs, key = self._signs, self._table.key
        noted = signs.noted.get(Spot(TABLES, None, key, *place), ())
        fit = signs.fits.get((key, *place))
        marks = [_worst(noted), "fit" if fit else None]
        marks.append(cell.status.value if cell.status is not CellStatus.READ else None)
        return tag(
            "td",
            _shown(cell, signs.lang),
            self._badges(noted),
            self._fit(fit) if fit else None,
            class_=" ".join(mark for mark in marks if mark) or None,
            colspan=span if span > 1 else None,
        )

    def _badges(self, noted: Sequence[Noted]) -> Iterator[Markup]:
        return (badge(one.finding, one.number, self._signs.prefix, self._signs.lang) for one in noted)

    def _fit(self, fit: Fit) -> Markup:
        lang = self._signs.lang
        sure = pick(lang, "应为", "should be") if fit.sure else pick(lang, "或为", "perhaps")
        sign = tag(
            "a",
            f"{pick(lang, '根', 'R')}{fit.cause}",
            class_="badge cause",
            href=f"#{self._signs.prefix}c{fit.cause}",
            aria_label=pick(lang, f"根源 {fit.cause}", f"root cause {fit.cause}"),
        )
        return tag("ins", f"{sure} {fit.number} ", sign)


def _tr(*parts: Markup) -> Markup:
    return Markup(f"<tr>{''.join(parts)}</tr>")


def _td(shown: str, span: int) -> str:
    """A cell without signs; `shown` is escaped already."""
    return f"<td>{shown}</td>" if span == 1 else f'<td colspan="{span}">{shown}</td>'


@lru_cache(_HEADS)
def _blank(span: int, lang: Lang) -> Markup:
    """A cell in which nothing stands."""
    blank = tuple(_shown(Cell(text="", status=CellStatus.BLANK), lang))
    return tag("td", blank, class_=CellStatus.BLANK.value, colspan=span if span > 1 else None)


def _shown(cell: Cell, lang: Lang) -> Iterator[str | Markup]:
    if cell.text:
        yield cell.text
    if cell.status in STATUS:
        yield tag("span", STATUS[cell.status][0](lang), class_="state")


@lru_cache(_HEADS)
def _th(label: str, *, scope: str, **spans: int) -> Markup:
    return _signed_th(label, scope=scope, class_=None, **spans)


def _signed_th(
    label: str, *badges: Iterator[Markup], scope: str, class_: str | None = None, **spans: int
) -> Markup:
    wide = {name: span for name, span in spans.items() if span > 1}
    return tag("th", label, *badges, scope=scope, class_=class_, **wide)


def _worst(noted: Sequence[Noted]) -> str | None:
    """The class of a place with findings: `hit` and the gravest severity."""
    if not noted:
        return None
    order = list(Severity)
    return f"hit {LOOK[min((one.finding.severity for one in noted), key=order.index)]}"


def _spans(columns: int, width: int) -> list[int]:
    """How many columns of the widest row each column takes: as even as can be, the last ones the wider."""
    narrow, wider = divmod(width, columns)
    return [narrow + (place >= columns - wider) for place in range(columns)]


def _chains(rows: Sequence[RowSpec]) -> list[tuple[str, ...]]:
    """The headings that each row stands under, outermost first.

    A heading goes from its first row to its last one: what stands between them under another heading stands under both.
    """
    reach: dict[str, tuple[int, int]] = {}
    for place, row in enumerate(rows):
        if row.parent is not None:
            reach[row.parent] = reach.get(row.parent, (place, place))[0], place
    outermost = sorted(reach, key=lambda parent: reach[parent][0] - reach[parent][1])
    return [
        tuple(parent for parent in outermost if reach[parent][0] <= place <= reach[parent][1])
        for place in range(len(rows))
    ]
