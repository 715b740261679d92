"""Findings and root causes told at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.formatters.settled import mark
from disclosure_rules.formatters.words import SEVERITY_WORDS, law, laws
from disclosure_rules.formatters.wrapping import width, wrap
from disclosure_rules.model.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from disclosure_rules.model.result import Finding, RootCause
    from disclosure_rules.model.text import Lang

__all__ = ["field", "finding_lines", "indented", "root_cause_lines"]

_INDENT = 6
_MOST_OTHERS = 4
_COLOUR = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.EXPLAIN: "36", Severity.NOTE: "2"}


def finding_lines(
    finding: Finding, lang: Lang, columns: int, paint: Callable[[str, str], str]
) -> Iterator[str]:
    """A finding: severity, title and place on a line, then message, law, what to do, and the rule."""
    label = SEVERITY_WORDS[finding.severity](lang) + mark(finding, lang)
    place = finding.location.words(lang)
    head = f"{label}  {finding.title(lang)}"
    gap = columns - width(head) - width(place)
    code = _COLOUR[finding.severity]
    yield paint(label, code) + head[len(label) :] + (" " * gap + place if gap >= 2 else "")  # noqa: PLR2004
    if gap < 2:  # noqa: PLR2004  no room beside the title: the place takes its own line
        yield from field("位置" if lang == "zh" else "where", place, columns)
    yield from indented(finding.message(lang), columns)
    for basis in finding.basis:
        yield from field("依据" if lang == "zh" else "law", law(basis, lang), columns)
    if finding.suggestion is not None:
        yield from field("建议" if lang == "zh" else "do", finding.suggestion(lang), columns)
    yield from field("规则" if lang == "zh" else "rule", finding.rule, columns)


def root_cause_lines(
    cause: RootCause,
    findings: Mapping[str, Finding],
    lang: Lang,
    columns: int,
    paint: Callable[[str, str], str],
) -> Iterator[str]:
    """One cause with its fix, then the findings that it explains in short: they are not told again."""
    zh = lang == "zh"
    explained = [findings[fingerprint] for fingerprint in cause.explains if fingerprint in findings]
    cells, count = len(cause.corrections[0].cells), len(explained)
    label = "根源" if zh else "root cause"
    told = (
        f"{count} 个错误出自 {cells} 个单元格"
        if zh
        else f"{count} error{'s come' * (count > 1) or ' comes'} from {cells} cell{'s' * (cells > 1)}"
    )
    yield paint(label, _COLOUR[Severity.ERROR]) + f"  {told}"
    yield from indented(cause.message(lang), columns)
    for cell in cause.corrections[0].cells:
        if cell.location.page is not None or cell.location.line is not None:
            yield from field("位置" if zh else "where", cell.location.words(lang), columns)
    for correction in cause.corrections[1 : _MOST_OTHERS + 1]:
        yield from field("或者" if zh else "or", correction.message(lang), columns)
    more = cause.count - _MOST_OTHERS - 1
    if more > 0:
        told = (
            f"另有 {more} 种，--format json 列出前几种"
            if zh
            else f"{more} more; the first are in --format json"
        )
        yield from field("或者" if zh else "or", told, columns)
    for finding in explained:
        label = SEVERITY_WORDS[finding.severity](lang) + mark(finding, lang)
        yield from field(label, finding.message(lang), columns)
    for cited in laws(explained, lang):
        yield from field("依据" if zh else "law", cited, columns)
    rules = dict.fromkeys(finding.rule for finding in explained)
    yield from field("规则" if zh else "rule", ("、" if zh else ", ").join(rules), columns)


def indented(text: str, columns: int) -> Iterator[str]:
    """A text below a heading."""
    return (" " * _INDENT + line for line in wrap(text, columns - _INDENT))


def field(name: str, text: str, columns: int) -> Iterator[str]:
    """A named text below a heading; its lines stand under each other."""
    lead = " " * _INDENT + name + "  "
    for position, line in enumerate(wrap(text, columns - width(lead))):
        yield (lead if position == 0 else " " * width(lead)) + line
