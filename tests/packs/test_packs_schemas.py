"""The schemas say what the loader says: an editor marks what a run would refuse, and nothing else."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from disclosure_rules.packs.schemas import generate
from disclosure_rules.packs.yaml_pack import parse
from disclosure_rules.resources import rules_folder

Write = Callable[..., Path]
SCHEMAS = generate()
FILES = sorted(rules_folder().glob("*/**/*.yaml"))


def _schema_of(file: Path) -> dict[str, Any]:
    if file.parent.name in {"layouts", "profiles"}:
        return SCHEMAS[file.parent.name.removesuffix("s")]
    return SCHEMAS.get(file.stem, SCHEMAS["rule"])


def _errors(text: str, schema: dict[str, Any]) -> list[str]:
    data = json.loads(json.dumps(parse(text, "x"), default=_plain))
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(data)]


def _plain(value: object) -> float:
    assert isinstance(value, Decimal)
    return float(value)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(rules_folder())))
def test_every_shipped_file_is_valid(file: Path) -> None:
    assert _errors(file.read_text("utf-8"), _schema_of(file)) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("requests/unbalanced.yaml", "severity: error", "severty: error"),
        ("requests/unbalanced.yaml", "severity: error", "severity: eror"),
        ("requests/unbalanced.yaml", '["2021"]', "[2021]"),
        ("requests/unbalanced.yaml", "zh: 不平衡, ", ""),
        ("requests/unbalanced.yaml", "name: 不等", "nam: 不等"),
        ("pack.yaml", 'version: "1.0"', "version: 1.0"),
        ("layouts/2021.yaml", "from_year: 2021", 'from_year: "2021"'),
        ("instruments.yaml", "tier: A", "tier: E"),
        ("instruments.yaml", "tier: A", "tier: A\n  id: guide"),
    ],
)
def test_what_the_loader_refuses_an_editor_marks(pack: Write, file: str, old: str, new: str) -> None:
    assert _errors((pack() / file).read_text("utf-8"), _schema_of(Path(file))) == []
    assert _errors((pack({file: (old, new)}) / file).read_text("utf-8"), _schema_of(Path(file)))


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_one_and_closed(name: str) -> None:
    schema = SCHEMAS[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"{name}.schema.json"
    assert schema["title"]
    assert schema["description"]
    if name != "instruments":  # its keys are the ids
        assert schema["additionalProperties"] is False
