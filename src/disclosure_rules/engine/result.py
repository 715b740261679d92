"""Outcomes → CheckResult: findings in reading order, counts, coverage, and the verdict."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from disclosure_rules.engine.decide import told_by, verdict
from disclosure_rules.engine.findings import Registry, make_finding
from disclosure_rules.engine.words import make_teller
from disclosure_rules.model.note import READ_BY_OCR, Note
from disclosure_rules.model.report import CellStatus
from disclosure_rules.model.result import (
    UNREAD,
    CheckResult,
    CoverageCounts,
    FoundBody,
    FoundPrevious,
    FoundReport,
    FoundSection,
    OpenRule,
    Outcome,
    PackRef,
    ResultSource,
    RulesRef,
)
from disclosure_rules.model.rule import Severity
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.engine.program import Program
    from disclosure_rules.engine.run import RuleOutcome
    from disclosure_rules.errors import DisclosureRulesError
    from disclosure_rules.model.pack import RuleSet
    from disclosure_rules.model.profile import Profile
    from disclosure_rules.model.report import Report, Table

__all__ = ["assemble", "unread"]

_MOST_REASONS = 5


def assemble(  # noqa: PLR0913, PLR0917  a result has this many sources
    report: Report,
    rule_set: RuleSet,
    program: Program,
    outcomes: Sequence[RuleOutcome],
    profile: Profile,
    previous: Report | None = None,
) -> CheckResult:
    """The result of one report.

    The verdict is `incomplete` where the report was recognised in a picture. Else it is `fail` where a finding
    reaches the profile's severity; else `incomplete` where a rule that could raise an error stayed open, a rule
    crashed, or the layout is not known; else `pass`.
    """
    teller = make_teller(program, report, previous)
    registry = Registry(rule_set.instruments, report.year)
    every = sorted(
        (
            make_finding(outcome.rule, evidence, labels, teller, registry)
            for outcome in outcomes
            for evidence, labels in outcome.evidence
        ),
        key=lambda finding: (teller.reading_order(finding.location), finding.rule, finding.fingerprint),
    )
    findings, ignored = told_by(profile, every)
    stayed_open = tuple(_open(outcome, profile) for outcome in outcomes if outcome.reasons)
    faults = tuple(outcome.fault for outcome in outcomes if outcome.fault is not None)
    known = rule_set.layout is not None
    by_ocr = any(note.code == READ_BY_OCR for note in report.notes)
    found = Counter(finding.severity for finding in findings)
    endings = [(outcome.rule.rule.id, outcome.outcome) for outcome in outcomes]
    ended = Counter(end for _, end in endings)
    return CheckResult(
        source=_source(report),
        report=_found_report(report),
        previous=_found_previous(previous) if previous is not None else None,
        rules=_rules_ref(rule_set),
        profile=profile.name,
        coverage={key: _coverage(table) for key, table in report.tables.items()},
        verdict=verdict(findings, stayed_open, faults, layout_known=known, by_ocr=by_ocr),
        counts={severity: found[severity] for severity in Severity},
        outcomes={outcome: ended[outcome] for outcome in Outcome},
        findings=findings,
        open=stayed_open,
        notes=report.notes,
        faults=faults,
        passed=tuple(rule for rule, end in endings if end is Outcome.PASS),
        ignored=ignored,
    )


def unread(path: str, sha256: str | None, problem: DisclosureRulesError) -> CheckResult:
    """The result of an input that could not be read: incomplete, with the problem as its only note."""
    return CheckResult.model_construct(
        source=ResultSource(path=path, sha256=sha256, format=UNREAD),
        report=FoundReport(title=None, body=None, year=None, layout=None, sections=()),
        rules=RulesRef(fingerprint="", packs=()),
        profile="default",
        coverage={},
        verdict="incomplete",
        counts=dict.fromkeys(Severity, 0),
        outcomes=dict.fromkeys(Outcome, 0),
        findings=(),
        open=(),
        notes=(Note(code=problem.code or "unread", message=Text(zh=problem.zh, en=problem.en)),),
        faults=(),
        passed=(),
    )


def _source(report: Report) -> ResultSource:
    source = report.source
    return ResultSource(path=source.path, sha256=source.sha256, format=source.format)


def _rules_ref(rule_set: RuleSet) -> RulesRef:
    packs = tuple(PackRef(id=pack.id, version=pack.version) for pack in rule_set.packs)
    return RulesRef(fingerprint=rule_set.fingerprint, packs=packs, as_of=rule_set.as_of)


def _open(outcome: RuleOutcome, profile: Profile) -> OpenRule:
    rule = outcome.rule.rule
    grave = profile.level(rule.id, rule.severity).rank >= profile.fail_on.rank
    return OpenRule(
        rule=rule.id,
        severity=rule.severity,
        title=rule.title,
        reason=_told(outcome.reasons),
        blocks=profile.open_blocks and grave and profile.ignored(rule.id) is None,
    )


def _told(reasons: Sequence[Text]) -> Text:
    """The first few reasons and how many more there are; every cell with its status is in the extract."""
    more = len(reasons) - _MOST_REASONS
    zh = "；".join(reason.zh for reason in reasons[:_MOST_REASONS])
    en = "; ".join(reason.en for reason in reasons[:_MOST_REASONS])
    return Text(zh=f"{zh}；另有 {more} 处", en=f"{en}; and {more} more") if more > 0 else Text(zh=zh, en=en)


def _found_report(report: Report) -> FoundReport:
    body = report.body
    region = body.region if body else None
    source = next(
        (candidate for candidate in report.regions if region and candidate.value == region.code), None
    )
    return FoundReport(
        title=report.title,
        body=body
        and FoundBody(
            name=body.name,
            kind=body.kind,
            region=region.code if region else None,
            region_names=region.path if region else (),
            region_from=f"{source.source}:{source.text}" if source else None,
        ),
        year=report.year,
        layout=report.layout,
        sections=tuple(FoundSection(key=section.key, heading=section.heading) for section in report.sections),
    )


def _found_previous(previous: Report) -> FoundPrevious:
    body = previous.body
    return FoundPrevious(
        path=previous.source.path,
        sha256=previous.source.sha256,
        title=previous.title,
        body=(body.name or None) if body else None,
        year=previous.year,
        layout=previous.layout,
    )


def _coverage(table: Table) -> CoverageCounts:
    blank = table.values.count(None)
    if not table.details:
        return CoverageCounts(expected=len(table.values), read=len(table.values) - blank, blank=blank)
    statuses = Counter(detail.status for detail in table.details.values())
    plain_blank = blank - sum(1 for index in table.details if table.values[index] is None)
    plain_read = len(table.values) - plain_blank - len(table.details)
    return CoverageCounts(
        expected=len(table.values),
        read=plain_read + statuses[CellStatus.READ],
        blank=plain_blank + statuses[CellStatus.BLANK],
        mark=statuses[CellStatus.MARK],
        unreadable=statuses[CellStatus.UNREADABLE],
        absent=statuses[CellStatus.ABSENT],
        inferred=statuses[CellStatus.INFERRED],
        not_calculated=statuses[CellStatus.NOT_CALCULATED],
    )
