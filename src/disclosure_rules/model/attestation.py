"""The record of a check: what was checked, by what, with which choices, and what it came to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from disclosure_rules.model.body import BodyKind
from disclosure_rules.model.result import RulesRef
from disclosure_rules.model.rule import Severity
from disclosure_rules.model.text import Frozen

__all__ = ["Attestation", "AttestedProfile", "AttestedReport", "Choices"]


class AttestedProfile(Frozen):
    """The profile: its name, from which severity on a report fails, and the hash of all of it."""

    name: str
    fail_on: Severity
    sha256: str


class Choices(Frozen):
    """What the command was given besides reports and profile; files that it read are told by their hashes."""

    as_of: str | None = None
    year: int | None = None
    region: str | None = None
    body_kind: BodyKind | None = None
    convert: bool = False
    ocr: bool = False
    packs: tuple[str, ...] = Field(
        default=(), description="packs asked for by their ids; folders leave no path here"
    )
    without: tuple[str, ...] = ()
    waivers: str | None = Field(default=None, description="SHA-256 of what the waivers say")
    waived_on: str | None = Field(default=None, description="the day on which the waivers were held")
    baseline: str | None = Field(default=None, description="SHA-256 of what the baseline knows")


class AttestedReport(Frozen):
    """One report of the check. `result_sha256` is the hash of the whole result, without its paths."""

    sha256: str | None
    format: str
    previous_sha256: str | None = None
    title: str | None = None
    body: str | None = None
    year: int | None = None
    rules: RulesRef
    verdict: Literal["pass", "fail", "incomplete"]
    counts: Mapping[Severity, int]
    waived: tuple[str, ...] = Field(default=(), description="fingerprints of the findings that are waived")
    result_sha256: str


class Attestation(Frozen):
    """The output of `check --attest`; with neither path nor time: the same check gives the same record anywhere."""

    schema_: Literal["disclosure-rules/attestation/1"] = Field(
        default="disclosure-rules/attestation/1", alias="schema"
    )
    tool: Mapping[str, str]
    profile: AttestedProfile
    choices: Choices
    reports: tuple[AttestedReport, ...]
