"""The equations are those of the rules in force, read off their trees."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from repair_reports import checker, real

from disclosure_rules.expr import Instance, Names, bind, linear_equations
from disclosure_rules.model.rule import Rule
from disclosure_rules.repair.system import systems


def bound(demand: str, **fields: object) -> Instance:
    words = {"zh": "例", "en": "example"}
    given = {"id": "cn/requests/example", "title": words, "message": words, "severity": "error", "basis": ()}
    rule = Rule.model_validate(given | {"assert": demand} | fields)
    layout = checker().layouts["2021"]
    return bind(rule, Names(layout, {}))[0]


def terms(demand: str, **fields: object) -> list[dict[str, Fraction]]:
    """The equations of a demand: coefficients by the end of the path, and the constant."""
    return [
        {slot.path.split(".", 1)[1]: factor for slot, factor in equation.terms.items()}
        | {"1": equation.constant}
        for equation in linear_equations(bound(demand, **fields))
    ]


def test_an_equality_becomes_coefficients_of_its_cells() -> None:
    assert terms("requests.received.total == requests.carried_out.total") == [
        {"received.total": 1, "carried_out.total": -1, "1": 0}
    ]
    assert terms(
        "2 * (requests.received.total - 1.5) == 0.5 * requests.carried_out.total * 3 - -a", let={"a": "4"}
    ) == [{"received.total": 2, "carried_out.total": Fraction(-3, 2), "1": -7}]


def test_a_group_is_spelled_out_and_what_cancels_is_gone() -> None:
    (found,) = terms(
        "sum(requests.received.applicants) == requests.received.total + requests.received.natural_person"
    )
    assert "received.natural_person" not in found
    assert len(found) == 7


def test_a_chain_and_a_conjunction_are_several_equations() -> None:
    received, carried = "requests.received.total", "requests.carried_in.total"
    assert len(terms(f"{received} == {carried} == 3")) == 2
    assert len(terms(f"{received} == 1 and {carried} == 3")) == 2


@pytest.mark.parametrize(
    "demand",
    [
        "requests.received.total >= requests.carried_in.total",
        "requests.received.total != requests.carried_in.total",
        "requests.received.total * requests.carried_in.total == 4",
        "max(requests.received.applicants) == requests.received.total",
        "ratio(requests.received.total, requests.carried_in.total) == 2",
        "requests.received.total == 1 or requests.carried_in.total == 3",
        "requests.received.total == 1 and requests.carried_in.total > 3",
        "implies(requests.received.total > 0, requests.carried_in.total == 3)",
        "present(requests.received.total)",
    ],
)  # fmt: skip
def test_what_is_no_linear_equality_is_no_equation(demand: str) -> None:
    assert linear_equations(bound(demand)) == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("suqian-shizhengfu-2024", 25 + 7 + 7), ("pingtan-guanweihui-2019", 23 + 7 + 7)],
)
def test_the_national_rules_give_every_sum_of_table_3_once(name: str, expected: int) -> None:
    report = checker().load_report(real(name, received__natural_person=1))
    program = checker()._program(checker().rule_set(report), report, None)
    (system,) = systems(program.instances, program.names.frame(report), program.specs)
    assert len(system.equations) == expected
    assert Counter(equation.instance.rule_id for equation in system.equations) == {
        "cn/requests/applicants-unequal-total": expected - 14,
        "cn/requests/results-unequal-total": 7,
        "cn/requests/unbalanced": 7,
    }


def test_money_and_changes_are_no_counts() -> None:
    # A made-up equality over the column of charges takes no part: its values need not be whole.
    report = checker().load_report(
        {
            "layout": "2021",
            "year": 2024,
            "tables": {
                "proactive_disclosure": {
                    "administrative_charges": {"amount": 3},
                    "administrative_licensing": {"decisions": 4},
                }
            },
        }
    )
    layout = checker().layouts["2021"]
    names = Names(layout, {})
    specs = {table.key: table for table in layout.tables}
    money = bound(
        "proactive_disclosure.administrative_charges.amount == proactive_disclosure.administrative_licensing.decisions"
    )
    count = bound("proactive_disclosure.administrative_licensing.decisions == 5")
    across = bound("requests.received.total == reviews_and_litigation.review.total")
    assert systems([money, across], names.frame(report), specs) == ()
    assert len(systems([count], names.frame(report), specs)) == 1
