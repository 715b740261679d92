"""What the index of a batch says of each body: whether its report came in, what became of it, and how much is to mend."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping

    from disclosure_rules.batch.report_files import Batch
    from disclosure_rules.model.collection import Submitted
    from disclosure_rules.model.rule import Severity

__all__ = ["STATES", "BodyLine", "Gathered", "Line", "Spoken", "body_lines", "late", "tells_late"]

_MOST_LISTED = 1000  # reports that the index names under a rule

# What has become of a body's report, the most pressing first; each key is a class of the style sheet too.
STATES = {
    "missing": Text(zh="未交", en="missing"),
    "fail": Text(zh="不通过", en="failed"),
    "unread": Text(zh="没有读出", en="not read"),
    "doubtful": Text(zh="存疑", en="doubtful"),
    "incomplete": Text(zh="检查不完整", en="incomplete"),
    "pass": Text(zh="通过", en="passed"),
}


class Line(NamedTuple):
    """One report: the way to its page, and what became of it; `counts` are its findings by severity, gravest first."""

    page: str
    body: str | None
    status: str
    verdict: str
    counts: tuple[int, ...]


@dataclass(slots=True)
class Spoken:
    """A rule that found something: in how many reports, and the places in the first of them.

    A place is the report, the number of its first finding of the rule, and how many there are. Nobody opens a page
    with tens of thousands of places for each rule; `findings.csv` has them all.
    """

    title: Text
    severity: Severity
    count: int = 0
    reports: list[tuple[str, int, int]] = field(default_factory=list)

    def add(self, name: str, number: int, times: int) -> None:
        """Count a report, and keep its place where there is room."""
        self.count += 1
        if len(self.reports) < _MOST_LISTED:
            self.reports.append((name, number, times))


class Gathered(NamedTuple):
    """What was kept of the reports of a batch: by name, by rule, findings by severity, and what came late by law."""

    lines: dict[str, Line]
    rules: dict[str, Spoken]
    severities: Counter[Severity]
    late: set[str]


class BodyLine(NamedTuple):
    """A body, or a report whose body is not known, as a line of the index.

    Attributes:
        body: The name.
        state: A key of `STATES`.
        file: The report's name within the batch; None where there is none.
        line: What became of it; None where there is none.
        published: The day it was published, as far as it says.
        due: The day it was due by the roster.
        superior: The body it reports to.
        outside: Whether there is a roster, and the report is not known to be one that it asks for.
    """

    body: str
    state: str
    file: str | None = None
    line: Line | None = None
    published: str | None = None
    due: str | None = None
    superior: str | None = None
    outside: bool = False


def body_lines(batch: Batch, lines: Mapping[str, Line]) -> Iterator[BodyLine]:
    """The bodies in the order of the roster, then what belongs to none of them, then what could not be read."""
    context = batch.context
    for entry in context.roster:
        reports: tuple[Submitted | None, ...] = context.by_row.get(entry.row, ()) or (None,)
        doubtful = context.uncertain.get(entry.row, ())
        for one in reports:
            line = lines.get(one.name) if one else None
            state = line.verdict if line else "doubtful" if doubtful else "missing"
            published = one.facts.get("published") if one else None
            yield BodyLine(entry.name, state, one and one.name, line, published, entry.due, entry.parent)
    for one in context.submitted:
        if one.row is None or one.year != context.year:
            line = lines[one.name]
            outside = bool(context.roster)
            state = "doubtful" if one.doubtful or one.year is None else line.verdict
            published = one.facts.get("published")
            yield BodyLine(one.body or one.name, state, one.name, line, published, outside=outside)
    for name, line in lines.items():
        if line.status != "checked":
            yield BodyLine(name, "unread", name, line)


def late(batch: Batch, gathered: Gathered) -> frozenset[str]:
    """The reports that came late, by the roster's day or by that of the law."""
    return frozenset(gathered.late).union(
        name
        for finding in batch.judged.findings
        if finding.rule.endswith("/published-after-due")
        for name in finding.files
    )


def tells_late(rule: str) -> bool:
    """Whether a rule tells that a report was published late."""
    room, fault = rule.split("/")[-2:]
    return room == "publication" and "late" in fault.split("-")
