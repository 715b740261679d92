"""The words of the pages for what a result and a cell are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.model.report import CellStatus
from disclosure_rules.model.rule import Severity
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from disclosure_rules.model.text import Lang

__all__ = ["LOOK", "SEVERITY", "SIGN", "STATUS", "VERDICT", "pick"]

SEVERITY = {
    Severity.ERROR: Text(zh="错误", en="error"),
    Severity.WARNING: Text(zh="警告", en="warning"),
    Severity.EXPLAIN: Text(zh="说明", en="explain"),
    Severity.NOTE: Text(zh="提示", en="note"),
}
# The class of a severity in the style sheet.
LOOK = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.EXPLAIN: "explain",
    Severity.NOTE: "slight",
}
# One character beside the number of a finding: what colour says is said in black and white as well.
SIGN = {
    Severity.ERROR: Text(zh="错", en="E"),
    Severity.WARNING: Text(zh="警", en="W"),
    Severity.EXPLAIN: Text(zh="说", en="X"),
    Severity.NOTE: Text(zh="提", en="N"),
}
VERDICT = {
    "pass": Text(zh="通过", en="passed"),
    "fail": Text(zh="不通过", en="failed"),
    "incomplete": Text(zh="检查不完整", en="incomplete"),
}
# What a cell shows in the place of a number that no rule may use, and what the legend says of it.
STATUS = {
    CellStatus.BLANK: (
        Text(zh="空白", en="blank"),
        Text(zh="没有填写，不当作 0", en="nothing filled in; not taken for 0"),
    ),
    CellStatus.MARK: (
        Text(zh="符号", en="mark"),
        Text(zh="填的是符号，不当作 0", en="filled in with a mark; not taken for 0"),
    ),
    CellStatus.UNREADABLE: (
        Text(zh="未读出", en="unread"),
        Text(zh="没有读出数字，请看原件", en="no number could be read; see the original"),
    ),
    CellStatus.INFERRED: (
        Text(zh="推算", en="inferred"),
        Text(zh="推算或识别出来的，不作为依据", en="worked out or recognised; no evidence"),
    ),
    CellStatus.ABSENT: (
        Text(zh="缺", en="absent"),
        Text(zh="表中没有这一格", en="the table has no such cell"),
    ),
    CellStatus.NOT_CALCULATED: (
        Text(zh="未计算", en="not calculated"),
        Text(zh="公式没有计算结果", en="a formula without a value"),
    ),
}


def pick(lang: Lang, zh: str, en: str) -> str:
    """The words in one language."""
    return zh if lang == "zh" else en
