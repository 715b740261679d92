"""The columns of the sheets of `结果.xlsx`."""

from __future__ import annotations

from typing import NamedTuple

from disclosure_rules.model.text import Text

__all__ = [
    "BETWEEN",
    "OVERVIEW",
    "PARTS",
    "RATES",
    "SINCE",
    "WAIVERS",
    "Column",
    "bodies",
    "columns",
    "findings",
]


class Column(NamedTuple):
    """The heading of a column, and how wide it is in characters."""

    title: Text
    width: int


def columns(*given: tuple[str, str, int]) -> tuple[Column, ...]:
    """Columns from heading in Chinese, heading in English, and width."""
    return tuple(Column(Text(zh=zh, en=en), width) for zh, en, width in given)


_BODIES = columns(
    ("单位", "body", 30), ("状态", "status", 12), ("文件", "file", 36), ("年度", "year", 8), ("结论", "verdict", 12),
    ("错误", "errors", 8), ("警告", "warnings", 8), ("说明", "to explain", 8), ("提示", "notes", 8),
    ("公布日期", "published", 12), ("期限", "due", 12), ("上级", "superior", 24), ("备注", "remark", 40),
)  # fmt: skip
_MARKS = columns(("得分", "marks", 10))
_AFTER_MARKS = 4  # columns behind them: the day of publication, due, superior, remark


def bodies(*, scored: bool) -> tuple[Column, ...]:
    """The columns of the bodies, with their marks where the profile gives any."""
    at = len(_BODIES) - _AFTER_MARKS
    return (*_BODIES[:at], *(_MARKS if scored else ()), *_BODIES[at:])


_FINDINGS = columns(
    ("单位", "body", 22), ("文件", "file", 24), ("严重程度", "severity", 9), ("问题", "finding", 24),
    ("位置", "place", 22), ("说明", "message", 50), ("建议", "what to do", 36), ("依据", "law", 36),
    ("是否拦截", "blocks", 9), ("处理情况", "state", 12), ("规则", "rule", 36), ("标识", "fingerprint", 18),
)  # fmt: skip
_WAIVED = columns(("豁免", "waived", 26))
_AFTER_WAIVED = 3  # columns behind it: the state that the office fills in, rule, fingerprint


def findings(*, waived: bool) -> tuple[tuple[Column, ...], int]:
    """The columns of the findings, with what is waived where there are waivers, and the place of the state to fill in.

    What lies behind the state is for programs and does not go on paper.
    """
    at = len(_FINDINGS) - _AFTER_WAIVED
    told = (*_FINDINGS[:at], *(_WAIVED if waived else ()), *_FINDINGS[at:])
    return told, len(told) - _AFTER_WAIVED


WAIVERS = columns(
    ("单位", "body", 28), ("年度", "year", 8), ("是否生效", "state", 24), ("理由", "reason", 36), ("凭据", "basis", 36),
    ("批准", "approved by", 24), ("有效至", "until", 12), ("文件", "file", 36), ("规则", "rule", 36),
    ("标识", "fingerprint", 18),
)  # fmt: skip
BETWEEN = columns(
    ("单位", "body", 28), ("严重程度", "severity", 10), ("问题", "finding", 30), ("说明", "message", 80),
    ("建议", "what to do", 50), ("文件", "files", 44), ("处理情况", "state", 12), ("规则", "rule", 34),
)  # fmt: skip
RATES = columns(
    ("问题", "finding", 44), ("报告数", "reports", 10), ("占比", "share", 10),
    ("提示", "remark", 50), ("规则", "rule", 44),
)  # fmt: skip
SINCE = columns(
    ("单位", "body", 28), ("与上次相比", "since then", 20), ("严重程度", "severity", 10), ("问题", "finding", 30),
    ("位置", "place", 28), ("说明", "message", 70), ("文件", "file", 40), ("规则", "rule", 36),
)  # fmt: skip
PARTS = columns(
    ("文件", "file", 50), ("属于", "belongs to", 50), ("怎么处理的", "what was done", 34), ("取用的内容", "taken", 60),
)  # fmt: skip
OVERVIEW = columns(("项目", "what", 34), ("数量", "count", 14))
