"""Marks by a profile's scheme: once an item, once a root cause, and a range where something is not known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import jsonschema
import pytest

from disclosure_rules.errors import PackError, UsageError
from disclosure_rules.model.profile import Profile, ScoreItem, Scoring
from disclosure_rules.model.text import Text
from disclosure_rules.packs.profiles import pack_profile
from disclosure_rules.pipeline import Checker
from disclosure_rules.resources import rules_folder

ROOT = Path(__file__).resolve().parents[2]
SUMS = ("cn/requests/unbalanced", "cn/requests/results-unequal-total", "cn/requests/applicants-unequal-total")


def _profile(*items: ScoreItem) -> Profile:
    return Profile(scoring=Scoring(total=10, items=items))


def _item(*rules: str, per: Literal["report", "cause"] = "report", points: int = 3) -> ScoreItem:
    return ScoreItem(title=Text(zh="数据有误", en="wrong figures"), points=points, rules=rules, per=per)


def _broken(**cells: int) -> dict[str, Any]:
    """The real report of Suqian with some cells of table 3 changed, as plain values."""
    checker = Checker()
    from disclosure_rules.formatters.structured import to_structured  # noqa: PLC0415

    report = to_structured(
        checker.load_report(ROOT / "examples" / "suqian-shizhengfu-2024.yaml"), checker.layouts
    )
    for place, value in cells.items():
        row, column = place.split("__")
        report["tables"]["requests"][row][column] = value
    return report


def test_one_slip_that_breaks_several_sums_is_one_deduction() -> None:
    report = _broken(granted__natural_person=9999)
    result = Checker(profile=_profile(_item(*SUMS, per="cause"))).check(report)
    assert len([one for one in result.findings if one.rule in SUMS]) > 1
    assert result.score is not None
    assert [(one.times, one.points) for one in result.score.deductions] == [(1, 3)]
    assert (result.score.least, result.score.most) == (7, 7)


def test_marks_never_fall_below_nothing_and_nothing_found_costs_nothing() -> None:
    report = _broken(granted__natural_person=9999)
    low = Checker(profile=_profile(_item(*SUMS, points=99))).check(report).score
    assert low is not None
    assert (low.least, low.most) == (0, 0)
    full = Checker(profile=_profile(_item(*SUMS))).check(_broken()).score
    assert full is not None
    assert (full.least, full.most, full.deductions) == (10, 10, ())


def test_what_is_open_or_cannot_be_seen_widens_the_range() -> None:
    unseen = ScoreItem(title=Text(zh="未备案", en="not filed"), points=2)
    report = {
        "layout": "2021",
        "year": 2024,
        "tables": {"requests": {"received": {"total": None}, "carried_in": {"total": 1}}},
    }
    result = Checker(profile=_profile(_item("cn/requests/unbalanced"), unseen)).check(report)
    assert result.score is not None
    assert "cn/requests/unbalanced" in {rule.rule for rule in result.open}
    assert (result.score.least, result.score.most) == (5, 10)
    assert [text.zh for text in result.score.undecided] == ["数据有误"]
    assert [text.zh for text in result.score.unseen] == ["未备案"]


def test_the_scheme_of_licheng_is_a_profile_of_its_pack() -> None:
    profile = pack_profile([rules_folder()], "cn-fj/licheng-2020")
    assert profile.scoring is not None
    assert profile.scoring.total == 10
    known = {rule for pack in Checker().packs() for rule in pack.rules}
    exact = {rule for item in profile.scoring.items for rule in item.rules if "*" not in rule}
    assert exact <= known
    schema = json.loads((ROOT / "schemas" / "profile.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)


def test_a_profile_that_no_pack_has_and_a_broken_one_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cn-fj/licheng-2020"):
        pack_profile([rules_folder()], "cn-fj/licheng")
    folder = tmp_path / "our-pack" / "profiles"
    folder.mkdir(parents=True)
    (folder.parent / "pack.yaml").write_text('id: our-pack\ntitle: {zh: 一, en: a}\nversion: "1"\n', "utf-8")
    (folder / "a.yaml").write_text("nmae: our-pack/a\n", "utf-8")
    with pytest.raises(PackError, match="nmae"):
        pack_profile([tmp_path / "our-pack"], "our-pack/a")
