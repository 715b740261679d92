"""Results for people at a terminal: what is wrong, where, by which law, and what to do."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from disclosure_rules.formatters.words import SEVERITY_WORDS, law, laws
from disclosure_rules.formatters.wrapping import width, wrap
from disclosure_rules.model.rule import Severity
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from disclosure_rules.model.result import (
        CheckResult,
        Finding,
        FoundPrevious,
        RootCause,
        Score,
    )
    from disclosure_rules.model.text import Lang

__all__ = ["render", "to_text"]

_WIDEST = 100
_INDENT = 6
_MOST_OTHERS = 4
_COUNTED = {
    Severity.ERROR: Text(zh="{} 个错误", en="{} errors"),
    Severity.WARNING: Text(zh="{} 个警告", en="{} warnings"),
    Severity.EXPLAIN: Text(zh="{} 项需说明", en="{} to explain"),
    Severity.NOTE: Text(zh="{} 条提示", en="{} notes"),
}
_COLOUR = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.EXPLAIN: "36", Severity.NOTE: "2"}
_VERDICT = {
    "pass": Text(zh="通过", en="passed"),
    "fail": Text(zh="不通过", en="failed"),
    "incomplete": Text(zh="检查不完整", en="incomplete"),
}
_SOURCE = {
    "title": Text(zh="标题", en="the title"),
    "publisher": Text(zh="发布机构", en="the publisher"),
    "introduction": Text(zh="引言", en="the introduction"),
    "closing": Text(zh="落款", en="the signature"),
    "stated": Text(zh="所填信息", en="what was stated"),
    "argument": Text(zh="命令行参数", en="the command line"),
    "body": Text(zh="公开主体名称", en="the name of the body"),
}
_CELLS = {
    "read": Text(zh="读到 {}", en="{} read"),
    "blank": Text(zh="空白 {}", en="{} blank"),
    "mark": Text(zh="符号 {}", en="{} marks"),
    "unreadable": Text(zh="无法读取 {}", en="{} unreadable"),
    "absent": Text(zh="缺 {}", en="{} missing"),
    "inferred": Text(zh="待核对 {}", en="{} to be confirmed"),
    "not_calculated": Text(zh="未计算公式 {}", en="{} formulas without value"),
}


def to_text(results: Iterable[CheckResult], lang: Lang = "zh") -> str:
    """The results as plain text for the width of this terminal."""
    return render(results, lang)


def render(
    results: Iterable[CheckResult],
    lang: Lang = "zh",
    *,
    colour: bool = False,
    columns: int | None = None,
    show: frozenset[str] = frozenset(),
) -> str:
    """The results as text.

    Args:
        results: What was checked.
        lang: Language of the words.
        colour: Whether severities are coloured by terminal codes.
        columns: Width of the lines; None for that of the terminal, at most 100.
        show: More to show: `open` the rules that could not be decided, `passed` the rules that were met.
    """
    wide = columns or min(shutil.get_terminal_size((80, 24)).columns, _WIDEST)
    paint = _painted if colour else _plain
    every = tuple(results)
    told = []
    for result in every:
        # Of several reports each is told with its file: titles repeat, and some reports have none.
        path = result.source.path if len(every) > 1 else None
        lines = [*wrap(f"{'文件：' if lang == 'zh' else 'File: '}{path}", wide)] if path else []
        told.append("\n".join((*lines, *_one(result, lang, wide, paint, show))) + "\n")
    return "\n".join(told)


def _painted(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _plain(text: str, _code: str) -> str:
    return text


def _one(
    result: CheckResult, lang: Lang, columns: int, paint: Callable[[str, str], str], show: frozenset[str]
) -> Iterator[str]:
    yield from (paint(line, "1") for line in wrap(_headline(result, lang), columns))
    yield from wrap(_identity(result, lang), columns)
    if result.previous is not None:
        yield from wrap(_previous(result.previous, lang), columns)
    yield from wrap(_reading(result, lang), columns)
    findings = {finding.fingerprint: finding for finding in result.findings}
    explained = {fingerprint for cause in result.root_causes for fingerprint in cause.explains}
    for cause in result.root_causes:
        yield ""
        yield from _root_cause(cause, findings, lang, columns, paint)
    for severity in Severity:
        for finding in result.findings:
            if finding.severity is severity and finding.fingerprint not in explained:
                yield ""
                yield from _finding(finding, lang, columns, paint)
    yield from _faults(result, lang, columns, paint)
    if "open" in show:
        yield from _opened(result, lang, columns)
    if "passed" in show and result.passed:
        yield ""
        yield "已满足的规则：" if lang == "zh" else "Rules that were met:"
        yield from (f"  {rule}" for rule in result.passed)
    if result.score is not None:
        yield ""
        yield from wrap(_score(result.score, lang), columns)
    yield ""
    yield from (paint(line, "1") for line in wrap(_conclusion(result, lang, show), columns))


def _headline(result: CheckResult, lang: Lang) -> str:
    nameless = "（没有读到标题）" if lang == "zh" else "(no title found)"
    return result.report.title or result.source.path or nameless


def _identity(result: CheckResult, lang: Lang) -> str:
    report, zh = result.report, lang == "zh"
    parts = []
    if report.year is not None:
        parts.append(f"{report.year} 年" if zh else f"Report year {report.year}")
    else:
        parts.append("年度未知" if zh else "report year unknown")
    if report.layout is not None:
        parts.append(f"{report.layout} 版式" if zh else f"layout {report.layout}")
    else:
        parts.append("版式未知" if zh else "layout unknown")
    parts.append(_region(result, lang))
    packs = [f"{pack.id} {pack.version}" for pack in result.rules.packs]
    parts.append(f"规则包 {'、'.join(packs)}" if zh else f"packs {', '.join(packs)}")
    return " · ".join(part for part in parts if part)


def _region(result: CheckResult, lang: Lang) -> str:
    body = result.report.body
    if body is None or not body.region_names:
        return "地区未知" if lang == "zh" else "region unknown"
    names = "".join(body.region_names)
    source, _, words = (body.region_from or "").partition(":")
    if not source:
        return names
    if source in {"stated", "argument"}:
        words = ""  # the code itself, which says nothing beside the names
    told = _SOURCE.get(source, Text(zh=source, en=source))(lang)
    if lang == "zh":
        return f"{names}（由{told}中的「{words}」识别）" if words else f"{names}（由{told}给出）"
    return f"{names} (from “{words}” in {told})" if words else f"{names} (from {told})"


def _score(score: Score, lang: Lang) -> str:
    """The marks: what they lie between, what was taken off, and what a person must still judge."""
    zh = lang == "zh"
    points = str(score.most) if score.least == score.most else f"{score.least}–{score.most}"
    parts = [f"得分 {points}（满分 {score.total}）" if zh else f"Marks {points} of {score.total}"]
    parts += [f"{one.title(lang)} -{one.points}" for one in score.deductions]
    if score.undecided:
        told = "、".join(text(lang) for text in score.undecided)
        parts.append(f"未能判断：{told}" if zh else f"not decided: {told}")
    if score.unseen:
        told = "、".join(text(lang) for text in score.unseen)
        parts.append(f"报告上看不出、须人工判断：{told}" if zh else f"for a person to judge: {told}")
    return ("；" if zh else "; ").join(parts)


def _previous(previous: FoundPrevious, lang: Lang) -> str:
    title = previous.title or previous.body or ""
    path = previous.path or ""
    if lang == "zh":
        return (
            f"对照：{previous.year} 年报告"
            + (f"《{title}》" if title else "")
            + (f"（{path}）" if path else "")
        )
    told = f": {title}" if title else ""
    return f"Held against the report of {previous.year}{told}" + (f" ({path})" if path else "")


def _reading(result: CheckResult, lang: Lang) -> str:
    zh = lang == "zh"
    parts = []
    known = [section for section in result.report.sections if section.key is not None]
    parts.append(f"识别出 {len(known)} 个部分" if zh else f"{len(known)} sections recognised")
    for key, coverage in result.coverage.items():
        numbers = coverage.model_dump()
        told = "，".join(
            text(lang).format(numbers[name])
            for name, text in _CELLS.items()
            if numbers[name] or name == "read"
        )
        name = {"proactive_disclosure": "表二", "requests": "表三", "reviews_and_litigation": "表四"}.get(
            key, key
        )
        parts.append(
            f"{name} {coverage.expected} 格：{told}" if zh else f"{key}, {coverage.expected} cells: {told}"
        )
    parts += [note.message(lang).rstrip("。.") for note in result.notes]
    return ("读取：" if zh else "Reading: ") + ("；" if zh else "; ").join(parts)


def _finding(finding: Finding, lang: Lang, columns: int, paint: Callable[[str, str], str]) -> Iterator[str]:
    label = SEVERITY_WORDS[finding.severity](lang)
    place = finding.location.words(lang)
    head = f"{label}  {finding.title(lang)}"
    gap = columns - width(head) - width(place)
    code = _COLOUR[finding.severity]
    yield paint(label, code) + head[len(label) :] + (" " * gap + place if gap >= 2 else "")  # noqa: PLR2004
    if gap < 2:  # noqa: PLR2004  no room beside the title: the place takes its own line
        yield from _field("位置" if lang == "zh" else "where", place, columns)
    yield from _indented(finding.message(lang), columns)
    for basis in finding.basis:
        yield from _field("依据" if lang == "zh" else "law", law(basis, lang), columns)
    if finding.suggestion is not None:
        yield from _field("建议" if lang == "zh" else "do", finding.suggestion(lang), columns)
    yield from _field("规则" if lang == "zh" else "rule", finding.rule, columns)


def _root_cause(
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
    yield from _indented(cause.message(lang), columns)
    for cell in cause.corrections[0].cells:
        if cell.location.page is not None or cell.location.line is not None:
            yield from _field("位置" if zh else "where", cell.location.words(lang), columns)
    for correction in cause.corrections[1 : _MOST_OTHERS + 1]:
        yield from _field("或者" if zh else "or", correction.message(lang), columns)
    more = cause.count - _MOST_OTHERS - 1
    if more > 0:
        told = (
            f"另有 {more} 种，--format json 列出前几种"
            if zh
            else f"{more} more; the first are in --format json"
        )
        yield from _field("或者" if zh else "or", told, columns)
    for finding in explained:
        yield from _field(SEVERITY_WORDS[finding.severity](lang), finding.message(lang), columns)
    for cited in laws(explained, lang):
        yield from _field("依据" if zh else "law", cited, columns)
    rules = dict.fromkeys(finding.rule for finding in explained)
    yield from _field("规则" if zh else "rule", ("、" if zh else ", ").join(rules), columns)


def _indented(text: str, columns: int) -> Iterator[str]:
    return (" " * _INDENT + line for line in wrap(text, columns - _INDENT))


def _field(name: str, text: str, columns: int) -> Iterator[str]:
    lead = " " * _INDENT + name + "  "
    for position, line in enumerate(wrap(text, columns - width(lead))):
        yield (lead if position == 0 else " " * width(lead)) + line


def _faults(result: CheckResult, lang: Lang, columns: int, paint: Callable[[str, str], str]) -> Iterator[str]:
    for fault in result.faults:
        yield ""
        yield paint("故障" if lang == "zh" else "fault", "31")
        yield from _indented(fault.message(lang), columns)


def _opened(result: CheckResult, lang: Lang, columns: int) -> Iterator[str]:
    if not result.open:
        return
    yield ""
    yield "未能判断的规则：" if lang == "zh" else "Rules that could not be decided:"
    for rule in result.open:
        yield f"  {rule.title(lang)}  {rule.rule}"
        yield from _indented(rule.reason(lang), columns)


def _conclusion(result: CheckResult, lang: Lang, show: frozenset[str]) -> str:
    zh = lang == "zh"
    found = [_COUNTED[severity](lang).format(count) for severity, count in result.counts.items() if count]
    told = (
        ("（有 " if zh else " (") + ("、" if zh else ", ").join(found) + ("）" if zh else ")")
        if found
        else ""
    )
    parts = [f"{'结论：' if zh else 'Verdict: '}{_VERDICT[result.verdict](lang)}{told}"]
    if result.open:
        hint = "" if "open" in show else ("：--show open 查看" if zh else ": see --show open")
        count = len(result.open)
        parts.append(f"{count} 条规则未能判断{hint}" if zh else f"{count} rules could not be decided{hint}")
    if result.faults:
        parts.append(f"{len(result.faults)} 条规则运行出错" if zh else f"{len(result.faults)} rules crashed")
    return ("；" if zh else "; ").join(parts)
