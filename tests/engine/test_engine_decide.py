"""Profile, waivers and baseline: what is told and what blocks, without losing a finding."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from disclosure_rules.engine.decide import with_baseline
from disclosure_rules.errors import UsageError
from disclosure_rules.model.profile import PROFILES, Ignored, Profile, Relevelled
from disclosure_rules.model.rule import Severity
from disclosure_rules.model.waiver import Waiver
from disclosure_rules.pipeline import Checker
from sample_report import unbalanced

if TYPE_CHECKING:
    from pathlib import Path

    from disclosure_rules.model.result import CheckResult, Finding

RULE = "cn/requests/unbalanced"
DAY = date(2026, 11, 27)


def _finding(result: CheckResult, rule: str = RULE) -> Finding:
    return next(finding for finding in result.findings if finding.rule == rule)


def _waiver(result: CheckResult, **changes: object) -> Waiver:
    stated = {
        "rule": RULE,
        "body": "长子县财政局",
        "year": 2024,
        "finding": _finding(result).fingerprint,
        "reason": "系统迁移，台账已说明",
        "approved_by": "县政府办公室",
        "expires": "2026-12-31",
    }
    return Waiver.model_validate({**stated, **changes})


def _waived(*waivers: Waiver, carried_out: int = 1) -> CheckResult:
    return Checker(waivers=waivers, as_of=DAY).check(unbalanced(carried_out))


def test_a_waived_finding_stays_in_the_list_and_does_not_block() -> None:
    plain = Checker().check(unbalanced())
    waived = _waived(_waiver(plain))
    assert _finding(plain).blocks
    assert not _finding(waived).blocks
    assert _finding(waived).waived is not None
    assert [one.fingerprint for one in waived.findings] == [one.fingerprint for one in plain.findings]
    assert waived.waivers == ()


@pytest.mark.parametrize(
    ("changes", "carried_out", "state"),
    [
        ({}, 2, "void"),
        ({}, 0, "unused"),
        ({"expires": "2026-11-26"}, 1, "expired"),
        ({"expires": "2026-11-27"}, 1, None),
        ({"body": "长子县审计局"}, 1, "another body"),
        ({"year": 2023}, 1, "another year"),
    ],
)
def test_a_waiver_holds_for_the_values_the_body_the_year_and_until_its_day(
    changes: dict[str, object], carried_out: int, state: str | None
) -> None:
    result = _waived(_waiver(Checker().check(unbalanced()), **changes), carried_out=carried_out)
    assert [note.state for note in result.waivers] == (
        [state] if state in {"void", "unused", "expired"} else []
    )
    assert any(finding.waived for finding in result.findings) == (state is None)


def test_a_pack_can_forbid_waiving(tmp_path: Path) -> None:
    pack = tmp_path / "strict-pack"
    pack.mkdir()
    (pack / "pack.yaml").write_text(
        'id: strict-pack\ntitle: {zh: 一, en: a}\nversion: "1"\nextends: cn\n', "utf-8"
    )
    (pack / "overrides.yaml").write_text(
        f"overrides:\n  - {{rule: {RULE}, reason: 勾稽关系不得豁免, waivable: false}}\n", "utf-8"
    )
    waiver = _waiver(Checker().check(unbalanced()))
    result = Checker(packs=[pack], waivers=[waiver], as_of=DAY).check(unbalanced())
    assert [note.state for note in result.waivers] == ["refused"]
    assert _finding(result).blocks


def test_waivers_need_a_day() -> None:
    with pytest.raises(UsageError) as caught:
        Checker(waivers=[_waiver(Checker().check(unbalanced()))])
    assert caught.value.code == "no-day"


def test_a_profile_leaves_rules_out_with_their_count_and_reason() -> None:
    every = Checker().check(unbalanced(published="2025-03-01"))
    late = "cn/publication/department-late"
    assert late in {finding.rule for finding in every.findings}
    drafting = Checker(profile=PROFILES["drafting"]).check(unbalanced(published="2025-03-01"))
    assert late not in {finding.rule for finding in drafting.findings}
    assert (late, 1) in {(one.rule, one.count) for one in drafting.ignored}
    told = len(drafting.findings) + sum(one.count for one in drafting.ignored)
    assert told == len(every.findings)


def test_a_profile_weighs_rules_otherwise_and_selects() -> None:
    milder = Profile(levels=(Relevelled(rule="cn/*", severity=Severity.NOTE, reason="试运行"),))
    result = Checker(profile=milder).check(unbalanced())
    assert {finding.severity for finding in result.findings} == {Severity.NOTE}
    assert not any(finding.blocks for finding in result.findings)
    only = Checker(profile=Profile(select=("cn/requests/*",))).check(unbalanced())
    assert {finding.rule.split("/")[1] for finding in only.findings} == {"requests"}
    ignoring = Profile(ignore=(Ignored(rule="*", reason="无"),))
    assert Checker(profile=ignoring).check(unbalanced()).findings == ()


def test_strict_fails_what_the_default_passes() -> None:
    report = {**unbalanced(0), "title": "长子县财政局2024年政务公开报告"}
    default = Checker().check(report).findings
    strict = Checker(profile=PROFILES["strict"]).check(report).findings
    warnings = [one.severity for one in default].count(Severity.WARNING)
    assert warnings
    assert sum(one.blocks for one in strict) == sum(one.blocks for one in default) + warnings


def test_against_a_baseline_only_what_is_new_blocks_and_what_is_fixed_is_told() -> None:
    before = Checker().check(unbalanced(1))
    known = {finding.fingerprint for finding in before.findings}
    same = with_baseline(Checker().check(unbalanced(1)), known)
    assert {finding.baseline for finding in same.findings} == {"unchanged"}
    assert not any(finding.blocks for finding in same.findings)
    assert same.fixed == ()
    other = with_baseline(Checker().check(unbalanced(2)), known)
    assert _finding(other).baseline == "new"
    assert other.verdict == "fail"
    assert _finding(before).fingerprint in other.fixed


def test_what_keeps_a_report_from_passing_is_marked_among_what_is_open() -> None:
    """A blank cell leaves rules of every severity open; only those that could fail the report keep it from passing."""
    rows = {"received": {"total": 3}, "carried_in": {"total": 0}, "results_total": {"total": None}}
    report = unbalanced(tables={"requests": rows})
    asked = Profile(select=("cn/requests/*",))
    result = Checker(profile=asked).check(report)
    assert result.verdict == "incomplete"
    assert {one.severity for one in result.open if one.blocks} == {Severity.ERROR}
    assert {one.rule for one in result.open if one.blocks} >= {RULE}
    assert any(not one.blocks for one in result.open)
    relevelled = Relevelled(rule="*", severity=Severity.NOTE, reason="试行")
    for change in ({"open_blocks": False}, {"levels": (relevelled,)}):
        milder = Checker(profile=asked.model_copy(update=change)).check(report)
        assert milder.verdict == "pass"
        assert not any(one.blocks for one in milder.open)


def test_a_report_alone_is_not_asked_what_is_between_reports() -> None:
    """Without a year nobody knows which rules apply; those of a whole batch do not, whatever the year is."""
    result = Checker().check({"layout": "2021", "title": "年报"})
    assert any(one.rule.startswith("cn/publication/") for one in result.open)
    assert not [one.rule for one in result.open if "/collection/" in one.rule]
