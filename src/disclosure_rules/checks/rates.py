"""Verbs about rates that the text gives: parts of a whole are never more than all of it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import either, spoken
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.checks.passages import Passage

__all__ = ["rates_above_whole", "shares_above_whole"]

_WHOLE = 100
_SHARE = re.compile(r"占(?:比|总数的?|全部的?|总量的?|比例)?(?:为|约|达)?\s?(\d{1,3}(?:\.\d{1,4})?)\s?[%％]")
# Parts that follow each other: a comma and a name that holds no figure.
_NEXT = re.compile(
    r"[，,、；;](?:(?!其中|较|同比|比上年)[^，,、；;。\d]){1,16}(?:\d[\d.]*[件条份个次项]?[，,、]?)?"
)
# What the parts are parts of: 从公开内容看，. Shares of several wholes (自然人占90%，网络申请占80%) may make anything.
_ONE_WHOLE = re.compile(r"(?:从|按)[^，,。；;]{2,12}(?:看|分|划分|统计|分类)[，,：:][^，,。；;：:]{1,16}$")
_BEFORE = 40
# Rounding adds up to half a percent a share at most.
_MOST_ROUNDED = 2
_FEWEST = 3


def rates_above_whole(context: CheckContext, *, names: Sequence[str]) -> Iterator[Evidence | Satisfied]:
    """Rates above 100 %: 办结率达到102%.

    Args:
        context: The report.
        names: Rates that are a part of a whole: 办结率, 满意率. One of growth or of a plan fulfilled may be above it.
    """
    pattern = re.compile(
        rf"(?:{either(names)})(?:(?!同比|提|增|上升|较|比)[^\d，,。；;%％]){{0,8}}"
        r"(\d{1,6}(?:\.\d{1,4})?)\s?[%％]"
    )
    for passage in context.passages():
        if "%" not in passage.read and "％" not in passage.read:
            continue
        for match in pattern.finditer(passage.plain):
            if Decimal(match[1]) <= _WHOLE:
                yield SATISFIED
            else:
                values = {"text": spoken(passage.printed, *match.span()), "rate": match[1]}
                yield Evidence(location=passage.place(match.start()), values=values)


def shares_above_whole(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Shares of one whole that make more than 100 %: 从公开内容看，政策占60%，财政占35%，人事占15%."""
    for passage in context.passages():
        if "占" not in passage.read or not ("%" in passage.read or "％" in passage.read):
            continue
        row: list[re.Match[str]] = []
        for match in _SHARE.finditer(passage.plain):
            if row and not _NEXT.fullmatch(passage.plain, row[-1].end(), match.start()):
                yield from _whole(passage, row)
                row = []
            row.append(match)
        yield from _whole(passage, row)


def _whole(passage: Passage, row: Sequence[re.Match[str]]) -> Iterator[Evidence | Satisfied]:
    start = row[0].start() if row else 0
    if len(row) < _FEWEST or not _ONE_WHOLE.search(passage.plain[max(0, start - _BEFORE) : start]):
        return
    total = sum((Decimal(match[1]) for match in row), Decimal(0))
    if total <= _WHOLE + _MOST_ROUNDED:
        yield SATISFIED
    else:
        text = spoken(passage.printed, row[0].start(), row[-1].end())
        yield Evidence(
            location=passage.place(row[0].start()), values={"text": text, "total": f"{total.normalize():f}"}
        )
