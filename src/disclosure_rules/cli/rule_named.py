"""A rule by what was typed: its id, or the last part of it; near misses are suggested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_rules.model.pack import RulePack

__all__ = ["rule_named"]

_MOST_SUGGESTED = 3


def rule_named(word: str, packs: Iterable[RulePack]) -> tuple[RulePack, str]:
    """The pack and the id of the rule that `word` names: `cn/requests/unbalanced`, or `unbalanced` where only one is.

    Raises:
        UsageError: No rule, or more than one, is named so.
    """
    known = {rule: pack for pack in packs for rule in pack.rules}
    if word in known:
        return known[word], word
    named = [rule for rule in known if rule.endswith(f"/{word}")]
    if len(named) == 1:
        return known[named[0]], named[0]
    close = named or _close(word, known)
    hint_zh = f"，是否指 {'、'.join(close)}？" if close else "；rules list 列出全部规则"
    hint_en = f"; did you mean {', '.join(close)}?" if close else "; `rules list` lists them all"
    raise UsageError(
        f"没有编号为「{word}」的规则{hint_zh}" if not named else f"「{word}」不止一条规则{hint_zh}",
        f"there is no rule '{word}'{hint_en}" if not named else f"'{word}' is more than one rule{hint_en}",
        code="unknown-rule",
    )


def _close(word: str, known: Iterable[str]) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415  only for this error

    ids = {rule: rule for rule in known}
    # What was typed may be a whole id or its last part only.
    names = ids if "/" in word else {rule.rsplit("/", 1)[-1]: rule for rule in ids}
    close = get_close_matches(word, names, n=_MOST_SUGGESTED, cutoff=0.6)
    return [names[name] for name in close] or [
        rule for rule in ids if word in rule.rsplit("/", 1)[-1].split("-")
    ][:_MOST_SUGGESTED]
