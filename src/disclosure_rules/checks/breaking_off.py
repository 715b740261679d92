"""Where a text ends before its report does: a file that was sent, saved or converted only in part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import HAN, Passage
from disclosure_rules.fold import core, fold
from disclosure_rules.model.report import Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.report import Report, Section

__all__ = ["breaking_off"]

# Fewer parts than these are left out by those who end a report early.
_LOST_AT_LEAST = 2
# What no sentence ends with.
_WITHIN = re.compile(rf"{HAN}|[\d《》（(“”\"、，,]")
_SENTENCES = re.compile("[，,；;。]")
_FEWEST_BEHIND = 8
_TORN = " \n\t\u3000\ufffd"  # blanks, and what stands for a character that was cut
_PAIRS = (("《", "》"), ("“", "”"), ("（", "）"), ("(", ")"))
# A sub-heading, or an item of a list: （四）公开平台, 2. 法定主动公开内容.
_NUMBERED = re.compile(
    r"\s*(?:[（(]\s?[一二三四五六七八九十\d]{1,2}\s?[）)]|\d{1,2}\s?[、.．]|[•●■◆▪])(?![项款])"
)
# What pages and documents hold behind their text: a signature, an annex, the words of buttons.
_AT_END = re.compile(
    "[：:|]|附|打印|关闭|返回|分享|扫|下载|来源|编辑|作者|浏览|上一|下一|版权|声明|链接|(?:局|厅|委|会|政府|办|处|室|中心|公司|情况|图|表)$"
)
_WHOLE_HEADING = re.compile("(?:情况|保障|建设|管理|公开|工作|方面)$")
_LONGEST_HEADING = 30
# An answer without its full stop: 未收到政府信息公开申请.
_ANSWERS = re.compile(r"\s*(?:本年度|今年)?(?:无|略|暂无|没有|未发生|未收到|见|同上|如下).{0,14}")
_SHORTEST_HEADING = 4


def breaking_off(report: Report, layout: Layout | None, reading: Sequence[Passage]) -> Passage | None:
    """The paragraph or heading within which the text ends, where the last parts of its form are not there; else None.

    What such a text does not say may stand in what was lost.

    Args:
        report: The report.
        layout: Its form.
        reading: Its paragraphs in reading order.
    """
    if layout is None or not report.sections or report.closing:
        return None
    early = [spec.key for spec in layout.sections if spec.required][:-_LOST_AT_LEAST]
    ended_with = report.sections[-1]
    if not ended_with.paragraphs:
        return _within_heading(ended_with, layout, early)
    if ended_with.key not in early or any(
        spec.section == ended_with.key and spec.key in report.tables for spec in layout.tables
    ):
        return None
    last = reading[-1]
    # Pieces of a table that was not read end within words as well.
    is_torn = _is_torn_far if any(spec.section == ended_with.key for spec in layout.tables) else _is_torn
    return last if last.section is ended_with and is_torn(last, reading) else None


def _within_heading(section: Section, layout: Layout, early: Sequence[str]) -> Passage | None:
    """The last heading, of which only the beginning is there: 四、政府信息公."""
    heading = fold(section.heading)
    words = core(re.sub(r"^[一二三四五六七八九十]{1,3}[、.．]", "", heading))
    begun = any(
        spec.key in early
        and core(fold(spec.title.zh)).startswith(words)
        and core(fold(spec.title.zh)) != words
        for spec in layout.sections
    )
    if section.number is None or len(words) < _SHORTEST_HEADING or not begun:
        return None
    return Passage(section, Paragraph(text=section.heading, location=section.location))


def _is_torn_far(last: Passage, _: Sequence[Passage]) -> bool:
    """Whether the last paragraph ends within a sentence, a good way behind its last mark."""
    text = last.read.rstrip(_TORN)
    return bool(_WITHIN.fullmatch(text[-1:]) and _SENTENCES.search(text, 0, len(text) - _FEWEST_BEHIND))


def _is_torn(last: Passage, reading: Sequence[Passage]) -> bool:
    """Whether the last paragraph ends within a sentence, or is the first words below a sub-heading or of an item."""
    if _is_torn_far(last, reading):
        return True
    text = last.read.rstrip(_TORN)
    if _NUMBERED.fullmatch(text):
        return True
    clauses = _SENTENCES.split(text)
    if not _WITHIN.fullmatch(text[-1:]) or _ANSWERS.fullmatch(clauses[-1]):
        return False
    if len(clauses) > 1 or any(text.rfind(opened) > text.rfind(closed) for opened, closed in _PAIRS):
        return True
    before = reading[-2] if len(reading) > 1 and reading[-2].section is last.section else None
    begun = _NUMBERED.match(text) and not _WHOLE_HEADING.search(text)
    if before is None or begun or _is_heading(before.read):
        return True
    goes_on = before.read.rstrip().endswith("。") and re.match(HAN, text[-1:]) is not None
    return goes_on and len(text) <= _LONGEST_HEADING and not _AT_END.search(text)


def _is_heading(text: str) -> bool:
    words = text.rstrip("。；; ")
    return len(words) <= _LONGEST_HEADING and bool(_NUMBERED.match(words)) and not _SENTENCES.search(words)
