"""Rules in force: what a chain of packs makes of each rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.model.pack import EffectiveRule
from disclosure_rules.packs.applying import changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from disclosure_rules.model.pack import Override, RulePack

__all__ = ["InForce", "combine", "overridden"]


class InForce(NamedTuple):
    """The rules that a chain of packs leaves in force, and for those switched off the pack that did it."""

    rules: dict[str, EffectiveRule]
    disabled: dict[str, str]


def combine(packs: Iterable[RulePack]) -> InForce:
    """Add up packs, base first: each brings its rules and changes those before it."""
    rules: dict[str, EffectiveRule] = {}
    disabled: dict[str, str] = {}
    for pack in packs:
        for override in pack.overrides:
            if override.rule not in rules:
                continue  # switched off by a pack in between; the loader has refused every other reason
            if override.disable:
                del rules[override.rule]
                disabled[override.rule] = pack.manifest.id
            else:
                rules[override.rule] = overridden(rules[override.rule], override, pack.manifest.id)
        for rule in pack.rules.values():
            rules[rule.id] = EffectiveRule.model_construct(
                rule=rule, pack=pack.manifest.id, set_by={}, undecided=None
            )
    return InForce(rules, disabled)


def overridden(effective: EffectiveRule, override: Override, pack: str) -> EffectiveRule:
    """A rule with one override applied; equal to the rule before where the override changes nothing.

    Params are replaced one by one, `applies` key by key; a basis is added to the rule's own.
    """
    rule = effective.rule
    new: dict[str, object] = {}
    set_by: dict[str, str] = {}
    for field in ("severity", "message", "suggestion", "waivable"):
        value = getattr(override, field)
        if value is not None and value != getattr(rule, field):
            new[field] = value
            set_by[field] = pack
    if override.applies is not None and (applies := changed(rule.applies, override.applies)) != rule.applies:
        new["applies"] = applies
        set_by["applies"] = pack
    params = _differing(override.params or {}, rule.params)
    if params:
        new["params"] = {**rule.params, **params}
        set_by |= {f"params.{name}": pack for name in params}
    added = tuple(basis for basis in override.basis if basis not in rule.basis)
    if added and new:
        new["basis"] = (*rule.basis, *added)
        set_by["basis"] = pack
    if not new:
        return effective
    return effective.model_copy(
        update={"rule": rule.model_copy(update=new), "set_by": {**effective.set_by, **set_by}}
    )


def _differing(params: Mapping[str, object], old: Mapping[str, object]) -> dict[str, object]:
    """The params that `old` has not, or has with another value; `1` and `true` differ."""
    return {
        name: value
        for name, value in params.items()
        if name not in old or value != old[name] or type(value) is not type(old[name])
    }
