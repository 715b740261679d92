"""Verbs about what a report calls itself: title, body, year, statistics period."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import HAN, either, sentence_around, spoken, title_place
from disclosure_rules.fold import fold
from disclosure_rules.glyphs import read_through
from disclosure_rules.model.location import Location
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied, Undecided
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.model.report import Candidate, Report

__all__ = [
    "bodies_differ",
    "past_year_planned",
    "period_of_year",
    "short_body_name",
    "title_of_draft",
    "title_without_body",
    "title_without_year",
    "title_words",
    "title_year_doubled",
    "years_differ",
]

_YEAR = re.compile(
    r"(?:19|20)[0-9]{2}|[２][０][０-９]{2}|二[〇○零О0][〇○零О0一二][〇○零О0一二三四五六七八九]"
)
_HAN = re.compile(HAN)
_OFFICES = ("办公室", "办公厅")


def _title(context: CheckContext) -> str | None:
    title = context.report.title
    return None if title is None else read_through("".join(title.split()))


def title_words(context: CheckContext, *, words: str) -> Iterator[Evidence | Satisfied]:
    """A title that does not hold the words of the Regulation.

    Args:
        context: The report.
        words: The words wanted: 政府信息公开工作年度报告.
    """
    title = _title(context)
    if title is None:
        return
    # A mirror that converts a page to traditional characters changes no name.
    if words in fold(title):
        yield SATISFIED
        return
    yield Evidence(
        location=title_place(context.report), values={"title": context.report.title, "words": words}
    )


def title_of_draft(context: CheckContext, *, words: Sequence[str]) -> Iterator[Evidence | Satisfied]:
    """A title that still says that it is a draft.

    Args:
        context: The report.
        words: What drafts are called: 送审稿.
    """
    title = _title(context)
    if title is None:
        return
    found = next((word for word in words if word in title), None)
    if found is None:
        yield SATISFIED
    else:
        yield Evidence(
            location=title_place(context.report), values={"title": context.report.title, "word": found}
        )


def title_year_doubled(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """A title that says 年度 twice: 2020年度政府信息公开工作年度报告."""
    title = _title(context)
    if title is None:
        return
    values = {"title": title, "year": context.report.year}
    twice = title.count("年度") > 1
    yield Evidence(location=title_place(context.report), values=values) if twice else SATISFIED


def title_without_year(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """A title that names no year."""
    title = _title(context)
    if title is None:
        return
    named = _YEAR.search(title) is not None
    yield SATISFIED if named else Evidence(location=title_place(context.report), values={"title": title})


def title_without_body(context: CheckContext, *, words: Sequence[str]) -> Iterator[Evidence | Satisfied]:
    """A title in which nothing is left for the body's name once year and form are taken away.

    Args:
        context: The report.
        words: The words a title has besides the name, longest first: 政府信息公开工作年度报告, 年度, 年 ….
    """
    title = _title(context)
    if title is None:
        return
    rest = _YEAR.sub("", title)
    for word in words:
        rest = rest.replace(word, "")
    named = len(_HAN.findall(rest)) > 1
    yield SATISFIED if named else Evidence(location=title_place(context.report), values={"title": title})


def short_body_name(
    context: CheckContext, *, abbreviations: Mapping[str, str]
) -> Iterator[Evidence | Satisfied]:
    """A body's name that ends in an abbreviation, such as 住建局 for 住房和城乡建设局.

    Args:
        context: The report.
        abbreviations: Short ending → full ending.
    """
    body = context.report.body
    if body is None or not body.name:
        return
    name = read_through(body.name)
    short = next((ending for ending in abbreviations if name.endswith(ending)), None)
    seen = next((entry for entry in context.report.bodies if entry.value == body.name), None)
    location = (
        seen.location if seen is not None and seen.location != Location() else title_place(context.report)
    )
    if short is None:
        yield SATISFIED
        return
    full = name.removesuffix(short) + abbreviations[short]
    yield Evidence(location=location, values={"name": name, "short": short, "full": full})


def bodies_differ(context: CheckContext, *, sources: Sequence[str]) -> Iterator[Evidence | Satisfied]:
    """Names of the body that cannot mean the same body.

    A name within the other (长子县 within 长子县人民政府, 市政府研究室) and an office beside its government are the same.

    Args:
        context: The report.
        sources: The sources compared with the first that has a name, in order: title, publisher ….
    """
    named = [
        seen for source in sources for seen in context.report.bodies if seen.source == source and seen.value
    ]
    if len(named) < 2:  # noqa: PLR2004  nothing to compare
        return
    first, *others = named
    different = [seen for seen in others if not _same_body(first.value, seen.value)]
    for seen in different:
        yield Evidence(
            location=seen.location,
            values={"first": first.value, "other": seen.value, "source": seen.source},
        )
    if not different:
        yield SATISFIED


def _same_body(one: str, other: str) -> bool:
    one, other = (_without_office(read_through(name)) for name in (one, other))
    return one in other or other in one


def _without_office(name: str) -> str:
    for office in _OFFICES:
        name = name.removesuffix(office)
    return name.replace("人民政府", "政府").removesuffix("政府")


def years_differ(context: CheckContext, *, sources: Sequence[str]) -> Iterator[Evidence | Satisfied]:
    """Report years that differ between the places where the report names its year.

    A period of another year than the report's is one slip, which `period_of_year` tells: here it is no second one.

    Args:
        context: The report.
        sources: The sources compared with the first that has a year, in order: title, period ….
    """
    named: list[Candidate] = [
        seen for source in sources for seen in context.report.years if seen.source == source
    ]
    if len(named) < 2:  # noqa: PLR2004  nothing to compare
        return
    first, *others = named
    told = _period_is_told(context.report, first)
    different = [
        seen for seen in others if seen.value != first.value and not (told and seen.source == "period")
    ]
    for seen in different:
        values = {"first": first.value, "other": seen.value, "text": seen.text or seen.value}
        yield Evidence(location=seen.location, values=values)
    if all(seen.value == first.value for seen in others):
        yield SATISFIED


def _period_is_told(report: Report, first: Candidate) -> bool:
    """Whether the period is held against the year that the report names first."""
    period = report.period
    return (
        period is not None
        and None not in (period.start, period.end)
        and first.source != "period"
        and first.value == str(report.year)
    )


def period_of_year(context: CheckContext) -> Iterator[Evidence | Satisfied | Undecided]:
    """A statistics period that is not 1 January to 31 December of the report year."""
    report = context.report
    period = report.period
    if period is None:
        return
    if period.start is None or period.end is None or report.year is None:
        shown = spoken(period.text, 0, len(period.text))
        yield Undecided(
            reason=Text(
                zh=f"统计期限「{shown}」没有读全，或没有读到报告年度",
                en=f"the statistics period “{shown}” could not be read in full, or the report year was not found",
            ),
            location=period.location,
        )
        return
    expected = (f"{report.year}-01-01", f"{report.year}-12-31")
    values = {"start": period.start, "end": period.end, "year": report.year}
    fits = (period.start, period.end) == expected
    yield (
        SATISFIED
        if fits
        else Evidence(
            location=period.location if period.location != Location() else Location(pointer="/period"),
            values=values,
        )
    )


def past_year_planned(
    context: CheckContext, *, section: str, phrases: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """A plan for the coming year that names the report year: 2016年，我们将采取以下措施, in the report for 2016.

    Args:
        context: The report.
        section: Key of the section that holds the plans.
        phrases: Words that can only announce (将采取, 将进一步); a bare 将 also means 把 and proves nothing.
    """
    year = context.report.year
    found = context.report.section(section)
    if year is None or found is None:
        return
    planned = False
    pattern = re.compile(rf"{year}\s*年度?[，,]?{HAN}{{0,8}}?(?:{either(phrases)})")
    for passage in context.passages((section,)):
        for match in pattern.finditer(passage.read):
            planned = True
            start, end = sentence_around(passage.read, match.start(), match.end())
            values = {"text": spoken(passage.printed, start, end), "year": year, "next": year + 1}
            yield Evidence(location=passage.place(match.start()), values=values)
    if not planned:
        yield SATISFIED
