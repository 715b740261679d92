"""Results as a page: the report as printed with what was found at its places, and the sum of it on top.

Nothing is fetched and nothing runs; it fits a printer and a telephone. Every text is escaped: what a report holds is
shown, never taken for more (`markup`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from disclosure_rules.formatters.html_notes import badge, cause_box, note
from disclosure_rules.formatters.html_places import Noted
from disclosure_rules.formatters.html_report import printed_report
from disclosure_rules.formatters.html_words import LOOK, SEVERITY, VERDICT, pick
from disclosure_rules.formatters.markup import foot, head, own_file, tag
from disclosure_rules.model.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from disclosure_rules.formatters.markup import Markup
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult, Finding
    from disclosure_rules.model.text import Lang

__all__ = ["page_of", "style", "to_html"]


@cache
def style() -> str:
    """The style sheet of the pages."""
    return own_file("disclosure_rules.formatters", "page.css")


def to_html(
    checked: Iterable[tuple[CheckResult, Report | None]], layouts: Mapping[str, Layout], lang: Lang = "zh"
) -> str:
    """The results as one page, a section for each report.

    Args:
        checked: Results, each with its report; None where there is none, and the findings are then listed alone.
        layouts: The known forms by id.
        lang: The language of what is said of the reports.
    """
    every = list(checked)
    title = pick(lang, "政府信息公开工作年度报告检查结果", "Check of annual reports")
    if len(every) == 1:
        title = f"{_title(every[0][0], lang)} · {pick(lang, '检查结果', 'check')}"
    sections = (
        _section(one, layouts, lang, prefix=f"r{number}-" if len(every) > 1 else "")
        for number, one in enumerate(every, 1)
    )
    return head(title, style(), lang) + tag("main", sections) + "\n" + foot()


def page_of(
    checked: tuple[CheckResult, Report | None],
    layouts: Mapping[str, Layout],
    lang: Lang,
    *,
    back: Markup,
    beside: Markup | None,
) -> str:
    """The page of one report of a batch.

    Args:
        checked: The result and its report.
        layouts: The known forms by id.
        lang: The language.
        back: The way back to the batch.
        beside: What the batch says of the report.
    """
    title = f"{_title(checked[0], lang)} · {pick(lang, '检查结果', 'check')}"
    shown = _section(checked, layouts, lang, beside=beside)
    return head(title, style(), lang) + tag("main", back, shown) + "\n" + foot()


def _section(
    checked: tuple[CheckResult, Report | None],
    layouts: Mapping[str, Layout],
    lang: Lang,
    *,
    prefix: str = "",
    beside: Markup | None = None,
) -> Markup:
    """One report: the sum of it, the report itself, and what remains to be said.

    `prefix` is what its anchors begin with; `beside` stands between the sum and the report.
    """
    result, report = checked
    shown = printed_report(result, report, layouts, prefix, lang) if report else _listed(result, prefix, lang)
    return tag(
        "section",
        _summary(result, prefix, lang),
        beside,
        tag("h2", pick(lang, "报告原文与问题", "The report and what was found")) if report else None,
        shown,
        _remarks(result, lang),
        class_="checked",
    )


def _title(result: CheckResult, lang: Lang) -> str:
    unknown = pick(lang, "（没有读到标题）", "(no title)")
    return result.report.title or result.source.path or unknown


def _summary(result: CheckResult, prefix: str, lang: Lang) -> Iterator[Markup | None]:
    counts = (
        tag("li", tag("b", str(result.counts[severity])), f" {words(lang)}", class_=f"count {LOOK[severity]}")
        for severity, words in SEVERITY.items()
        if result.counts[severity]
    )
    yield tag(
        "header",
        tag("h1", _title(result, lang)),
        tag(
            "div",
            tag("span", VERDICT[result.verdict](lang), class_=f"verdict {result.verdict}"),
            tag("ul", counts, class_="counts"),
            class_="outcome",
        ),
        tag("dl", (tag("div", tag("dt", name), tag("dd", words)) for name, words in _about(result, lang))),
    )
    if result.findings:
        yield tag("h2", pick(lang, "问题一览", "What was found"))
        yield _causes_first(result, prefix, lang)
        yield tag("ol", _lines(result, prefix, lang), class_="list")


def _about(result: CheckResult, lang: Lang) -> Iterator[tuple[str, str]]:
    report, source = result.report, result.source
    region = "".join(report.body.region_names) if report.body else ""
    packs = "、".join(f"{pack.id} {pack.version}" for pack in result.rules.packs)
    yield from (
        (name, words)
        for name, words in (
            (pick(lang, "文件", "file"), source.path or ""),
            (pick(lang, "机关", "body"), report.body.name if report.body else ""),
            (pick(lang, "年度", "year"), str(report.year or "")),
            (pick(lang, "格式", "form"), report.layout or ""),
            (pick(lang, "地区", "region"), region),
            (
                pick(lang, "上一年报告", "last year's"),
                (result.previous.path if result.previous else "") or "",
            ),
            (pick(lang, "规则包", "packs"), f"{packs} · {result.rules.fingerprint}" if packs else ""),
            (pick(lang, "检查方案", "profile"), result.profile if result.profile != "default" else ""),
            (pick(lang, "得分", "marks"), str(result.score.total) if result.score else ""),
        )
        if words
    )


def _causes_first(result: CheckResult, prefix: str, lang: Lang) -> Markup | None:
    if not result.root_causes:
        return None
    lines = (
        tag(
            "li",
            tag("a", f"{pick(lang, '根', 'R')}{number}", class_="badge cause", href=f"#{prefix}c{number}"),
            " ",
            cause.message(lang),
        )
        for number, cause in enumerate(result.root_causes, 1)
    )
    return tag("ul", lines, class_="causes")


def _numbered(result: CheckResult) -> list[tuple[int, Finding]]:
    """The findings with their numbers in reading order, the gravest first."""
    order = list(Severity)
    return sorted(enumerate(result.findings, 1), key=lambda one: (order.index(one[1].severity), one[0]))


def _lines(result: CheckResult, prefix: str, lang: Lang) -> Iterator[Markup]:
    for number, finding in _numbered(result):
        waived = pick(lang, "（已豁免）", " (waived)") if finding.waived is not None else ""
        yield tag(
            "li",
            badge(finding, number, prefix, lang),
            tag("span", finding.title(lang), waived),
            tag("span", finding.location.words(lang), class_="place"),
        )


def _listed(result: CheckResult, prefix: str, lang: Lang) -> Markup | None:
    """Root causes and findings, where there is no report to show them in."""
    if not result.findings:
        return None
    known = {finding.fingerprint: (number, finding) for number, finding in enumerate(result.findings, 1)}
    causes = (cause_box(cause, n, known, prefix, lang) for n, cause in enumerate(result.root_causes, 1))
    notes = (note(Noted(number, finding), prefix, lang) for number, finding in known.values())
    alone = pick(
        lang, "报告原文不在手边，问题按顺序列出。", "The report is not at hand; its findings are listed."
    )
    return tag("div", tag("p", alone, class_="place"), causes, notes, class_="listed")


def _remarks(result: CheckResult, lang: Lang) -> Iterator[Markup]:
    told = [
        (
            pick(lang, "未能判断的规则", "Not decided"),
            [f"{one.title(lang)}：{one.reason(lang)}" for one in result.open],
        ),
        (pick(lang, "读取时的说明", "On the reading"), [one.message(lang) for one in result.notes]),
        (pick(lang, "故障", "Faults"), [fault.message(lang) for fault in result.faults]),
        (
            pick(lang, "方案不看的规则", "Left out"),
            [f"{one.rule}（{one.count}）：{one.reason}" for one in result.ignored],
        ),
        (pick(lang, "无效的豁免", "Waivers that do not hold"), [one.message(lang) for one in result.waivers]),
    ]
    for heading, lines in told:
        if lines:
            yield tag("h2", f"{heading}（{len(lines)}）" if lang == "zh" else f"{heading} ({len(lines)})")
            yield tag("ul", (tag("li", line) for line in lines), class_="remarks")
