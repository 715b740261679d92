"""The tables of real reports: every cell right or flagged, none silently wrong."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from table_grids import LAYOUTS, REPORTS, grid_block, tables_of_page, truth

from disclosure_rules.ingest.recognise import recognise
from disclosure_rules.ingest.tables.recognise_tables import recognise_tables
from disclosure_rules.ingest.text import read_text
from disclosure_rules.model.document import Block
from disclosure_rules.model.report import CellStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.model.note import Note
    from disclosure_rules.model.report import Table

PAGES = ("pingtan-guanweihui-2022", "shanghai-zhengfubangongting-2019", "shuyang-fagaiju-2023")
# Cells by status in tables 2, 3 and 4, of the texts whose tables are not whole.
TEXTS = {
    "suqian-shizhengfu-2023": {"right": 200},
    "suqian-shizhengfu-2024": {"right": 200},
    "pingtan-guanweihui-2019": {"inferred": 179, "unreadable": 19},
    "pingtan-guanweihui-2020": {"right": 7, "inferred": 172, "unreadable": 19},
    "pingtan-guanweihui-2021": {"right": 4, "inferred": 179, "unreadable": 17},
    "pingtan-guanweihui-2022": {"right": 19, "inferred": 178, "unreadable": 3},
    "shanghai-kewei-2024": {"right": 130, "unreadable": 70},
}


def page(name: str) -> tuple[Mapping[str, Table], tuple[Note, ...]]:
    return recognise_tables([grid_block(rows) for rows in tables_of_page(f"{name}.html")], LAYOUTS)


def grades(tables: Mapping[str, Table], expected: Mapping[str, Any]) -> Counter[str]:
    """How many cells are right, wrong, or flagged with which status, against a transcription."""
    found: Counter[str] = Counter()
    for key, rows in expected.items():
        table = tables[key]
        spec = LAYOUTS[table.form].table(key)
        assert spec is not None
        for index, (row, column) in enumerate(spec.cells):
            cell, number = table.cell(index), rows[row][column]
            known = None if number is None else Decimal(str(number))
            if cell.status in (CellStatus.READ, CellStatus.BLANK):
                found["right" if cell.number == known else "wrong"] += 1
            elif cell.status is CellStatus.INFERRED:
                assert table.values[index] is None
                found["inferred" if Decimal(cell.text) == known else "wrong"] += 1
            else:
                found[cell.status.value] += 1
    return found


@pytest.mark.parametrize("name", PAGES)
def test_every_cell_of_a_saved_page_is_right(name: str) -> None:
    tables, _ = page(name)
    found = grades(tables, truth(name)["tables"])
    assert set(found) == {"right"}
    assert len(tables) == 3


def test_each_cell_of_a_page_has_its_text_and_place() -> None:
    table = page("shanghai-zhengfubangongting-2019")[0]["proactive_disclosure"]
    spec = LAYOUTS["2019"].table("proactive_disclosure")
    assert spec is not None
    cell = table.cell(spec.index["government_procurement", "amount_yuan"])
    assert (cell.text, cell.number) == ("251000元", 251000)
    assert (cell.location.row, cell.location.column) == ("government_procurement", "amount_yuan")
    assert cell.location.line is not None
    assert len(table.details) == len(spec.cells)


def test_printed_label_is_kept_where_it_differs() -> None:
    tables, notes = page("shuyang-fagaiju-2023")
    assert tables["proactive_disclosure"].labels == {"normative_documents": "规范性文件"}
    assert [note.words for note in notes if note.code == "label-misprinted"] == [("规范性文件",)]


@pytest.mark.parametrize("name", list(TEXTS))
def test_tables_in_text_are_right_or_flagged(name: str) -> None:
    document = read_text((REPORTS / f"{name}.txt").read_bytes(), name)
    report = recognise(document, LAYOUTS, None)
    assert grades(report.tables, truth(name)["tables"]) == TEXTS[name]


@pytest.mark.parametrize("name", ["suqian-shizhengfu-2024", "pingtan-guanweihui-2022"])
def test_rows_of_tables_are_no_paragraphs(name: str) -> None:
    report = recognise(read_text((REPORTS / f"{name}.txt").read_bytes(), name), LAYOUTS, None)
    section = report.section("requests")
    assert section is not None
    assert not any("本年新收" in paragraph.text for paragraph in section.paragraphs)
    keys = [section.key for section in report.sections]
    assert keys == [spec.key for spec in LAYOUTS["2021"].sections]


def test_form_is_told_by_the_rows_of_each_table() -> None:
    new, old = page("pingtan-guanweihui-2022")[0], page("shanghai-zhengfubangongting-2019")[0]
    assert {table.form for table in new.values()} == {"2021"}
    assert {table.form for table in old.values()} == {"2019"}
    pages = [tables_of_page(f"{name}.html") for name in PAGES[:2]]
    mixed = [pages[0][0], pages[1][1], pages[1][2]]
    tables, _ = recognise_tables([grid_block(rows) for rows in mixed], LAYOUTS)
    assert tables["proactive_disclosure"].form == "2021"
    assert tables["requests"].form == "2019"


def test_two_tables_in_one_grid_are_told_apart() -> None:
    rows = [row for table in tables_of_page("pingtan-guanweihui-2022.html") for row in table]
    tables, _ = recognise_tables([grid_block(rows)], LAYOUTS)
    assert set(grades(tables, truth("pingtan-guanweihui-2022")["tables"])) == {"right"}


def test_group_headings_of_table_4_may_stand_over_wrong_columns() -> None:
    grids = tables_of_page("pingtan-guanweihui-2022.html")
    grids[2][0] = [(1, 8, "行政复议"), (1, 7, "行政诉讼")]
    tables, _ = recognise_tables([grid_block(grids[2])], LAYOUTS)
    table = tables["reviews_and_litigation"]
    assert table.values == (0, 1, 1, 0, 2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0)


def test_words_in_a_cell_of_table_4_cost_that_cell_only() -> None:
    grids = tables_of_page("pingtan-guanweihui-2022.html")
    grids[2][-1][2] = (1, 1, "详见附件")
    table = recognise_tables([grid_block(grids[2])], LAYOUTS)[0]["reviews_and_litigation"]
    assert table.cell(2).status is CellStatus.UNREADABLE
    assert table.values == (0, 1, None, 0, 2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0)


def test_formula_without_a_value_is_not_calculated() -> None:
    grids = tables_of_page("pingtan-guanweihui-2022.html")
    grids[1][3][-1] = (1, 1, "=SUM(D4:I4)")
    table = recognise_tables([grid_block(grids[1])], LAYOUTS)[0]["requests"]
    assert table.cell(6).status is CellStatus.NOT_CALCULATED
    assert table.values[6] is None


def test_blank_form_reads_as_blank() -> None:
    grids = [
        [
            [
                (down, right, "" if text[:1].isdigit() and "." not in text[:2] else text)
                for down, right, text in row
            ]
            for row in rows
        ]
        for rows in tables_of_page("pingtan-guanweihui-2022.html")
    ]
    tables, _ = recognise_tables([grid_block(rows) for rows in grids], LAYOUTS)
    assert len(tables) == 3
    statuses = {cell.status for table in tables.values() for cell in table.details.values()}
    assert statuses == {CellStatus.BLANK}


def test_statistics_table_of_2008_is_named_and_not_forced() -> None:
    rows = [
        [(1, 1, text) for text in line]
        for line in (("指标名称", "计量单位", "2014年"), ("主动公开政府信息数", "条", "2543"))
    ]
    tables, notes = recognise_tables([grid_block(rows)], LAYOUTS)
    assert not tables
    assert [note.code for note in notes] == ["statistics-2008"]


def test_other_grids_are_no_tables() -> None:
    rows = [
        [(1, 1, text) for text in line] for line in (("名称", "年度报告"), ("索引号", "014314799/2024-00002"))
    ]
    assert recognise_tables([grid_block(rows), Block(kind="paragraph", text="正文")], LAYOUTS) == ({}, ())


def test_span_bomb_is_refused() -> None:
    rows = [[(1, 1_000, "总计")] for _ in range(250)]
    tables, notes = recognise_tables([grid_block(rows)], LAYOUTS)
    assert not tables
    assert [note.code for note in notes] == ["table-too-large"]
