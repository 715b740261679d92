"""Tables whose cells a page does not set apart: laid out by the page alone, or several rows put into one."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import made_pages
import pytest
from docx_made import docx, p, tc
from grades import LAYOUTS
from made_reports import Printed, made

from disclosure_rules import Checker
from disclosure_rules.ingest.tables.cells import value_of
from disclosure_rules.model.location import Location
from disclosure_rules.model.report import CellStatus
from disclosure_rules.numbers import read_number
from disclosure_rules.plugins import Plugins

if TYPE_CHECKING:
    from collections.abc import Callable

    from disclosure_rules import Report

CHECKER = Checker(plugins=Plugins(installed=False))
SEEDS = range(12)


def _nested(row: str, cell: str) -> Callable[..., str]:
    """Each row an element of the page, each cell one in it."""

    def table(rows: Printed, *_: object) -> str:
        inside = (
            f"<{row}>{''.join(f'<{cell}>{escape(text)}</{cell}>' for *_, text in cells)}</{row}>"
            for cells in rows
        )
        return f"<div class='table'>{''.join(inside)}</div>"

    return table


def _flat(rows: Printed, *_: object) -> str:
    """All cells one after the other, as under `display: grid`."""
    cells = "".join(f"<div>{escape(text)}</div>" for row in rows for *_, text in row)
    return f"<div style='display:grid;grid-template-columns:repeat(9,1fr)'>{cells}</div>"


def _glued(rows: Printed, *_: object) -> str:
    """Each row a line whose cells nothing sets apart: a blank cell leaves no trace."""
    return "".join(
        f"<div>{''.join(f'<span>{escape(text)}</span>' for *_, text in row)}</div>" for row in rows
    )


def _stacked(rows: Printed, *_: object) -> str:
    """A real table that has several rows in one, a line each."""
    out: list[str] = []
    run: list[list[tuple[int, int, str]]] = []

    def end() -> None:
        if run:
            cells = ("<br>".join(escape(text) for *_, text in column) for column in zip(*run, strict=True))
            out.append(f"<tr>{''.join(f'<td>{text}</td>' for text in cells)}</tr>")
        run.clear()

    for row in rows:
        plain = all(down == right == 1 for down, right, _ in row) and row[-1][2].strip().isdigit()
        if not plain or (run and len(row) != len(run[0])):
            end()
        if plain:
            run.append(row)
        else:
            cells = "".join(f"<td rowspan={down} colspan={right}>{text}</td>" for down, right, text in row)
            out.append(f"<tr>{cells}</tr>")
    end()
    return f"<table>{''.join(out)}</table>"


LAID_OUT = {
    "div": _nested("div", "div"),
    "list": _nested("ul", "li"),
    "paragraphs": _nested("div", "p"),
    "flat": _flat,
}


def _read(
    seed: int, table: Callable[..., str], patch: pytest.MonkeyPatch
) -> tuple[Report, list[tuple[str, bool]]]:
    """A made page with its tables drawn so, and of each printed cell how it was read and whether that is right."""
    patch.setattr(made_pages, "_table", table)
    page = made(seed, LAYOUTS)
    report = CHECKER.load_report(page.data, name=page.name)
    read = []
    for (key, row, column), due in page.numbers.items():
        found = report.tables.get(key)
        if found is None:
            continue
        spec = LAYOUTS[found.form].table(key)
        assert spec is not None
        cell = found.cell(spec.index[row, column])
        if cell.status is CellStatus.INFERRED and not cell.text:
            read.append(("not found", True))
            continue
        inferred = cell.status is CellStatus.INFERRED
        read.append((cell.status.value, (read_number(cell.text).number if inferred else cell.number) == due))
    return report, read


@pytest.mark.parametrize("how", LAID_OUT)
def test_a_table_that_only_the_page_lays_out_is_inferred_and_never_wrong(
    how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = []
    for seed in SEEDS:
        report, read = _read(seed, LAID_OUT[how], monkeypatch)
        assert {status for status, _ in read} <= {"inferred", "unreadable", "not found"}
        assert (not read) or any(note.code == "table-inferred" for note in report.notes)
        every += read
    inferred = [right for status, right in every if status == "inferred"]
    assert len(inferred) > 500
    assert all(inferred)


def test_rows_that_nothing_sets_apart_are_told_and_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in SEEDS:
        report, read = _read(seed, _glued, monkeypatch)
        assert not read
        assert any(note.code == "table-not-read" for note in report.notes)


def test_rows_put_into_one_are_taken_apart_where_every_cell_has_a_line_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    every = [pair for seed in SEEDS for pair in _read(seed, _stacked, monkeypatch)[1]]
    assert all(right for status, right in every if status in ("inferred", "read", "blank"))
    statuses = [status for status, _ in every]
    assert statuses.count("inferred") > 500
    assert statuses.count("unreadable") > 100  # rows of which one has a blank


@pytest.mark.parametrize("table", [*LAID_OUT.values(), _stacked], ids=[*LAID_OUT, "stacked"])
def test_what_could_not_be_taken_apart_is_no_mistake_of_the_report(
    table: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A blank leaves no trace: it is no row that the report lacks, and holds no words instead of a number."""
    about_cells = {"cn/document/cell-not-a-number", "cn/document/row-missing"}
    monkeypatch.setattr(made_pages, "_table", table)
    for seed in SEEDS:
        result = CHECKER.check(made(seed, LAYOUTS).data, name="a.html")
        assert not [finding for finding in result.findings if finding.rule in about_cells]


def test_a_cell_with_two_numbers_below_each_other_is_no_number() -> None:
    """Before, `110` above `1` was read as 1101, and nobody was told."""
    assert value_of("110\n1", Location()).status is CellStatus.UNREADABLE
    assert value_of("12\n件", Location()).number == 12
    assert value_of("1 234", Location()).number == 1234


def test_a_real_table_beside_one_that_is_laid_out_keeps_its_numbers() -> None:
    two = (
        "第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章", "1", "2", "3",
        "行政规范性文件", "4", "5", "6", "第二十条第（五）项", "信息内容", "本年处理决定数量", "行政许可", "7",
    )  # fmt: skip
    names = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3
    four = [[tc("行政复议"), tc("未经复议直接起诉"), tc("复议后起诉")], [*map(tc, names)], [tc("1")] * 15]
    table = "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in four) + "</w:tbl>"
    body = (
        p("某县教育局2023年政府信息公开工作年度报告")
        + "".join(map(p, two))
        + p("四、政府信息公开行政复议、行政诉讼情况")
    )
    report = CHECKER.load_report(docx(body + table), name="a.docx")
    inferred, read = report.tables["proactive_disclosure"], report.tables["reviews_and_litigation"]
    assert {cell.status for cell in inferred.details.values()} == {CellStatus.INFERRED}
    assert [inferred.cell(index).text for index in range(7)] == list("1234567")
    assert set(inferred.values) == {None}
    assert read.values == (1,) * 15


PROACTIVE = "第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数规章{}行政规范性文件4 5 6第二十条第（五）项信息内容本年处理决定数量行政许可7"


@pytest.mark.parametrize(
    ("figures", "told"),
    [("000", list("000")), ("005", list("005")), ("500", None), ("050", None), ("0012", None), ("00", None)],
)
def test_figures_run_together_are_told_apart_where_no_two_can_be_one_number(
    figures: str, told: list[str] | None
) -> None:
    """500 may be 5, 0 and 0, or 50 and 0 beside a blank; 000 is nothing else."""
    lines = [
        "某县教育局2023年政府信息公开工作年度报告",
        "二、主动公开政府信息情况",
        PROACTIVE.format(figures),
    ]
    table = CHECKER.load_report("\n".join(lines).encode(), name="a.txt").tables["proactive_disclosure"]
    cells = [table.cell(index) for index in range(3)]
    assert [cell.number for cell in cells] == [None] * 3
    if told:
        assert [(cell.status, cell.text) for cell in cells] == [
            (CellStatus.INFERRED, digit) for digit in told
        ]
    else:
        assert {cell.status for cell in cells} == {CellStatus.UNREADABLE}


@pytest.mark.parametrize(("total", "status"), [("0", CellStatus.INFERRED), ("7", CellStatus.UNREADABLE)])
def test_a_row_of_noughts_needs_no_names_of_columns(total: str, status: CellStatus) -> None:
    """The second line of the header is lost, and the totals do not bear out which column is which."""
    spec = LAYOUTS["2021"].table("requests")
    assert spec is not None
    lines = [
        "某县教育局2023年政府信息公开工作年度报告",
        "三、收到和处理政府信息公开申请情况",
        "| 自然人 | 法人或其他组织 | 总计 |",
    ]
    lines += [f"| {row.label.zh} | 0 | 0 | 0 | 0 | 0 | 0 | {total} |" for row in spec.rows]
    report = CHECKER.load_report("\n".join(lines).encode(), name="a.txt")
    table = report.tables["requests"]
    assert {cell.status for cell in table.details.values()} == {status}
    assert set(table.values) == {None}
