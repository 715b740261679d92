"""One requirement, as its YAML file states it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field, model_validator

from disclosure_rules.model.body import BodyKind
from disclosure_rules.model.text import Frozen, Text

__all__ = ["Applies", "Basis", "Example", "Examples", "Rule", "Severity", "Tier", "YearSpan"]


class Severity(StrEnum):
    """How much a finding weighs; severities compare by `rank`."""

    ERROR = "error"  # law or arithmetic is broken
    WARNING = "warning"  # very likely wrong
    EXPLAIN = "explain"  # legal, but in need of a sentence
    NOTE = "note"  # style, or for information

    @property
    def rank(self) -> int:
        """0 for a note, 3 for an error."""
        return ("note", "explain", "warning", "error").index(self.value)


# A: a text of the instrument was seen; B: a text of a city or county; C: title or citation only; D: a habit of
# published reports. Only A and B may raise errors.
Tier = Literal["A", "B", "C", "D"]


class Basis(Frozen):
    """A citation: the id of an instrument in a pack's registry, the article, and its words where they were seen."""

    instrument: str
    article: str | None = None
    says: str | None = None


class YearSpan(Frozen):
    """Report years, both ends included; None is open."""

    start: int | None = Field(default=None, alias="from")
    end: int | None = Field(default=None, alias="to")

    def __contains__(self, year: object) -> bool:
        return (
            isinstance(year, int)
            and (self.start is None or year >= self.start)
            and (self.end is None or year <= self.end)
        )


class Applies(Frozen):
    """Which reports a rule is about; an absent key means all.

    `previous_layouts` is for rules of `scope: years`: the forms that last year's report may follow.
    """

    layouts: tuple[str, ...] | None = None
    previous_layouts: tuple[str, ...] | None = None
    years: YearSpan | None = None
    bodies: tuple[BodyKind, ...] | None = None
    regions: tuple[str, ...] | None = Field(default=None, description="GB/T 2260 codes or their first digits")


class Example(Frozen):
    """A report, whole or in parts, and what the rule says of it.

    `report` is a structured report (schemas/report.schema.json) in which everything may be left out;
    `document` is the text of a report instead; `previous` is last year's report, structured. A rule over a whole batch
    has `batch` instead: the `roster` (bodies as in model/roster.py) and the `reports` of it, each with the name of its
    `file` where that matters; it finds bodies by name.
    `finds` lists the places found as dotted keys
    (`requests.results_total.total`, `sections.overview`, `title`, `line:3`). `also` names the other rules that find
    something in the example, rightly.
    """

    name: str
    report: Mapping[str, Any] | None = None
    document: str | None = None
    previous: Mapping[str, Any] | None = None
    batch: Mapping[Literal["roster", "reports"], tuple[Mapping[str, Any], ...]] | None = None
    finds: tuple[str, ...] | None = None
    also: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_input(self) -> Example:
        if sum(given is not None for given in (self.report, self.document, self.batch)) != 1:
            msg = "an example has one of `report`, `document` and `batch`"
            raise ValueError(msg)
        return self


class Examples(Frozen):
    """The tests of a rule. `missed` holds known misses: faults the rule does not find yet."""

    passing: tuple[Example, ...] = Field(default=(), alias="pass")
    fail: tuple[Example, ...] = ()
    open: tuple[Example, ...] = ()
    missed: tuple[Example, ...] = ()


class Rule(Frozen):
    """One requirement: law, condition, words. Either `assert` or `check` says what is demanded."""

    id: str
    title: Text
    severity: Severity
    tier: Tier = "A"
    basis: tuple[Basis, ...]
    applies: Applies = Applies()
    scope: Literal["report", "years", "collection"] = "report"
    each: Mapping[str, str] = {}
    when: str | None = None
    let: Mapping[str, str] = {}
    demand: str | None = Field(default=None, alias="assert")
    at: str | None = None
    check: str | None = None
    params: Mapping[str, Any] = {}
    message: Text
    suggestion: Text | None = None
    supersedes: str | None = None
    waivable: bool = Field(default=True, description="whether a waiver may accept a finding of the rule")
    remarks: Text | None = None

    @model_validator(mode="after")
    def _one_demand(self) -> Rule:
        if (self.demand is None) == (self.check is None):
            msg = "a rule has either `assert` or `check`"
            raise ValueError(msg)
        if self.check is not None and (self.each or self.let or self.at or self.when):
            msg = "`each`, `when`, `let` and `at` go with `assert`; a check takes `params`"
            raise ValueError(msg)
        if self.demand is not None and self.params:
            msg = "`params` go with `check`"
            raise ValueError(msg)
        if self.applies.previous_layouts is not None and self.scope != "years":
            msg = "`previous_layouts` goes with `scope: years`"
            raise ValueError(msg)
        return self
