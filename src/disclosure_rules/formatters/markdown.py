"""Results as Markdown, for a comment on a request or a page of a wiki."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from disclosure_rules.formatters.settled import mark, settled
from disclosure_rules.model.rule import Severity
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from disclosure_rules.model.result import CheckResult, Finding
    from disclosure_rules.model.text import Lang

__all__ = ["to_markdown"]

_VERDICT = {
    "pass": Text(zh="通过", en="passed"),
    "fail": Text(zh="不通过", en="failed"),
    "incomplete": Text(zh="检查不完整", en="incomplete"),
}
_SEVERITY = {
    Severity.ERROR: Text(zh="错误", en="error"),
    Severity.WARNING: Text(zh="警告", en="warning"),
    Severity.EXPLAIN: Text(zh="说明", en="explain"),
    Severity.NOTE: Text(zh="提示", en="note"),
}
# What Markdown would take for marks, and HTML for tags: a report's words are shown as they are.
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def to_markdown(results: Iterable[CheckResult], lang: Lang = "zh") -> str:
    """A section a report, a table of its findings."""
    return "\n".join(line for result in results for line in _section(result, lang))


def _section(result: CheckResult, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    title = result.report.title or result.source.path or ("（没有读到标题）" if zh else "(no title)")
    yield f"## {_plain(title)}"
    yield ""
    yield f"**{_VERDICT[result.verdict](lang)}** · {_plain(result.source.path or '')}"
    yield ""
    if result.findings:
        yield "| | 问题 | 位置 | 说明 | 建议 |" if zh else "| | finding | place | message | do |"
        yield "| --- | --- | --- | --- | --- |"
        for severity in Severity:
            for finding in result.findings:
                if finding.severity is severity:
                    yield _row(finding, lang)
        yield ""
    if result.open:
        yield (
            f"{len(result.open)} 条规则未能判断："
            if zh
            else f"{len(result.open)} rules could not be decided:"
        )
        yield ""
        yield from (f"- `{rule.rule}` {_plain(rule.reason(lang))}" for rule in result.open)
        yield ""
    told = [note.message for note in result.notes]
    told += [note.message for note in result.waivers]
    told += [fault.message for fault in result.faults]
    if told:
        yield from (f"- {_plain(text(lang))}" for text in told)
        yield ""


def _row(finding: Finding, lang: Lang) -> str:
    message = _plain(finding.message(lang))
    why = settled(finding.waived, finding.baseline, lang)
    cells = (
        _SEVERITY[finding.severity](lang) + mark(finding, lang),
        f"{_plain(finding.title(lang))}<br>`{finding.rule}`",
        _plain(finding.location.words(lang)),
        f"{message}<br>{_plain(why)}" if why else message,
        _plain(finding.suggestion(lang) if finding.suggestion else ""),
    )
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub(r"\\\1", text).split())
