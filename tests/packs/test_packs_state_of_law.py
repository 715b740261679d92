"""The two clocks: the report year selects the rules, the day of the check the state of the law."""

from __future__ import annotations

from datetime import date

import pytest

from disclosure_rules import Checker

BY_THE_OLD_REGULATION = {
    "title": "某局2018年政府信息公开工作年度报告",
    "year": 2018,
    "layout": "2008",
    "introduction": ["根据《政府信息公开工作安排》（国办发〔2014〕32号）编制。"],
}
AFTER_THE_NOTICE = {"title": "长子县财政局2021年政府信息公开工作年度报告", "year": 2021, "layout": "2019"}


def _told(report: dict[str, object], as_of: str | None) -> set[str]:
    result = Checker(as_of=date.fromisoformat(as_of) if as_of else None).check(report)
    return {finding.rule for finding in result.findings}


def _in_force(year: int, as_of: str | None) -> dict[str, list[str]]:
    """The rules for a report of the year → the instruments that each rests on."""
    checker = Checker(as_of=date.fromisoformat(as_of) if as_of else None)
    report = checker.load_report({"year": year, "layout": "2019"})
    return {
        one.rule.id: [basis.instrument for basis in one.rule.basis] for one in checker.rule_set(report).rules
    }


def test_a_rule_of_a_notice_is_none_before_the_notice_was_issued() -> None:
    # 国办公开办函〔2019〕60号 is of 23 November 2019.
    before, after = _in_force(2019, "2019-11-22"), _in_force(2019, "2019-11-23")
    assert not any("format-2019" in basis for basis in before.values())
    assert any("format-2019" in basis for basis in after.values())
    assert before.keys() < after.keys()


def test_today_judges_as_without_a_day() -> None:
    assert _in_force(2024, "2026-11-27") == _in_force(2024, None)


def test_what_took_an_instruments_place_later_has_not_done_so_yet() -> None:
    cited = {"year": 2019, "layout": "2019", "introduction": ["根据国务院令第492号的规定编制。"]}
    told = {
        day: {rule for rule in _told(cited, day) if rule.endswith("-superseded")}
        for day in (None, "2019-04-02", "2019-04-03")
    }
    # The new Regulation is of 3 April 2019.
    assert told[None] == told["2019-04-03"] == {"cn/document/regulation-superseded"}
    assert told["2019-04-02"] == set()


def test_the_result_names_the_day_and_has_another_fingerprint_only_where_the_law_differs() -> None:
    now, then, today = (
        Checker(as_of=day).check(AFTER_THE_NOTICE).rules
        for day in (None, date(2021, 3, 1), date(2026, 11, 27))
    )
    assert (now.as_of, then.as_of, today.as_of) == (None, "2021-03-01", "2026-11-27")
    assert now.fingerprint == today.fingerprint != then.fingerprint


@pytest.mark.parametrize("as_of", ["2007-01-01", "2008-06-01", "2015-01-01", "2019-05-15", "2021-09-30"])
def test_no_day_makes_a_rule_crash(as_of: str) -> None:
    checker = Checker(as_of=date.fromisoformat(as_of))
    for report in (BY_THE_OLD_REGULATION, AFTER_THE_NOTICE):
        assert checker.check(report).faults == ()
