"""Damage to table 3: whatever happens to it, no cell may be read as a number that is not its own."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_grids import LAYOUTS, Printed, grid_block, tables_of_page

from disclosure_rules.ingest.tables.recognise_tables import recognise_tables
from disclosure_rules.model.report import CellStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from disclosure_rules.model.report import Table

SPEC = next(spec for spec in LAYOUTS["2021"].tables if spec.key == "requests")
COLUMNS = [column.key for column in SPEC.columns]
TRADITIONAL = str.maketrans("数开请转总办处无补现复规类务关举报", "數開請轉總辦處無補現複規類務關舉報")
GLYPHS = str.maketrans("不进动并指按", "丌迚劢幵挃挄")
TYPO = "甲乙丙丁戊己庚辛"


def table_3() -> Printed:
    """Table 3 of a real page, every cell with a number of its own that adds up with the others of its row."""
    rows = next(rows for rows in tables_of_page("pingtan-guanweihui-2022.html") if len(rows) > 20)
    numbered: Printed = rows[:3]
    for number, row in enumerate(rows[3:]):
        figures = [100 * number + place + 1 for place in range(6)]
        figures.append(sum(figures))
        labels = row[:-7]
        numbered.append([*labels, *((1, 1, str(figure)) for figure in figures)])
    return numbered


def expected() -> dict[tuple[str, str], int]:
    """The number of each cell of `table_3`."""
    numbers = {}
    for number, row in enumerate(SPEC.rows):
        figures = [100 * number + place + 1 for place in range(6)]
        for column, figure in zip(COLUMNS, [*figures, sum(figures)], strict=True):
            numbers[row.key, column] = figure
    return numbers


def relabelled(change: Callable[[str], str]) -> Printed:
    """The table with every text that is no number changed."""
    return [
        [(down, right, text if text.isdigit() else change(text)) for down, right, text in row]
        for row in table_3()
    ]


def misprinted(count: int) -> Printed:
    source = random.Random(count)  # noqa: S311 -- misprints, not secrets

    def change(text: str) -> str:
        letters = list(text)
        places = [
            place for place, letter in enumerate(letters) if "\u4e00" <= letter <= "\u9fff" and place > 2
        ]
        for place in source.sample(places, min(count, len(places))):
            letters[place] = source.choice(TYPO)
        return "".join(letters)

    rows = relabelled(change)
    return [*table_3()[:3], *rows[3:]]


def without(text: str, *strings: str) -> str:
    for string in strings:
        text = text.replace(string, "")
    return text


def flat() -> list[list[str]]:
    """The rows below the header as (labels…, seven figures), group cells filled in."""
    groups = {row.key: row.parent or "" for row in SPEC.rows}
    body = []
    for row, printed in zip(SPEC.rows, table_3()[3:], strict=True):
        body.append([groups[row.key], printed[-8][2], *(cell[2] for cell in printed[-7:])])
    return body


def simple(rows: list[list[str]]) -> Printed:
    return [[(1, 1, text) for text in row] for row in rows]


LEAVES = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
HEADER = ["", "项目", *LEAVES]


def moved_column(rows: list[list[str]], source: int, target: int) -> list[list[str]]:
    changed = []
    for row in rows:
        kept = list(row)
        kept.insert(target, kept.pop(source))
        changed.append(kept)
    return changed


def two_grids() -> list[Printed]:
    rows = [HEADER, *flat()]
    return [simple(rows[:14]), simple(rows[14:])]


def wrong_span(label: str, span: int) -> Printed:
    return [
        [(span if label in text else down, right, text) for down, right, text in row] for row in table_3()
    ]


def damages() -> dict[str, list[Printed]]:
    """The 22 damages of the design, and some more, by name."""
    whole = [HEADER, *flat()]
    extra = ["", "4.其他情形", "9", "9", "9", "9", "9", "9", "54"]
    found: dict[str, list[Printed]] = {
        "one misprint": [misprinted(1)],
        "two misprints": [misprinted(2)],
        "three misprints": [misprinted(3)],
        "glyph shift": [relabelled(lambda text: text.translate(GLYPHS))],
        "letter-spaced": [relabelled(" ".join)],
        "circled numbers": [
            relabelled(lambda text: text.replace("1.", "①").replace("2.", "②").replace("3.", "③"))
        ],
        "no numbering": [relabelled(lambda text: without(text, *(f"{digit}." for digit in range(1, 9))))],
        "full width": [
            relabelled(lambda text: text.replace(".", "．").replace("1", "１").replace("2", "２"))
        ],
        "traditional": [relabelled(lambda text: text.translate(TRADITIONAL))],
        "no group column": [simple([row[1:] for row in whole])],
        "leaf header only": [simple(whole)],
        "header repeated": [simple([*whole[:14], HEADER, *whole[14:]])],
        "two grids": two_grids(),
        "labels in one column": [simple([[row[0] + row[1], *row[2:]] for row in whole])],
        "extra note row": [simple([*whole[:10], ["备注", "见说明", *[""] * 7], *whole[10:]])],
        "extra figures row": [simple([*whole[:24], extra, *whole[24:]])],
        "two rows missing": [simple([*whole[:6], *whole[7:15], *whole[16:]])],
        "two rows swapped": [simple([*whole[:6], whole[7], whole[6], *whole[8:]])],
        "subtotal column": [
            simple([[*row[:8], "小计" if row is HEADER else "777", row[8]] for row in whole])
        ],
        "total first": [simple(moved_column(whole, 8, 2))],
        "column missing": [simple([[*row[:4], *row[5:]] for row in whole])],
        "span too long": [wrong_span("（三）不予公开", 9)],
        "span too short": [wrong_span("（三）不予公开", 7)],
        "main span too short": [wrong_span("三、本年度", 20)],
        "header span too short": [wrong_span("勾稽", 2)],
        "header span too long": [wrong_span("自然人", 1)],
        "no header": [simple(whole[1:])],
        "no header, total first": [simple(moved_column(whole[1:], 8, 2))],
        "invented header": [simple([["", "列", *(f"数据{place}" for place in range(7))], *whole[1:]])],
        "cell lost": [simple([*whole[:9], [*whole[9][:3], *whole[9][4:]], *whole[10:]])],
        "label lost": [simple([*whole[:9], ["", "", *whole[9][2:]], *whole[10:]])],
        "row repeated": [simple([*whole[:10], whole[9], *whole[10:]])],
        "table repeated": [simple(whole), simple(whole)],
    }
    return found


def wrong_cells(table: Table | None) -> list[tuple[str, str, str]]:
    """The cells read as numbers that are not their own."""
    if table is None:
        return []
    spec = next(spec for spec in LAYOUTS[table.form].tables if spec.key == "requests")
    numbers = expected()
    return [
        (row, column, table.cell(index).text)
        for index, (row, column) in enumerate(spec.cells)
        if table.cell(index).status in (CellStatus.READ, CellStatus.BLANK)
        and table.cell(index).number != numbers.get((row, column))
    ]


def right_cells(table: Table | None) -> int:
    return sum(number is not None for number in table.values) if table else 0


# How many of the 175 cells must be read; what is missing is flagged. Measured; a fall is a loss. A missing column is
# trusted only where the totals bear it out: a header that has lost one name and rows that have lost another column
# look the same (found by test_random_damage_is_never_silently_wrong).
LEAST = {
    "two rows missing": 161, "column missing": 0, "cell lost": 168, "label lost": 168, "row repeated": 168,
    "no header, total first": 0, "two misprints": 168, "three misprints": 154,
}  # fmt: skip


@pytest.mark.parametrize("name", list(damages()))
def test_damaged_table_has_no_silently_wrong_cell(name: str) -> None:
    tables, _ = recognise_tables([grid_block(rows) for rows in damages()[name]], LAYOUTS)
    table = tables.get("requests")
    assert wrong_cells(table) == []
    assert right_cells(table) == LEAST.get(name, 175)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_random_damage_is_never_silently_wrong(data: st.DataObject) -> None:
    rows = [HEADER, *flat()]
    for _ in range(data.draw(st.integers(1, 4))):
        kind = data.draw(
            st.sampled_from(["drop row", "drop cell", "drop column", "swap", "blank label", "cut"])
        )
        at = data.draw(st.integers(0, len(rows) - 1))
        column = data.draw(st.integers(0, 8))
        if kind == "drop row":
            rows = [*rows[:at], *rows[at + 1 :]] or rows
        elif kind == "drop cell":
            rows[at] = [*rows[at][:column], *rows[at][column + 1 :]]
        elif kind == "drop column":
            rows = [[*row[:column], *row[column + 1 :]] for row in rows]
        elif kind == "swap":
            rows[0], rows[at] = rows[at], rows[0]
        elif kind == "blank label":
            rows[at] = ["", "", *rows[at][2:]]
        else:
            rows[at] = [text[: max(1, len(text) - 2)] if not text.isdigit() else text for text in rows[at]]
    tables, _ = recognise_tables([grid_block(simple(rows))], LAYOUTS)
    assert [cell for cell in wrong_cells(tables.get("requests")) if cell[2]] == []
