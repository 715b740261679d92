"""JSON Schemas of everything that people write or programs read, generated from the models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, TypeAdapter

from disclosure_rules.model.attestation import Attestation
from disclosure_rules.model.hook import HookAnswer, HookRequest
from disclosure_rules.model.layout import Layout
from disclosure_rules.model.pack import Instrument, PackManifest
from disclosure_rules.model.profile import Profile
from disclosure_rules.model.quantities import Vocabulary
from disclosure_rules.model.result import CheckResult
from disclosure_rules.model.rule import Examples, Rule
from disclosure_rules.model.structured import StructuredReport
from disclosure_rules.packs.read import OverridesFile
from disclosure_rules.packs.waivers import WaiversFile

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["generate", "write"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class RuleFile(Rule):
    """A rule with its examples, as the file holds it."""

    examples: Examples = Examples()


def generate() -> dict[str, dict[str, Any]]:
    """Every schema, by name (`rule` → `schemas/rule.schema.json`)."""
    models: dict[str, type[BaseModel]] = {
        "attestation": Attestation,
        "hook-answer": HookAnswer,
        "hook-request": HookRequest,
        "layout": Layout,
        "overrides": OverridesFile,
        "profile": Profile,
        "pack": PackManifest,
        "quantities": Vocabulary,
        "report": StructuredReport,
        "result": CheckResult,
        "rule": RuleFile,
        "waivers": WaiversFile,
    }
    schemas = {
        name: _named(
            name,
            model.model_json_schema(
                mode="serialization" if name in {"attestation", "result", "hook-answer"} else "validation",
                by_alias=True,
            ),
        )
        for name, model in models.items()
    }
    schemas["instruments"] = _named("instruments", _instruments())
    schemas["result"] = _envelope(schemas["result"])
    return dict(sorted(schemas.items()))


def write(folder: Path) -> None:
    """Write every schema into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in generate().items():
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        (folder / f"{name}.schema.json").write_text(text, encoding="utf-8")


def _named(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": _DIALECT, "$id": f"{name}.schema.json", **schema}


def _instruments() -> dict[str, Any]:
    # The key of an entry is its id.
    schema = TypeAdapter(dict[str, Instrument]).json_schema()
    entry = schema["$defs"]["Instrument"]
    entry["properties"].pop("id")
    entry["required"].remove("id")
    return {**schema, "title": "Instruments", "description": "`instruments.yaml`: laws and notices, by id."}


def _envelope(result: dict[str, Any]) -> dict[str, Any]:
    """The whole output of `check --format json` around the results."""
    definitions = result.pop("$defs")
    single = {key: value for key, value in result.items() if not key.startswith("$")}
    counts = {"type": "object", "additionalProperties": {"type": "integer"}}
    return {
        "$schema": _DIALECT,
        "$id": "result.schema.json",
        "title": "CheckResults",
        "description": "The output of `disclosure-rules check --format json`.",
        "type": "object",
        "additionalProperties": False,
        "required": ["schema", "tool", "rules", "profile", "results", "summary"],
        "properties": {
            "schema": {"const": "disclosure-rules/result/1"},
            "tool": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name", "version"],
                "properties": {"name": {"const": "disclosure-rules"}, "version": {"type": "string"}},
            },
            "rules": {"anyOf": [{"$ref": "#/$defs/RulesRef"}, {"type": "null"}]},
            "profile": {"type": "string"},
            "results": {"type": "array", "items": {"$ref": "#/$defs/CheckResult"}},
            "summary": {
                "type": "object",
                "additionalProperties": False,
                "required": ["reports", "pass", "fail", "incomplete", "counts"],
                "properties": {
                    **{name: {"type": "integer"} for name in ("reports", "pass", "fail", "incomplete")},
                    "counts": counts,
                },
            },
        },
        "$defs": {**definitions, "CheckResult": single},
    }
