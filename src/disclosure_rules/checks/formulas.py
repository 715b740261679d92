"""Sums of cells that figures of the text must agree with: `requests.received + requests.carried_in`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_rules.model.layout import Layout, TableSpec
    from disclosure_rules.model.report import Number, Report, Table

__all__ = ["Amount", "amount"]


_LONG = 14


class _Term(NamedTuple):
    sign: int
    exact: Number | None
    least: Number
    spec: TableSpec
    row: str
    rows: tuple[str, ...]
    column: str
    columns: tuple[str, ...]


class Amount(NamedTuple):
    """A sum of cells.

    `exact` is None where a cell that counts has no number; `least` is then what is there at the least, for no cell of
    the tables holds less than nothing. It is None where something with an unknown cell is taken away.
    """

    exact: Number | None
    least: Number | None
    terms: tuple[_Term, ...]

    @property
    def words(self) -> Text:
        """The cells with their numbers: 表三「本年新收」为 3525，加表三「上年结转」为 121."""
        return _told(self.terms)


def amount(
    layouts: Mapping[str, Layout], report: Report, terms: Sequence[str], column: str | None = None
) -> Amount | None:
    """Add cells up.

    Args:
        layouts: The forms by id.
        report: The report.
        terms: `table.row.column`, `table.row` or `table.group`; `-` in front takes away.
        column: A column or a group of columns; None for the total.

    Returns:
        The sum, or None where the report has not the table or its form not the cells.
    """
    found: list[_Term] = []
    for term in terms:
        one = _term(layouts, report, term, column)
        if one is None:
            return None
        found.append(one)
    known = all(term.exact is not None for term in found)
    exact = sum((term.sign * term.exact for term in found if term.exact is not None), 0) if known else None
    down = any(term.sign < 0 and term.exact is None for term in found)
    least = sum(term.sign * (term.least if term.exact is None else term.exact) for term in found)
    return Amount(exact, None if down else least, tuple(found))


def _told(terms: Sequence[_Term]) -> Text:
    """表三「本年新收」3525 加表三「上年结转」121."""
    zh, en = "", ""
    for at, term in enumerate(terms):
        number, bound, words = "—", "—", _words(term)
        if term.exact is not None:
            number = bound = str(term.exact)
        elif term.least:
            number, bound = f"至少 {term.least}", f"at least {term.least}"
        zh += ("", "，减" if term.sign < 0 else "，加")[bool(at)] + f"{words.zh}为 {number}"
        en += ("", " − " if term.sign < 0 else " + ")[bool(at)] + f"{words.en} {bound}"
    return Text(zh=zh, en=en)


def _term(layouts: Mapping[str, Layout], report: Report, term: str, column: str | None) -> _Term | None:
    sign = -1 if term.startswith("-") else 1
    key, row, *cell = term.removeprefix("-").split(".")
    table = report.tables.get(key)
    layout = layouts.get(table.form) if table else None
    spec = layout.table(key) if layout else None
    if table is None or spec is None:
        return None
    rows = tuple(one.key for one in spec.rows if one.key == row or row in one.groups)
    if not rows:
        return None
    name = cell[0] if cell else column or "total"
    columns = tuple(one.key for one in spec.columns if one.key == name or name in one.groups)
    exact: Number | None = 0
    least: Number = 0
    for one in rows:
        for other in columns:
            if (one, other) not in spec.index:
                return None
            number, bound = _cell(table, spec, one, other)
            exact = exact + number if exact is not None and number is not None else None
            least += bound
    return _Term(sign, exact, least, spec, row, rows, name, columns) if columns else None


def _cell(table: Table, spec: TableSpec, row: str, column: str) -> tuple[Number | None, Number]:
    """The number of a cell and the least it can be: a total without a number is no less than its row holds."""
    number = table.values[spec.index[row, column]]
    if number is not None:
        return number, number
    if column != "total":
        return None, 0
    parts = [table.values[spec.index[row, one.key]] for one in spec.columns if one.key != "total"]
    return None, sum((part for part in parts if part is not None), 0)


def _words(term: _Term) -> Text:
    """表三「予以公开」, with the column where it is not the total."""
    spec, row, column = term.spec, term.row, term.column
    first = spec.row(term.rows[0])
    label = first.label if row == first.key else None
    zh = f"{spec.title.zh.split('（')[0]}「{_short(label.zh if label else first.parent or row)}」"
    en = f"{spec.title.en.split(' (')[0]} “{label.en if label else row}”"
    if column != "total":
        side = spec.column(term.columns[0])
        zh += f"「{side.label.zh if column == side.key else side.parent or column}」"
        en += f" “{side.label.en if column == side.key else column}”"
    return Text(zh=zh, en=en)


def _short(label: str) -> str:
    """A label without the remark behind it: （二）部分公开（区分处理的…） → （二）部分公开."""
    return label if len(label) <= _LONG else label[:1] + label[1:].split("（", maxsplit=1)[0]
