"""Packs → what is in force for one report, with who set what, and the fingerprint of it all."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from disclosure_rules.model.pack import EffectiveRule, RuleSet
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.pack import Override, RulePack
    from disclosure_rules.model.rule import Applies

__all__ = ["resolve"]

_UNKNOWN = {
    "layout": Text(zh="报告的版式未知", en="the layout of the report is not known"),
    "year": Text(zh="报告年度未知", en="the report year is not known"),
    "body": Text(zh="公开主体的类别未知", en="the kind of the body is not known"),
    "region": Text(zh="报告的地区未知", en="the region of the report is not known"),
}


def resolve(  # noqa: PLR0913  what a report is has these four sides
    packs: Sequence[RulePack],
    *,
    without: frozenset[str] = frozenset(),
    layout: str | None,
    year: int | None,
    region: str | None,
    body: BodyKind | None,
) -> RuleSet:
    """The rules in force for one report.

    A rule whose `applies` asks what is not known of the report (its year, say) is kept and marked undecided: the
    engine ends it as open.

    Args:
        packs: The packs at hand for the report, those that others build on first.
        without: Ids of packs whose rules shall not judge; what they define (layouts, instruments) stays known.
        layout: Id of the report's layout; None where it is not known, as below.
        year: Report year.
        region: GB/T 2260 code of the body's region.
        body: Kind of the body.
    """
    judging = [pack for pack in packs if pack.manifest.id not in without]
    in_force = _in_force(judging, _Facts(layout, year, region, body))
    layouts = {key: entry for pack in packs for key, entry in pack.layouts.items()}
    instruments = {key: entry for pack in packs for key, entry in pack.instruments.items()}
    return RuleSet(
        fingerprint=_fingerprint(judging, in_force, layout, layouts, instruments),
        packs=tuple(pack.manifest for pack in judging),
        layout=layouts.get(layout) if layout else None,
        layouts=layouts,
        rules=tuple(in_force),
        instruments=instruments,
    )


class _Facts(NamedTuple):
    """What is known of a report; None where it is not."""

    layout: str | None
    year: int | None
    region: str | None
    body: BodyKind | None


def _in_force(packs: Sequence[RulePack], facts: _Facts) -> list[EffectiveRule]:
    rules: dict[str, EffectiveRule] = {}
    for pack in packs:
        for key in sorted(pack.rules):
            rules[key] = EffectiveRule(rule=pack.rules[key], pack=pack.manifest.id)
        for override in pack.overrides:
            if override.rule in rules:  # else it is a rule of a pack that shall not judge
                rules[override.rule] = _overridden(rules[override.rule], override, pack.manifest.id)
    answers = {key: _applies(effective.rule.applies, facts) for key, effective in rules.items()}
    replaced = {rules[key].rule.supersedes for key, answer in answers.items() if answer is True}
    in_force = []
    for key, effective in sorted(rules.items()):
        answer = answers[key]
        if "disabled" in effective.set_by or key in replaced or answer is False:
            continue
        undecided = None if answer is True else answer
        in_force.append(effective.model_copy(update={"undecided": undecided}) if undecided else effective)
    return in_force


def _overridden(effective: EffectiveRule, override: Override, pack: str) -> EffectiveRule:
    rule, set_by = effective.rule, dict(effective.set_by)
    if override.disable:
        set_by["disabled"] = pack
    changes: dict[str, Any] = {}
    for name in ("severity", "params", "message", "suggestion", "applies"):
        value = getattr(override, name)
        if value is not None:
            changes[name] = {**rule.params, **value} if name == "params" else value
            set_by[name] = pack
    if override.basis:
        changes["basis"] = (*rule.basis, *override.basis)
        set_by["basis"] = pack
    return EffectiveRule(rule=rule.model_copy(update=changes), pack=effective.pack, set_by=set_by)


def _applies(applies: Applies, facts: _Facts) -> bool | Text:
    """Whether a rule is about the report; a text where that cannot be known, and why."""
    layout, year, region, body = facts
    unknown: list[Text] = []
    # what the rule asks, what the report has, whether it fits, how the lack of it is told
    conditions = (
        (applies.layouts, layout, layout in (applies.layouts or ()), _UNKNOWN["layout"]),
        (applies.years, year, applies.years is not None and year in applies.years, _UNKNOWN["year"]),
        (applies.bodies, body, body in (applies.bodies or ()), _UNKNOWN["body"]),
        (applies.regions, region, _within(region or "", applies.regions or ()), _UNKNOWN["region"]),
    )
    for asked, known, fits, lack in conditions:
        if asked is None:
            continue
        if known is None:
            unknown.append(lack)
        elif not fits:
            return False
    if not unknown:
        return True
    return Text(
        zh="、".join(text.zh for text in unknown) + "，不能确定是否适用",
        en=" and ".join(text.en for text in unknown) + ", so it is not known whether the rule applies",
    )


def _within(region: str, codes: Sequence[str]) -> bool:
    """Whether a GB/T 2260 code lies in one of `codes`: 140000 and 14 hold all of 山西, 140400 and 1404 all of 长治."""
    return any(region.startswith(re.sub(r"(?:00)+$", "", code)) for code in codes)


def _fingerprint(
    packs: Sequence[RulePack],
    rules: Sequence[EffectiveRule],
    layout: str | None,
    layouts: dict[str, Any],
    instruments: dict[str, Any],
) -> str:
    cited = {basis.instrument for effective in rules for basis in effective.rule.basis}
    content = {
        "packs": [(pack.manifest.id, pack.manifest.version) for pack in packs],
        "layout": layout,
        "layouts": {key: entry.model_dump(mode="json") for key, entry in layouts.items()},
        "rules": [effective.model_dump(mode="json", by_alias=True) for effective in rules],
        "instruments": {key: instruments[key].model_dump(mode="json") for key in sorted(cited)},
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
