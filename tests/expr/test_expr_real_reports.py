"""Sums, groups and ratios against real reports whose own sentences state the result."""

from __future__ import annotations

from decimal import Decimal

import pytest
from expr_reports import make_rule, outcomes, real

from disclosure_rules.expr import bind, compile_instances, explain


@pytest.mark.parametrize(
    ("group", "stated"),
    [("refused", 92), ("unavailable", 941), ("not_processed", 117), ("other", 469)],
)
def test_a_group_of_rows_adds_up_to_what_the_report_says_in_words(group: str, stated: int) -> None:
    names, frame = real("suqian-shizhengfu-2024")
    assert outcomes(f"sum(requests.{group}.total) == {stated}", names, frame) == ["pass"]
    assert outcomes(f"sum(requests.{group}.total) == {stated + 1}", names, frame) == ["fail"]


def test_a_group_of_columns_in_one_row() -> None:
    names, frame = real("suqian-shizhengfu-2024")
    assert outcomes("sum(requests.received.organizations) == 75 + 0 + 1 + 6 + 3", names, frame) == ["pass"]
    assert outcomes("sum(requests.received.applicants) == 3525", names, frame) == ["pass"]
    assert outcomes("max(requests.received.organizations) == 75", names, frame) == ["pass"]
    assert outcomes("min(requests.received.applicants) == 0", names, frame) == ["pass"]
    assert outcomes("count(requests.received.organizations) == 4", names, frame) == ["pass"]


def test_a_block_of_rows_and_columns() -> None:
    names, frame = real("suqian-shizhengfu-2024")
    # 25 + 52: the report's sentence says 57, one of its real faults.
    assert outcomes("sum(reviews_and_litigation.litigation.outcomes) == 77", names, frame) == ["pass"]
    assert outcomes("sum(reviews_and_litigation.litigation.total) == 57", names, frame) == ["fail"]


def test_growth_is_exact_and_rounded_as_statistics_round() -> None:
    names, frame = real("suqian-shizhengfu-2024")
    growth = "round_to(ratio(requests.received.total + requests.carried_in.total - 3607, 3607) * 100, 2)"
    assert outcomes(f"{growth} == 1.08", names, frame) == ["pass"]
    assert outcomes(f"{growth} == 1.05", names, frame) == ["fail"]  # what the report says


def test_decimals_of_the_report_stay_exact() -> None:
    names, frame = real("suqian-shizhengfu-2024")
    demand = "proactive_disclosure.administrative_charges.amount * 10000 == 727012578"
    assert outcomes(demand, names, frame) == ["pass"]


def test_a_real_sum_that_does_not_hold_is_found_in_its_two_columns() -> None:
    names, frame = real("pingtan-guanweihui-2020")
    rule = make_rule(
        "results == requests.results_total[column]",
        each={"column": "requests.columns"},
        let={"results": "sum(requests.results[column])"},
        at="requests.results_total[column]",
    )
    instances = bind(rule, names)
    broken = [one for one in instances if explain(one, frame).outcome == "fail"]
    assert [one.binding for one in broken] == [
        {"column": "requests.natural_person"},
        {"column": "requests.total"},
    ]
    first = explain(broken[0], frame)
    assert first.values["results"] == 26
    assert first.values["requests.results_total.natural_person"] == 20
    assert broken[0].at is not None
    assert (broken[0].at.table, broken[0].at.row) == ("requests", "results_total")
    assert broken[0].at.column == "natural_person"
    check = compile_instances(instances)
    assert check(frame) == check(frame) == [instances.index(one) for one in broken]


def test_one_table_of_an_older_form() -> None:
    names, frame = real("hongze-quzhengfu-2024", {"requests": "2019"})
    assert outcomes("proactive_disclosure.government_rules.in_force == 0", names, frame) == ["pass"]
    # In the form of 2019 the group `other` is one row, in that of 2021 three.
    assert outcomes("sum(requests.other.total) == requests.other_handling.total", names, frame) == ["pass"]
    lets = {
        "incoming": "requests.received[column] + requests.carried_in[column]",
        "outgoing": "sum(requests.results[column]) + requests.carried_out[column]",
    }
    balance = outcomes("incoming == outgoing", names, frame, each={"column": "requests.columns"}, let=lets)
    assert balance == ["pass"] * 7


def test_printed_labels_name_rows_and_columns_too() -> None:
    names, frame = real("suqian-shizhengfu-2024")
    demand = "requests.本年新收政府信息公开申请数量.自然人 == 3440 and reviews_and_litigation.行政复议.结果维持 == 88"
    assert outcomes(demand, names, frame) == ["pass"]


def test_every_figure_that_was_used_is_told_with_its_value() -> None:
    names, frame = real("suqian-shizhengfu-2024")
    demand = "sum(reviews_and_litigation.review.outcomes) == reviews_and_litigation.review.total"
    (instance,) = bind(make_rule(demand, let={"share": "ratio(1, 3)"}), names)
    explanation = explain(instance, frame)
    assert explanation.values == {
        "share": Decimal("0.3333333333"),
        "reviews_and_litigation.review.upheld": 88,
        "reviews_and_litigation.review.corrected": 18,
        "reviews_and_litigation.review.other": 28,
        "reviews_and_litigation.review.pending": 36,
        "reviews_and_litigation.review.total": 170,
    }
    assert explanation.unknown == ()
