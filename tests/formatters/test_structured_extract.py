"""The output of `extract`, given to `check`, yields the same findings as the document."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from disclosure_rules.formatters.structured import to_json, to_yaml
from disclosure_rules.pipeline import Checker
from disclosure_rules.resources import schemas_folder

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = sorted((ROOT / "tests" / "data" / "reports").glob("*.txt")) + sorted(
    (ROOT / "examples").glob("*.yaml")
)


@cache
def checker() -> Checker:
    return Checker()


def judged(source: Path | bytes) -> dict[str, Any]:
    result = checker().check(source, name="same").to_json()
    result.pop("source")
    return result


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_was_extracted_is_judged_like_the_document(path: Path) -> None:
    expected = judged(path)
    report = checker().load_report(path)
    for write in (to_yaml, to_json):
        assert judged(write(report, checker().layouts).encode()) == expected


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_was_extracted_obeys_the_schema(path: Path) -> None:
    schema = json.loads((schemas_folder() / "report.schema.json").read_text("utf-8"))
    report = checker().load_report(path)
    jsonschema.validate(json.loads(to_json(report, checker().layouts)), schema)
