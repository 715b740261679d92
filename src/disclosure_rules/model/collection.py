"""A whole batch as the rules over it see it: who should have reported, what came in, and what is wrong between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from disclosure_rules.model.report import Number
from disclosure_rules.model.result import CitedBasis
from disclosure_rules.model.rule import Severity, Tier
from disclosure_rules.model.text import Frozen, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.roster import RosterEntry

__all__ = [
    "Alike",
    "CollectionContext",
    "CollectionEvidence",
    "CollectionFinding",
    "CollectionOpen",
    "Likeness",
    "SharedPassage",
    "Submitted",
]


class Submitted(NamedTuple):
    """One report that came in.

    Attributes:
        name: Its path within the batch.
        rows: The rows of the roster whose body it may be of: one where it is told, more where it is doubtful.
        doubtful: Whether it is not told for certain whose report it is.
        body: The body's name as the report gives it.
        year: The report year.
        kind: The kind of body.
        facts: What the store keeps of it (`batch.facts`): title, published, names, subjects, sha256, tables;
            read when they are asked for.
    """

    name: str
    rows: tuple[int, ...]
    doubtful: bool
    body: str | None
    year: int | None
    kind: str | None
    facts: Mapping[str, Any]

    @property
    def row(self) -> int | None:
        """The row of its body; None where that is not told for certain."""
        return self.rows[0] if len(self.rows) == 1 and not self.doubtful else None


class SharedPassage(NamedTuple):
    """A sentence of a report that stands in another one, and where it stands in both."""

    words: str
    here: Text | None
    there: Text | None


class Alike(NamedTuple):
    """A report whose section stands in large part in that of another body.

    Attributes:
        report: The report.
        other: The report of another body that has most of it.
        percent: How much of it stands there, without boilerplate and names.
        also: How many more bodies' reports of those compared have as much of it as the rule asks for.
        passages: The longest sentences of it that do.
    """

    report: Submitted
    other: Submitted
    percent: int
    also: int
    passages: tuple[SharedPassage, ...]


class Likeness(Protocol):
    """Finds the reports with a section most of which stands in another body's."""

    def __call__(self, section: str, *, percent: int, least: int) -> Iterator[Alike] | None:
        """The reports, in the order of names; None where they cannot be compared on this machine."""


@dataclass(frozen=True)
class CollectionContext:
    """The batch.

    Attributes:
        year: The report year of the batch: that of most of its reports; None where there are none.
        roster: The bodies that should have reported; empty without a roster.
        submitted: What came in and could be read, in the order of names.
        layouts: Every known form by id.
        alike: Compares the texts of different bodies.
        unread: The files that could not be read and are named as a body's, by the body's row.
    """

    year: int | None
    roster: Sequence[RosterEntry]
    submitted: Collection[Submitted]
    layouts: Mapping[str, Layout]
    alike: Likeness | None = None
    unread: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def by_row(self) -> Mapping[int, tuple[Submitted, ...]]:
        """What is certainly of each body and of the year of the batch, by the body's row."""
        found: dict[int, list[Submitted]] = defaultdict(list)
        for one in self.submitted:
            if one.row is not None and one.year == self.year:
                found[one.row].append(one)
        return {row: tuple(reports) for row, reports in found.items()}

    @cached_property
    def of_other_years(self) -> Mapping[int, tuple[Submitted, ...]]:
        """What is certainly of each body and of another year than the batch's, by the body's row."""
        found: dict[int, list[Submitted]] = defaultdict(list)
        for one in self.submitted:
            if one.row is not None and one.year not in {None, self.year}:
                found[one.row].append(one)
        return {row: tuple(reports) for row, reports in found.items()}

    @cached_property
    def came_unread(self) -> Mapping[int, tuple[str, ...]]:
        """The files that could not be read of each body of which nothing else came in, by the body's row."""
        return {
            row: names
            for row, names in self.unread.items()
            if row not in self.by_row and row not in self.uncertain
        }

    @cached_property
    def uncertain(self) -> Mapping[int, tuple[Submitted, ...]]:
        """What may be of each body, by the body's row: doubtful matches, and reports whose year is not known."""
        found: dict[int, list[Submitted]] = defaultdict(list)
        for one in self.submitted:
            if one.row is None or one.year is None:
                for row in one.rows:
                    found[row].append(one)
        return {row: tuple(reports) for row, reports in found.items()}


class CollectionEvidence(Frozen):
    """A verb's bare facts of one fault: of which body, in which files, with which values."""

    row: int | None = None
    files: tuple[str, ...] = ()
    values: Mapping[str, Number | str | None] = {}


class CollectionOpen(Frozen):
    """What could not be decided about a body, and why; whoever asks the rule adds its id, title and citation."""

    rule: str = ""
    title: Text | None = None
    basis: tuple[CitedBasis, ...] = ()
    row: int | None = None
    files: tuple[str, ...] = ()
    reason: Text


class CollectionFinding(Frozen):
    """One fault between the reports of a batch."""

    rule: str
    pack: str
    severity: Severity
    title: Text
    message: Text
    suggestion: Text | None = None
    body: str | None = None
    row: int | None = None
    files: tuple[str, ...] = ()
    values: Mapping[str, str | None] = {}
    basis: tuple[CitedBasis, ...]
    tier: Tier
    fingerprint: str
