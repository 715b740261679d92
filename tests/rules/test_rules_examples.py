"""Every example of every rule of every shipped pack; packs obey the rules about rules; schemas do not drift."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from disclosure_rules import Checker
from disclosure_rules.packs.schemas import generate
from disclosure_rules.plugins import Plugins
from disclosure_rules.resources import rules_folder, schemas_folder
from disclosure_rules.testing import run_examples

CHECKER = Checker(plugins=Plugins(installed=False))
RULES = sorted(rule for pack in CHECKER.packs() for rule in pack.rules)
FILES = sorted(
    path
    for path in rules_folder().rglob("*.yaml")
    if path.parent.name not in {"layouts", "profiles"} and path.parent.parent != rules_folder()
)


def test_every_file_in_a_room_is_a_rule_that_was_loaded() -> None:
    assert len(FILES) == len(RULES) > 30


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_of_its_examples_what_they_say(rule: str) -> None:
    outcomes = list(run_examples(CHECKER, rule, CHECKER.examples(rule)))
    assert {outcome.kind for outcome in outcomes} >= {"pass", "fail"}
    assert [outcome for outcome in outcomes if outcome.problem] == []


def test_the_packs_obey_the_rules_about_rules() -> None:
    assert [problem.text("en") for problem in CHECKER.lint()] == []


def test_the_committed_schemas_are_the_generated_ones() -> None:
    generated = generate()
    committed = {
        path.name.removesuffix(".schema.json"): path for path in schemas_folder().glob("*.schema.json")
    }
    assert set(committed) == set(generated)
    drifted = [
        name for name, path in committed.items() if json.loads(path.read_text("utf-8")) != generated[name]
    ]
    assert drifted == [], "run `make schemas`"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(rules_folder())))
def test_every_rule_file_is_valid_by_its_schema(path: Path) -> None:
    schema = generate()["rule"]
    data = yaml.safe_load(path.read_text("utf-8"))
    # The 1.1 reader makes dates of plain scalars, which JSON has not.
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(data, default=str)))
