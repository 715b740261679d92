"""The contract of the hook: what a portal asks, and what it is told. Integrators keep to it for years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import ConfigDict, Field, model_validator

from disclosure_rules.model.body import BodyKind
from disclosure_rules.model.result import CheckResult
from disclosure_rules.model.text import Day, Frozen, Text

# One of the three is given; a null is as if it were left out. The validator below says the same to Python.
_ONE_OF: list[Any] = [
    {"required": [name], "properties": {name: {"type": kind}}}
    for name, kind in (("path", "string"), ("content", "string"), ("report", "object"))
]

__all__ = ["HookAnswer", "HookError", "HookInput", "HookRequest"]


class HookInput(Frozen):
    """A report, given in one of three ways."""

    model_config = ConfigDict(json_schema_extra={"oneOf": _ONE_OF})

    path: str | None = Field(default=None, description="a file within the allowed folder")
    content: str | None = Field(
        default=None, description="the bytes of a file, in base64; line breaks are allowed"
    )
    report: Mapping[str, Any] | None = Field(default=None, description="by report.schema.json")
    name: str | None = Field(
        default=None, max_length=1000, description="what to call `content` in the answer"
    )

    @model_validator(mode="after")
    def _one(self) -> HookInput:
        if sum(given is not None for given in (self.path, self.content, self.report)) != 1:
            msg = "one of `path`, `content` and `report` is given"
            raise ValueError(msg)
        return self


class HookRequest(HookInput):
    """One report to check, what is known better than the report, and the choices of the check."""

    year: int | None = Field(default=None, ge=2008, le=2100, strict=True)
    region: str | None = Field(default=None, pattern="^[1-9][0-9]{5}$", description="GB/T 2260 code")
    body: BodyKind | None = Field(default=None, description="kind of the body")
    previous: HookInput | None = Field(default=None, description="the same body's report of the year before")
    as_of: Day | None = Field(
        default=None,
        description="the day whose state of the law judges, as 2026-11-27; null for all that the packs know",
    )
    profile: str = Field(default="gate", max_length=100)


class HookError(Frozen):
    """Why there is no result: a stable word and a sentence."""

    code: str
    message: Text


class HookAnswer(Frozen):
    """The answer.

    `decision` is `reject` where a finding blocks, `undecided` where the check is not complete or there was an error, else
    `accept`. Every finding is in `result`, whatever the decision.
    """

    schema_: Literal["disclosure-rules/hook/1"] = Field(default="disclosure-rules/hook/1", alias="schema")
    decision: Literal["accept", "reject", "undecided"]
    tool: Mapping[str, str]
    result: CheckResult | None = None
    error: HookError | None = None
