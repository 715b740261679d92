"""The marks of a report by the scheme of a profile: one slip is one deduction, however many sums it breaks."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from disclosure_rules.model.result import Deduction, Score
from disclosure_rules.model.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_rules.model.profile import ScoreItem, Scoring
    from disclosure_rules.model.result import CheckResult, Finding

__all__ = ["with_score"]


def with_score(result: CheckResult, scoring: Scoring) -> CheckResult:
    """The result with its marks. What could not be decided widens the range.

    A finding that is waived costs nothing, nor does one that only asks for a sentence or informs.
    """
    cause_of = {
        fingerprint: number
        for number, cause in enumerate(result.root_causes)
        for fingerprint in cause.explains
    }
    deductions: list[Deduction] = []
    undecided: list[ScoreItem] = []
    for item in scoring.items:
        found = [
            one
            for one in result.findings
            if one.waived is None and one.severity.rank >= Severity.WARNING.rank and _fits(one.rule, item)
        ]
        times = _times(found, item, cause_of)
        if times:
            prints = tuple(one.fingerprint for one in found)
            points = times * item.points
            deductions.append(Deduction(title=item.title, times=times, points=points, findings=prints))
        elif any(_fits(rule.rule, item) for rule in result.open):
            undecided.append(item)
    unseen = [item for item in scoring.items if not item.rules]
    most = max(0, scoring.total - sum(one.points for one in deductions))
    least = max(0, most - sum(item.points for item in (*undecided, *unseen)))
    score = Score(
        total=scoring.total,
        least=least,
        most=most,
        deductions=tuple(deductions),
        undecided=tuple(item.title for item in undecided),
        unseen=tuple(item.title for item in unseen),
    )
    return result.model_copy(update={"score": score})


def _fits(rule: str, item: ScoreItem) -> bool:
    return any(fnmatchcase(rule, pattern) for pattern in item.rules)


def _times(found: Iterable[Finding], item: ScoreItem, cause_of: dict[str, int]) -> int:
    """How often an item is charged: once, or once for each root cause and each finding that has none."""
    causes = {cause_of.get(one.fingerprint, one.fingerprint) for one in found}
    return min(len(causes), 1) if item.per == "report" else len(causes)
