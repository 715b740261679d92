"""Packs × what is known of a report → the rules in force for it, with the fingerprint of it all."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from disclosure_rules.errors import UsageError
from disclosure_rules.model.pack import RuleSet
from disclosure_rules.packs.applying import Facts, decide
from disclosure_rules.packs.effective import combine
from disclosure_rules.packs.source import suggestion
from disclosure_rules.packs.state_of_law import law_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.pack import EffectiveRule, Instrument, RulePack
    from disclosure_rules.model.quantities import Vocabulary

__all__ = ["resolve"]


def resolve(  # noqa: PLR0913  what a report is has these four sides
    packs: Sequence[RulePack],
    *,
    without: frozenset[str] = frozenset(),
    layout: str | None,
    year: int | None,
    region: str | None,
    body: BodyKind | None,
    as_of: date | None = None,
) -> RuleSet:
    """The rules in force for one report.

    A rule whose `applies` asks what is not known of the report (its year, say) stays in the set with `undecided`:
    it must end as open. A rule gives way to one that supersedes it and applies for certain.

    Args:
        packs: The packs at hand for the report, those that others build on first.
        without: Ids of packs whose rules shall not judge; what they define (layouts, instruments) stays known.
        layout: Id of the report's layout; None where it is not known, as below.
        year: Report year.
        region: GB/T 2260 code of the body's region.
        body: Kind of the body.
        as_of: The day whose state of the law is asked; None for all that the packs know.

    Raises:
        UsageError: `layout` is none of the packs' layouts.
    """
    judging = [pack for pack in packs if pack.manifest.id not in without]
    layouts = {key: form for pack in packs for key, form in pack.layouts.items()}
    registry = {key: one for pack in packs for key, one in pack.instruments.items()}
    if layout is not None and layout not in layouts:
        zh, en = suggestion(layout, layouts)
        raise UsageError(
            f"没有「{layout}」这种格式，可用的有 {'、'.join(sorted(layouts))}{zh}",
            f"there is no layout '{layout}'; known are {', '.join(sorted(layouts))}{en}",
            code="unknown-layout",
        )
    vocabulary = next((pack.vocabulary for pack in packs if pack.vocabulary is not None), None)
    every, instruments = law_on(as_of, combine(judging).rules, registry)
    rules = _in_force(every, Facts(layout, year, body, region))
    return RuleSet.model_construct(
        fingerprint=_fingerprint(judging, layout, rules, layouts, instruments, vocabulary),
        packs=tuple(pack.manifest for pack in judging),
        layout=layouts[layout] if layout is not None else None,
        layouts=layouts,
        rules=rules,
        instruments=instruments,
        as_of=None if as_of is None else as_of.isoformat(),
        vocabulary=vocabulary,
    )


def _in_force(rules: Mapping[str, EffectiveRule], facts: Facts) -> tuple[EffectiveRule, ...]:
    answers = {key: decide(effective.rule.applies, facts) for key, effective in rules.items()}
    replaced = {rules[key].rule.supersedes for key, answer in answers.items() if answer is True}
    return tuple(
        effective if answers[key] is True else effective.model_copy(update={"undecided": answers[key]})
        for key, effective in sorted(rules.items())
        if answers[key] is not False and key not in replaced
    )


def _fingerprint(  # noqa: PLR0913, PLR0917  everything that can change a result
    packs: Sequence[RulePack],
    layout: str | None,
    rules: Sequence[EffectiveRule],
    layouts: Mapping[str, Layout],
    instruments: Mapping[str, Instrument],
    vocabulary: Vocabulary | None,
) -> str:
    """The first 16 digits of the SHA-256 of what can change a result: versions, rules in force, forms, citations.

    It does not know where a pack lies, in which order its files were read, or how they are laid out.
    """
    everything = {
        "packs": [[pack.manifest.id, pack.manifest.version] for pack in packs],
        "layout": layout,
        "rules": [rule.model_dump(by_alias=True) for rule in rules],
        "layouts": {key: form.model_dump() for key, form in layouts.items()},
        "instruments": {key: one.model_dump() for key, one in instruments.items()},
        "vocabulary": vocabulary.model_dump() if vocabulary else None,
    }
    text = json.dumps(everything, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: Any) -> object:  # noqa: ANN401  json hands over whatever it does not know
    if isinstance(value, Decimal):
        return {"decimal": str(value)}  # not equal to the same digits as text
    raise TypeError(f"no canonical form for {type(value).__name__}")
