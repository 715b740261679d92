"""The packs' own tests: the examples of their rules, and that the city's layer lies on the province's."""

from disclosure_rules import Checker
from disclosure_rules.testing import run_examples

RULES = ("our-province/overview/training-unmentioned", "our-city/publication/department-late-2024")


def test_every_example_holds() -> None:
    checker = Checker(packs=["our-city"])
    outcomes = [outcome for rule in RULES for outcome in run_examples(checker, rule, checker.examples(rule))]
    assert len(outcomes) == 4
    assert [outcome for outcome in outcomes if outcome.problem] == []


def test_the_city_is_judged_by_its_own_the_provinces_and_the_national_rules() -> None:
    report = {
        "layout": "2021",
        "year": 2024,
        "published": "2025-01-28",
        "body": {"name": "佛山市财政局", "kind": "department", "region": "440600"},
        "sections": {"overview": "工作正常。"},
    }
    result = Checker(packs=["our-city"]).check(report)
    assert [pack.id for pack in result.rules.packs] == ["cn", "cn-gd", "our-province", "our-city"]
    assert set(RULES) <= {finding.rule for finding in result.findings}
