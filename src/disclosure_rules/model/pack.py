"""A rule pack as shipped, what it changes in an inherited one, and what is in force for one report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from disclosure_rules.model.layout import Layout
from disclosure_rules.model.quantities import Vocabulary
from disclosure_rules.model.rule import Applies, Basis, Rule, Severity, Tier
from disclosure_rules.model.text import Frozen, Text

__all__ = ["EffectiveRule", "Instrument", "Override", "PackManifest", "RulePack", "RuleSet"]


class Instrument(Frozen):
    """A law, decree, notice or standard; dates are ISO. `report_years` are the years whose reports it governs."""

    id: str
    title: str
    short: str | None = None
    number: str | None = None
    issuer: str | None = None
    issued: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    first_report_year: int | None = None
    last_report_year: int | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: str | None = None
    tier: Tier
    evidence: str = Field(description="which text was seen, and where")


class PackManifest(Frozen):
    """`pack.yaml`: what the pack is and for whom."""

    id: str
    title: Text
    version: str
    extends: str | None = None
    regions: tuple[str, ...] = Field(default=(), description="GB/T 2260 codes it is for; empty: everywhere")
    expr: Literal[1] = Field(default=1, description="version of the expression language")
    evidence: str = ""
    unknowns: tuple[str, ...] = ()


class Override(Frozen):
    """What a pack changes in a rule that it inherits, and why."""

    rule: str
    reason: str
    basis: tuple[Basis, ...] = ()
    severity: Severity | None = None
    params: Mapping[str, Any] | None = None
    message: Text | None = None
    suggestion: Text | None = None
    applies: Applies | None = None
    disable: bool = False


class RulePack(Frozen):
    """A pack, loaded. `files` maps a rule id to its file; `vocabulary` is None where the pack has none of its own."""

    manifest: PackManifest
    instruments: Mapping[str, Instrument]
    layouts: Mapping[str, Layout] = {}
    rules: Mapping[str, Rule]
    overrides: tuple[Override, ...] = ()
    vocabulary: Vocabulary | None = None
    files: Mapping[str, str] = {}
    sha256: str


class EffectiveRule(Frozen):
    """A rule in force for a report: the rule with overrides applied, and who changed what.

    `set_by` maps a changed field to the id of the pack that set it; a single parameter is `params.<name>`.
    `undecided` is set where it cannot be told whether the rule applies to the report at all, and says why.
    """

    rule: Rule
    pack: str
    set_by: Mapping[str, str] = {}
    undecided: Text | None = None


class RuleSet(Frozen):
    """Everything in force for one report, with the fingerprint of it all."""

    fingerprint: str
    packs: tuple[PackManifest, ...]
    layout: Layout | None
    layouts: Mapping[str, Layout]
    rules: tuple[EffectiveRule, ...]
    instruments: Mapping[str, Instrument]
    vocabulary: Vocabulary | None = None
