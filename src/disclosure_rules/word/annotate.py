"""A copy of a Word document with a comment at every finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.errors import ReadError
from disclosure_rules.formatters.words import SEVERITY_WORDS, law
from disclosure_rules.ingest.docx import USUAL_PART, read_body
from disclosure_rules.ingest.docx_styles import child
from disclosure_rules.ingest.ooxml import Package
from disclosure_rules.model.rule import Severity
from disclosure_rules.model.text import Text
from disclosure_rules.word.anchors import Anchors
from disclosure_rules.word.comments import Comment, with_comments
from disclosure_rules.word.markup import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult, Finding, RootCause
    from disclosure_rules.model.text import Lang
    from disclosure_rules.word.anchors import Anchor

__all__ = ["annotated"]

_VERDICT = {
    "pass": Text(zh="通过", en="passed"),
    "fail": Text(zh="不通过", en="failed"),
    "incomplete": Text(zh="检查不完整", en="incomplete"),
}
_MOST_OPEN = 10


def annotated(data: bytes, name: str, report: Report, result: CheckResult, lang: Lang) -> bytes:
    """A copy of a document with comments: one on the whole at its beginning, and one for every finding.

    Args:
        data: The document.
        name: Its name, for messages.
        report: What was recognised in it.
        result: What the check of it came to.
        lang: The language of the comments.

    Returns:
        The copy. The text, its form and every other part are the bytes that they were.

    Raises:
        ReadError: The document is damaged, or is written in a way that cannot be changed with certainty.
    """
    package = Package(data, name)
    part = package.main_part() or USUAL_PART
    markup = Markup(package, part, name)
    body = child(markup.root, "body")
    if body is None:
        raise ReadError(
            "文件里没有 Word 正文，请用 Word 或 WPS 打开后另存为 .docx",
            "the file holds no text of a Word document; open it in Word or WPS and save it as .docx",
            place=name,
            code="no-document",
        )
    reading, _ = read_body(package, part, body, name)
    anchors = Anchors(report, markup, reading.numbered)
    comments = [Comment(anchors.start, "", tuple(_on_the_whole(result, lang)))]
    for finding in result.findings:
        anchor = anchors.anchor(finding)
        lines = tuple(_on_finding(finding, anchor, result, lang))
        comments.append(Comment(anchor.paragraph, anchor.words, lines))
    return with_comments(package, data, (part, markup), comments, name)


def _on_the_whole(result: CheckResult, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    counts = [
        f"{SEVERITY_WORDS[one](lang)} {result.counts[one]}" for one in Severity if result.counts.get(one)
    ]
    found = ("，".join(counts) or "没有发现问题") if zh else (", ".join(counts) or "nothing found")
    verdict = _VERDICT[result.verdict](lang)
    yield f"检查结论：{verdict}（{found}）" if zh else f"Verdict: {verdict} ({found})"
    for rule in result.open[:_MOST_OPEN]:
        reason = rule.reason(lang)
        told = f"{rule.title(lang)}（{reason}）" if zh else f"{rule.title(lang)} ({reason})"
        yield _field("未能判断" if zh else "not decided", told, lang)
    more = len(result.open) - _MOST_OPEN
    if more > 0:
        yield f"另有 {more} 条规则未能判断" if zh else f"{more} more rules could not be decided"
    for note in result.notes:
        yield _field("读取说明" if zh else "on the reading", note.message(lang), lang)
    for fault in result.faults:
        yield _field("故障" if zh else "fault", fault.message(lang), lang)


def _on_finding(finding: Finding, anchor: Anchor, result: CheckResult, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    label = SEVERITY_WORDS[finding.severity](lang)
    yield f"【{label}】{finding.title(lang)}" if zh else f"[{label}] {finding.title(lang)}"
    yield finding.message(lang)
    where = finding.location.words(lang)
    if anchor.near is not None:
        where += f"（{anchor.near.zh}）" if zh else f" ({anchor.near.en})"
    yield _field("位置" if zh else "where", where, lang)
    for basis in finding.basis:
        yield _field("依据" if zh else "law", law(basis, lang), lang)
    if finding.suggestion is not None:
        yield _field("建议" if zh else "do", finding.suggestion(lang), lang)
    for cause in result.root_causes:
        if finding.fingerprint in cause.explains:
            yield from _on_cause(cause, lang)
    if finding.waived is not None:
        told = f"{finding.waived.reason}（{finding.waived.approved_by}，{finding.waived.expires}）"
        yield _field("已豁免" if zh else "waived", told, lang)
    yield _field("规则" if zh else "rule", finding.rule, lang)


def _on_cause(cause: RootCause, lang: Lang) -> Iterator[str]:
    yield _field("根源" if lang == "zh" else "root cause", cause.message(lang), lang)
    for correction in cause.corrections[1:]:
        yield _field("或者" if lang == "zh" else "or", correction.message(lang), lang)


def _field(name: str, text: str, lang: Lang) -> str:
    return f"{name}：{text}" if lang == "zh" else f"{name}: {text}"
