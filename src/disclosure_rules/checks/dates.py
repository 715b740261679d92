"""Verbs about years and dates in the text: left over from another year, or damaged."""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import PurePath
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import Passage, either, said_times, sentence_around, spoken
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.checks.context import CheckContext

__all__ = [
    "captions_of_other_year",
    "cutoffs_of_other_year",
    "dates_damaged",
    "events_after_year",
    "file_of_other_year",
    "measures_of_past_year",
    "part_year_figures",
    "published_before_signed",
    "signed_early",
    "stale_years",
    "vague_cutoffs",
]

_OURS = r"[，,]?(?:我|本|全)(?:局|县|市|区|办|镇|乡|委|院|厅|省|州|旗|街道|单位|机关|中心)"
_DATE_LIKE = re.compile(
    # It begins with a class: a search that begins by looking back is several times as slow.
    r"[\d年](?:(?<=\d)\d{0,7}[年月](?:\s?\d{0,4}[年月日]){1,2}"
    r"|(?<=年)(?<![^\Wa-zA-Z_]年)\s?月\s?日|(?<=2)(?<!\d2)0(?:\d{3,6}日|\d\d\s\d{1,2}\s\d{1,2}\s?日))"
)
# 2022我镇严格按照: the sign for the year lost.
_BARE_YEAR = re.compile(r"20(?<![\d./-]20)\d{2}(?=[我本全](?:局|县|市|区|镇|乡|委|街道|办|院|厅|省|州))")
_DAMAGED = re.compile(
    r"20\d{2}\d{1,2}月\d{1,2}日|20\d{3,6}年\d{1,2}月(?:\d{1,2}日)?|20\d{2}\s\d{1,2}\s\d{1,2}\s?日|20\d{2}年\d{1,3}日|20\d{3,6}日|(?:20\d{2})?年\s?月\s?日"
    r"|(?:1[3-9]|[2-9]\d)月\d{1,2}日|(?:20\d{2}年)?\d{1,2}月(?:3[2-9]|[4-9]\d)日|20\d{2}年(?:1[3-9]|[2-9]\d)月(?:\d{1,2}日)?"
    r"|(?:20\d{2}年)?(?:0?2月30日|(?:0?[2469]|11)月31日)"
)
_SIGNED = re.compile(r"(20\d{2})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_HAN_DATE = re.compile(r"二([〇○零一二]{1}[〇○零一二三四五六七八九]{2})年")
_HAN = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}
_CAPTION = re.compile(r"统计(?:表|期限|时间|期间)|(?:公开|申请|复议|诉讼).{0,8}(?:情况表|一览表|报表)")
_LONGEST_CAPTION = 45
_DECEMBER = 12
_TO_DECEMBER = re.compile(r"[至到—–~～-]12月")
_FILE_YEAR = re.compile(r"(?<!\d)(20\d{2})\s?年")


def stale_years(
    context: CheckContext,
    *,
    deeds: Sequence[str],
    comparing: Sequence[str],
    sections: Sequence[str],
    denials: Sequence[str] = (),
) -> Iterator[Evidence | Satisfied]:
    """Figures of the year before or after: 2022年我局主动公开56条, in the report for 2023.

    A sentence that also names the report year, or compares, is left out.

    Args:
        context: The report.
        deeds: What was done, before its figure: 主动公开, 收到.
        comparing: Words that compare or look back: 同比, 上年, 结转.
        sections: Where the figures of the year stand.
        denials: Words that there was none, which need no figure: 未收到.
    """
    year = context.report.year
    if year is None:
        return
    done, none = either(deeds), either(denials or ("\n",))
    pattern = re.compile(
        rf"(?<!\d)({year - 1}|{year + 1})年度?{_OURS}[^。；]{{0,16}}?(?:(?:{done})[^。；\d]{{0,20}}\d|{none})"
    )
    looked = found = False
    for passage in context.passages(sections):
        looked = looked or f"{year}年" in passage.plain
        for match in pattern.finditer(passage.plain):
            start, end = sentence_around(passage.plain, match.start(), match.end())
            sentence = passage.plain[start:end]
            if str(year) in sentence or any(word in sentence for word in comparing):
                continue
            found = True
            values = {"text": spoken(passage.printed, start, end), "named": match[1], "year": year}
            yield Evidence(location=passage.place(match.start()), values=values)
    if looked and not found:
        yield SATISFIED


def cutoffs_of_other_year(
    context: CheckContext, *, comparing: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """Figures as of the end of another year: 截至2022年12月31日，共主动公开256条, in the report for 2023.

    Args:
        context: The report.
        comparing: Words that compare or look back: 同比, 上年.
    """
    year = context.report.year
    if year is None:
        return
    for passage in context.passages():
        if "12月31日" not in passage.plain:
            continue
        for match in _CUTOFF.finditer(passage.plain):
            start, end = sentence_around(passage.plain, match.start(), match.end())
            rest = passage.plain[match.end() : end]
            if int(match[1]) == year:
                yield SATISFIED
            elif (
                int(match[1]) in (year - 1, year + 1)
                and re.search(r"\d", rest)
                and str(year) not in passage.plain[start:end]
                and not any(word in passage.plain[start:end] for word in comparing)
            ):
                values = {"text": spoken(passage.printed, start, end), "named": match[1], "year": year}
                yield Evidence(location=passage.place(match.start()), values=values)


_CUTOFF = re.compile(r"截[至止]到?\s?(20\d{2})\s?年\s?12月31日")


def part_year_figures(
    context: CheckContext, *, deeds: Sequence[str], sections: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """Figures of the first months only: 2023年1月至11月，共主动公开256条.

    A paragraph that goes on to December is left out, and so is a sentence that gives the whole year as well.

    Args:
        context: The report.
        deeds: What was done, before its figure: 主动公开, 收到.
        sections: Where the figures of the year stand.
    """
    year = context.report.year
    if year is None:
        return
    done = either(deeds)
    pattern = re.compile(
        rf"(?<!\d)(?:{year}年度?)?1月?份?[至到—–~～-]{{1,2}}(\d{{1,2}})月(?:份|底)?[^。；\d]{{0,16}}?(?:{done})[^。；\d]{{0,20}}\d"
    )
    for passage in context.passages(sections):
        if "月" not in passage.read or _TO_DECEMBER.search(passage.plain):
            continue
        for match in pattern.finditer(passage.plain):
            start, end = sentence_around(passage.plain, match.start(), match.end())
            of_more = any(word in passage.plain[start:end] for word in ("全年", "其中"))
            if int(match[1]) < _DECEMBER and not of_more:
                values = {"text": spoken(passage.printed, match.start(), end), "month": match[1]}
                yield Evidence(location=passage.place(match.start()), values=values)
    if any(_TO_DECEMBER.search(passage.plain) for passage in context.passages(sections)):
        yield SATISFIED


def captions_of_other_year(
    context: CheckContext, *, sections: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """Lines above a table that name other years only: 2022年度…统计表, in the report for 2023.

    Args:
        context: The report.
        sections: Keys of the sections with tables.
    """
    year = context.report.year
    if year is None:
        return
    for passage in context.passages(sections):
        text = passage.plain
        if len(text) > _LONGEST_CAPTION or "20" not in text or "。" in text or not _CAPTION.search(text):
            continue
        years = {int(named) for named in _FILE_YEAR.findall(text)}
        if not years:
            continue
        if year in years:
            yield SATISFIED
        elif max(years) < year:
            named = "、".join(map(str, sorted(years)))
            values = {"text": spoken(passage.printed, 0, len(text)), "named": named, "year": year}
            yield Evidence(location=passage.place(0), values=values)


def events_after_year(
    context: CheckContext, *, section: str, deeds: Sequence[str], planned: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """What was done in a month of the next year, told as work of this one: 2024年3月，召开…, in the report for 2023.

    Args:
        context: The report.
        section: Key of the section on the work of the year.
        deeds: What was done: 召开, 印发.
        planned: Words of a sentence about what is to come, or about the report itself: 将, 计划, 年报.
    """
    year = context.report.year
    if year is None:
        return
    done = either(deeds)
    pattern = re.compile(
        rf"(?<![\d《〈—–-]){year + 1}年\d{{1,2}}月(?:\d{{1,2}}日|底|初|份|中旬|[上下]旬)?[^。；\d]{{0,16}}?(?:{done})"
    )
    looked = found = False
    for passage in context.passages((section,)):
        looked = looked or f"{year}年" in passage.plain
        if f"{year + 1}年" not in passage.plain:
            continue
        for match in pattern.finditer(passage.plain):
            start, end = sentence_around(passage.plain, match.start(), match.end())
            sentence = passage.plain[start:end]
            # 2024年1月，对2023年度工作开展考核 is of both.
            if str(year) in sentence or any(word in sentence for word in planned):
                continue
            found = True
            values = {"text": spoken(passage.printed, match.start(), end), "named": year + 1, "year": year}
            yield Evidence(location=passage.place(match.start()), values=values)
    if looked and not found:
        yield SATISFIED


def measures_of_past_year(
    context: CheckContext, *, section: str, heads: Sequence[str], verbs: Sequence[str], done: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """Measures for the future that are dated with the report year: 整改措施。…2023年我局加大…, in the report for 2023.

    Args:
        context: The report.
        section: Key of the section that holds the plans.
        heads: Words at the beginning of a paragraph of plans: 整改措施, 下一步.
        verbs: What is planned: 加大, 进一步.
        done: Words of a sentence that tells of what was done: 了, 已.
    """
    year = context.report.year
    if year is None:
        return
    looked = found = False
    pattern = re.compile(rf"(?<!\d){year}年{_OURS}(?:{either(verbs)})")
    for passage in context.passages((section,)):
        if not any(head in passage.read[:30] for head in heads):
            continue
        looked = True
        for match in pattern.finditer(passage.plain):
            _, end = sentence_around(passage.read, match.start(), match.end())
            if any(word in passage.read[match.end() : end] for word in done):
                continue
            found = True
            values = {"text": spoken(passage.printed, match.start(), end), "year": year, "next": year + 1}
            yield Evidence(location=passage.place(match.start()), values=values)
    if looked and not found:
        yield SATISFIED


def signed_early(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """A report signed before its year was over."""
    year = context.report.year
    if year is None:
        return
    for paragraph in context.report.closing:
        passage = Passage(None, paragraph)
        signed = _date(passage.plain)
        if signed is None:
            continue
        values = {"signed": signed.isoformat(), "year": year}
        early = signed <= date(year, 12, 31)
        yield Evidence(location=passage.place(0), values=values) if early else SATISFIED


def published_before_signed(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """A report signed on a later day than it was published."""
    try:
        published = date.fromisoformat((context.report.published or "")[:10])
    except ValueError:
        return
    for paragraph in context.report.closing:
        passage = Passage(None, paragraph)
        signed = _date(passage.plain)
        if signed is None:
            continue
        values = {"signed": signed.isoformat(), "published": published.isoformat()}
        early = published < signed
        yield Evidence(location=passage.place(0), values=values) if early else SATISFIED


def _date(text: str) -> date | None:
    text = _HAN_DATE.sub(lambda match: "2" + "".join(str(_HAN[sign]) for sign in match[1]) + "年", text)
    match = _SIGNED.search(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def dates_damaged(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Dates that cannot be right as printed: 20231月1日, 202311日, 2022我镇, 2007年45日, 年月日 with nothing filled in.

    One fault a sentence, with all its dates: what lost a sign in one lost it in the other.
    """
    looked = found = False
    for passage in context.passages():
        damaged = [match.span() for match in _BARE_YEAR.finditer(passage.plain)]
        if "日" in passage.read or "月" in passage.read:
            looked = looked or "日" in passage.read
            likely = _DATE_LIKE.finditer(passage.plain)
            damaged += [match.span() for match in likely if _DAMAGED.fullmatch(match[0])]
        placed = [(sentence_around(passage.read, *span), span) for span in sorted(damaged)]
        for (start, end), group in groupby(placed, itemgetter(0)):
            found = True
            dates = [passage.printed[slice(*span)] for _, span in group]
            first = passage.printed.index(dates[0], start)
            values = {"date": "、".join(dates), "text": spoken(passage.printed, max(start, first - 24), end)}
            yield Evidence(location=passage.place(first), values=values)
    if looked and not found:
        yield SATISFIED


def vague_cutoffs(context: CheckContext, *, phrases: Sequence[str]) -> Iterator[Evidence | Satisfied]:
    """Figures that are given as of now instead of as of the end of the year; one fault for the whole report.

    Args:
        context: The report.
        phrases: Words for now: 截至目前.
    """
    looked = False
    places: list[tuple[Passage, int, int]] = []
    words = re.compile(either(phrases))
    for passage in context.passages():
        looked = looked or "截" in passage.read
        for match in words.finditer(passage.plain):
            _, end = sentence_around(passage.plain, match.start(), match.end())
            if re.search(r"\d", passage.plain[match.end() : end]):
                places.append((passage, match.start(), end))
    if places:
        passage, start, end = places[0]
        values = said_times(spoken(passage.printed, start, end), len(places))
        yield Evidence(location=passage.place(start), values=values)
    elif looked:
        yield SATISFIED


def file_of_other_year(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """A file whose name gives other years than the report's."""
    report = context.report
    if report.source.path is None or report.year is None:
        return
    name = PurePath(report.source.path.replace("\\", "/")).name
    years = {int(year) for year in _FILE_YEAR.findall(name)}
    if not years:
        return
    if report.year in years:
        yield SATISFIED
    else:
        named = "、".join(map(str, sorted(years)))
        yield Evidence(values={"name": name, "named": named, "year": report.year})
