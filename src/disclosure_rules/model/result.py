"""What a check ends in: findings, what stayed open, faults, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from disclosure_rules.model.body import BodyKind
from disclosure_rules.model.location import Location
from disclosure_rules.model.note import Note
from disclosure_rules.model.report import Number
from disclosure_rules.model.rule import Severity, Tier
from disclosure_rules.model.text import Frozen, Text
from disclosure_rules.model.waiver import Waived, WaiverNote

__all__ = [
    "SATISFIED",
    "UNREAD",
    "CheckResult",
    "CitedBasis",
    "CorrectedCell",
    "Correction",
    "CoverageCounts",
    "Deduction",
    "Evidence",
    "Fault",
    "Finding",
    "FoundBody",
    "FoundPrevious",
    "FoundReport",
    "FoundSection",
    "IgnoredRule",
    "OpenRule",
    "Outcome",
    "PackRef",
    "Place",
    "ResultSource",
    "RootCause",
    "RulesRef",
    "Satisfied",
    "Score",
    "Undecided",
]

UNREAD = "unread"  # the format of an input of which no report could be had


class Outcome(StrEnum):
    """How one rule ended for one report."""

    PASS = "pass"  # noqa: S105  an outcome, no password
    FAIL = "fail"
    OPEN = "open"
    NOT_APPLICABLE = "not_applicable"


class CitedBasis(Frozen):
    """A citation, resolved."""

    instrument: str
    number: str | None = None
    title: str
    article: str | None = None
    quote: str | None = None


class Evidence(Frozen):
    """A check's bare facts of one fault: where it is and which values show it.

    `basis` is what this fault rests on, where that is another instrument than the rule cites.
    """

    location: Location = Location()
    # A factory, where `{}` would be copied deeply for each of the many that a report makes.
    values: Mapping[str, Number | str | None] = Field(default_factory=dict)
    basis: CitedBasis | None = None


class Satisfied(Frozen):
    """A check's statement that a demand was looked at and is met. Without one, a rule is not applicable."""


SATISFIED = Satisfied()  # it says the same wherever it is said


class Undecided(Frozen):
    """A check's statement that a demand could not be decided, and why."""

    reason: Text
    location: Location = Location()


class Place(Location):
    """A location with the words that tell it to a person."""

    words: Text


class Finding(Frozen):
    """One fault of a report.

    `fingerprint` identifies it across runs: rule, keys of the place and values. `blocks` tells whether it makes the
    report fail in this run; one that is waived, or known from the baseline, does not.
    """

    rule: str
    pack: str
    severity: Severity
    title: Text
    message: Text
    suggestion: Text | None = None
    location: Place
    values: Mapping[str, str | None] = {}
    basis: tuple[CitedBasis, ...]
    tier: Tier
    fingerprint: str
    blocks: bool = False
    waived: Waived | None = None
    baseline: Literal["new", "unchanged"] | None = Field(
        default=None, description="whether an earlier result had it; null without a baseline"
    )


class IgnoredRule(Frozen):
    """A rule whose findings the profile leaves out: how many, and why."""

    rule: str
    reason: str
    count: int


class Deduction(Frozen):
    """An item of a marking scheme that costs points: how many times, how many points in all, for which findings."""

    title: Text
    times: int
    points: int
    findings: tuple[str, ...]


class Score(Frozen):
    """The marks by the profile's scheme.

    They lie between `least` and `most`: items in `undecided` could not be decided, those in `unseen` cannot be seen from
    a report, and may cost points still.
    """

    total: int
    least: int
    most: int
    deductions: tuple[Deduction, ...]
    undecided: tuple[Text, ...] = ()
    unseen: tuple[Text, ...] = ()


class OpenRule(Frozen):
    """A rule that could not be decided, in whole or in part. `blocks` tells whether it keeps the report from passing."""

    rule: str
    severity: Severity
    title: Text
    reason: Text
    blocks: bool = False


class CorrectedCell(Frozen):
    """A cell, the number printed in it, and the number with which the sums would hold."""

    location: Place
    printed: str
    fits: str


class Correction(Frozen):
    """Cells that, changed together, make the broken sums hold; `slip` is the kind of slip it would undo."""

    message: Text
    cells: tuple[CorrectedCell, ...]
    slip: str
    slip_words: Text


class RootCause(Frozen):
    """What the findings of broken sums come from: the smallest correction. Nothing was changed.

    `corrections` are the smallest ones, likeliest first; no smaller one exists where `smallest` is true. They are
    `count` in all, of which the first few are listed, or at least so many where `every` is false. `explains` are
    the fingerprints of the findings that any of them would settle, and `undecided` is the number of sums of the table
    that unknown cells keep from being calculated.
    """

    table: str
    message: Text
    corrections: tuple[Correction, ...]
    count: int
    every: bool
    smallest: bool
    explains: tuple[str, ...]
    undecided: int = 0


class Fault(Frozen):
    """A rule that crashed: our bug, never a finding, never silence."""

    rule: str
    pack: str
    message: Text


class ResultSource(Frozen):
    """The input that was checked."""

    path: str | None = None
    sha256: str | None = None
    format: str


class FoundBody(Frozen):
    """The body as recognised; `region` is a GB/T 2260 code and `region_names` its names from the province down."""

    name: str
    kind: BodyKind | None = None
    region: str | None = None
    region_names: tuple[str, ...] = ()
    region_from: str | None = Field(default=None, description="what the region was recognised by")


class FoundSection(Frozen):
    """A section with its printed heading."""

    key: str | None
    heading: str


class FoundReport(Frozen):
    """What the report is, as far as it was recognised."""

    title: str | None
    body: FoundBody | None
    year: int | None
    layout: str | None
    sections: tuple[FoundSection, ...]


class FoundPrevious(Frozen):
    """The report of the year before that this one was held against."""

    path: str | None = None
    sha256: str | None = None
    title: str | None = None
    body: str | None = None
    year: int | None = None
    layout: str | None = None


class CoverageCounts(Frozen):
    """How much of a table could be read, in cells."""

    expected: int
    read: int
    blank: int = 0
    mark: int = 0
    unreadable: int = 0
    absent: int = 0
    inferred: int = 0
    not_calculated: int = 0


class PackRef(Frozen):
    """A pack that judged, in its version."""

    id: str
    version: str


class RulesRef(Frozen):
    """The rules that judged a report; `as_of` is the day whose state of the law was asked for, where one was."""

    fingerprint: str
    packs: tuple[PackRef, ...]
    as_of: str | None = None


class CheckResult(Frozen):
    """One report, checked."""

    source: ResultSource
    report: FoundReport
    previous: FoundPrevious | None = None
    rules: RulesRef
    profile: str = "default"
    coverage: Mapping[str, CoverageCounts]
    verdict: Literal["pass", "fail", "incomplete"]
    counts: Mapping[Severity, int]
    outcomes: Mapping[Outcome, int]
    findings: tuple[Finding, ...]
    root_causes: tuple[RootCause, ...] = Field(default=(), description="what broken sums come from")
    open: tuple[OpenRule, ...]
    notes: tuple[Note, ...]
    faults: tuple[Fault, ...]
    passed: tuple[str, ...] = Field(default=(), description="ids of the rules that were met")
    ignored: tuple[IgnoredRule, ...] = ()
    score: Score | None = Field(default=None, description="the marks, where the profile has a marking scheme")
    waivers: tuple[WaiverNote, ...] = Field(default=(), description="waivers of the report that do not hold")
    fixed: tuple[str, ...] = Field(
        default=(), description="fingerprints of the baseline that are no longer found"
    )

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values, by `schemas/result.schema.json`."""
        return self.model_dump(mode="json", by_alias=True)
