"""What a report says of itself: title, year, statistics period, day of publication."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.bodies import body_kind
from disclosure_rules.fold import HAN_DIGITS, compact, fold, squeezed
from disclosure_rules.model.report import Candidate, Paragraph, Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.model.document import Block
    from disclosure_rules.model.location import Location

__all__ = [
    "YEAR",
    "Title",
    "published",
    "read_title",
    "statistics_period",
    "titles",
    "year_in_text",
]

_SUBJECT = r"(?:政府|政务)?信息公开(?:工作)?(?:情况)?"
YEAR = rf"(?:20\d{{2}}|二[{HAN_DIGITS}]{{3}})"
_REPORT = r"(?:政府|政务)?(?:信息)?公开(?:工作)?(?:开展)?(?:情况)?的?(?:年度)?(?:工作)?(?:情况)?(?:总结)?(?:报告|年报)"
_TITLE = re.compile(
    rf"(?P<before>[^。,;:!?《》]{{0,50}}?)(?P<year>{YEAR})(?:年度?|(?={_SUBJECT}))(?P<after>[^。,;:!?《》]{{0,40}}?)"
    rf"(?:{_REPORT}|(?<=年度)报告|(?<=年度)工作报告|(?<=年)年?度报告|(?:政府|政务)?信息公开(?:工作)?(?:年度)?总结)"
)
# 政府信息公开工作2023年度报告, 政府信息公开工作年度报告（2023年）: the year within or behind the words of the title.
_TITLE_YEAR_LATE = re.compile(
    rf"(?P<before>[^。,;:!?《》]{{0,50}}?){_SUBJECT}"
    rf"(?:\(?(?P<year>{YEAR})(?:年度?)?\)?(?P<after>)(?:工作)?(?:报告|年报)|"
    rf"(?:年度)?(?:工作)?(?:情况)?(?:报告|年报)\(?(?P<last>{YEAR})(?:年度?)?\)?)"
)
_TITLE_WITHOUT_YEAR = re.compile(rf"(?P<before>[^。,;:!?《》]{{1,50}}?)(?P<year>)(?P<after>){_REPORT}")
# What is left of a menu item (政府信息公开年报) where the name of a body should be.
_NO_NAME = ("政府", "政务", "本级", "部门", "市", "县", "区", "省")
_IN_TEXT = re.compile(
    rf"(?:^|(?<=\s))[^\s。,;:!?《》“”]{{0,50}}\s?{YEAR}\s?年度?[^\s。,;:!?《》“”]{{0,40}}"
    r"公开(?:工作)?(?:情况)?(?:年度)?(?:工作)?(?:报告|年报)(?=\s|$|根据|本报告|为)"
)
_YEAR_IN_TEXT = re.compile(rf"({YEAR})\s?年")
_BULLETS = " \t\r\n\u3000\xa0•●■◆★-—·"
_FILE_ENDING = re.compile(r"\.(?:docx?|wps|pdf|html?|txt)$", re.IGNORECASE)
_BUTTON = re.compile(r"(?<=[告报])\s{1,4}(?:二维码|打印|分享|收藏|转发)$")
_SITE_TAIL = re.compile(r"(?<=[告报])\s?[-_|—–]{1,2}[^。]{2,40}$")
_LABEL = re.compile(r"^(?:(?:标\s?题|题\s?名|名\s?称)\s?:|公报标题\s?:?)\s?")
# What a draft or an edition is called behind its title: （送审稿）, （图片版）, （全文）.
_EDITION = re.compile(r"\((?:[^()\d]{1,6}[稿版]|全文)\)$")
# 东湖新区发展改革局（以下简称发改局）: what a title adds to a name that it will use again.
_SHORT_NAME = re.compile(r"[(（](?:(?:以下)?简称[^()（）]{1,20}|机关)[)）]$")
# Two titles on two lines are no body and its title, nor is the way to a page (首页/政务公开/水利局/政府信息公开年报).
_NO_BODY = re.compile(r"公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)|首页|[/>]")
_LINKING = re.compile(r"(?:关于)?(?P<name>.*?)(?:关于|的)?", re.DOTALL)
_MAX_TITLE = 120
_MAX_LINES = 3
_MAX_BLOCKS = 40
_HEAD = 2_000

_TITLE_FIELDS = ("标题", "题名", "名称")
_PAGE_TITLE = "网页标题"  # the window's, with the site's name: only where no other title is found
_PUBLISHED_FIELDS = ("发布时间", "发布日期", "公开日期", "发表日期", "发表时间", "公布日期", "公布时间")
_PRINTED_FIELDS = (
    "时间",
    "日期",
)  # beside the title of a page: the day of publication, unless one is named so
_ISO_ALONE = re.compile(
    r"\s*(20\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:来源.{0,40})?"
)
_ISO = re.compile(r"(20\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")

_PERIOD = re.compile(
    r"(?:统计(?:数据)?的?(?:期限|时限|时段|周期|期间|期|时间|起止时间|口径|范围)"
    r"|数据的?(?:时间|期限)|统计数据(?=从20)|所列数据(?=自20)|内容涵盖)[^。\d]{0,12}"
    r"(?P<text>(?=[^。,;()]{0,12}(?:\d|年))[^。,;()]{4,48}(?:(?<=[起日]),(?:至|截[止至])[^。,;()]{4,24})?)"
)
_DAMAGED_PERIOD = re.compile(
    r"(?P<text>自?20\d{4,6}日起至20\d{4,8}日?止?|自?20\d{3,6}月\d{1,2}日起?至20[\d年月日]{4,12}止?)"
)
_FULL_DATE = re.compile(r"(?<!\d)(20\d{2})年(\d{1,2})月(\d{1,2})日")
_SHORT_DATE = re.compile(r"(?<=[至到—–-])(\d{1,2})月(\d{1,2})日")
_MONTHS = 12
_DAYS = 31


class Title(NamedTuple):
    """What a title says: the body as printed (empty where it names none) and the year."""

    body: str
    year: int | None


def read_title(printed: str) -> Title | None:
    """The body and the year that the title of an annual report names; None where the text is no such title.

    Both orders are read (洪泽区人民政府2023年… and 2019年上海市人民政府办公厅…), Chinese and full-width figures, 年报,
    政务信息公开, and traditional characters.
    """
    printed = compact(printed)
    if len(printed) > _MAX_TITLE:
        return None
    folded = _EDITION.sub("", fold(printed))
    late = _TITLE_YEAR_LATE.fullmatch(folded)
    match = late or _TITLE.fullmatch(folded) or _TITLE_WITHOUT_YEAR.fullmatch(folded)
    if not match:
        return None
    before, after = printed[slice(*match.span("before"))], printed[slice(*match.span("after"))]
    body = _SHORT_NAME.sub("", _without_linking(before) + _without_linking(after))
    if _NO_BODY.search(body):
        return None
    year = late["year"] or late["last"] if late else match["year"]
    return Title("" if body in _NO_NAME else body, _year(year))


def _without_linking(part: str) -> str:
    """A part of a title without the words that link it to the next: 关于 before a year, 的 behind a name."""
    part = part.strip("-—_ ")
    linking = _LINKING.fullmatch(fold(part))
    part = part[slice(*linking.span("name"))].strip("-—_ ") if linking else part
    unmatched = part.count("(") + part.count("（") != part.count(")") + part.count("）")
    return part.strip("()（） ") if unmatched or part[:1] in ("(", "（") else part


def titles(
    fields: Sequence[Block], blocks: Sequence[Block], end: tuple[int, int]
) -> list[tuple[Candidate, tuple[int, int]]]:
    """The titles that a document prints, the field of a saved page first.

    Args:
        fields: The key-value blocks.
        blocks: The text.
        end: Block and offset of the first heading.

    Returns:
        Each title without the blanks of its layout, with its printed form, and where in the text it ends: block and
        offset, or (0, 0) for a field.
    """
    found = [(title, (0, 0)) for title in _in_fields(fields, _TITLE_FIELDS)]
    found += _on_lines(blocks, end) or _in_text(blocks, end)
    if any(_year_of(title) for title, _ in found):
        return _printed_first(found)
    # 政府信息公开年报 is also a menu item: without a year it is the title only if the window's says the same name.
    windows = [title for title in _in_fields(fields, (_PAGE_TITLE,)) if _year_of(title) or not found]
    if windows:
        found = [pair for pair in found if _names_body_of(pair[0], windows[0])]
    return [*found, *((title, (0, 0)) for title in windows)]


def _printed_first(
    found: list[tuple[Candidate, tuple[int, int]]],
) -> list[tuple[Candidate, tuple[int, int]]]:
    """The title above the text before that of a field of its page which names body and year in words of its own."""
    field, *others = found
    said = read_title(field[0].value)
    if field[0].source != "field" or not (said and said.body and said.year) or _is_standard(field[0]):
        return found
    own = [pair for pair in others if read_title(pair[0].value) == said and _is_standard(pair[0])]
    return [*own, *(pair for pair in found if pair not in own)]


def _is_standard(title: Candidate) -> bool:
    return fold(title.value).endswith("政府信息公开工作年度报告")


def _year_of(title: Candidate) -> int | None:
    read = read_title(title.value)
    return read.year if read else None


def _names_body_of(title: Candidate, window: Candidate) -> bool:
    """Whether a title names a body, or the end of its name, that the window's title names as well."""
    own, other = read_title(title.value), read_title(window.value)
    return bool(own and other and own.body and (own.body in other.body or other.body in own.body))


def _in_fields(fields: Sequence[Block], names: Sequence[str]) -> Iterator[Candidate]:
    for field in fields:
        value = _clean(field.text) if field.name in names else ""
        if read_title(value):
            yield Candidate(value=value, source="field", text=field.text, location=field.location)


def _on_lines(blocks: Sequence[Block], end: tuple[int, int]) -> list[tuple[Candidate, tuple[int, int]]]:
    """The title on one to three lines above the first heading.

    One with a year comes before one without: 政府信息公开年报 is also a menu item of the pages that hold reports.
    """
    found: list[tuple[Candidate, tuple[int, int]]] = []
    last = min(end[0], len(blocks), _MAX_BLOCKS)
    dated: int | None = (
        None  # behind a title with its year and without a body: a fuller one may follow at once
    )
    for stop in range(1, last + 1):
        if dated is not None and stop > dated + _MAX_LINES:
            break
        for count in range(1, min(_MAX_LINES, stop) + 1):
            lines = [block.text for block in blocks[stop - count : stop]]
            value = _clean("".join(lines)) if max(map(len, lines)) <= _MAX_TITLE else ""
            read = read_title(value)
            # A line above belongs to the title where without it the body would be missing.
            if read and (read.body or count in (_MAX_LINES, stop)) and not _is_menu(read, count):
                place = blocks[stop - count].location
                candidate = Candidate(value=value, source="heading", text="\n".join(lines), location=place)
                if read.year and read.body:
                    own = _nearer(blocks[:last], stop) or _named_in_text(blocks, stop, last, read.body)
                    return [own or (candidate, (stop, 0))]
                if dated is None:
                    found = [*found, (candidate, (stop, 0))]
                    dated = stop if read.year else None
    return found[-1:] if dated is not None else found[:1]


def _nearer(blocks: Sequence[Block], stop: int) -> tuple[Candidate, tuple[int, int]] | None:
    """A title marked as a heading (`<h1>`) below one that is not: lists of other bodies' reports stand above it."""
    if blocks[stop - 1].kind == "heading":
        return None
    for index in range(len(blocks) - 1, stop - 1, -1):
        block = blocks[index]
        read = read_title(_clean(block.text)) if block.kind == "heading" else None
        if read and read.body and read.year:
            candidate = Candidate(
                value=_clean(block.text), source="heading", text=block.text, location=block.location
            )
            return candidate, (index + 1, 0)
    return None


def _named_in_text(
    blocks: Sequence[Block], stop: int, last: int, first: str
) -> tuple[Candidate, tuple[int, int]] | None:
    """The title below one of another body (`first`) that stands in a list above it: the only one that the text names."""
    below: dict[str, int] = {}
    for index in range(stop, last):
        read = read_title(_clean(blocks[index].text)) if len(blocks[index].text) <= _MAX_TITLE else None
        if read and read.year and read.body:
            below[read.body] = index
    if not below.keys() - {first}:
        return None
    text = "".join(compact(block.text) for block in blocks[max(stop, *below.values()) + 1 :][:_MAX_BLOCKS])
    named = [body for body in (first, *below) if body in text]
    if len(named) != 1 or named[0] == first:
        return None
    block = blocks[below[named[0]]]
    candidate = Candidate(
        value=_clean(block.text), source="heading", text=block.text, location=block.location
    )
    return candidate, (below[named[0]] + 1, 0)


def _is_menu(title: Title, lines: int) -> bool:
    """Whether lines without a year are items of a menu (政务公开, 政府信息公开年报) rather than a name and a title."""
    return title.year is None and lines > 1 and ("公开" in title.body or body_kind(title.body) is None)


def _in_text(blocks: Sequence[Block], end: tuple[int, int]) -> list[tuple[Candidate, tuple[int, int]]]:
    """The titles in text without line breaks, above the first heading; the last one is followed by the text."""
    found = []
    for index, block in enumerate(blocks[: end[0] + 1][:_MAX_BLOCKS]):
        limit = min(end[1] if index == end[0] else len(block.text), _HEAD)
        for match in _IN_TEXT.finditer(fold(block.text[:limit])):
            printed = block.text[match.start() : match.end()].strip()
            if read_title(printed):
                place = block.location.model_copy(update={"line": block.line_at(match.start())})
                candidate = Candidate(value=compact(printed), source="heading", text=printed, location=place)
                found.append((candidate, (index, match.end())))
    return found


def _clean(printed: str) -> str:
    """A title without its label, the file ending and the site's name behind it."""
    text = compact(_BUTTON.sub("", printed.strip(_BULLETS)))
    label = _LABEL.match(fold(text))
    text = text[label.end() :] if label else text
    text = _FILE_ENDING.sub("", text)
    return _SITE_TAIL.sub("", text)


def statistics_period(paragraphs: Sequence[Paragraph]) -> Period | None:
    """The statistics period that the text states; an end that cannot be read stays None."""
    for pattern in (_PERIOD, _DAMAGED_PERIOD):
        for paragraph in paragraphs:
            text = squeezed(paragraph.text)
            match = pattern.search(text.text)
            if match:
                place = text.printed(*match.span("text"))
                return _period(match["text"], paragraph.text[place], paragraph.location_at(place.start))
    return None


def _period(folded: str, printed: str, location: Location) -> Period:
    dates = [_date(*match.groups()) for match in _FULL_DATE.finditer(folded)]
    short = _SHORT_DATE.search(folded)
    if len(dates) == 1 and dates[0] and short:
        dates.append(_date(dates[0][:4], *short.groups()))
    first, second = [*dates, None, None][:2]
    if len(dates) == 1 and not re.match(r"自?从?20\d{2}年", folded):
        first, second = None, first
    return Period(start=first, end=second, text=printed, location=location)


def _date(year: str, month: str, day: str) -> str | None:
    if not (1 <= int(month) <= _MONTHS and 1 <= int(day) <= _DAYS):
        return None
    return f"{year}-{int(month):02}-{int(day):02}"


def published(fields: Sequence[Block], below: Sequence[Block] = ()) -> str | None:
    """The day of publication that a saved page states, as an ISO date.

    Args:
        fields: The fields of the page.
        below: The lines below the title; one that is nothing but a day is that of publication where no field is.
    """
    for names in (_PUBLISHED_FIELDS, _PRINTED_FIELDS):
        for field in fields:
            match = _ISO.search(fold(field.text)) if field.name in names else None
            day = _date(*match.groups()) if match else None
            if day:
                return day
    alone = next(filter(None, (_ISO_ALONE.fullmatch(fold(block.text)) for block in below)), None)
    return _date(*alone.groups()[:3]) if alone else None


def year_in_text(paragraphs: Sequence[Paragraph]) -> Candidate | None:
    """The year that the text speaks of most often."""
    counted: Counter[int] = Counter()
    first: dict[int, tuple[str, Location]] = {}
    for paragraph in paragraphs:
        for match in _YEAR_IN_TEXT.finditer(fold(paragraph.text)):
            year = _year(match[1])
            if year is not None:
                counted[year] += 1
                first.setdefault(year, (match[0], paragraph.location_at(match.start())))
    if not counted:
        return None
    year = counted.most_common(1)[0][0]
    text, location = first[year]
    return Candidate(value=str(year), source="text", text=text, location=location)


def _year(folded: str) -> int | None:
    """A year in Arabic figures or in Chinese ones, digit by digit."""
    if not folded:
        return None
    return int(
        "".join(str(HAN_DIGITS.index(letter)) if letter in HAN_DIGITS else letter for letter in folded)
    )
