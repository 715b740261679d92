"""Findings and root causes told at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.formatters.settled import mark
from disclosure_rules.formatters.wrapping import width, wrap
from disclosure_rules.model.rule import Severity
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from disclosure_rules.model.result import CitedBasis, Finding, RootCause
    from disclosure_rules.model.text import Lang

__all__ = ["SEVERITY", "field", "finding_lines", "indented", "law", "root_cause_lines"]

_INDENT = 6
_MOST_OTHERS = 4
SEVERITY = {
    Severity.ERROR: Text(zh="错误", en="error"),
    Severity.WARNING: Text(zh="警告", en="warning"),
    Severity.EXPLAIN: Text(zh="说明", en="explain"),
    Severity.NOTE: Text(zh="提示", en="note"),
}
_COLOUR = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.EXPLAIN: "36", Severity.NOTE: "2"}


def finding_lines(
    finding: Finding, lang: Lang, columns: int, paint: Callable[[str, str], str]
) -> Iterator[str]:
    """A finding: severity, title and place on a line, then message, law, what to do, and the rule."""
    label = SEVERITY[finding.severity](lang) + mark(finding, lang)
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
        label = SEVERITY[finding.severity](lang) + mark(finding, lang)
        yield from field(label, finding.message(lang), columns)
    for cited in _laws(explained, lang):
        yield from field("依据" if zh else "law", cited, columns)
    rules = dict.fromkeys(finding.rule for finding in explained)
    yield from field("规则" if zh else "rule", ("、" if zh else ", ").join(rules), columns)


def _laws(findings: Iterable[Finding], lang: Lang) -> Iterator[str]:
    """Each instrument that the findings cite once, with all articles cited."""
    cited: dict[tuple[str, str | None], list[CitedBasis]] = {}
    for basis in (basis for finding in findings for basis in finding.basis):
        same = cited.setdefault((basis.title, basis.number), [])
        if basis not in same:
            same.append(basis)
    for first, *others in cited.values():
        articles = [basis.article for basis in (first, *others) if basis.article is not None]
        joined = {"article": ("、" if lang == "zh" else ", ").join(articles), "quote": None}
        yield law(first.model_copy(update=joined) if others else first, lang)


def law(basis: CitedBasis, lang: Lang) -> str:
    """A citation: title, number, article, and its words where they are known."""
    number = f"（{basis.number}）" if basis.number else ""
    quote = f"：“{basis.quote}”" if basis.quote else ""
    title = basis.title if basis.title.startswith("《") else f"《{basis.title}》"
    article = basis.article or ""
    return f"{title}{number}{article}{quote}" if lang == "zh" else f"{title}{number} {article}{quote}".strip()


def indented(text: str, columns: int) -> Iterator[str]:
    """A text below a heading."""
    return (" " * _INDENT + line for line in wrap(text, columns - _INDENT))


def field(name: str, text: str, columns: int) -> Iterator[str]:
    """A named text below a heading; its lines stand under each other."""
    lead = " " * _INDENT + name + "  "
    for position, line in enumerate(wrap(text, columns - width(lead))):
        yield (lead if position == 0 else " " * width(lead)) + line
