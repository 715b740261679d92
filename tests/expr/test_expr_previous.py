"""`previous.…` in expressions: the same by generated code and by explanation, and unknown spreads with its name."""

from __future__ import annotations

from decimal import Decimal

import pytest
from expr_reports import layout, make_rule, names_of
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_rules.errors import ExpressionError
from disclosure_rules.expr import bind, compile_instances, explain
from disclosure_rules.model.report import Cell, CellStatus, Report, Table

_KEYS = ("proactive_disclosure", "requests", "reviews_and_litigation")
_RULES = (
    make_rule(
        "requests.carried_in[column] == previous.requests.carried_out[column]",
        scope="years", each={"column": "requests.columns"}, at="requests.carried_in[column]",
    ),
    make_rule("sum(previous.requests.results.total) >= sum(requests.results.natural_person)", scope="years"),
    make_rule("report.year == previous.report.year + 1", scope="years"),
    make_rule(
        "implies(present(previous.tables.requests), blank(requests.received.total) or a > previous.facts.disclosed)",
        scope="years", let={"a": "ratio(requests.received.total, previous.requests.received.total) * 100"},
    ),
    make_rule("not blank(previous.requests.received.total)", scope="years", when="present(previous.sections.overview)"),
)  # fmt: skip


def _report(form: str, numbers: list[int | Decimal | None], year: int | None) -> Report:
    tables, taken = {}, 0
    for key in _KEYS:
        spec = layout(form).table(key)
        assert spec is not None
        size = len(spec.cells)
        values = tuple(numbers[(taken + i) % len(numbers)] for i in range(size))
        taken += size
        tables[key] = Table(key=key, form=form, values=values)
    return Report(year=year, layout=form, tables=tables)


_NUMBERS = st.lists(
    st.one_of(st.none(), st.integers(0, 5), st.integers(0, 50).map(lambda n: Decimal(n) / 10)),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(_NUMBERS, _NUMBERS, st.sampled_from(["2019", "2021"]), st.sampled_from([2023, None]))
def test_generated_code_and_explanation_agree(
    now: list[int | Decimal | None], last: list[int | Decimal | None], form: str, year: int | None
) -> None:
    names = names_of("2021").with_previous(names_of(form))
    instances = [instance for rule in _RULES for instance in bind(rule, names)]
    suspects = compile_instances(instances)
    frame = names.frame(_report("2021", now, 2024), _report(form, last, year))
    for _ in range(2):  # the first report is judged by explanation alone
        met = set(range(len(instances))) - set(suspects(frame))
        explained = {i for i, one in enumerate(instances) if explain(one, frame).outcome == "pass"}
        assert met <= explained
        if None not in (
            *now,
            *last,
            year,
        ):  # an unknown figure leaves the code to explanation, which may know better
            assert met == explained


def test_the_numbers_are_those_of_the_right_year() -> None:
    names = names_of("2021").with_previous(names_of("2019"))
    (rule,) = [rule for rule in _RULES if "carried_in" in (rule.demand or "")]
    now, last = _report("2021", [1], 2024), _report("2019", [2], 2023)
    values = explain(bind(rule, names)[0], names.frame(now, last)).values
    assert dict(values) == {
        "requests.carried_in.natural_person": 1,
        "previous.requests.carried_out.natural_person": 2,
    }


def test_an_unknown_cell_of_last_year_is_named() -> None:
    names = names_of("2021").with_previous(names_of("2021"))
    now, last = _report("2021", [1], 2024), _report("2021", [1], 2023)
    spec = layout("2021").table("requests")
    assert spec is not None
    index = spec.index["carried_out", "total"]
    table = last.tables["requests"]
    unread = table.model_copy(
        update={
            "values": (*table.values[:index], None, *table.values[index + 1 :]),
            "details": {index: Cell(text="?", status=CellStatus.UNREADABLE)},
        }
    )
    last = last.model_copy(update={"tables": {**last.tables, "requests": unread}})
    explanation = explain(bind(_RULES[0], names)[-1], names.frame(now, last))
    assert explanation.outcome == "open"
    assert explanation.unknown == ("previous.requests.carried_out.total",)


@pytest.mark.parametrize(
    ("demand", "expected"),
    [
        ("present(previous.tables.requests)", "fail"),
        ("present(tables.requests)", "pass"),
        ("present(previous.requests.received.total)", "fail"),
        ("present(previous.facts.disclosed)", "fail"),
        ("blank(previous.proactive_disclosure.government_rules.issued)", "pass"),
        ("blank(proactive_disclosure.government_rules.issued)", "fail"),
        ("blank(previous.requests.received.total)", "open"),
    ],
)
def test_what_is_there_is_asked_of_the_right_year(demand: str, expected: str) -> None:
    names = names_of("2021").with_previous(names_of("2021"))
    now, last = _report("2021", [1], 2024), _report("2021", [None], 2023)
    tables = {key: table for key, table in last.tables.items() if key != "requests"}
    frame = names.frame(now, last.model_copy(update={"tables": tables}))
    (instance,) = bind(make_rule(demand, scope="years"), names)
    assert explain(instance, frame).outcome == expected
    suspects = compile_instances([instance])
    assert [bool(suspects(frame)) for _ in range(2)] == [expected != "pass"] * 2


@pytest.mark.parametrize(
    ("demand", "fields", "words"),
    [
        ("previous.requests.received.total > 0", {}, "scope: years"),
        ("previous.requests.receved.total > 0", {"scope": "years"}, "did you mean received"),
        ("previous.previous.report.year > 0", {"scope": "years"}, "no previous"),
        ("previous > 0", {"scope": "years"}, "not complete"),
        (
            "report.year > 0",
            {"scope": "years", "at": "previous.requests.received.total"},
            "this year's report",
        ),
        ("previous > 0", {"scope": "years", "let": {"previous": "1"}}, "already means something"),
    ],
)
def test_what_is_wrong_is_refused(demand: str, fields: dict[str, object], words: str) -> None:
    rule = make_rule(demand, **fields)
    names = names_of("2021")
    if rule.scope == "years":
        names = names.with_previous(names_of("2019"))
    with pytest.raises(ExpressionError, match=words):
        bind(rule, names)


def test_the_form_of_last_year_is_named_where_it_lacks_a_row() -> None:
    names = names_of("2019").with_previous(names_of("2021"))
    with pytest.raises(ExpressionError, match="form 2021"):
        bind(make_rule("previous.proactive_disclosure.government_rules.newly_made > 0", scope="years"), names)


def test_a_group_of_rows_is_a_source_of_each() -> None:
    rule = make_rule(
        "proactive_disclosure[row].in_force >= 0", each={"row": "proactive_disclosure.documents"}
    )
    assert [dict(one.binding) for one in bind(rule, names_of("2021"))] == [
        {"row": "proactive_disclosure.government_rules"},
        {"row": "proactive_disclosure.normative_documents"},
    ]
