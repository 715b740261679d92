"""What the index of a batch says of each body: whether its report came in, what became of it, and how much is to mend."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from disclosure_rules.model.rule import Severity
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_rules.batch.entries import Entry
    from disclosure_rules.batch.report_files import Batch, Checked
    from disclosure_rules.model.collection import Submitted

__all__ = [
    "FOLDER",
    "STATES",
    "BodyLine",
    "Gathered",
    "Line",
    "Spoken",
    "body_lines",
    "late",
    "line_of",
    "may_be",
    "page_name",
    "tells_late",
    "way_to",
    "why_outside",
]

FOLDER = "reports"
_MOST_LISTED = 1000  # reports that the index names under a rule
_LONGEST = 24  # characters of a body's name that a file is named by; the hash makes it the only one

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
    """One report, and what became of it; `counts` are its findings by severity, gravest first."""

    name: str
    body: str | None
    status: str
    verdict: str
    counts: tuple[int, ...]

    @property
    def page(self) -> str:
        """The way to its page."""
        return way_to(self.name, self.body)


@dataclass(slots=True)
class Spoken:
    """A rule that found something: in how many reports, and the places in the first of them.

    A place is the report, the body that it names, the number of its first finding of the rule, and how many there are.
    Nobody opens a page with tens of thousands of places for each rule; `findings.csv` has them all.
    """

    title: Text
    severity: Severity
    count: int = 0
    places: list[tuple[str, str | None, int, int]] = field(default_factory=list)

    def add(self, report: Entry, number: int, times: int) -> None:
        """Count a report, and keep its place where there is room."""
        self.count += 1
        if len(self.places) < _MOST_LISTED:
            self.places.append((report.name, report.body, number, times))


@dataclass(slots=True)
class Gathered:
    """What is kept of the findings of a batch: by rule, how many of each severity, and who is late by the law."""

    rules: dict[str, Spoken] = field(default_factory=dict)
    severities: Counter[Severity] = field(default_factory=Counter)
    late: set[str] = field(default_factory=set)

    def on_the_way(self, given: Iterable[Checked]) -> Iterator[Checked]:
        """The results as they come, each of them looked at."""
        for one in given:
            self._add(one.entry, one.result["findings"])
            yield one

    def _add(self, report: Entry, findings: Sequence[Mapping[str, Any]]) -> None:
        times = Counter(finding["rule"] for finding in findings)
        for number, finding in enumerate(findings, 1):
            rule, severity = finding["rule"], Severity(finding["severity"])
            self.severities[severity] += 1
            if times[rule]:
                if rule not in self.rules:
                    self.rules[rule] = Spoken(Text(**finding["title"]), severity)
                self.rules[rule].add(report, number, times.pop(rule))
                if tells_late(rule):
                    self.late.add(report.name)


def way_to(name: str, body: str | None) -> str:
    """The way from the result folder to the page of a report."""
    return f"{FOLDER}/{page_name(name, body)}"


def page_name(name: str, body: str | None) -> str:
    """The file name of a report's page: the same in every run, its own, and harmless whatever the report says."""
    told = body or name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    letters = (one if one.isalnum() else " " for one in unicodedata.normalize("NFC", told))
    words = "-".join("".join(letters).split())[:_LONGEST].strip("-")
    digest = hashlib.sha256(name.encode()).hexdigest()[:12]
    return f"{words or 'report'}-{digest}.html"


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
        outside: Why it is not one that the roster asks for, or what else it may be; None where it is told for certain.
        of_the_year: Whether what is told is of the year of the batch.
    """

    body: str
    state: str
    file: str | None = None
    line: Line | None = None
    published: str | None = None
    due: str | None = None
    superior: str | None = None
    outside: Text | None = None
    of_the_year: bool = True


def line_of(entry: Entry) -> Line:
    """What became of a report, as the store has it."""
    verdict, *counts = entry.facts.get("summary", (entry.verdict or "", *[0] * len(Severity)))
    return Line(entry.name, entry.body, entry.status, verdict, tuple(counts))


def _line(one: Submitted) -> Line:
    verdict, *counts = one.facts["summary"]
    return Line(one.name, one.facts["body"], "checked", verdict, tuple(counts))


def body_lines(batch: Batch) -> Iterator[BodyLine]:
    """The bodies in the order of the roster, then what belongs to none of them, then what could not be read."""
    context = batch.context
    names = {entry.row: entry.name for entry in context.roster}
    for entry in context.roster:
        reports: tuple[Submitted | None, ...] = context.by_row.get(entry.row, ()) or (None,)
        doubtful = context.uncertain.get(entry.row, ())
        unread = context.came_unread.get(entry.row, ())
        for name in unread:
            head = batch.store.head(name)
            line = line_of(head) if head else None
            yield BodyLine(entry.name, "unread", name, line, None, entry.due, entry.parent)
        for one in () if unread else reports:
            line = _line(one) if one else None
            state = line.verdict if line else "doubtful" if doubtful else "missing"
            published = one.facts.get("published") if one else None
            outside = may_be([item.name for item in doubtful]) if doubtful and not one else None
            if not one and not doubtful and (others := context.of_other_years.get(entry.row, ())):
                outside = _came_of(others)
            yield BodyLine(
                entry.name, state, one and one.name, line, published, entry.due, entry.parent, outside
            )
    for one in context.submitted:
        if one.row is None or one.year != context.year:
            line = _line(one)
            outside = why_outside(one) if context.roster else None
            if one.rows and one.row is None:
                outside = may_be([names[row] for row in one.rows])
            state = "doubtful" if one.doubtful or one.year is None else line.verdict
            own = one.year == context.year
            published = one.facts.get("published")
            yield BodyLine(
                one.body or one.name, state, one.name, line, published, outside=outside, of_the_year=own
            )
    told = {name for names in context.came_unread.values() for name in names}
    for failed in batch.store.heads():
        if failed.status != "checked" and failed.name not in told:
            yield BodyLine(failed.name, "unread", failed.name, line_of(failed))


def why_outside(one: Submitted) -> Text:
    """Why a report is none that the roster asks for: of nobody in it, of nobody knows whom, or of another year."""
    if not one.rows:
        return Text(zh="不在名册中", en="not in the roster")
    if one.row is None:
        return Text(zh="不能确定是谁的", en="doubtful whose")
    if one.year is None:
        return Text(zh="年度不明", en="year not known")
    return Text(zh=f"{one.year}年度的", en=f"of {one.year}")


def _came_of(others: Sequence[Submitted]) -> Text:
    """Of which other years reports of a body came in."""
    years = "、".join(sorted({str(one.year) for one in others}))
    return Text(zh=f"交来的是{years}年度的", en=f"what came in is of {years}")


def may_be(names: Sequence[str]) -> Text:
    """The files that may be a body's, or the bodies that a file may be of."""
    told = "、".join(names)
    return Text(zh=f"可能是：{told}", en=f"perhaps: {told}")


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
