"""Verbs about the day of publication."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied, Undecided
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.model.report import Report

__all__ = ["published_early", "published_late"]

Level = Literal["province", "prefecture", "county"]

_NO_REGION = Text(
    zh="没有识别出行政区划，不能确定是哪一级政府，请用 --region 指明",
    en="the region is not known, so the level of government is not; state it with --region",
)
_BODY_GUESSED = Text(
    zh="标题没有写明报告主体，只在前言中提到，不能确定适用哪一个期限",
    en="no title names the body that reports, only the introduction does, so which deadline holds is not known",
)
_YEAR = 365  # days
_MOVED = Text(
    zh="公布日期晚了一年以上，可能是网站迁移或重新登记的日期，请核对首次公布的日期",
    en="the day of publication is more than a year late, as after the move of a site; look up the first one",
)
_YEARS_DIFFER = Text(
    zh="标题的年度与统计期限不一致，不能确定是哪一年的报告",
    en="the title's year is not that of the statistics period, so which year is reported on is not known",
)
_NO_YEAR = Text(zh="没有读到报告年度", en="the report year was not found")


def _published(context: CheckContext) -> date | None:
    """The day of publication; a reader gives ISO dates, with or without a time of day."""
    text = context.report.published
    if text is None:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _level(code: str) -> Level:
    """The level of a division by its GB/T 2260 code: `140000` a province, `140400` a prefecture."""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def published_late(
    context: CheckContext, *, month: int, day: int, level: Level | None = None
) -> Iterator[Evidence | Satisfied | Undecided]:
    """A report published after a day of the year that follows the report year; the day itself is in time.

    Args:
        context: The report.
        month: Month of the last day.
        day: The last day.
        level: Only governments of this level; None for whatever body the rule applies to.
    """
    report = context.report
    published = _published(context)
    if published is None:
        return
    if report.year is None:
        yield Undecided(reason=_NO_YEAR)
        return
    if level is not None:
        region = report.body.region if report.body else None
        if region is None:
            yield Undecided(reason=_NO_REGION)
            return
        if _level(region.code) != level:
            return
    deadline = date(report.year + 1, month, day)
    doubt = _doubt(report) or (_MOVED if (published - deadline).days > _YEAR else None)
    if published > deadline and doubt is not None:
        yield Undecided(reason=doubt)
        return
    values = {
        "published": published.isoformat(),
        "deadline": deadline.isoformat(),
        "days": (published - deadline).days,
    }
    yield Evidence(values=values) if published > deadline else SATISFIED


def _doubt(report: Report) -> Text | None:
    """Why a report cannot be called late though its date is: whose it is, or of which year, was guessed."""
    if report.bodies and report.bodies[0].source == "introduction":
        return _BODY_GUESSED
    end = report.period.end if report.period else None
    return _YEARS_DIFFER if end is not None and end[:4] != str(report.year) else None


def published_early(context: CheckContext) -> Iterator[Evidence | Satisfied | Undecided]:
    """A report published before the year that it reports on was over."""
    published = _published(context)
    if published is None:
        return
    year = context.report.year
    if year is None:
        yield Undecided(reason=_NO_YEAR)
        return
    values = {"published": published.isoformat(), "year": year}
    yield Evidence(values=values) if published <= date(year, 12, 31) else SATISFIED
