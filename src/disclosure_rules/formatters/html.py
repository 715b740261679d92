"""Results as one self-contained page: no script, nothing fetched, fit for a printer and a telephone.

Every text is escaped: what a report holds is shown, never run.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from disclosure_rules.model.rule import Severity
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from disclosure_rules.model.result import CheckResult, CitedBasis, Finding, RootCause
    from disclosure_rules.model.text import Lang

__all__ = ["to_html"]

_SEVERITY = {
    Severity.ERROR: Text(zh="错误", en="error"),
    Severity.WARNING: Text(zh="警告", en="warning"),
    Severity.EXPLAIN: Text(zh="说明", en="explain"),
    Severity.NOTE: Text(zh="提示", en="note"),
}
_VERDICT = {
    "pass": Text(zh="通过", en="passed"),
    "fail": Text(zh="不通过", en="failed"),
    "incomplete": Text(zh="检查不完整", en="incomplete"),
}
_STYLE = """
body{font:16px/1.6 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;
margin:0 auto;max-width:60rem;padding:1rem;color:#1a1a1a}
h1{font-size:1.4rem;margin:1.5rem 0 .3rem}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
.about{color:#555;margin:0 0 1rem;overflow-wrap:anywhere}
.finding,.cause{border:1px solid #ccc;border-left:6px solid #888;border-radius:4px;
margin:.7rem 0;padding:.6rem .9rem;break-inside:avoid}
.error{border-left-color:#b3261e}.warning{border-left-color:#a86400}.explain{border-left-color:#1f5fa8}
.cause{background:#fff8e6;border-left-color:#7a4b00}.waived{opacity:.7}
.finding b,.cause b{overflow-wrap:anywhere}.place{float:right;color:#555;font-size:.9rem;margin-left:1rem}
dl{margin:.4rem 0 0;display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;font-size:.93rem}
dt{color:#555}dd{margin:0;overflow-wrap:anywhere}p{margin:.3rem 0}ul{padding-left:1.2rem}
.pass{color:#1b6e2e}.fail{color:#b3261e}.incomplete{color:#a86400}
@media(max-width:40rem){.place{float:none;display:block;margin:0}dl{grid-template-columns:1fr}dt{margin-top:.3rem}}
@media print{body{max-width:none;font-size:11pt}section{break-after:page}}
"""


def to_html(results: Iterable[CheckResult], lang: Lang = "zh") -> str:
    """The results as a page, a section for each report."""
    title = "政府信息公开工作年度报告检查结果" if lang == "zh" else "Check of annual reports"
    body = "\n".join(line for result in results for line in _section(result, lang))
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _section(result: CheckResult, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    yield "<section>"
    yield f"<h1>{escape(result.report.title or result.source.path or ('（没有读到标题）' if zh else '(no title)'))}</h1>"
    yield f'<p class="about">{escape(_about(result, lang))}</p>'
    counts = " · ".join(f"{text(lang)} {result.counts[one]}" for one, text in _SEVERITY.items())
    yield f'<p><b class="{result.verdict}">{_VERDICT[result.verdict](lang)}</b> · {counts}</p>'
    explained = {fingerprint for cause in result.root_causes for fingerprint in cause.explains}
    for cause in result.root_causes:
        yield from _cause(cause, result, lang)
    for severity in Severity:
        for finding in result.findings:
            if finding.severity is severity and finding.fingerprint not in explained:
                yield from _finding(finding, lang)
    told = [
        (
            "未能判断的规则" if zh else "Not decided",
            [f"{one.title(lang)}：{one.reason(lang)}" for one in result.open],
        ),
        ("读取时的说明" if zh else "On the reading", [note.message(lang) for note in result.notes]),
        ("故障" if zh else "Faults", [fault.message(lang) for fault in result.faults]),
        (
            "方案不看的规则" if zh else "Left out",
            [f"{one.rule}（{one.count}）：{one.reason}" for one in result.ignored],
        ),
        ("无效的豁免" if zh else "Waivers that do not hold", [one.message(lang) for one in result.waivers]),
    ]
    for heading, lines in told:
        if lines:
            yield f"<h2>{heading}</h2>"
            yield f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
    yield "</section>"


def _about(result: CheckResult, lang: Lang) -> str:
    report = result.report
    region = "".join(report.body.region_names) if report.body else ""
    packs = "、".join(f"{pack.id} {pack.version}" for pack in result.rules.packs)
    year = f"{report.year or '—'} 年" if lang == "zh" else f"report year {report.year or '—'}"
    parts = (result.source.path, year, report.layout, region, packs, result.rules.fingerprint)
    return " · ".join(part for part in parts if part)


def _cause(cause: RootCause, result: CheckResult, lang: Lang) -> Iterator[str]:
    found = [one for one in result.findings if one.fingerprint in cause.explains]
    heading = "根源" if lang == "zh" else "Root cause"
    yield f'<div class="cause"><b>{heading}</b><p>{escape(cause.message(lang))}</p><ul>'
    for finding in found:
        words = f"{finding.location.words(lang)}：{finding.message(lang)}"
        yield f"<li>{escape(words)} <code>{escape(finding.rule)}</code></li>"
    yield "</ul></div>"


def _finding(finding: Finding, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    waived = " waived" if finding.waived is not None else ""
    yield f'<div class="finding {finding.severity.value}{waived}">'
    yield f'<span class="place">{escape(finding.location.words(lang))}</span>'
    yield f"<b>{_SEVERITY[finding.severity](lang)} · {escape(finding.title(lang))}</b>"
    yield f"<p>{escape(finding.message(lang))}</p><dl>"
    for basis in finding.basis:
        yield f"<dt>{'依据' if zh else 'law'}</dt><dd>{escape(_law(basis))}</dd>"
    if finding.suggestion is not None:
        yield f"<dt>{'建议' if zh else 'do'}</dt><dd>{escape(finding.suggestion(lang))}</dd>"
    if finding.waived is not None:
        told = f"{finding.waived.reason}（{finding.waived.approved_by}，{finding.waived.expires}）"
        yield f"<dt>{'已豁免' if zh else 'waived'}</dt><dd>{escape(told)}</dd>"
    yield f"<dt>{'规则' if zh else 'rule'}</dt><dd><code>{escape(finding.rule)}</code></dd></dl></div>"


def _law(basis: CitedBasis) -> str:
    number = f"（{basis.number}）" if basis.number else ""
    quote = f"：“{basis.quote}”" if basis.quote else ""
    return f"《{basis.title}》{number}{basis.article or ''}{quote}"
