"""Rules and verbs fit each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from disclosure_rules.checks import built_in_checks
from disclosure_rules.packs.load import load_examples, load_pack
from disclosure_rules.pipeline import Checker
from disclosure_rules.resources import rules_folder
from disclosure_rules.testing import judge_batch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.model.collection import CollectionFinding
    from disclosure_rules.model.result import Finding
    from disclosure_rules.model.rule import Example, Rule

_CN = load_pack(rules_folder() / "cn")
_RULES: dict[str, Rule] = {**_CN.rules, **load_pack(rules_folder() / "cn-sx", (_CN,)).rules}
_CHECKER = Checker()


def test_every_verb_is_called_by_a_shipped_rule() -> None:
    assert set(built_in_checks()) == {rule.check for rule in _RULES.values() if rule.check is not None}


def test_a_verb_has_the_name_of_its_function() -> None:
    assert all(name == verb.__name__.replace("_", "-") for name, verb in built_in_checks().items())


def _findings(example: Example) -> Sequence[Finding | CollectionFinding]:
    if example.batch is not None:
        return judge_batch(_CHECKER, example).findings
    text = (example.document or "").encode()
    report = _CHECKER.load_report(example.report or text, name=example.name)
    previous = _CHECKER.load_report(example.previous) if example.previous is not None else None
    return _CHECKER.judge(report, previous).findings


@pytest.mark.parametrize("rule", sorted(_RULES))
def test_every_placeholder_of_a_message_is_filled(rule: str) -> None:
    for example in load_examples(rules_folder() / f"{rule}.yaml").fail:
        told = [finding for finding in _findings(example) if finding.rule == rule]
        assert told
        for finding in told:
            words = [finding.message.zh, finding.message.en, finding.title.zh]
            words += [finding.suggestion.zh, finding.suggestion.en] if finding.suggestion else []
            # {单位} is a blank of a template that the rule on placeholders names, so only Latin names count.
            assert not [text for text in words if re.search(r"\{[a-z_]+\}|—", text)]
