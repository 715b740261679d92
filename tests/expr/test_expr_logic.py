"""Unknown figures, three-valued logic, statuses, and the functions by value."""

from __future__ import annotations

import decimal
import operator
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

import pytest
from expr_reports import bound, layout, names_of, outcome

from disclosure_rules.expr import UNKNOWN, Names, compile_instances, explain
from disclosure_rules.expr.unknown import UnknownOperandError
from disclosure_rules.model.location import Location
from disclosure_rules.model.note import Note
from disclosure_rules.model.report import Cell, CellStatus, Fact, Number, Report, Section, Table
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

SPEC = layout("2021").table("reviews_and_litigation")
assert SPEC is not None
INDEX = SPEC.index
REVIEW = [INDEX["review", column.key] for column in SPEC.columns]


def report(*numbers: Number | None, details: Mapping[int, Cell] | None = None, **fields: object) -> Report:
    """A report whose table 4 has these numbers in the row of reviews, and 0 below."""
    values = (*numbers, *(0,) * (len(INDEX) - len(numbers)))
    table = Table(key="reviews_and_litigation", form="2021", values=values, details=details or {})
    return Report.model_validate({"tables": {"reviews_and_litigation": table}} | fields)


def test_no_operator_takes_the_unknown() -> None:
    two = [
        operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge,
        operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv, operator.mod, operator.pow, divmod,
    ]  # fmt: skip
    for act, other in product(two, (1, Decimal(1), UNKNOWN, None)):
        with pytest.raises(UnknownOperandError):
            act(UNKNOWN, other)
        with pytest.raises(UnknownOperandError):
            act(other, UNKNOWN)
    for one in (
        bool,
        hash,
        operator.not_,
        operator.neg,
        operator.pos,
        abs,
        round,
        int,
        float,
        operator.index,
    ):
        with pytest.raises(UnknownOperandError):
            one(UNKNOWN)
    assert repr(UNKNOWN) == "UNKNOWN"


# Conditions that are true, false and unknown: table 4 has 1 in the first cell and an unknown second one.
CONDITIONS = {
    True: "reviews_and_litigation.review.upheld == 1",
    False: "reviews_and_litigation.review.upheld == 2",
    None: "reviews_and_litigation.review.corrected == 1",
}
OUTCOME = {True: "pass", False: "fail", None: "open"}


def kleene_and(a: bool | None, b: bool | None) -> bool | None:  # noqa: FBT001  truth values
    if a is False or b is False:
        return False
    return None if a is None or b is None else True


def kleene_not(a: bool | None) -> bool | None:  # noqa: FBT001  a truth value
    return None if a is None else not a


@pytest.mark.parametrize(("a", "b"), list(product(CONDITIONS, CONDITIONS)))
def test_truth_tables(a: bool | None, b: bool | None) -> None:  # noqa: FBT001  truth values
    one, other, seen = CONDITIONS[a], CONDITIONS[b], report(1, None, 0, 0, 1)
    either = kleene_not(kleene_and(kleene_not(a), kleene_not(b)))
    same = None if a is None or b is None else a == b
    expected = {
        f"{one} and {other}": kleene_and(a, b),
        f"{one} or {other}": either,
        f"implies({one}, {other})": kleene_not(kleene_and(a, kleene_not(b))),
        f"not ({one})": kleene_not(a),
        f"({one}) == ({other})": same,
        f"({one}) != ({other})": kleene_not(same),
    }
    frame = names_of("2021").frame(seen)
    for demand, value in expected.items():
        (instance,) = bound(demand)
        assert explain(instance, frame).outcome == OUTCOME[value], demand
        check = compile_instances([instance])
        assert check(frame) == ([] if value is True else [0])
        # The generated code may leave a condition to the explanation, but never pass what is not true.
        assert check(frame) == [0] or value is True


@pytest.mark.parametrize(("when", "demand"), list(product(CONDITIONS, CONDITIONS)))
def test_when(when: bool | None, demand: bool | None) -> None:  # noqa: FBT001  truth values
    expected = {True: OUTCOME[demand], False: "not_applicable", None: "open"}[when]
    assert outcome(CONDITIONS[demand], report(1, None, 0, 0, 1), when=CONDITIONS[when]) == expected


def test_what_left_it_undecided_is_named_and_nothing_else() -> None:
    names = names_of("2021")
    frame = names.frame(report(1, None, None, 0, 1))
    prefix = "reviews_and_litigation.review"
    (instance,) = bound(f"{prefix}.upheld + {prefix}.corrected > 0 and {prefix}.other == 0")
    explanation = explain(instance, frame)
    assert explanation.outcome == "open"
    assert explanation.unknown == (f"{prefix}.corrected", f"{prefix}.other")
    assert explanation.values == {f"{prefix}.upheld": 1, f"{prefix}.corrected": None, f"{prefix}.other": None}
    # An unknown part that another part decides left nothing undecided.
    (instance,) = bound(f"{prefix}.corrected > 0 or {prefix}.upheld == 1")
    assert explain(instance, frame).outcome == "pass"
    assert explain(instance, frame).unknown == ()


def test_an_unknown_let_leaves_its_name_without_a_value() -> None:
    (instance,) = bound("total == 1", let={"total": "sum(reviews_and_litigation.review.outcomes)"})
    explanation = explain(instance, names_of("2021").frame(report(1, None, 0, 0, 1)))
    assert explanation.outcome == "open"
    assert explanation.values["total"] is None
    assert explanation.unknown == ("reviews_and_litigation.review.corrected",)


def test_a_let_may_use_those_above_it() -> None:
    path = "reviews_and_litigation.review"
    lets = {"a": f"{path}.upheld", "unused": f"{path}.pending", "b": f"a + {path}.corrected", "c": "b * 2"}
    instances = bound("c == 6", let=lets)
    frame = names_of("2021").frame(report(1, 2, 0, None))
    explanation = explain(instances[0], frame)
    assert explanation.outcome == "pass"
    values = {f"{path}.upheld": 1, f"{path}.pending": None, f"{path}.corrected": 2}
    assert list(explanation.values.items()) == [
        ("a", 1),
        ("unused", None),
        ("b", 3),
        ("c", 6),
        *values.items(),
    ]
    check = compile_instances(instances)
    assert check(frame) == check(frame) == []


def test_figures_are_told_in_the_order_of_the_text() -> None:
    path = "reviews_and_litigation.review"
    (instance,) = bound(f"{path}.total - {path}.upheld - {path}.other == 0")
    values = explain(instance, names_of("2021").frame(report(1, 2, 3, 4, 5))).values
    assert list(values) == [f"{path}.total", f"{path}.upheld", f"{path}.other"]


def test_a_let_for_the_message_only_does_not_leave_the_verdict_open() -> None:
    lets = {"share": "ratio(reviews_and_litigation.review.corrected, 0)"}
    assert outcome("reviews_and_litigation.review.upheld == 1", report(1, None), let=lets) == "pass"


def test_a_division_by_zero_is_undecided_and_names_the_divisor() -> None:
    names = names_of("2021")
    frame = names.frame(report(1, 0, 0, 0, 1))
    divisor = "reviews_and_litigation.review.corrected"
    for lets, demand in (
        ({}, f"ratio(reviews_and_litigation.review.upheld, {divisor}) > 1"),
        ({"all": f"{divisor} + 0"}, "ratio(reviews_and_litigation.review.upheld, all) > 1"),
    ):
        (instance,) = bound(demand, let=lets)
        explanation = explain(instance, frame)
        assert (explanation.outcome, explanation.unknown) == ("open", (divisor,))
        assert explanation.values[divisor] == 0


def test_a_table_that_is_not_there_leaves_its_cells_unknown() -> None:
    empty = Report()
    assert outcome("reviews_and_litigation.review.upheld == 0", empty) == "open"
    assert outcome("blank(reviews_and_litigation.review.upheld)", empty) == "open"
    assert outcome("present(reviews_and_litigation.review.upheld)", empty) == "fail"
    assert outcome("present(tables.reviews_and_litigation)", empty) == "fail"
    assert outcome("present(tables.reviews_and_litigation)", report(1)) == "pass"


def test_a_table_that_could_not_be_read_may_be_there() -> None:
    note = Note(code="table-not-read", message=Text(zh="表格未读取", en="table not read"))
    unread = Report(notes=(note,))
    assert outcome("present(tables.requests)", unread) == "open"
    assert outcome("present(requests.received.total)", unread) == "open"


STATUSES = {
    CellStatus.READ: ("pass", "fail"),
    CellStatus.BLANK: ("pass", "pass"),
    CellStatus.MARK: ("pass", "fail"),
    CellStatus.UNREADABLE: ("pass", "fail"),
    CellStatus.INFERRED: ("pass", "fail"),
    CellStatus.NOT_CALCULATED: ("pass", "fail"),
    CellStatus.ABSENT: ("fail", "open"),
}


@pytest.mark.parametrize("status", CellStatus)
def test_statuses_of_a_cell(status: CellStatus) -> None:
    number = 7 if status is CellStatus.READ else None
    cell = Cell(text="?", status=status, number=number, location=Location(line=12))
    seen = report(number, details={REVIEW[0]: cell})
    path = "reviews_and_litigation.review.upheld"
    present, blank = STATUSES[status]
    frame = names_of("2021").frame(seen)
    for demand, expected in ((f"present({path})", present), (f"blank({path})", blank)):
        (instance,) = bound(demand)
        assert explain(instance, frame).outcome == expected
        check = compile_instances([instance])
        assert check(frame) == check(frame) == ([] if expected == "pass" else [0])
    if status is not CellStatus.READ:
        assert outcome(f"{path} == {path}", seen) == "open"


def test_a_cell_without_number_and_detail_is_blank() -> None:
    assert outcome("blank(reviews_and_litigation.review.upheld)", report(None)) == "pass"
    assert outcome("reviews_and_litigation.review.upheld == 0", report(None)) == "open"


def test_sections() -> None:
    one = Report(
        sections=(Section(key="overview", heading="一、总体情况"), Section(key=None, heading="附件"))
    )
    assert outcome("present(sections.overview)", one) == "pass"
    assert outcome("present(sections.requests)", one) == "fail"
    # A numbered heading that fits no section may be the missing one under another name.
    strange = Section(key=None, number="三", heading="三、办理情况")
    doubtful = one.model_copy(update={"sections": (*one.sections, strange)})
    assert outcome("present(sections.overview)", doubtful) == "pass"
    assert outcome("present(sections.requests)", doubtful) == "open"
    # Where no heading at all was recognised, nobody knows which sections there are.
    none = Report(sections=(Section(key=None, heading="第一章"),))
    assert outcome("present(sections.overview)", none) == "open"
    assert outcome("present(sections.overview)", Report()) == "open"
    ended = [explain(i, names_of("2021").frame(one)).outcome for i in bound(
        "present(sections[section])", each={"section": "sections.required"}
    )]  # fmt: skip
    assert ended == ["pass", *["fail"] * 5]


def test_facts_and_the_year() -> None:
    known = Report(year=2024, facts={"consultations": Fact(key="consultations", text="87条", number=87)})
    unread = Report(facts={"consultations": Fact(key="consultations", text="若干", number=None)})
    assert outcome("facts.consultations == 87 and report.year == 2024", known) == "pass"
    assert outcome("present(facts.consultations) and present(report.year)", known) == "pass"
    assert outcome("facts.consultations == 87", unread) == "open"
    assert outcome("present(facts.consultations)", unread) == "pass"
    assert outcome("facts.consultations == 87", Report()) == "open"
    assert outcome("present(facts.consultations)", Report()) == "fail"
    assert outcome("report.year >= 2021", Report()) == "open"
    assert outcome("present(report.year)", Report()) == "fail"


@pytest.mark.parametrize(
    "demand",
    [
        "0.1 + 0.2 == 0.3",
        "1 - 0.9 == 0.1",
        "-2 * 3 == -6 and - -2 == 2",
        "2 + 3 * 4 == 14 and (2 + 3) * 4 == 20 and 10 - 3 - 2 == 5",
        "1 < 2 <= 2 < 3 != 4",
        "not 1 < 2 < 2",
        "abs(-7) == 7 and abs(3 - 5) == 2",
        "sum(1, 2, 3.5) == 6.5 and sum(4) == 4",
        "min(3, 2, 2.5) == 2 and max(3, 2) == 3 and max(-1) == -1",
        "count(0, ratio(0, 3), ratio(1, 3), 1 == 1) == 2",
        "count(0, 1, -1, 0.5, 1 == 1, 1 == 2) == 4",
        "ratio(1, 3) * 3 == 1",
        "ratio(1, 3) + ratio(2, 3) == 1 and 1 - ratio(1, 4) == 0.75",
        "ratio(1, 3) > 0.3333 and 0.3334 > ratio(1, 3)",
        "max(ratio(1, 3), 0.25) == ratio(2, 6) and min(ratio(1, 3), 0.25) == 0.25",
        "ratio(ratio(1, 2), ratio(1, 4)) == 2 and -ratio(1, 2) == -0.5 and abs(-ratio(1, 2)) == 0.5",
        # half away from zero, as 四舍五入 says; Python's round would give 0, 2 and 2.67
        "round_to(0.5, 0) == 1 and round_to(2.5, 0) == 3 and round_to(2.675, 2) == 2.68",
        "round_to(-0.5, 0) == -1 and round_to(-2.675, 2) == -2.68 and round_to(2.4999, 0) == 2",
        "round_to(ratio(1, 8), 2) == 0.13 and round_to(-ratio(1, 8), 2) == -0.13",
        "round_to(ratio(2, 3) * 100, 1) == 66.7 and round_to(7, 3) == 7",
        "round_to(ratio(100500, 1000), 0) == 101 and round_to(ratio(1, 1), 4) == 1",
        "implies(1 == 2, ratio(1, 0) == 1)",
        "1000000000000000 * 1000000000000000 + 1 != 1000000000000000 * 1000000000000000",
        "0.00000000000000000000000000001 + 1000000000000000 != 1000000000000000",
    ],
)
def test_functions_and_operators_by_value(demand: str) -> None:
    frame = names_of("2021").frame(Report())
    (instance,) = bound(demand)
    assert explain(instance, frame).outcome == "pass"
    check = compile_instances([instance])
    assert check(frame) == check(frame) == []


def test_the_callers_decimal_context_changes_nothing() -> None:
    seen = report(Decimal("123456789.123456789"), Decimal("0.000000001"), 0, 0, Decimal("123456789.12345679"))
    path = "reviews_and_litigation.review"
    instances = bound(f"{path}.upheld + {path}.corrected == {path}.total")
    check = compile_instances(instances)
    frame = names_of("2021").frame(seen)
    with decimal.localcontext(prec=3, traps=[decimal.Inexact]) as context:
        assert explain(instances[0], frame).outcome == "pass"
        assert check(frame) == check(frame) == []
        assert decimal.getcontext() is context


@pytest.mark.parametrize("number", [Decimal("1E+5000"), Decimal("1E-5000"), Decimal("1E+900000")])
def test_numbers_beyond_all_measure_are_undecided_not_rounded(number: Decimal) -> None:
    seen = report(number, 1)
    path = "reviews_and_litigation.review"
    frame = names_of("2021").frame(seen)
    for demand in (f"{path}.upheld + {path}.corrected > 1", f"ratio({path}.upheld, 3) > 1"):
        (instance,) = bound(demand)
        assert explain(instance, frame).outcome == "open"
        check = compile_instances([instance])
        assert check(frame) == check(frame) == [0]


def test_places_of_findings() -> None:
    cell = Cell(text="7", status=CellStatus.READ, number=7, location=Location(page=3, line=12))
    fact = Fact(key="consultations", text="87条", number=87, location=Location(line=40))
    seen = report(
        7,
        details={0: cell},
        facts={"consultations": fact},
        sections=(Section(key="overview", heading="一、总体情况", location=Location(line=2)),),
    )
    frame = names_of("2021").frame(seen)
    path = "reviews_and_litigation.review.upheld"
    expected = {
        path: Location(
            section="reviews_and_litigation", table="reviews_and_litigation", row="review", column="upheld",
            page=3, line=12,
        ),
        "reviews_and_litigation.review": Location(
            section="reviews_and_litigation", table="reviews_and_litigation", row="review"
        ),
        "tables.requests": Location(section="requests", table="requests"),
        "sections.overview": Location(section="overview", line=2),
        "sections.requests": Location(section="requests"),
        "facts.consultations": Location(line=40),
        "facts.disclosed": Location(),
        "report.year": Location(),
    }  # fmt: skip
    for at, place in expected.items():
        (instance,) = bound("1 == 1", at=at)
        assert instance.target is not None
        assert frame.place(instance.target) == place
        assert instance.at == place.model_copy(update={"page": None, "line": None})
    first, *_ = bound("cell == 7", each={"cell": "reviews_and_litigation.cells"}, at="cell")
    assert first.binding == {"cell": path}
    assert first.target is not None
    assert frame.cell(first.target) == cell


def test_a_table_of_another_length_than_its_form_is_a_defect() -> None:
    wrong = Report(tables={"requests": Table(key="requests", form="2019", values=(1, 2))})
    with pytest.raises(ValueError, match="table 'requests' has 2 cells"):
        Names(layout("2021"), {}).frame(wrong)
