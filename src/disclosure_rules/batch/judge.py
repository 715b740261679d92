"""The rules over a whole batch, asked."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.batch.matching import Matcher
from disclosure_rules.batch.roster import with_due_days
from disclosure_rules.batch.similar import Likenesses
from disclosure_rules.batch.submissions import Submissions
from disclosure_rules.engine.findings import Registry, fill, printed
from disclosure_rules.errors import PackError
from disclosure_rules.model.collection import (
    CollectionContext,
    CollectionEvidence,
    CollectionFinding,
    CollectionOpen,
    Submitted,
)
from disclosure_rules.model.roster import Roster
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from disclosure_rules.batch.entries import Entry
    from disclosure_rules.batch.store import Store
    from disclosure_rules.model.pack import EffectiveRule
    from disclosure_rules.pipeline import Checker

__all__ = ["Judged", "base_rates", "collection_context", "frequent", "judge"]

_FREQUENT = 0.2
_FEWEST = 10  # reports of which shares are told


class Judged(NamedTuple):
    """What is wrong between the reports of a batch, and what could not be decided, each by rule and row."""

    findings: tuple[CollectionFinding, ...]
    open: tuple[CollectionOpen, ...]


def collection_context(store: Store, roster: Roster | None, checker: Checker) -> CollectionContext:
    """The batch as its rules see it; what could not be read is not in it."""
    roster = roster or Roster(entries=())
    matcher = Matcher(roster)
    submitted = Submissions(store, matcher)
    year = submitted.year

    def of_the_year(name: str) -> Submitted | None:
        found = submitted.get(name)
        return found if found is not None and found.year == year else None

    return CollectionContext(
        year=year,
        roster=with_due_days(roster, year),
        submitted=submitted,
        layouts=checker.layouts,
        alike=Likenesses(store, checker, of_the_year),
        unread=_unread(store, matcher),
    )


def _unread(store: Store, matcher: Matcher) -> Mapping[int, tuple[str, ...]]:
    """The files that could not be read, by the row of the one body that their path names, or a list of files."""
    found: dict[int, list[str]] = defaultdict(list)
    stated = store.stated()
    for entry in store.heads():
        if entry.status != "checked":
            match = matcher.match((), None, entry.name, stated.get(entry.name))
            if match.entry is not None and not match.doubtful:
                found[match.entry.row].append(entry.name)
    return {row: tuple(names) for row, names in found.items()}


def judge(context: CollectionContext, checker: Checker) -> Judged:
    """Ask every rule of scope `collection` that is in force for the year of the batch.

    Raises:
        PackError: A rule calls a check that does not exist.
    """
    rule_set = checker.collection_rules(context.year)
    names = {entry.row: entry.name for entry in context.roster}
    registry = Registry(rule_set.instruments, context.year)
    findings: list[CollectionFinding] = []
    stayed_open: list[CollectionOpen] = []
    for effective in rule_set.rules:
        rule = effective.rule
        if rule.check is None:
            raise PackError(
                f"规则 {rule.id} 针对整个批次，须用 check 调用检查函数",
                f"rule {rule.id} is about a whole batch and must call a `check`",
                place=rule.id,
                code="no-check",
            )
        told = {"rule": rule.id, "title": rule.title, "basis": registry.cite(rule)}
        answers: Iterable[object] = checker.verb(rule.check)(context, **rule.params)
        for answer in answers:
            if isinstance(answer, CollectionOpen):
                stayed_open.append(answer.model_copy(update=told))
            elif isinstance(answer, CollectionEvidence):
                findings.append(_finding(effective, answer, names, registry))
    return Judged(tuple(sorted(findings, key=_order)), tuple(sorted(stayed_open, key=_order)))


def _order(one: CollectionFinding | CollectionOpen) -> tuple[str, int, tuple[str, ...]]:
    return one.rule, one.row or 0, one.files


def _finding(
    effective: EffectiveRule, evidence: CollectionEvidence, names: Mapping[int, str], registry: Registry
) -> CollectionFinding:
    rule = effective.rule
    values = {name: printed(value) for name, value in evidence.values.items()}
    content = json.dumps([rule.id, evidence.row, evidence.files, sorted(values.items())], ensure_ascii=False)
    suggestion = rule.suggestion
    return CollectionFinding(
        rule=rule.id,
        pack=effective.pack,
        severity=rule.severity,
        title=rule.title,
        message=Text(zh=fill(rule.message.zh, values), en=fill(rule.message.en, values)),
        suggestion=suggestion and Text(zh=fill(suggestion.zh, values), en=fill(suggestion.en, values)),
        body=names.get(evidence.row or 0) or values.get("body"),
        row=evidence.row,
        files=evidence.files,
        values=values,
        basis=registry.cite(rule),
        tier=rule.tier,
        fingerprint=hashlib.sha256(content.encode()).hexdigest()[:16],
    )


def base_rates(entries: Iterable[Entry]) -> dict[str, float]:
    """How often each rule speaks: rule → share of the reports (0 to 1) in which it found something."""
    counted: Counter[str] = Counter()
    reports = 0
    for entry in entries:
        if entry.status == "checked":
            reports += 1
            counted.update(entry.facts["rules"].keys())
    return {rule: round(count / reports, 4) for rule, count in sorted(counted.items())}


def frequent(store: Store) -> dict[str, float]:
    """The rules that speak of more than a fifth of the reports: a bad rule, or the practice of a whole province."""
    rates = base_rates(store.heads())
    few = sum(1 for entry in store.heads() if entry.status == "checked") < _FEWEST
    return {} if few else {rule: share for rule, share in rates.items() if share > _FREQUENT}
