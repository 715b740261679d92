"""What a page says of a finding and of a root cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.formatters.html_words import LOOK, SEVERITY, SIGN, pick
from disclosure_rules.formatters.markup import tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_rules.formatters.html_places import Noted
    from disclosure_rules.formatters.markup import Markup
    from disclosure_rules.model.result import CitedBasis, Finding, RootCause
    from disclosure_rules.model.text import Lang

__all__ = ["badge", "cause_box", "law", "note"]


def badge(finding: Finding, number: int, prefix: str, lang: Lang) -> Markup:
    """The sign of a finding, which leads to its note: its severity in one character, and its number."""
    return tag(
        "a",
        f"{SIGN[finding.severity](lang)}{number}",
        class_=f"badge {LOOK[finding.severity]}",
        href=f"#{prefix}f{number}",
        aria_label=pick(
            lang,
            f"问题 {number}：{SEVERITY[finding.severity].zh}",
            f"finding {number}: {finding.severity.value}",
        ),
    )


def note(noted: Noted, prefix: str, lang: Lang) -> Markup:
    """A finding in full, as it stands beside its place."""
    finding = noted.finding
    waived = " waived" if finding.waived is not None else ""
    return tag(
        "div",
        tag(
            "p",
            tag(
                "span",
                f"{SIGN[finding.severity](lang)}{noted.number}",
                class_=f"badge {LOOK[finding.severity]}",
            ),
            " ",
            tag("b", f"{SEVERITY[finding.severity](lang)}{pick(lang, '：', ': ')}{finding.title(lang)}"),
            class_="what",
        ),
        tag("p", finding.message(lang)),
        tag("dl", (tag("div", tag("dt", name), tag("dd", words)) for name, words in _more(finding, lang))),
        class_=f"found {LOOK[finding.severity]}{waived}",
        id=f"{prefix}f{noted.number}",
    )


def _more(finding: Finding, lang: Lang) -> Iterator[tuple[str, str | Markup]]:
    if finding.suggestion is not None:
        yield pick(lang, "建议", "do"), finding.suggestion(lang)
    for basis in finding.basis:
        yield pick(lang, "依据", "law"), law(basis)
    if finding.waived is not None:
        waived = finding.waived
        yield pick(lang, "已豁免", "waived"), f"{waived.reason}（{waived.approved_by}，{waived.expires}）"
    if finding.baseline == "new":
        yield pick(lang, "比较", "compared"), pick(lang, "新出现的问题", "new since the baseline")
    yield pick(lang, "位置", "place"), finding.location.words(lang)
    yield pick(lang, "规则", "rule"), tag("code", finding.rule)


def law(basis: CitedBasis) -> str:
    """A citation in words."""
    number = f"（{basis.number}）" if basis.number else ""
    quote = f"：“{basis.quote}”" if basis.quote else ""
    return f"《{basis.title}》{number}{basis.article or ''}{quote}"


def cause_box(
    cause: RootCause, number: int, known: Mapping[str, tuple[int, Finding]], prefix: str, lang: Lang
) -> Markup:
    """What broken sums of a table come from.

    Args:
        cause: The root cause.
        number: Its number on the page.
        known: The findings of the report and their numbers, by fingerprint.
        prefix: What the anchors of the report begin with.
        lang: The language.
    """
    explained = [known[one] for one in cause.explains if one in known]
    others = cause.corrections[1:]
    more = cause.count - len(cause.corrections)
    return tag(
        "div",
        tag(
            "p",
            tag("span", f"{pick(lang, '根', 'R')}{number}", class_="badge cause"),
            " ",
            tag("b", pick(lang, "根源", "Root cause")),
            class_="what",
        ),
        tag("p", cause.message(lang)),
        tag("p", pick(lang, "同样小的其他改法：", "Other corrections as small:")) if others else None,
        tag("ul", (tag("li", one.message(lang)) for one in others)) if others else None,
        tag("p", pick(lang, f"另有 {more} 种没有列出。", f"{more} more are not listed."))
        if more > 0
        else None,
        tag("p", pick(lang, "由此而来：", "Explains: "), _signs(explained, prefix, lang))
        if explained
        else None,
        class_="found cause",
        id=f"{prefix}c{number}",
    )


def _signs(found: list[tuple[int, Finding]], prefix: str, lang: Lang) -> Iterator[str | Markup]:
    for number, finding in found:
        yield badge(finding, number, prefix, lang)
        yield " "
