"""A page of Markdown: article → rules → examples, and the articles that no rule rests on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.formatters.rule_markdown import GENERATED, page_path, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.model.pack import Instrument, RulePack
    from disclosure_rules.model.rule import Examples, Rule

__all__ = ["articles_page"]

_WHOLE = "（未指明条款 the whole）"
_DIGITS = "零一二三四五六七八九"
_NUMERAL = re.compile(f"[{_DIGITS}十]+")


class _Cited(NamedTuple):
    """What rests on one instrument: the rules by the article that they cite."""

    instrument: Instrument
    rules: dict[str, list[Rule]]


def articles_page(packs: Sequence[RulePack], examples: Mapping[str, Examples]) -> str:
    """Every instrument of the packs: its articles with the rules that cite them and their examples.

    What an instrument demands of a report is known from its entry (`articles`); what none of its rules cites is listed
    with what the entry says of it. Instruments that no rule cites come last, as a list.

    Args:
        packs: The packs, those that others build on first.
        examples: The examples of every rule, by its id.
    """
    cited: dict[str, _Cited] = {}
    for pack in packs:
        for key, instrument in pack.instruments.items():
            cited[key] = _Cited(instrument, {})
        for rule in pack.rules.values():
            for basis in rule.basis:
                known = cited[basis.instrument].rules.setdefault(basis.article or _WHOLE, [])
                if rule not in known:
                    known.append(rule)
    lines = [GENERATED, "# 依据、规则与例子 · Articles, rules and examples", ""]
    for entry in cited.values():
        if entry.rules or entry.instrument.articles:
            lines += [*_instrument(entry, examples), ""]
    lines += ["## 没有规则引用的文件 · Cited by no rule", ""]
    lines.append(
        "登记在册，供核对引用的名称、文号和效力。They are registered so that citations can be checked."
    )
    lines.append("")
    lines += [
        f"- {_title(one.instrument)}"
        for one in cited.values()
        if not one.rules and not one.instrument.articles
    ]
    return "\n".join(lines).rstrip() + "\n"


def _title(instrument: Instrument) -> str:
    number = f"（{plain(instrument.number)}）" if instrument.number else ""
    return f"《{plain(instrument.title)}》{number} `{instrument.id}`"


def _instrument(entry: _Cited, examples: Mapping[str, Examples]) -> Iterator[str]:
    yield f"## {_title(entry.instrument)}"
    yield ""
    if entry.rules:
        yield "| 条款 article | 规则 rules | 例子 examples |"
        yield "| --- | --- | --- |"
        for article in sorted(entry.rules, key=_order):
            for place, rule in enumerate(entry.rules[article]):
                name = plain(article) if place == 0 else ""
                yield f"| {name} | [{rule.id}]({page_path(rule.id)}) | {_counts(examples[rule.id])} |"
    left = {
        article: says
        for article, says in entry.instrument.articles.items()
        if not any(article in cited for cited in entry.rules)
    }
    if left:
        yield ""
        yield "没有规则的条款 · Articles that no rule rests on:"
        yield ""
        yield from (f"- {plain(article)}：{plain(says)}" for article, says in left.items())


def _counts(examples: Examples) -> str:
    """How many examples a rule has, of each kind that there is."""
    groups = {"错": examples.fail, "对": examples.passing, "未定": examples.open, "未能发现": examples.missed}
    return " · ".join(f"{label} {len(group)}" for label, group in groups.items() if group)


def _order(article: str) -> tuple[object, ...]:
    """A sort key in which 第十五条 comes after 第六条."""
    return tuple(
        (1, _number(part), "") if _NUMERAL.fullmatch(part) else (0, 0, part)
        for part in re.split(f"({_NUMERAL.pattern})", article)
        if part
    )


def _number(numeral: str) -> int:
    """A Chinese numeral below a hundred."""
    tens, ten, units = numeral.rpartition("十")
    value = _DIGITS.find(units) if units else 0
    return value + (10 * (_DIGITS.find(tens) if tens else 1) if ten else 0)
