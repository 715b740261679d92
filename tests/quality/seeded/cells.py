"""Defects of single cells and of sums: what a slip of the hand, of the eye or of a pasted column does to a table."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from seeded.planting import TABLE_2, TABLE_3, TABLE_4, Edit, of_2021, plants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from seeded.bases import Base, Plain

_SUMS_ROWS = ("results_total", "carried_out", "carried_in", "received")
Place = tuple[str, str, str]


def crossing(table: str, row: str, column: str) -> tuple[str, ...]:
    """Where a sum may be told that reads a cell: in the cell's row, in its column, or of the table as a whole."""
    return (f"{table}.{row}", f"{table}.{row}.*", f"{table}.*.{column}", table)


def _inner(base: Base, rng: Random, table: str = TABLE_3) -> Place:
    """A cell that is no total."""
    rows = base.report["tables"][table]
    places = [
        (table, row, column)
        for row, cells in rows.items()
        for column in cells
        if column != "total" and row not in _SUMS_ROWS
    ]
    return rng.choice(places)


def _filled(
    base: Base, rng: Random, least: int = 1, table: str = TABLE_3, *, inner: bool = True
) -> Place | None:
    """A cell with a number of at least `least`."""
    places = [
        (table, row, column)
        for row, cells in base.report["tables"][table].items()
        for column, value in cells.items()
        if value is not None and value >= least and not (inner and (column == "total" or row in _SUMS_ROWS))
    ]
    return rng.choice(places) if places else None


def _set(base: Base, place: Place, value: Any, **more: Any) -> Edit:
    report = base.copy()
    table, row, column = place
    report["tables"][table][row][column] = value
    return Edit(report, at=crossing(table, row, column), **more)


def _get(base: Base, place: Place) -> Any:
    table, row, column = place
    return base.report["tables"][table][row][column]


def _in_table_3(
    kind: str, choose: Callable[[Base, Random], Place | None], change: Callable[[int, Random], int | None]
) -> None:
    @plants(kind, times=3)
    def _planter(base: Base, rng: Random) -> Iterator[Edit]:
        place = choose(base, rng)
        if place is None:
            return
        value = change(_get(base, place), rng)
        if value is not None and value != _get(base, place):
            yield _set(base, place, value)


def _swapped(value: int, _: Random) -> int | None:
    digits = str(value)
    for place in range(len(digits) - 1):
        if digits[place] != digits[place + 1]:
            return int(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :])
    return None


def _row(key: str, column: str | None = None) -> Callable[[Base, Random], Place]:
    def choose(base: Base, rng: Random) -> Place:
        return TABLE_3, key, column or rng.choice(list(base.report["tables"][TABLE_3][key]))

    return choose


def _row_total(base: Base, rng: Random) -> Place:
    return (
        TABLE_3,
        rng.choice([row for row in base.report["tables"][TABLE_3] if row not in _SUMS_ROWS]),
        "total",
    )


def _one_off(value: int, rng: Random) -> int:
    return value + 1 if value == 0 else value + rng.choice((-1, 1))


_in_table_3("cell-off-by-one", _inner, _one_off)
_in_table_3("row-total-wrong", _row_total, _one_off)
_in_table_3("results-total-wrong", _row("results_total"), lambda value, rng: value + rng.choice((1, 2, 10)))
_in_table_3("received-wrong", _row("received"), lambda value, rng: value + rng.choice((1, 3)))
_in_table_3("carried-in-wrong", _row("carried_in"), lambda value, _: value + 1)
_in_table_3("carried-out-wrong", _row("carried_out"), lambda value, _: value + 1)
_in_table_3("digits-swapped", lambda base, rng: _filled(base, rng, 10), _swapped)
_in_table_3("digit-dropped", lambda base, rng: _filled(base, rng, 10), lambda value, _: value // 10)
_in_table_3(
    "digit-doubled", lambda base, rng: _filled(base, rng, 1), lambda value, _: int(f"{value}{value % 10}")
)
_in_table_3("zero-for-value", lambda base, rng: _filled(base, rng, 1), lambda _value, _rng: 0)


@plants("value-in-next-row", times=3)
def _next_row(base: Base, rng: Random) -> Iterator[Edit]:
    """A value slips one row up or down over the border of the results: received and carried in, total and carried out."""
    rows = base.report["tables"][TABLE_3]
    pairs = [("received", "carried_in"), ("results_total", "carried_out")]
    first, second = rng.choice(pairs)
    columns = [
        column for column in rows[first] if rows[first][column] != rows[second][column] and column != "total"
    ]
    if not columns:
        return
    column = rng.choice(columns)
    report = base.copy()
    table = report["tables"][TABLE_3]
    table[second][column] += table[first][column]
    table[first][column] = 0
    yield Edit(report, at=(*crossing(TABLE_3, first, column), *crossing(TABLE_3, second, column)))


@plants("value-in-next-column", times=3)
def _next_column(base: Base, rng: Random) -> Iterator[Edit]:
    """A value stands in the neighbouring column; the row still adds up, two columns do not."""
    place = _filled(base, rng)
    if place is None:
        return
    table, row, column = place
    columns = [name for name in base.report["tables"][TABLE_3][row] if name != "total"]
    other = columns[(columns.index(column) + 1) % len(columns)]
    report = base.copy()
    cells = report["tables"][table][row]
    if cells[column] == cells[other]:
        return
    cells[column], cells[other] = cells[other], cells[column]
    yield Edit(report, at=(*crossing(table, row, column), *crossing(table, row, other)))


@plants("columns-shifted", times=2)
def _shifted(base: Base, rng: Random) -> Iterator[Edit]:
    """All values of a row stand one column to the right, the last in the first."""
    place = _filled(base, rng, inner=False)
    if place is None:
        return
    table, row, _ = place
    report = base.copy()
    cells = report["tables"][table][row]
    values = list(cells.values())
    if values == [values[-1], *values[:-1]]:
        return
    report["tables"][table][row] = dict(zip(cells, [values[-1], *values[:-1]], strict=True))
    yield Edit(report, at=(table, f"{table}.*"))


@plants("pair-opposite", times=3)
def _opposite(base: Base, rng: Random) -> Iterator[Edit]:
    """One request counted under another kind of applicant in one row: the row is right, two columns are not."""
    place = _filled(base, rng)
    if place is None:
        return
    table, row, column = place
    report = base.copy()
    cells = report["tables"][table][row]
    other = rng.choice([name for name in cells if name not in (column, "total")])
    cells[column] -= 1
    cells[other] += 1
    yield Edit(report, at=(*crossing(table, row, column), *crossing(table, row, other)))


@plants("table-4-cell-wrong", times=2)
def _table_4(base: Base, rng: Random) -> Iterator[Edit]:
    place = _inner(base, rng, TABLE_4)
    yield _set(base, place, _get(base, place) + 1)


@plants("table-4-total-wrong", times=2)
def _table_4_total(base: Base, rng: Random) -> Iterator[Edit]:
    place = (TABLE_4, rng.choice(list(base.report["tables"][TABLE_4])), "total")
    yield _set(base, place, _get(base, place) + 1)


@plants("stock-below-issue")
def _stock(base: Base, rng: Random) -> Iterator[Edit]:
    """Fewer documents in force (disclosed in all) than made and not repealed in the year itself."""
    row = rng.choice(("government_rules", "normative_documents"))
    report = base.copy()
    cells = report["tables"][TABLE_2][row]
    if of_2021(base):
        cells |= {"issued": 20, "repealed": 3, "in_force": 9}
    else:
        cells |= {"newly_made": 20, "newly_disclosed": 20, "total_disclosed": 9}
    yield Edit(report, at=crossing(TABLE_2, row, "*"))


def _in_any_cell(kind: str, value: Callable[[int], Any], **more: Any) -> None:
    @plants(kind, times=3)
    def _planter(base: Base, rng: Random) -> Iterator[Edit]:
        table = rng.choice((TABLE_2, TABLE_3, TABLE_3, TABLE_4))
        row = rng.choice(list(base.report["tables"][table]))
        columns = [
            name
            for name in base.report["tables"][table][row]
            if name not in ("amount", "amount_yuan", "items_change")
        ]
        if columns:
            place = table, row, rng.choice(columns)
            yield _set(base, place, value(_get(base, place)), **more)


_in_any_cell("cell-blank", lambda _: {"text": ""})
_in_any_cell("cell-slash", lambda _: {"text": "/"})
_in_any_cell("cell-dash", lambda _: {"text": "—"})
_in_any_cell("cell-none-written", lambda _: {"text": "无"})
_in_any_cell("cell-words", lambda _: {"text": "详见附件"})
_in_any_cell("cell-about", lambda value: {"text": f"约{value}"})
_in_any_cell("cell-negative", lambda value: -(value or 1))
_in_any_cell("cell-fraction", lambda value: Decimal(value) + Decimal("0.5"))


@plants("tables-all-zero")
def _all_zero(base: Base, _: Random) -> Iterator[Edit]:
    """The tables were never filled in: every cell 0, while the text tells of work."""
    report = base.copy()
    report["tables"] = {
        table: {row: dict.fromkeys(cells, 0) for row, cells in rows.items()}
        for table, rows in report["tables"].items()
    }
    yield Edit(report)


@plants("rules-beyond-power")
def _beyond(base: Base, _: Random) -> Iterator[Edit]:
    """A county's bureau says that it made government rules."""
    if base.name not in ("shuyang-2023", "hongze-2024"):
        return
    report = base.copy()
    report["tables"][TABLE_2]["government_rules"] |= {"issued": 2, "in_force": 5}
    yield Edit(report, at=crossing(TABLE_2, "government_rules", "*"))


@plants("amount-in-yuan")
def _yuan(base: Base, _: Random) -> Iterator[Edit]:
    """The charges are given in yuan, the form asks for ten thousands."""
    amount: Plain = base.report["tables"][TABLE_2]["administrative_charges"]
    if of_2021(base) and amount["amount"]:
        place = (TABLE_2, "administrative_charges", "amount")
        yield _set(base, place, int(amount["amount"] * 10000), previous=base.previous)


@plants("amount-with-unit")
def _with_unit(base: Base, _: Random) -> Iterator[Edit]:
    """The cell says 元 although the column is of 万元."""
    if of_2021(base):
        yield _set(base, (TABLE_2, "administrative_charges", "amount"), {"text": "251000元"})
