"""An example that nothing can make fail is told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_rules.mutants import mutants
from disclosure_rules.pipeline import Checker
from disclosure_rules.testing import run_examples

PLAIN = st.recursive(
    st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=8,
)
RULE = """\
id: our-pack/requests/vacuous
title: {zh: 空洞, en: Vacuous}
severity: note
basis: [{instrument: regulation-2019}]
applies: {layouts: ["2021"]}
assert: DEMAND
message: {zh: 错, en: wrong}
suggestion: {zh: 改, en: mend}
examples:
  pass:
    - name: 三件
      report: {layout: "2021", year: 2024, tables: {requests: {received: {total: 3}}}}
  fail: []
"""


@pytest.mark.parametrize(
    ("demand", "told"), [("report.year > 0 or 2 > 1", True), ("requests.received.total == 3", False)]
)
def test_an_example_that_no_change_makes_fail_is_told(tmp_path: Path, demand: str, *, told: bool) -> None:
    folder = tmp_path / "our-pack"
    (folder / "requests").mkdir(parents=True)
    (folder / "pack.yaml").write_text(
        'id: our-pack\ntitle: {zh: 一, en: a}\nversion: "1"\nextends: cn\n', "utf-8"
    )
    (folder / "requests" / "vacuous.yaml").write_text(RULE.replace("DEMAND", demand), "utf-8")
    checker = Checker(packs=[folder])
    key = "our-pack/requests/vacuous"
    [outcome] = run_examples(checker, key, checker.examples(key))
    assert (outcome.problem is not None) == told
    if outcome.problem is not None:
        assert "whatever is changed" in outcome.problem.en


@given(st.dictionaries(st.text(max_size=2), PLAIN, max_size=4))
def test_every_mutant_differs_and_the_original_is_left_alone(report: dict[str, object]) -> None:
    before = repr(report)
    changed = list(mutants(report))
    assert all(mutant != report for mutant in changed)
    assert len(changed) >= len(report) or len(changed) == 400
    assert repr(report) == before
