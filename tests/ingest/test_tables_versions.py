"""Tables that are there twice, and columns that a clerk has put in or taken out: found in thousands of damaged copies."""

from __future__ import annotations

import pytest
from table_grids import LAYOUTS, Printed, grid_block, tables_of_page
from test_tables_damage import SPEC, expected, table_3, wrong_cells

from disclosure_rules.ingest.tables.recognise_tables import recognise_tables
from disclosure_rules.model.location import Location
from disclosure_rules.model.report import CellStatus, Table
from disclosure_rules.numbers import read_number

FIRST_ROW = 3  # of figures


def _read(*grids: Printed) -> tuple[dict[str, Table], list[str]]:
    tables, notes = recognise_tables([grid_block(rows) for rows in grids], LAYOUTS)
    return dict(tables), [note.code for note in notes]


def _other(rows: Printed) -> Printed:
    """The same table with other numbers."""
    return [
        [(down, right, str(int(text) + 1) if text.isdigit() else text) for down, right, text in row]
        for row in rows
    ]


def test_of_two_versions_of_table_3_neither_is_used() -> None:
    tables, notes = _read(table_3(), _other(table_3()))
    assert {tables["requests"].cell(at).status for at in range(175)} == {CellStatus.INFERRED}
    assert notes == ["table-contradicted"]


def test_a_table_3_that_is_there_twice_alike_is_read() -> None:
    tables, notes = _read(table_3(), table_3())
    assert [number for number in tables["requests"].values if number is not None] == list(expected().values())
    assert notes == ["table-repeated"]


@pytest.mark.parametrize(("change", "status"), [(_other, CellStatus.UNREADABLE), (list, CellStatus.READ)])
def test_of_two_versions_of_table_4_neither_is_read(change: object, status: CellStatus) -> None:
    table_4 = next(rows for rows in tables_of_page("pingtan-guanweihui-2022.html") if len(rows) == 4)
    assert callable(change)
    tables, notes = _read(table_4, change(table_4))
    assert {tables["reviews_and_litigation"].cell(at).status for at in range(15)} == {status}
    assert notes == (["row-repeated"] if status is CellStatus.UNREADABLE else [])


def _table_2(*figures: str) -> Printed:
    names = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
    return [
        [(1, 4, "第二十条第（一）项")],
        [(1, 1, name) for name in names],
        [(1, 1, text) for text in ("规章", *figures)],
    ]


@pytest.mark.parametrize(
    ("second", "numbers", "codes"),
    [
        (("7", "0", "5"), [7, 0, 5], []),
        (("7", "0", "6"), [None] * 3, ["row-repeated"]),
        (("", "", ""), [None] * 3, ["row-repeated"]),
    ],
)
def test_of_two_versions_of_a_row_of_table_2_neither_is_read(
    second: tuple[str, ...], numbers: list[int | None], codes: list[str]
) -> None:
    tables, notes = _read(_table_2("7", "0", "5"), _table_2(*second))
    assert (list(tables["proactive_disclosure"].values[:3]), notes) == (numbers, codes)
    assert "规章" not in tables["proactive_disclosure"].cell(0).text


def test_a_column_too_many_moves_no_number_into_another_column() -> None:
    rows = [[*row, (1, 1, "5")] for row in table_3()[FIRST_ROW:]]
    down, right, _ = rows[7][-8]
    rows[7][-8] = (down, right, "")  # the first column blank: as many figures as columns are left
    tables, notes = _read([*table_3()[:FIRST_ROW], *rows])
    assert wrong_cells(tables.get("requests")) == []
    assert "row-not-fitted" in notes


def test_a_column_put_in_among_the_others_does_not_push_the_last_of_a_blank_total() -> None:
    rows = [[*row[:-3], (1, 1, "5"), *row[-3:]] for row in table_3()[FIRST_ROW:]]
    rows[4][-1] = (1, 1, "")
    tables, notes = _read([*table_3()[:FIRST_ROW], *rows])
    assert wrong_cells(tables.get("requests")) == []
    assert "row-not-fitted" in notes


def test_columns_in_another_order_are_read_by_their_names_and_said() -> None:
    rows = [[*row[:-7], row[-6], row[-7], *row[-5:]] for row in table_3()[FIRST_ROW:]]
    header = [
        (1, sum(right for _, right, _ in rows[0][:-7]), "申请人情况"),
        *((1, 1, column.label.zh) for column in SPEC.columns),
    ]
    header[1:3] = reversed(header[1:3])
    tables, notes = _read([header, *rows])
    assert wrong_cells(tables.get("requests")) == []
    assert list(tables["requests"].values) == list(expected().values())
    assert notes == ["columns-out-of-order"]


def test_a_header_that_lost_a_name_does_not_move_those_behind_it() -> None:
    rows = table_3()
    lowest = rows[FIRST_ROW - 1]
    rows[FIRST_ROW - 1] = [*lowest[:3], *lowest[4:], (1, 1, "")]
    tables, _ = _read(rows)
    assert wrong_cells(tables.get("requests")) == []


def test_a_blank_among_the_figures_of_table_2_does_not_move_the_others() -> None:
    tables, notes = _read(_table_2("7", "", "5", "2"))
    assert [tables["proactive_disclosure"].cell(at).status for at in range(3)] == [CellStatus.UNREADABLE] * 3
    assert notes == ["row-not-fitted"]


def test_two_rows_between_which_a_line_was_lost_are_neither_of_them() -> None:
    rows = table_3()
    upper, lower = rows[11], rows[12]
    labels = f"{upper[-8][2]}{lower[-8][2]}"
    figures = [(1, 1, f"{one[2]}\ufffd{two[2]}") for one, two in zip(upper[-7:], lower[-7:], strict=True)]
    figures[2] = (1, 1, upper[-5][2])  # the other was blank
    rows[11:13] = [[*upper[:-8], (1, 1, labels), *figures]]
    tables, _ = _read(rows)
    assert wrong_cells(tables.get("requests")) == []


def test_the_units_of_a_torn_row_leave_no_number_above_them() -> None:
    table_4 = next(rows for rows in tables_of_page("pingtan-guanweihui-2022.html") if len(rows) == 4)
    rest = [(1, 5, "件 件"), (1, 5, ""), (1, 5, "0件")]
    lower = grid_block([*table_4[:3], [(1, 1, "11")] * 15, rest])
    assert lower.grid is not None
    cells = tuple(
        cell.model_copy(update={"location": Location(page=3 if cell.row < 4 else 4)})
        for cell in lower.grid.cells
    )
    block = lower.model_copy(update={"grid": lower.grid.model_copy(update={"cells": cells})})
    tables, notes = recognise_tables([block], LAYOUTS)
    assert {tables["reviews_and_litigation"].cell(at).status for at in range(15)} == {CellStatus.UNREADABLE}
    assert [note.code for note in notes] == ["row-not-fitted"]


@pytest.mark.parametrize("printed", ["26\t5", "26  5", "26\u3000\u30005", "1   234"])
def test_two_numbers_far_apart_are_not_one(printed: str) -> None:
    assert read_number(printed).number is None
    assert read_number(printed).note == "digits-apart"
