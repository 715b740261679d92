"""The verbs about cells: what is certain although cells are blank, and what a blank is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from disclosure_rules.checks.cells import (
    absent_rows,
    blank_cells,
    known_parts_exceed_total,
    negative_cells,
    worded_cells,
)
from disclosure_rules.checks.context import CheckContext
from disclosure_rules.ingest.structured import build_from_mapping
from disclosure_rules.model.report import Cell, CellStatus
from disclosure_rules.model.result import Evidence, Satisfied, Undecided
from disclosure_rules.packs.load import load_layouts
from disclosure_rules.pipeline import Checker
from disclosure_rules.resources import rules_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.model.layout import Layout

_LAYOUTS: Mapping[str, Layout] = load_layouts(rules_folder() / "cn")
_APPLICANTS = [column.key for column in _LAYOUTS["2021"].tables[1].columns if "applicants" in column.groups]
_BOUND = {
    "table": "requests",
    "rows": "results",
    "row_total": "results_total",
    "columns": "applicants",
    "column_total": "total",
}


def _context(tables: dict[str, Any]) -> CheckContext:
    report = build_from_mapping({"layout": "2021", "year": 2024, "tables": tables}, _LAYOUTS)
    return CheckContext(report=report, layout=_LAYOUTS["2021"], layouts=_LAYOUTS, instruments={})


@given(parts=st.lists(st.none() | st.integers(0, 50), min_size=6, max_size=6), total=st.integers(0, 200))
def test_a_total_is_impossible_exactly_when_the_known_parts_exceed_it(
    parts: list[int | None], total: int
) -> None:
    row = dict(zip(_APPLICANTS, parts, strict=True)) | {"total": total}
    answers = list(known_parts_exceed_total(_context({"requests": {"received": row}}), **_BOUND))
    known = [part for part in parts if part is not None]
    judged = 0 < len(known) < len(parts)
    # Every column holds one number of its group of rows at most, and no total: only the row can be judged.
    assert len(answers) == judged
    if judged:
        assert isinstance(answers[0], Evidence) == (sum(known) > total)


def test_blanks_of_a_row_are_one_fault_and_name_every_column() -> None:
    row = {"upheld": 1, "corrected": None, "other": None, "pending": 0, "total": 1}
    found = [
        answer
        for answer in blank_cells(_context({"reviews_and_litigation": {"review": row}}))
        if isinstance(answer, Evidence)
    ]
    assert [answer.values["columns_zh"] for answer in found] == ["结果纠正、其他结果"]
    assert (found[0].location.row, found[0].location.column) == ("review", None)


def test_an_absent_row_is_not_a_blank_one() -> None:
    context = _context({"reviews_and_litigation": {"review": {"total": 0}}})
    assert not [answer for answer in blank_cells(context) if isinstance(answer, Evidence)]
    rows = [answer.location.row for answer in absent_rows(context) if isinstance(answer, Evidence)]
    assert rows == ["review", "litigation_direct", "litigation_after_review"]


def test_digits_that_cannot_be_told_apart_stay_open_and_words_do_not() -> None:
    def cell(text: str) -> dict[str, Any]:
        return {"requests": {"received": {"total": {"text": text, "status": "unreadable"}}}}

    def answers(text: str) -> list[type]:
        told = worded_cells(_context(cell(text)), before=["约"], after=["余", "左右"])
        return [type(answer) for answer in told if not isinstance(answer, Satisfied)]

    assert answers("396442278") == answers("26其他") == [Undecided]
    assert (
        answers("\ufffc") == answers("1\ufffc") == answers("件\ufffd") == [Undecided]
    )  # a picture, a lost letter
    assert answers("若干") == answers("约26") == answers("1,026余件") == answers("26 左右") == [Evidence]


def test_a_letter_in_every_cell_of_a_table_is_one_fault_and_in_two_rows_two() -> None:
    cell = {"text": "O", "status": "unreadable"}

    def found(rows: int) -> list[Evidence]:
        table = {row.key: {"total": cell} for row in _LAYOUTS["2021"].tables[1].rows[:rows]}
        told = worded_cells(_context({"requests": table}), before=["约"], after=["余"])
        return [answer for answer in told if isinstance(answer, Evidence)]

    assert [one.location.row for one in found(2)] == ["received", "carried_in"]
    [one] = found(20)
    assert (one.location.table, one.location.row, one.values["count"]) == ("requests", None, 20)


def test_a_table_without_a_single_number_is_not_called_free_of_negative_ones() -> None:
    row = dict.fromkeys(("upheld", "corrected", "other", "pending", "total"))
    assert not list(negative_cells(_context({"reviews_and_litigation": {"review": row}})))
    filled = dict.fromkeys(("upheld", "corrected", "other", "pending", "total"), 0)
    answers = list(negative_cells(_context({"reviews_and_litigation": {"review": filled}})))
    assert [type(answer) for answer in answers] == [Satisfied]


def test_a_table_of_which_nothing_was_read_shows_no_form() -> None:
    checker = Checker()
    report = checker.load_report(
        {"year": 2024, "layout": "2021", "tables": {"requests": {"received": {"total": 3}}}}
    )
    table = report.tables["requests"]
    lost = Cell(text="", status=CellStatus.ABSENT)
    unread = table.model_copy(
        update={
            "values": (None,) * len(table.values),
            "details": dict.fromkeys(range(len(table.values)), lost),
        }
    )
    rule = "cn/document/table-of-other-form"
    assert rule in checker.judge(report).passed
    assert rule not in checker.judge(report.model_copy(update={"tables": {"requests": unread}})).passed
