"""An example in which another rule finds something says so, or is told."""

from pathlib import Path

import pytest

from disclosure_rules.pipeline import Checker
from disclosure_rules.testing import run_examples

PACK = 'id: our-pack\ntitle: {zh: 一, en: a}\nversion: "1"\nextends: cn\n'
OTHER = """\
id: our-pack/requests/OTHER
title: {zh: 另一条, en: Other}
severity: SEVERITY
basis: [{instrument: regulation-2019}]
applies: {layouts: ["2021"]}
assert: requests.received.total < 5
at: requests.received.total
message: {zh: 太多。, en: Too many.}
"""
RULE = """\
id: our-pack/requests/unequal
title: {zh: 不等, en: Unequal}
severity: note
basis: [{instrument: regulation-2019}]
applies: {layouts: ["2021"]}
assert: requests.received.total == 3
at: requests.received.total
message: {zh: 不是三件。, en: Not three.}
examples:
  fail:
    - name: 六件
      report: {layout: "2021", year: 2024, tables: {requests: {received: {total: 6}}}}
      finds: [requests.received.total]
"""


def _problem(tmp_path: Path, other: str = "", also: str = "") -> str | None:
    room = tmp_path / "our-pack" / "requests"
    room.mkdir(parents=True)
    (room.parent / "pack.yaml").write_text(PACK, "utf-8")
    (room / "unequal.yaml").write_text(RULE + also, "utf-8")
    if other:
        name, severity = other.split()
        text = OTHER.replace("OTHER", name).replace("SEVERITY", severity)
        (room / f"{name}.yaml").write_text(text, "utf-8")
    checker = Checker(packs=[room.parent])
    key = "our-pack/requests/unequal"
    [outcome] = run_examples(checker, key, checker.examples(key))
    return outcome.problem.en if outcome.problem is not None else None


def test_a_rule_that_fires_unsaid_is_told_with_its_place_and_words(tmp_path: Path) -> None:
    problem = _problem(tmp_path, "too-many warning")
    assert problem is not None
    assert problem.startswith(
        "another rule, our-pack/requests/too-many, finds something at requests.received.total: Too many."
    )
    assert "also: [our-pack/requests/too-many]" in problem


@pytest.mark.parametrize(
    ("other", "also"),
    [
        ("", ""),  # the sections and cells that the example leaves out are no matter
        ("too-many warning", "      also: [our-pack/requests/too-many]\n"),
        ("too-many explain", ""),
        ("too-many note", "      also: [our-pack/requests/too-many]\n"),
        ("figure-missing error", ""),
    ],
)
def test_what_is_said_or_weighs_little_or_asks_for_more_is_no_problem(
    tmp_path: Path, other: str, also: str
) -> None:
    assert _problem(tmp_path, other, also) is None


def test_a_rule_that_is_said_to_fire_and_does_not_is_told(tmp_path: Path) -> None:
    problem = _problem(tmp_path, also="      also: [cn/requests/unbalanced]\n")
    assert problem == "cn/requests/unbalanced in `also` finds nothing in this example; remove it"


def test_what_a_pack_finds_that_the_rule_does_not_stand_on_is_no_matter(tmp_path: Path) -> None:
    for name in ("our-pack", "their-pack"):
        room = tmp_path / name / "requests"
        room.mkdir(parents=True)
        (room.parent / "pack.yaml").write_text(PACK.replace("our-pack", name), "utf-8")
    (tmp_path / "our-pack" / "requests" / "unequal.yaml").write_text(RULE, "utf-8")
    other = OTHER.replace("our-pack", "their-pack").replace("OTHER", "too-many").replace("SEVERITY", "error")
    (tmp_path / "their-pack" / "requests" / "too-many.yaml").write_text(other, "utf-8")
    checker = Checker(packs=[tmp_path / "our-pack", tmp_path / "their-pack"])
    key = "our-pack/requests/unequal"
    [example] = checker.examples(key).fail
    assert example.report is not None
    assert "their-pack/requests/too-many" in {one.rule for one in checker.check(example.report).findings}
    assert [one.problem for one in run_examples(checker, key, checker.examples(key))] == [None]
