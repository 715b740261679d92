"""One rule for people: what it demands, by which law, and examples."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_rules.model.pack import EffectiveRule, Instrument, RuleSet
    from disclosure_rules.model.rule import Example, Examples, Rule
    from disclosure_rules.model.text import Lang

__all__ = ["rule_line", "rule_page", "set_by_lines"]


def rule_line(rule: Rule, lang: Lang) -> str:
    """Severity, id and title on one line."""
    return f"{rule.severity.value:<8} {rule.id}  {rule.title(lang)}"


def rule_page(rule: Rule, examples: Examples, instruments: Mapping[str, Instrument], lang: Lang) -> str:
    """Everything about `rule` as text; citations resolve in `instruments`."""
    return "\n".join(_lines(rule, examples, instruments, lang)) + "\n"


def set_by_lines(rule: str, effective: EffectiveRule | None, rule_set: RuleSet, lang: Lang) -> Iterator[str]:
    """Whether a rule is in force in `rule_set` (`effective` is None where it is not), and which pack set what of it."""
    zh = lang == "zh"
    packs = "、".join(f"{pack.id} {pack.version}" for pack in rule_set.packs)
    yield f"{'适用规则包' if zh else 'packs'}: {packs} · {rule_set.fingerprint}"
    day = rule_set.as_of
    if day is not None:
        yield f"依据截至 {day} 的规定" if zh else f"by the law as of {day}"
    if effective is None:
        heir = next((one.rule.id for one in rule_set.rules if one.rule.supersedes == rule), None)
        if heir is not None:
            yield f"不生效，由 {heir} 取代" if zh else f"not in force: {heir} takes its place"
        elif rule.split("/", 1)[0] not in {pack.id for pack in rule_set.packs}:
            yield (
                "不生效：报告的地区不选用它的规则包"
                if zh
                else "not in force: the region does not select its pack"
            )
        else:
            zh_later, en_later = (
                ("，或依据当时尚未印发", ", or its law was not issued by then") if day else ("", "")
            )
            yield (
                f"不生效：不适用于这类报告，或已停用{zh_later}"
                if zh
                else f"not in force: not about such reports, or switched off{en_later}"
            )
        return
    if effective.undecided is not None:
        yield effective.undecided(lang)
    for field, pack in sorted(effective.set_by.items()):
        yield f"{field} 由 {pack} 设定" if zh else f"{field} is set by {pack}"


def _lines(
    rule: Rule, examples: Examples, instruments: Mapping[str, Instrument], lang: Lang
) -> Iterator[str]:
    zh = lang == "zh"
    yield f"{rule.id}  {rule.title(lang)}"
    yield f"{'严重程度' if zh else 'severity'}: {rule.severity.value} · {'证据等级' if zh else 'tier'}: {rule.tier}"
    for basis in rule.basis:
        instrument = instruments[basis.instrument]
        number = f"（{instrument.number}）" if instrument.number else ""
        says = f"：“{basis.says}”" if basis.says else ""
        yield f"{'依据' if zh else 'law'}: {instrument.title}{number}{basis.article or ''}{says}"
    applies = rule.applies.model_dump(exclude_none=True, by_alias=True)
    if applies:
        yield f"{'适用' if zh else 'applies'}: {json.dumps(applies, ensure_ascii=False)}"
    if rule.demand is not None:
        yield from (f"each {name}: {source}" for name, source in rule.each.items())
        if rule.when is not None:
            yield f"when: {rule.when}"
        yield from (f"let {name} = {text}" for name, text in rule.let.items())
        yield f"assert: {rule.demand}"
    else:
        yield f"check: {rule.check} {json.dumps(dict(rule.params), ensure_ascii=False)}"
    yield f"{'说法' if zh else 'message'}: {rule.message(lang)}"
    if rule.suggestion is not None:
        yield f"{'建议' if zh else 'do'}: {rule.suggestion(lang)}"
    for kind, group in (("pass", examples.passing), ("fail", examples.fail), ("open", examples.open)):
        yield from (_example(kind, example) for example in group)


def _example(kind: str, example: Example) -> str:
    finds = f" → {', '.join(example.finds)}" if example.finds else ""
    return f"{kind}: {example.name}{finds}"
