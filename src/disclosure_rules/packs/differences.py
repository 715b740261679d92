"""What one set of rules demands that another does not: for authors who ask what a change of a pack changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from disclosure_rules.model.pack import ChangeKind, RuleChange
from disclosure_rules.packs.applying import wider_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_rules.model.pack import EffectiveRule
    from disclosure_rules.model.rule import Rule

__all__ = ["changes"]

_KINDS = get_args(ChangeKind)
# What a rule asks, and what it says, beside its severity and the reports it is about.
_CONDITION = ("demand", "each", "when", "let", "at", "check", "params", "scope")
_WORDING = ("title", "message", "suggestion", "remarks", "basis", "tier")


def changes(before: Mapping[str, EffectiveRule], after: Mapping[str, EffectiveRule]) -> Iterator[RuleChange]:
    """How two sets of rules differ, by kind and then by rule; a rule may differ in more than one kind.

    Stricter is a higher severity or more reports that the rule is about, looser the contrary. A changed condition or
    parameter may be either: it is told as such.
    """
    found = [
        change
        for rule in sorted(before.keys() | after.keys())
        for change in _changes_of(rule, before.get(rule), after.get(rule))
    ]
    yield from sorted(found, key=lambda change: (_KINDS.index(change.kind), change.rule))


def _changes_of(key: str, old: EffectiveRule | None, new: EffectiveRule | None) -> Iterator[RuleChange]:
    if old is None or new is None:
        kind: ChangeKind = "added" if old is None else "switched-off"
        yield RuleChange.model_construct(kind=kind, rule=key, fields=(), before=old, after=new)
        return
    differing: tuple[tuple[ChangeKind, tuple[str, ...]], ...] = (
        ("stricter", _stricter(old.rule, new.rule)),
        ("looser", _stricter(new.rule, old.rule)),
        ("condition", _unlike(_CONDITION, old.rule, new.rule)),
        ("wording", _unlike(_WORDING, old.rule, new.rule)),
    )
    for how, fields in differing:
        if fields:
            yield RuleChange.model_construct(kind=how, rule=key, fields=fields, before=old, after=new)


def _stricter(old: Rule, new: Rule) -> tuple[str, ...]:
    """The fields in which `new` asks more than `old`."""
    severity = ("severity",) if new.severity.rank > old.severity.rank else ()
    wider = wider_in(new.applies, old.applies)
    return (*severity, *(f"applies.{name}" for name in wider))


def _unlike(names: tuple[str, ...], old: Rule, new: Rule) -> tuple[str, ...]:
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))
