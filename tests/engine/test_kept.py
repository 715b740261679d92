"""What is kept is bounded, whatever is asked for."""

from __future__ import annotations

from disclosure_rules import pipeline
from disclosure_rules.kept import Kept
from disclosure_rules.pipeline import Checker, Overrule


def test_one_more_than_is_kept_begins_anew() -> None:
    kept: Kept[int, str] = Kept(3)
    for number in range(10):
        kept[number] = str(number)
        assert len(kept) <= 3
        assert kept.get(number) == str(number)


def test_regions_and_years_do_not_add_up_in_a_checker() -> None:
    checker = Checker()
    report = {"layout": "2021", "tables": {"requests": {"received": {"total": 3}}}}
    first = checker.check({**report, "year": 2024}).to_json()
    for year in range(2008, 2101):
        for kind in ("government", "department", "township", "subdistrict", "vertical_agency", None):
            checker.rule_set(checker.load_report(report, overrule=Overrule(year=year, body_kind=kind)))
    assert len(checker._rule_sets) <= pipeline._MOST_KEPT
    assert checker.check({**report, "year": 2024}).to_json() == first
