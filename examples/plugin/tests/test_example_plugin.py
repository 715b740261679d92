"""The plugin's own tests: its rules' examples, run as `disclosure-rules rules test` does."""

from disclosure_rules import Checker
from disclosure_rules.testing import run_examples


def test_every_example_of_the_pack_holds() -> None:
    checker = Checker(packs=["example"])
    outcomes = [
        outcome
        for rule in ("example/overview/too-short", "example/requests/many-carried-over")
        for outcome in run_examples(checker, rule, checker.examples(rule))
    ]
    assert len(outcomes) == 5
    assert [outcome for outcome in outcomes if outcome.problem] == []
