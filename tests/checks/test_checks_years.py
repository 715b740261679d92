"""Jumps, identical tables and sums of all years: where they speak, and where they must not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from disclosure_rules.checks.context import CheckContext
from disclosure_rules.checks.years import cumulative_figure_fell, figures_jumped, tables_identical
from disclosure_rules.model.report import Fact, Paragraph, Report, Section, Table
from disclosure_rules.model.result import Evidence, Satisfied, Undecided
from disclosure_rules.pipeline import Checker
from disclosure_rules.plugins import Plugins

if TYPE_CHECKING:
    from collections.abc import Sequence

_LAYOUTS = Checker(plugins=Plugins(installed=False)).layouts
_KEY = "reviews_and_litigation"


def table(values: Sequence[int | None], form: str = "2021") -> Table:
    """Table 4 with these numbers, over and over."""
    spec = _LAYOUTS[form].table(_KEY)
    assert spec is not None
    return Table(key=_KEY, form=form, values=tuple(values[i % len(values)] for i in range(len(spec.cells))))


def context(now: Report, last: Report | None) -> CheckContext:
    return CheckContext(report=now, layout=None, layouts=_LAYOUTS, instruments={}, previous=last)


def ended(now: Table, last: Table, least: int = 4) -> list[type]:
    pair = context(Report(year=2024, tables={_KEY: now}), Report(year=2023, tables={_KEY: last}))
    return [type(one) for one in tables_identical(pair, tables=[_KEY, "requests"], least=least)]


@pytest.mark.parametrize(
    ("now", "last", "expected"),
    [
        ([1, 2, 3, 4, 10], [1, 2, 3, 4, 10], [Evidence]),
        ([1, 2, 3, 4, 10], [1, 2, 3, 5, 11], [Satisfied]),
        ([0], [0], []),  # nothing happened in both years
        ([1, 0, 0, 0, 1], [1, 0, 0, 0, 1], []),  # one case in both years
        ([1, 2, 3, None, 10], [1, 2, 3, 4, 10], [Undecided]),
        ([1, 2, 3, None, 10], [1, 2, 3, 4, 11], [Satisfied]),  # a difference decides, whatever is unknown
        ([None], [None], [Undecided]),
    ],
)
def test_identical_tables(now: list[int | None], last: list[int | None], expected: list[type]) -> None:
    assert ended(table(now), table(last)) == expected


def test_tables_of_different_forms_are_not_compared() -> None:
    assert ended(table([1, 2, 3, 4, 10]), table([1, 2, 3, 4, 10], "2019")) == []


@pytest.mark.parametrize(
    ("now", "last", "expected"),
    [
        (500, 100, Evidence),
        (100, 500, Evidence),
        (499, 100, Satisfied),
        (49, 1, Satisfied),  # small numbers jump every year
        (50, 0, Evidence),
        (0, 0, Satisfied),
        (None, 100, Undecided),
        (100, None, Undecided),
    ],
)
def test_jumps(now: int | None, last: int | None, expected: type) -> None:
    reports = (
        Report(year=year, tables={_KEY: table([number])}) for year, number in ((2024, now), (2023, last))
    )
    cells = [f"{_KEY}.review.total", "requests.received.total", f"{_KEY}.nothing.total"]
    (found,) = figures_jumped(context(*reports), cells=cells, factor=5, least=50)
    assert isinstance(found, expected)
    if isinstance(found, Undecided):
        assert ("上一年报告" in found.reason.zh) is (last is None)


def test_without_last_years_report_nothing_is_said() -> None:
    alone = context(Report(year=2024, tables={_KEY: table([1])}), None)
    assert list(figures_jumped(alone, cells=[f"{_KEY}.review.total"], factor=5, least=50)) == []
    assert list(tables_identical(alone, tables=[_KEY], least=4)) == []
    assert list(cumulative_figure_fell(alone, label="主动公开文件数条", sections=["statistics"])) == []


def statistics(line: str, disclosed: int | None) -> Report:
    """A report of the old form with the table of statistics as text."""
    facts = {"disclosed": Fact(key="disclosed", text="", number=disclosed)} if disclosed is not None else {}
    section = Section(key="statistics", heading="统计表", paragraphs=(Paragraph(text=line),))
    return Report(year=2017, sections=(section,), facts=facts)


@pytest.mark.parametrize(
    ("now", "last", "expected"),
    [
        # The table of 平潭 for 2016 as it was read, digits run together, and that of 2014, with gaps.
        (
            ("主动公开文件数条346085376其中：1、政府", 3460),
            ("主动公开文件数 条 2949 81916 其中", None),
            Satisfied,
        ),
        (("主动公开文件数条206912106其中", 2069), ("主动公开文件数 条 3460 85376 其中", None), Evidence),
        (("主动公开文件数条346085376其中", 3460), ("主动公开文件数 条 2949 81915 其中", None), Evidence),
        (("主动公开文件数条346085376其中", None), ("主动公开文件数 条 2949 81916 其中", None), Undecided),
        (("主动公开文件数条346085376其中", 99), ("主动公开文件数 条 2949 81916 其中", None), Undecided),
    ],
)
def test_the_sum_of_all_years(
    now: tuple[str, int | None], last: tuple[str, int | None], expected: type
) -> None:
    pair = context(statistics(*now), statistics(*last))
    (found,) = cumulative_figure_fell(pair, label="主动公开文件数条", sections=["statistics"])
    assert type(found) is expected


def test_a_report_without_the_line_says_nothing_of_it() -> None:
    pair = context(
        statistics("受理依申请公开信息总数 条 1 1", 3460), statistics("主动公开文件数 条 2 3", None)
    )
    assert list(cumulative_figure_fell(pair, label="主动公开文件数条", sections=["statistics"])) == []
