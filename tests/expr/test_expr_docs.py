"""The reference for rule authors: its examples bind, and its limits are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from expr_reports import bound

from disclosure_rules.expr import syntax, translate
from disclosure_rules.expr.bind import MAX_INSTANCES, MAX_NODES, MAX_RULE_NODES

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "expressions.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS)
def test_every_example_binds(block: str) -> None:
    fields = yaml.safe_load(block)
    instances = bound(fields.pop("assert"), **fields)
    assert all(one.at is not None for one in instances)


def test_every_function_is_described() -> None:
    (table,) = re.findall(r"## Functions\n(.*?)\n##", TEXT, re.DOTALL)
    assert set(re.findall(r"`(\w+)\(", table)) == set(translate.FUNCTIONS)


def test_the_limits_are_those_of_the_code() -> None:
    (table,) = re.findall(r"## Limits\n(.*?)\nRefused", TEXT, re.DOTALL)
    written = [int(number.replace(",", "")) for number in re.findall(r"(?<!\^)\b\d[\d,]*\b(?!\^)", table)]
    assert written == [
        syntax.MAX_CHARACTERS, syntax.MAX_WORDS, syntax.MAX_DEPTH, syntax.MAX_PREFIXES, syntax.MAX_PATH,
        syntax.MAX_DECIMAL_DIGITS, translate.MAX_FACTORS, MAX_INSTANCES, MAX_NODES,
        MAX_RULE_NODES,
    ]  # fmt: skip
    assert syntax.MAX_INTEGER == 10**15
