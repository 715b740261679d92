"""Results for people at a terminal: what is wrong, where, by which law, and what to do."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from disclosure_rules.formatters.text_findings import finding_lines, indented, root_cause_lines
from disclosure_rules.formatters.text_head import head
from disclosure_rules.formatters.wrapping import width, wrap
from disclosure_rules.model.rule import Severity
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from disclosure_rules.model.result import CheckResult, Score
    from disclosure_rules.model.text import Lang

__all__ = ["render", "to_text"]

_WIDEST = 100
_COUNTED = {
    Severity.ERROR: Text(zh="{} 个错误", en="{} errors"),
    Severity.WARNING: Text(zh="{} 个警告", en="{} warnings"),
    Severity.EXPLAIN: Text(zh="{} 项需说明", en="{} to explain"),
    Severity.NOTE: Text(zh="{} 条提示", en="{} notes"),
}
_VERDICT = {
    "pass": Text(zh="通过", en="passed"),
    "fail": Text(zh="不通过", en="failed"),
    "incomplete": Text(zh="检查不完整", en="incomplete"),
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
        show: More to show: `open` the rules that could not be decided, `passed` the rules that were met, `known` the
            findings that the baseline has.
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
    yield from head(result, lang, columns, paint)
    hidden = {
        finding.fingerprint
        for finding in result.findings
        if finding.baseline == "unchanged" and "known" not in show
    }
    waived = {finding.fingerprint for finding in result.findings if finding.waived is not None} - hidden
    findings = {finding.fingerprint: finding for finding in result.findings}
    # A cause is told while one of its findings is; what is accepted or known is marked in it.
    causes = [cause for cause in result.root_causes if set(cause.explains) - hidden - waived]
    explained = {fingerprint for cause in causes for fingerprint in cause.explains}
    for cause in causes:
        yield ""
        yield from root_cause_lines(cause, findings, lang, columns, paint)
    for severity in Severity:
        for finding in result.findings:
            if finding.severity is severity and finding.fingerprint not in explained | hidden | waived:
                yield ""
                yield from finding_lines(finding, lang, columns, paint)
    if _settled(result):
        from disclosure_rules.formatters.text_settled import settled_lines  # noqa: PLC0415  few runs settle anything

        yield from settled_lines(result, lang, columns, paint, hidden=len(hidden))
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
    shown = [one for one in result.findings if one.fingerprint not in hidden]
    if shown:
        about = "逐条了解规则：" if lang == "zh" else "About a rule: "
        heaviest = max(shown, key=lambda one: one.severity.rank)
        yield from wrap(f"{about}disclosure-rules explain {heaviest.rule}", columns)


def _settled(result: CheckResult) -> bool:
    """Whether a waiver, a baseline or the profile decided anything."""
    return bool(
        result.waivers
        or result.ignored
        or result.fixed
        or any(finding.waived or finding.baseline for finding in result.findings)
    )


def _score(score: Score, lang: Lang) -> str:
    """The marks: what they lie between, what was taken off, and what a person must still judge."""
    zh = lang == "zh"
    points = str(score.most) if score.least == score.most else f"{score.least}–{score.most}"
    parts = [f"得分 {points}（满分 {score.total}）" if zh else f"Marks {points} of {score.total}"]
    parts += [f"{one.title(lang)} -{one.points}" for one in score.deductions]
    if score.undecided:
        told = ("、" if zh else ", ").join(text(lang) for text in score.undecided)
        parts.append(f"未能判断：{told}" if zh else f"not decided: {told}")
    if score.unseen:
        told = ("、" if zh else ", ").join(text(lang) for text in score.unseen)
        parts.append(f"报告上看不出、须人工判断：{told}" if zh else f"for a person to judge: {told}")
    return ("；" if zh else "; ").join(parts)


def _faults(result: CheckResult, lang: Lang, columns: int, paint: Callable[[str, str], str]) -> Iterator[str]:
    for fault in result.faults:
        yield ""
        yield paint("故障" if lang == "zh" else "fault", "31")
        yield from indented(fault.message(lang), columns)


def _opened(result: CheckResult, lang: Lang, columns: int) -> Iterator[str]:
    if not result.open:
        return
    yield ""
    yield "未能判断的规则：" if lang == "zh" else "Rules that could not be decided:"
    for rule in result.open:
        head = f"  {rule.title(lang)}  {rule.rule}"
        yield from (head,) if width(head) <= columns else (f"  {rule.title(lang)}", f"      {rule.rule}")
        yield from indented(rule.reason(lang), columns)


def _counts_settled(result: CheckResult) -> Iterator[tuple[Text, int]]:
    known = [finding for finding in result.findings if finding.baseline == "unchanged"]
    waived = [finding for finding in result.findings if finding.waived and finding.baseline != "unchanged"]
    yield Text(zh="{} 处已豁免", en="{} waived"), len(waived)
    yield Text(zh="{} 处以前已有", en="{} known from before"), len(known)


def _conclusion(result: CheckResult, lang: Lang, show: frozenset[str]) -> str:
    zh = lang == "zh"
    found = [_COUNTED[severity](lang).format(count) for severity, count in result.counts.items() if count]
    comma, stop = ("、", "，") if zh else (", ", "; ")
    settled = [text(lang).format(count) for text, count in _counts_settled(result) if count]
    if settled:
        of_these = "其中 " if zh else "of these "
        found = [comma.join(found), of_these + comma.join(settled)]
    told = (stop if settled else comma).join(found)
    told = (f"（有 {told}）" if zh else f" ({told})") if found else ""
    parts = [f"{'结论：' if zh else 'Verdict: '}{_VERDICT[result.verdict](lang)}{told}"]
    if result.open:
        hint = "" if "open" in show else ("：--show open 查看" if zh else ": see --show open")
        count = len(result.open)
        parts.append(f"{count} 条规则未能判断{hint}" if zh else f"{count} rules could not be decided{hint}")
    if result.faults:
        parts.append(f"{len(result.faults)} 条规则运行出错" if zh else f"{len(result.faults)} rules crashed")
    return ("；" if zh else "; ").join(parts)
