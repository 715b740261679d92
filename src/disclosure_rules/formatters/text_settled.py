"""What the choices of a run settled, told at a terminal: waived findings, waivers that fail, baseline, profile."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from disclosure_rules.formatters.text_findings import field, finding_lines
from disclosure_rules.formatters.wrapping import wrap
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from disclosure_rules.model.result import CheckResult, Finding
    from disclosure_rules.model.text import Lang

__all__ = ["settled_lines"]

_STATE = {
    "expired": Text(zh="豁免已过期", en="waiver expired"),
    "void": Text(zh="豁免已失效", en="waiver void"),
    "refused": Text(zh="豁免不准许", en="waiver refused"),
    "unused": Text(zh="豁免未用上", en="waiver unused"),
}


def settled_lines(
    result: CheckResult, lang: Lang, columns: int, paint: Callable[[str, str], str], *, hidden: int
) -> Iterator[str]:
    """The lines below the findings.

    Args:
        result: The result.
        lang: Language of the words.
        columns: Width of the lines.
        paint: Colours a text by a terminal code.
        hidden: How many findings of the baseline are not shown.
    """
    for finding in result.findings:
        if finding.waived is not None and not (hidden and finding.baseline == "unchanged"):
            yield ""
            yield from finding_lines(finding, lang, columns, paint)
            yield from _acceptance(finding, lang, columns)
    for note in result.waivers:
        yield ""
        yield from wrap(f"{paint(_STATE[note.state](lang), '33')}  {note.message(lang)}", columns)
        yield from field("问题编号" if lang == "zh" else "finding", note.finding, columns)
    told = [*_baseline(result, lang, hidden), *_left_out(result, lang)]
    if told:
        yield ""
        for sentence in told:
            yield from wrap(sentence, columns)


def _acceptance(finding: Finding, lang: Lang, columns: int) -> Iterator[str]:
    waived, zh = finding.waived, lang == "zh"
    if waived is None:
        return
    yield from field("豁免" if zh else "waived", waived.reason, columns)
    if waived.basis is not None:
        yield from field("凭据" if zh else "basis", waived.basis, columns)
    approved = (
        f"{waived.approved_by}，有效至 {waived.expires}"
        if zh
        else f"by {waived.approved_by}, until {waived.expires}"
    )
    yield from field("批准" if zh else "approved", approved, columns)


def _baseline(result: CheckResult, lang: Lang, hidden: int) -> Iterator[str]:
    states = Counter(finding.baseline for finding in result.findings)
    if not (states["new"] or states["unchanged"] or result.fixed):
        return
    new, known, fixed = states["new"], states["unchanged"], len(result.fixed)
    if lang == "zh":
        how = "（未列出，--show known 列出）" if hidden else ""
        yield f"与基线相比：新问题 {new} 处，以前已有 {known} 处{how}，不再发现 {fixed} 处"
    else:
        how = " (not listed; --show known lists them)" if hidden else ""
        yield f"Against the baseline: {new} new, {known} known from before{how}, {fixed} no longer found"


def _left_out(result: CheckResult, lang: Lang) -> Iterator[str]:
    """What the profile leaves out: a rule each with its reason; those that it does not select, in one sentence."""
    zh = lang == "zh"
    for one in result.ignored:
        if one.reason != "select":
            yield (
                f"检查方案 {result.profile} 不列 {one.rule}：{one.count} 处，{one.reason}"
                if zh
                else f"Profile {result.profile} leaves out {one.rule}: {one.count}, {one.reason}"
            )
    others = sum(one.count for one in result.ignored if one.reason == "select")
    if others:
        yield (
            f"检查方案 {result.profile} 没有选的规则另有 {others} 处问题"
            if zh
            else f"Rules that profile {result.profile} does not select have {others} more findings"
        )
