"""Packs × what is known of a report → the rules in force for it, with the fingerprint of it all."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from disclosure_rules.errors import UsageError
from disclosure_rules.model.pack import RuleSet
from disclosure_rules.model.text import Text
from disclosure_rules.packs.applying import Facts, covers, decide
from disclosure_rules.packs.effective import combine
from disclosure_rules.packs.source import suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.pack import EffectiveRule, Instrument, RulePack

__all__ = ["resolve"]


def resolve(
    packs: Sequence[RulePack],
    *,
    layout: str | None,
    year: int | None,
    region: str | None,
    body: BodyKind | None,
) -> RuleSet:
    """The rules in force for a report.

    A rule whose `applies` names something that is not known of the report stays in the set with `undecided`: it
    must end as open. A pack that is for other regions than a known `region` takes no part, and is not among
    `packs` of the result.

    Args:
        packs: Packs in the order of `load_packs`: base first.
        layout: Id of the form of the report.
        year: Its report year.
        region: GB/T 2260 code of its body's region.
        body: The kind of its body.

    Raises:
        UsageError: `layout` is none of the packs' layouts.
    """
    taking_part = [
        pack
        for pack in packs
        if region is None or not pack.manifest.regions or covers(pack.manifest.regions, region)
    ]
    layouts = {key: form for pack in taking_part for key, form in sorted(pack.layouts.items())}
    if layout is not None and layout not in layouts:
        zh, en = suggestion(layout, layouts)
        raise UsageError(
            f"没有「{layout}」这种格式，可用的有 {'、'.join(sorted(layouts))}{zh}",
            f"there is no layout '{layout}'; known are {', '.join(sorted(layouts))}{en}",
            code="unknown-layout",
        )
    instruments = {key: one for pack in taking_part for key, one in sorted(pack.instruments.items())}
    facts = Facts(layout, year, body, region)
    rules = tuple(_in_force(combine(taking_part).rules, facts))
    manifests = tuple(pack.manifest for pack in taking_part)
    return RuleSet.model_construct(
        fingerprint=_fingerprint(taking_part, layout, rules, layouts, instruments),
        packs=manifests,
        layout=layouts[layout] if layout is not None else None,
        layouts=layouts,
        rules=rules,
        instruments=instruments,
    )


def _in_force(rules: Mapping[str, EffectiveRule], facts: Facts) -> list[EffectiveRule]:
    chosen = []
    for _, effective in sorted(rules.items()):
        applies = decide(effective.rule.applies, facts)
        if isinstance(applies, Text):
            chosen.append(effective.model_copy(update={"undecided": applies}))
        elif applies:
            chosen.append(effective)
    return chosen


def _fingerprint(
    packs: Sequence[RulePack],
    layout: str | None,
    rules: Sequence[EffectiveRule],
    layouts: Mapping[str, Layout],
    instruments: Mapping[str, Instrument],
) -> str:
    """SHA-256 of all that can change a result: versions, rules as they are in force, forms, citations.

    It does not know where a pack lies, in which order its files were read, or how they are laid out.
    """
    everything = {
        "packs": [[pack.manifest.id, pack.manifest.version] for pack in packs],
        "layout": layout,
        "rules": [rule.model_dump(by_alias=True) for rule in rules],
        "layouts": {key: form.model_dump() for key, form in layouts.items()},
        "instruments": {key: one.model_dump() for key, one in instruments.items()},
    }
    text = json.dumps(everything, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> object:  # noqa: ANN401  json hands over whatever it does not know
    if isinstance(value, Decimal):
        return {"decimal": str(value)}  # not equal to the same digits as text
    raise TypeError(f"no canonical form for {type(value).__name__}")
