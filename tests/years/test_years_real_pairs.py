"""Real reports of one body for two years, each finding looked at by hand; and what must hold of any pair."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from years_reports import CHECKER, real, told

from disclosure_rules.expr.tree import slots_of
from disclosure_rules.model.report import Report, Table
from disclosure_rules.model.result import Outcome

if TYPE_CHECKING:
    from disclosure_rules.engine import Program

# Previous report, report, and what the rules about two years find: every finding was held against the documents.
PAIRS = [
    ("suqian-shizhengfu-2023", "suqian-shizhengfu-2024", set()),
    ("pingtan-guanweihui-2021", "pingtan-guanweihui-2022", set()),
    (
        "pingtan-guanweihui-2019",
        "pingtan-guanweihui-2020",
        {
            # 规章 0 → 7 with nothing newly disclosed: an error of the report.
            ("disclosed-total-grew-unexplained", "表二「规章」行「对外公开总数量」列"),
            # 181 → 42278 and 25 → 629: true notes; the digits of 2020 run together, so a misreading may be behind them.
            ("figure-jumped", "表二「行政许可」行「处理决定数量」列"),
            ("figure-jumped", "表二「行政强制」行「处理决定数量」列"),
        },
    ),
    (
        "pingtan-guanweihui-2020",
        "pingtan-guanweihui-2021",
        {
            ("figure-jumped", "表二「行政许可」行「本年处理决定数量」列"),
            ("figure-jumped", "表二「行政强制」行「本年处理决定数量」列"),
        },
    ),
    ("pingtan-guanweihui-2018", "pingtan-guanweihui-2019", set()),
]


@pytest.mark.parametrize(("earlier", "later", "found"), PAIRS)
def test_real_pairs(earlier: str, later: str, found: set[tuple[str, str]]) -> None:
    assert set(told(real(later), real(earlier))) == found


def test_without_a_previous_report_the_rules_about_two_years_are_silent_and_counted() -> None:
    report = real("suqian-shizhengfu-2024")
    alone, pair = CHECKER.judge(report), CHECKER.judge(report, real("suqian-shizhengfu-2023"))
    assert alone.previous is None
    about_years = {rule for rule in pair.passed if rule.startswith("cn/years/")}
    assert len(about_years) >= 8
    assert about_years.isdisjoint(alone.passed)
    # 同比增长1.05% cannot be reckoned again without last year's figure.
    assert [one.rule for one in alone.open] == ["cn/document/change-miscalculated"]
    silent = set(pair.passed) - set(alone.passed)  # the word 增长 is held against last year's figure too
    assert silent == about_years | {"cn/document/trend-contradicted"}
    assert sum(alone.outcomes.values()) == sum(pair.outcomes.values())
    assert alone.outcomes[Outcome.NOT_APPLICABLE] == pair.outcomes[Outcome.NOT_APPLICABLE] + len(silent)
    # What the other rules say does not depend on it; only the growth of 1.05% is now known to be 1.08%.
    others = [one.fingerprint for one in pair.findings if one.rule != "cn/document/change-miscalculated"]
    assert [finding.fingerprint for finding in alone.findings] == others
    assert len(pair.findings) == len(others) + 1


def test_the_result_says_which_report_it_was_held_against() -> None:
    previous = CHECKER.judge(real("suqian-shizhengfu-2024"), real("suqian-shizhengfu-2023")).previous
    assert previous is not None
    assert previous.path is not None
    assert previous.path.endswith("suqian-shizhengfu-2023.txt")
    assert (previous.year, previous.body, previous.layout) == (2023, "宿迁市人民政府", "2021")
    assert previous.title == "宿迁市2023年政府信息公开工作年度报告"
    assert previous.sha256 is not None
    assert len(previous.sha256) == 64


@pytest.mark.parametrize(
    ("earlier", "later", "rules"),
    [
        # A county that left its problems and measures as they were, every word: 年年雷同.
        ("pingtan-xianzhengfu-2011", "pingtan-xianzhengfu-2012", {"problems-reused", "overview-reused"}),
        # A zone that took its measures of three years before.
        ("pingtan-guanweihui-2016", "pingtan-guanweihui-2019", {"problems-reused"}),
        # Reports that were written anew.
        ("pingtan-guanweihui-2014", "pingtan-guanweihui-2016", set()),
        ("pingtan-guanweihui-2019", "pingtan-guanweihui-2022", set()),
    ],
)
def test_text_reused_in_real_reports_as_if_the_years_were_now(
    earlier: str, later: str, rules: set[str]
) -> None:
    """The notice that names the fault is of 2019; these texts are put into years in which it holds."""
    blank = {"tables": {}, "years": ()}
    previous = real(earlier).model_copy(update={**blank, "year": 2023})
    report = real(later).model_copy(update={**blank, "year": 2024})
    assert {rule for rule, _ in told(report, previous)} - {"year-left-from-last-year"} == rules


# ---------------------------------------------------------------------------------------------- any pair

_COLUMNS = 7
_SMALL = st.integers(0, 40)


def _columns(six: list[int]) -> list[int]:
    return [*six, sum(six)]


@st.composite
def consistent_pair(draw: st.DrawFn) -> tuple[Report, Report]:
    """Two reports of the form of 2021 in which every sum holds, within each year and from one to the other."""
    six = st.lists(_SMALL, min_size=6, max_size=6)
    reports: list[Report] = []
    carried_in = draw(six)
    stock = [draw(_SMALL), draw(_SMALL)]
    for year in (2023, 2024):
        results = [draw(six) for _ in range(21)]
        carried_out = draw(six)
        handled = [sum(row[i] for row in results) for i in range(6)]
        # What was received follows from the rest; where it would be negative, more is carried over.
        received = [max(0, handled[i] + carried_out[i] - carried_in[i]) for i in range(6)]
        carried_out = [received[i] + carried_in[i] - handled[i] for i in range(6)]
        rows = [received, carried_in, *results, handled, carried_out]
        issued = [draw(_SMALL), draw(_SMALL)]
        repealed = [min(draw(_SMALL), stock[i] + issued[i]) for i in range(2)]
        stock = [stock[i] + issued[i] - repealed[i] for i in range(2)]
        documents = [number for i in range(2) for number in (issued[i], repealed[i], stock[i])]
        cases = [[*(four := draw(st.lists(_SMALL, min_size=4, max_size=4))), sum(four)] for _ in range(3)]
        values = {
            "proactive_disclosure": (*documents, 1, 1, 1, 1),
            "requests": tuple(number for row in rows for number in _columns(row)),
            "reviews_and_litigation": tuple(number for row in cases for number in row),
        }
        tables = {key: Table(key=key, form="2021", values=numbers) for key, numbers in values.items()}
        reports.append(Report(year=year, layout="2021", layout_from="stated", tables=tables))
        carried_in = carried_out
    return reports[0], reports[1]


@settings(max_examples=40, deadline=None)
@given(consistent_pair())
def test_a_consistent_pair_has_nothing_of_the_sums(pair: tuple[Report, Report]) -> None:
    earlier, later = pair
    rules = {rule for rule, _ in told(later, earlier)}
    assert rules <= {"figure-jumped", "pending-cases-dropped"}  # notes about what is unlikely, not about sums


@cache
def _program() -> Program:
    report, previous = (Report(year=year, layout="2021") for year in (2024, 2023))
    CHECKER.judge(report, previous)
    return CHECKER._program(CHECKER.rule_set(report), report, previous)


def _readers(path: str) -> set[str]:
    """The rules one of whose instances reads the figure."""
    program = _program()
    return {
        instance.rule_id
        for instance in program.instances
        if path in slots_of(instance.demand, dict(instance.lets))
    }


@settings(max_examples=40, deadline=None)
@given(
    consistent_pair(),
    st.integers(0, _COLUMNS - 1),
    st.sampled_from(["carried_in", "carried_out"]),
    st.integers(1, 9),
)
def test_one_changed_carry_cell_makes_the_rules_that_read_it_speak_and_no_others(
    pair: tuple[Report, Report], column: int, row: str, by: int
) -> None:
    earlier, later = pair
    spec = CHECKER.layouts["2021"].table("requests")
    assert spec is not None
    name = spec.columns[column].key
    index = spec.index[row, name]
    changed = earlier if row == "carried_out" else later
    before = {finding.rule for finding in CHECKER.judge(later, earlier).findings}
    table = changed.tables["requests"]
    number = table.values[index]
    assert number is not None
    values = (*table.values[:index], number + by, *table.values[index + 1 :])
    spoilt = changed.model_copy(
        update={"tables": {**changed.tables, "requests": table.model_copy(update={"values": values})}}
    )
    pair = (spoilt, later) if changed is earlier else (earlier, spoilt)
    result = CHECKER.judge(pair[1], pair[0])
    new = {finding.rule for finding in result.findings} - before
    path = f"requests.{row}.{name}" if changed is later else f"previous.requests.{row}.{name}"
    assert "cn/years/carry-over-differs" in new
    assert new - {"cn/years/figure-jumped"} <= _readers(path)
    places = {
        finding.location.column
        for finding in result.findings
        if finding.rule == "cn/years/carry-over-differs"
    }
    assert places == {name}
