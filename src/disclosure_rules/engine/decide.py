"""What of the findings is told and what blocks: profile, waivers and baseline. No finding is ever lost on the way."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from disclosure_rules.model.note import READ_BY_OCR
from disclosure_rules.model.result import CheckResult, Finding, IgnoredRule
from disclosure_rules.model.text import Text
from disclosure_rules.model.waiver import Waived, Waiver, WaiverNote

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from disclosure_rules.model.profile import Profile
    from disclosure_rules.model.result import Fault, OpenRule

__all__ = ["told_by", "verdict", "with_baseline", "with_waivers"]


def told_by(
    profile: Profile, findings: Iterable[Finding]
) -> tuple[tuple[Finding, ...], tuple[IgnoredRule, ...]]:
    """The findings that a profile tells, weighed as it says, and the rules that it leaves out."""
    told: list[Finding] = []
    left_out: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        ignored = profile.ignored(finding.rule)
        if ignored is not None:
            left_out[finding.rule, ignored.reason] += 1
            continue
        severity = profile.level(finding.rule, finding.severity)
        blocks = severity.rank >= profile.fail_on.rank
        if severity is not finding.severity or blocks != finding.blocks:
            finding = finding.model_copy(update={"severity": severity, "blocks": blocks})  # noqa: PLW2901
        told.append(finding)
    ignored_rules = (
        IgnoredRule(rule=rule, reason=reason, count=count)
        for (rule, reason), count in sorted(left_out.items())
    )
    return tuple(told), tuple(ignored_rules)


def verdict(
    findings: Iterable[Finding],
    stayed_open: Iterable[OpenRule],
    faults: Sequence[Fault],
    *,
    layout_known: bool,
    by_ocr: bool,
) -> Literal["pass", "fail", "incomplete"]:
    """`fail` where a finding blocks; else `incomplete` where something that could have blocked was not decided.

    A report recognised in a picture (`by_ocr`) is always `incomplete`.
    """
    if by_ocr:
        return "incomplete"
    if any(finding.blocks for finding in findings):
        return "fail"
    undecided = any(rule.blocks for rule in stayed_open)
    return "incomplete" if undecided or faults or not layout_known else "pass"


def with_waivers(
    result: CheckResult,
    waivers: Iterable[Waiver],
    *,
    unwaivable: Collection[str],
    today: date,
) -> CheckResult:
    """The result with the findings that are waived marked, and with the waivers of the report that do not hold.

    Args:
        result: The result.
        waivers: All waivers; those of other bodies and years say nothing here.
        unwaivable: Ids of the rules of which no finding may be waived.
        today: The day of the check.
    """
    body = result.report.body
    own = [
        one for one in waivers if body is not None and (one.body, one.year) == (body.name, result.report.year)
    ]
    found = {finding.fingerprint: finding for finding in result.findings}
    rules = {finding.rule for finding in result.findings}
    waived: dict[str, Waived] = {}
    notes: list[WaiverNote] = []
    for waiver in own:
        state = _state(waiver, found, rules, unwaivable, today)
        if state is None:
            waived[waiver.finding] = Waived(
                reason=waiver.reason,
                basis=waiver.basis,
                approved_by=waiver.approved_by,
                expires=waiver.expires,
            )
        else:
            message = Text(zh=_WHY[state].zh.format(waiver.rule), en=_WHY[state].en.format(waiver.rule))
            notes.append(WaiverNote(state=state, rule=waiver.rule, finding=waiver.finding, message=message))
    findings = tuple(
        finding.model_copy(update={"waived": waived[finding.fingerprint], "blocks": False})
        if finding.fingerprint in waived
        else finding
        for finding in result.findings
    )
    return _decided(result, findings).model_copy(update={"waivers": tuple(notes)})


State = Literal["expired", "void", "refused", "unused"]
_WHY: dict[State, Text] = {
    "expired": Text(zh="对规则 {} 的豁免已经过期", en="the waiver of {} has expired"),
    "void": Text(
        zh="对规则 {} 的豁免已经失效：数值与批准时不同",
        en="the waiver of {} is void: the values are other ones",
    ),
    "refused": Text(zh="规则 {} 不允许豁免", en="no finding of {} may be waived"),
    "unused": Text(
        zh="对规则 {} 的豁免没有用上：没有这个问题",
        en="the waiver of {} is not used: there is no such finding",
    ),
}


def _state(
    waiver: Waiver,
    found: Mapping[str, Finding],
    rules: Collection[str],
    unwaivable: Collection[str],
    today: date,
) -> State | None:
    finding = found.get(waiver.finding)
    if finding is None or finding.rule != waiver.rule:
        return "void" if waiver.rule in rules else "unused"
    if waiver.rule in unwaivable:
        return "refused"
    return "expired" if waiver.expires < today.isoformat() else None


def with_baseline(result: CheckResult, known: Collection[str]) -> CheckResult:
    """The result with each finding told as new or unchanged against an earlier result; what is unchanged does not block.

    Args:
        result: The result.
        known: The fingerprints of the earlier result of the same report.
    """
    findings = tuple(
        finding.model_copy(update={"baseline": "unchanged", "blocks": False})
        if finding.fingerprint in known
        else finding.model_copy(update={"baseline": "new"})
        for finding in result.findings
    )
    gone = sorted(set(known) - {finding.fingerprint for finding in findings})
    return _decided(result, findings).model_copy(update={"fixed": tuple(gone)})


def _decided(result: CheckResult, findings: tuple[Finding, ...]) -> CheckResult:
    return result.model_copy(
        update={
            "findings": findings,
            "verdict": verdict(
                findings,
                result.open,
                result.faults,
                layout_known=result.report.layout is not None,
                by_ocr=any(note.code == READ_BY_OCR for note in result.notes),
            ),
        }
    )
