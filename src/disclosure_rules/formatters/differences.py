"""What differs between two sets of rules, as a Markdown document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from disclosure_rules.model.rule import Basis, YearSpan
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from disclosure_rules.model.pack import EffectiveRule, RuleChange
    from disclosure_rules.model.text import Lang

__all__ = ["differences_page"]

_HEADINGS = {
    "added": Text(zh="新增的规则", en="Added"),
    "switched-off": Text(zh="停用或删去的规则", en="Switched off or removed"),
    "stricter": Text(zh="变严的规则", en="Stricter"),
    "looser": Text(zh="变宽的规则", en="Looser"),
    "condition": Text(
        zh="条件或参数改变的规则（严宽须人工判断）", en="Other condition or parameters (a person must judge)"
    ),
    "wording": Text(zh="文字或依据改变的规则", en="Other words or citations"),
}
_NONE = Text(zh="两者的规则完全相同。", en="Both have the same rules.")


def differences_page(title: str, found: Iterable[RuleChange], lang: Lang) -> str:
    """The document.

    Args:
        title: What was compared, for the heading.
        found: The changes, by kind.
        lang: The language.
    """
    lines = [f"# {title}", ""]
    empty = True
    for kind, changes in groupby(found, key=lambda change: change.kind):
        empty = False
        lines += [f"## {_HEADINGS[kind](lang)}", ""]
        for change in changes:
            lines += _entry(change, lang)
        lines.append("")
    if empty:
        lines += [_NONE(lang), ""]
    return "\n".join(lines)


def _entry(change: RuleChange, lang: Lang) -> Iterator[str]:
    shown = change.after or change.before
    if shown is None:
        return
    yield f"- `{change.rule}` {shown.rule.title(lang)}（{shown.rule.severity.value}）"
    if change.before is None or change.after is None:
        return
    for field in change.fields:
        by = change.after.set_by.get(field.partition(".")[0])
        told = f"（{by}）" if by else ""
        yield f"    - {field}{told}: {_value(change.before, field, lang)} → {_value(change.after, field, lang)}"


def _value(effective: EffectiveRule, field: str, lang: Lang) -> str:
    """A field of a rule as a person reads it."""
    value: object = effective.rule
    for name in field.split("."):
        value = getattr(value, name)
    if isinstance(value, Text):
        return f"「{value(lang)}」"
    if isinstance(value, tuple):
        return "、".join(_plain(item) for item in value) or "—"
    return "—" if value is None else _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, Basis):
        return f"{value.instrument} {value.article or ''}".strip()
    if isinstance(value, Mapping):
        return json.dumps(dict(value), ensure_ascii=False, default=str)
    if isinstance(value, YearSpan):
        return f"{value.start or ''}–{value.end or ''}"
    return str(value)
