"""One rule explained at a terminal to whoever must mend a report: no expressions, no parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import yaml

from disclosure_rules.formatters.rule_words import KINDS, shortened
from disclosure_rules.formatters.text_findings import field, indented
from disclosure_rules.formatters.words import SEVERITY_WORDS
from disclosure_rules.formatters.wrapping import wrap
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.model.pack import Instrument, Override, PackManifest
    from disclosure_rules.model.rule import Basis, Example, Rule
    from disclosure_rules.model.text import Lang

__all__ = ["Explained", "explained_page"]

_MOST_LINES = 16  # of an example: what it is about stands in its name
_LONGEST_VALUE = 35  # a line of YAML ends with the value that passes its width
_TIERS = {
    "A": Text(zh="A：看到了文件原文", en="A: the text of the document was seen"),
    "B": Text(zh="B：看到了市县一级的文件原文", en="B: a text of a city or county was seen"),
    "C": Text(zh="C：只看到文件名或引用", en="C: title or citation only"),
    "D": Text(zh="D：已公布年报的通行做法", en="D: the habit of published reports"),
}
_FIELDS = {
    "params": Text(zh="界限有调整", en="other bounds"),
    "message": Text(zh="说法不同", en="other words"),
    "suggestion": Text(zh="改法不同", en="other advice"),
    "applies": Text(zh="适用范围不同", en="other reports"),
}


class Explained(NamedTuple):
    """A rule with what explains it.

    Attributes:
        rule: The rule as its pack states it.
        pack: The pack.
        changes: What other packs change in it.
        heirs: Ids of rules that take its place.
        instruments: What its citations resolve in.
    """

    rule: Rule
    pack: PackManifest
    changes: Sequence[tuple[PackManifest, Override]]
    heirs: Sequence[str]
    instruments: Mapping[str, Instrument]


def explained_page(
    explained: Explained,
    examples: tuple[Sequence[tuple[Example, Text | None]], Sequence[Example]],
    lang: Lang,
    columns: int,
    *,
    bold: bool,
) -> Iterator[str]:
    """The lines of the page.

    Args:
        explained: The rule.
        examples: Wrong ones, each with what the rule says of it, and right ones.
        lang: Language of the words.
        columns: Width of the lines.
        bold: Whether headings are bold by terminal codes.
    """
    rule, zh = explained.rule, lang == "zh"

    def heading(chinese: str, english: str) -> str:
        words = chinese if zh else english
        return f"\x1b[1m{words}\x1b[0m" if bold else words

    yield from wrap(f"{rule.title(lang)} · {rule.id}", columns)
    yield from ("", heading("查什么", "What it finds"))
    if rule.remarks is not None:
        yield from indented(rule.remarks(lang), columns)
    wrong, right = examples
    told = next((text for _, text in wrong if text is not None), rule.message)
    yield from field("如" if zh else "e.g.", told(lang), columns)
    yield from ("", heading("依据", "Law"))
    for basis in rule.basis:
        yield from indented(_law(basis, explained.instruments[basis.instrument]), columns)
    yield from field("证据等级" if zh else "evidence", _TIERS[rule.tier](lang), columns)
    yield from ("", heading("严重程度和适用范围", "Severity, and which reports"))
    yield from _standing(explained, lang, columns)
    for label, example in (
        *((("错", "Wrong"), one) for one, _ in wrong),
        *((("对", "Right"), one) for one in right),
    ):
        yield from ("", heading(*label))
        yield from _example(example, columns)
    if rule.suggestion is not None:
        yield from ("", heading("怎么改", "What to do"))
        yield from indented(rule.suggestion(lang), columns)
    yield from ("", *wrap(_origin(explained, lang), columns))


def _origin(explained: Explained, lang: Lang) -> str:
    rule, pack = explained.rule.id, f"{explained.pack.id} {explained.pack.version}"
    return (
        f"规则包 {pack}；条件和参数：disclosure-rules rules show {rule}"
        if lang == "zh"
        else f"Pack {pack}. Its condition: disclosure-rules rules show {rule}"
    )


def _law(basis: Basis, instrument: Instrument) -> str:
    number = f"（{instrument.number}）" if instrument.number else ""
    says = f"：“{basis.says}”" if basis.says else ""
    return f"《{instrument.title}》{number}{basis.article or ''}{says}"


def _standing(explained: Explained, lang: Lang, columns: int) -> Iterator[str]:
    """Severity as the pack has it, the reports it is about, and what other packs and rules change."""
    rule, zh = explained.rule, lang == "zh"
    yield from indented(
        f"{SEVERITY_WORDS[rule.severity](lang)} · {('；' if zh else '; ').join(_scope(rule, lang))}", columns
    )
    for pack, change in explained.changes:
        what = [_changed(name, change, lang) for name in ("disable", "severity", "waivable", *_FIELDS)]
        told = ("；" if zh else "; ").join(words for words in what if words)
        yield from field(
            pack.id, f"{pack.title(lang)}：{told}" if zh else f"{pack.title(lang)}: {told}", columns
        )
    for heir in explained.heirs:
        yield from field(
            heir, "在其规则包的地区取代本规则" if zh else "takes its place where its pack applies", columns
        )
    if rule.supersedes is not None:
        yield from field("取代" if zh else "in place of", rule.supersedes, columns)
    if not rule.waivable:
        yield from indented("不得豁免" if zh else "No finding of it may be waived", columns)


def _changed(name: str, change: Override, lang: Lang) -> str:
    zh = lang == "zh"
    if name == "disable":
        return ("不用本规则" if zh else "switched off") if change.disable else ""
    if name == "severity":
        return SEVERITY_WORDS[change.severity](lang) if change.severity is not None else ""
    if name == "waivable":
        return ("不得豁免" if zh else "not to be waived") if change.waivable is False else ""
    return _FIELDS[name](lang) if getattr(change, name) else ""


def _scope(rule: Rule, lang: Lang) -> Iterator[str]:
    applies, zh = rule.applies, lang == "zh"
    if applies.layouts is not None:
        forms = "、".join(applies.layouts)
        yield f"{forms} 版式" if zh else f"forms {forms}"
    if applies.years is not None:
        start, end = applies.years.start or "…", applies.years.end or "…"
        yield f"报告年度 {start} 至 {end}" if zh else f"report years {start} to {end}"
    if applies.bodies is not None:
        yield ("、" if zh else ", ").join(KINDS[kind](lang) for kind in applies.bodies)
    if applies.regions is not None:
        yield ("行政区划 " if zh else "regions ") + "、".join(applies.regions)
    if not applies.model_dump(exclude_none=True):
        yield "所有报告" if zh else "every report"


def _example(example: Example, columns: int) -> Iterator[str]:
    yield from indented(example.name, columns)
    if example.document is not None:
        lines = [line for text in example.document.rstrip().splitlines() for line in indented(text, columns)]
    else:
        stated = example.report if example.report is not None else example.batch
        if example.previous is not None:
            stated = {"report": stated, "previous": example.previous}
        text = yaml.safe_dump(
            shortened(stated),
            allow_unicode=True,
            sort_keys=False,
            default_flow_style=None,
            width=columns - _LONGEST_VALUE,
        )
        lines = [part for line in text.rstrip().splitlines() for part in _folded(f"      {line}", columns)]
    yield from lines[:_MOST_LINES]
    if len(lines) > _MOST_LINES:
        yield "      …"


def _folded(line: str, columns: int) -> Iterator[str]:
    """A line of YAML; what does not fit goes on below it, further in."""
    indent = " " * (len(line) - len(line.lstrip()))
    for number, part in enumerate(wrap(line.strip(), columns - len(indent) - 2)):
        yield f"{indent}{'  ' if number else ''}{part}"
