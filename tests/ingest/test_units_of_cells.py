"""A number with a unit in a column that has one: never taken for the number in the other unit."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from table_grids import LAYOUTS, grid_block

from disclosure_rules import Checker
from disclosure_rules.ingest.tables.recognise_tables import recognise_tables
from disclosure_rules.plugins import Plugins

FORMS = {
    "2021": ("第二十条第（八）项", ("本年收费金额（单位：万元）",), "行政事业性收费", "administrative_charges", "amount"),
    "2019": ("第二十条第（九）项", ("采购项目数量", "采购总金额"), "政府集中采购", "government_procurement", "amount_yuan"),
}  # fmt: skip


PRINTED = [
    ("2021", "3.2", Decimal("3.2")),
    ("2021", "3.2万元", Decimal("3.2")),
    ("2021", "3万", 3),
    ("2021", "32000元", None),
    ("2021", "1亿元", None),
    ("2021", "3件", None),
    ("2019", "251000元", 251000),
    ("2019", "1276.5534万元", 12765534),
    ("2019", "1.5亿元", 150000000),
    ("2019", "3万", 30000),
    ("2019", "3件", None),
]


@pytest.mark.parametrize(("form", "printed", "number"), PRINTED)
def test_an_amount_is_read_in_the_unit_of_its_column(form: str, printed: str, number: Decimal | None) -> None:
    clause, columns, label, row, column = FORMS[form]
    figures = ["5"] * (len(columns) - 1) + [printed]
    grid = grid_block(
        [
            [(1, len(columns) + 1, clause)],
            [(1, 1, "信息内容"), *((1, 1, name) for name in columns)],
            [(1, 1, label), *((1, 1, figure) for figure in figures)],
        ]
    )
    tables, _ = recognise_tables([grid], LAYOUTS)
    table = tables["proactive_disclosure"]
    spec = LAYOUTS[form].table("proactive_disclosure")
    assert spec is not None
    cell = table.cell(spec.index[row, column])
    assert (table.form, cell.text, cell.number) == (form, printed, number)
    assert cell.status == ("unreadable" if number is None else "read")


@pytest.mark.parametrize(("form", "printed", "number"), PRINTED)
def test_a_structured_report_reads_the_same_text_as_the_same_number(
    form: str, printed: str, number: Decimal | None
) -> None:
    row, column = FORMS[form][3:]
    report = {"layout": form, "tables": {"proactive_disclosure": {row: {column: {"text": printed}}}}}
    read = Checker(plugins=Plugins(installed=False)).load_report(json.dumps(report).encode(), name="x.json")
    spec = LAYOUTS[form].table("proactive_disclosure")
    assert spec is not None
    cell = read.tables["proactive_disclosure"].cell(spec.index[row, column])
    assert (cell.text, cell.number) == (printed, number)
    assert cell.status == ("unreadable" if number is None else "read")


UNDER = [
    # 477.35 below 采购总金额(万元): as 广州市越秀区北京街道 prints it for 2020.
    ("2019", ("采购项目数量", "采购总金额(万元)"), "477.35", 4773500),
    ("2019", ("采购项目数量", "采购总金额（元）"), "251000", 251000),
    ("2021", ("本年收费金额（单位：元）",), "93600", None),
    ("2021", ("本年收费金额（单位：元）",), "0", 0),
    ("2021", ("本年收费金额（单位：亿元）",), "0.5", None),
]


@pytest.mark.parametrize(("form", "columns", "printed", "number"), UNDER)
def test_an_amount_is_not_taken_for_one_in_another_unit_than_its_column_prints(
    form: str, columns: tuple[str, ...], printed: str, number: int | None
) -> None:
    clause, _, label, row, column = FORMS[form]
    grid = grid_block(
        [
            [(1, len(columns) + 1, clause)],
            [(1, 1, "信息内容"), *((1, 1, name) for name in columns)],
            [(1, 1, label), *((1, 1, figure) for figure in ["5"] * (len(columns) - 1) + [printed])],
        ]
    )
    tables, _ = recognise_tables([grid], LAYOUTS)
    spec = LAYOUTS[form].table("proactive_disclosure")
    assert spec is not None
    cell = tables["proactive_disclosure"].cell(spec.cells.index((row, column)))
    assert (cell.number, cell.text) == (number, printed)
