"""A rule pack as shipped, what it changes in an inherited one, and what is in force for one report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from disclosure_rules.model.layout import Layout
from disclosure_rules.model.quantities import Vocabulary
from disclosure_rules.model.rule import Applies, Basis, Rule, Severity, Tier
from disclosure_rules.model.text import Frozen, Text

__all__ = [
    "Aggregate",
    "ChangeKind",
    "EffectiveRule",
    "Instrument",
    "InstrumentStatus",
    "Override",
    "PackManifest",
    "RuleChange",
    "RulePack",
    "RuleSet",
]

# How a rule of one set differs from the same rule of another; `condition` may be stricter or looser.
ChangeKind = Literal["added", "switched-off", "stricter", "looser", "condition", "wording"]

# Whether an instrument is in force as far as was seen; `unknown` where no text settles it.
InstrumentStatus = Literal["in-force", "superseded", "repealed", "unknown"]


class Instrument(Frozen):
    """A law, decree, notice or standard; dates are ISO, and `valid_to` is the last day or the day of repeal.

    `first_report_year` and `last_report_year` bound the years whose reports it governs. `misquoted_as` holds titles
    under which reports were seen to cite it, and that no instrument has; `annexes` are the titles of its annexes.
    """

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
    repealed_by: str | None = Field(default=None, description="id of the instrument that repealed it")
    misquoted_as: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    articles: Mapping[str, str] = Field(
        default={},
        description="what its articles say of the annual report, where they were read; for the matrix of rules",
    )
    status: InstrumentStatus = "unknown"
    tier: Tier
    source: str | None = Field(default=None, description="address of a page with its text")
    evidence: str = Field(description="which text was seen, and where")


class Aggregate(Frozen):
    """Units that the report of the superior body must cover, by the words of a text or the habit of reports."""

    units: tuple[str, ...]
    tier: Tier
    evidence: str


class PackManifest(Frozen):
    """`pack.yaml`: what the pack is and for whom.

    `competent_body` is the body in charge of disclosure work in the region (政府信息公开工作主管部门), and
    `level_words` are the region's own words for levels of government (盟, 旗, 苏木).
    """

    id: str
    title: Text
    version: str
    extends: str | None = None
    regions: tuple[str, ...] = Field(default=(), description="GB/T 2260 codes it is for; empty: everywhere")
    expr: Literal[1] = Field(default=1, description="version of the expression language")
    competent_body: str | None = None
    level_words: tuple[str, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()
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
    waivable: Literal[False] | None = Field(
        default=None, description="false: no waiver may accept a finding of the rule"
    )
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
    as_of: str | None = None


class RuleChange(Frozen):
    """A rule in which two sets differ: how, in which fields, as it was and as it is (None where it is not)."""

    kind: ChangeKind
    rule: str
    fields: tuple[str, ...] = ()
    before: EffectiveRule | None = None
    after: EffectiveRule | None = None
