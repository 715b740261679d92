"""A page of Markdown for each rule, Chinese with English beside, and an index: `docs/reference/rules/`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import yaml

from disclosure_rules.formatters.rule_words import KINDS, shortened
from disclosure_rules.formatters.words import SEVERITY_WORDS
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.pack import Instrument, RulePack
    from disclosure_rules.model.rule import Basis, Example, Examples, Rule

__all__ = ["GENERATED", "History", "index_page", "page_path", "plain", "rule_markdown"]

History = Sequence[Text]
GENERATED = "<!-- 由 make docs 从规则文件生成，不要手工修改 · generated, do not edit -->"
_SPECIAL = re.compile(r"([<>*_|\[\]`\\])")


def page_path(rule: str) -> str:
    """Where the page of a rule stands, below the folder of all pages: its id with the ending `.md`."""
    return f"{rule}.md"


def rule_markdown(
    rule: Rule,
    examples: Examples,
    instruments: Mapping[str, Instrument],
    layouts: Mapping[str, Layout],
    history: History = (),
) -> str:
    """Title, severity, law with its words, what is told, what to do, wrong and right examples, scope, and changes.

    Args:
        rule: The rule.
        examples: Its examples.
        instruments: The registry that its citations resolve in.
        layouts: The forms, for their titles.
        history: What the packs at hand say of its changes.
    """
    lines = [*_page(rule, examples, instruments, layouts)]
    if history:
        lines += ["", "## 变化 · Changes", "", *(f"- {plain(one.zh)}<br>{plain(one.en)}" for one in history)]
    return "\n".join(lines).rstrip() + "\n"


def _page(
    rule: Rule,
    examples: Examples,
    instruments: Mapping[str, Instrument],
    layouts: Mapping[str, Layout],
) -> Iterator[str]:
    severity = SEVERITY_WORDS[rule.severity]
    yield GENERATED
    yield from (f"# {plain(rule.title.zh)}", "", f"{plain(rule.title.en)}", "")
    yield f"`{rule.id}` · {severity.zh} {severity.en} · 证据等级 evidence tier {rule.tier}"
    yield from ("", "## 依据 · Law", "")
    yield from (f"- {_law(basis, instruments[basis.instrument])}" for basis in rule.basis)
    yield from ("", "## 怎么说 · Message", "", *_both(rule.message))
    if rule.suggestion is not None:
        yield from ("", "## 怎么改 · What to do", "", *_both(rule.suggestion))
    yield from ("", "## 例子 · Examples")
    groups = (("错 wrong", examples.fail), ("对 right", examples.passing), ("未定 open", examples.open))
    for label, group in groups:
        for example in group[:2]:
            yield from ("", *_example(label, example))
    if rule.remarks is not None:
        yield from ("", "## 说明 · Remarks", "", *_both(rule.remarks))
    yield from ("", "## 适用 · Applies to", "", *_scope(rule, layouts), "", "## 条件 · Condition", "")
    yield from _condition(rule)


def plain(text: str) -> str:
    """A text that Markdown prints as it stands."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _both(text: Text) -> tuple[str, str, str]:
    return plain(text.zh), "", plain(text.en)


def _law(basis: Basis, instrument: Instrument) -> str:
    number = f"（{instrument.number}）" if instrument.number else ""
    says = f"：“{plain(basis.says)}”" if basis.says else ""
    return f"《{plain(instrument.title)}》{number}{basis.article or ''}{says}"


def _example(label: str, example: Example) -> Iterator[str]:
    finds = f" → `{'`, `'.join(example.finds)}`" if example.finds else ""
    also = f"（另有 also `{'`, `'.join(example.also)}`）" if example.also else ""
    yield f"**{label}**：{plain(example.name)}{finds}{also}"
    yield ""
    if example.document is not None:
        yield from ("```text", *example.document.rstrip().splitlines(), "```")
        return
    text = yaml.safe_dump(
        shortened(example.report), allow_unicode=True, sort_keys=False, default_flow_style=None, width=100
    )
    yield from ("```yaml", *text.rstrip().splitlines(), "```")


def _scope(rule: Rule, layouts: Mapping[str, Layout]) -> Iterator[str]:
    applies = rule.applies
    if applies.layouts is not None:
        yield f"- 格式 forms: {'、'.join(layouts[key].title.zh for key in applies.layouts)}"
    if applies.years is not None:
        start, end = applies.years.start or "", applies.years.end or ""
        yield f"- 报告年度 report years: {start}–{end}"
    if applies.bodies is not None:
        yield f"- 机关 bodies: {'、'.join(f'{KINDS[kind].zh} {KINDS[kind].en}' for kind in applies.bodies)}"
    if applies.regions is not None:
        yield f"- 行政区划 regions: {'、'.join(applies.regions)}"
    if not applies.model_dump(exclude_none=True):
        yield "- 所有报告 every report"


def _condition(rule: Rule) -> Iterator[str]:
    if rule.demand is None:
        params = yaml.safe_dump(dict(rule.params), allow_unicode=True, sort_keys=False, width=100)
        yield from ("```yaml", f"check: {rule.check}")
        if rule.params:
            yield from ("params:", *(f"  {line}" for line in params.rstrip().splitlines()))
        yield "```"
        return
    yield "```text"
    yield from (f"each {name}: {source}" for name, source in rule.each.items())
    if rule.when is not None:
        yield f"when: {rule.when}"
    yield from (f"let {name} = {text}" for name, text in rule.let.items())
    yield from (f"assert: {rule.demand}", "```")


def index_page(packs: Sequence[RulePack]) -> str:
    """The list of all rules, by pack and room, with severity and title in both languages."""
    lines = [GENERATED, "# 规则一览 · All rules", ""]
    lines += [
        "按依据查规则：[依据、规则与例子](articles.md) · By article: [articles, rules and examples](articles.md)",
        "",
    ]
    for pack in packs:
        if not pack.rules:
            continue
        manifest = pack.manifest
        lines += [f"## {manifest.title.zh} · {manifest.title.en} (`{manifest.id}` {manifest.version})", ""]
        for room, rules in groupby(sorted(pack.rules.values(), key=lambda rule: rule.id), key=_room):
            lines += [f"### {room}", "", "| 规则 rule | | 内容 what it finds |", "| --- | --- | --- |"]
            lines += [_row(rule) for rule in rules]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _room(rule: Rule) -> str:
    return rule.id.split("/")[1]


def _row(rule: Rule) -> str:
    severity = SEVERITY_WORDS[rule.severity]
    name = rule.id.rsplit("/", 1)[-1]
    title = f"{plain(rule.title.zh)}<br>{plain(rule.title.en)}"
    return f"| [{name}]({page_path(rule.id)}) | {severity.zh} {severity.en} | {title} |"
