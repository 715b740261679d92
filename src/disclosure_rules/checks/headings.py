"""Verbs about headings and what stands around them: names of sections, the preface, the list of parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import HAN, Passage, place_of, spoken, title_place
from disclosure_rules.fold import fold
from disclosure_rules.glyphs import read_through
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.model.report import Section

__all__ = [
    "headings_nonstandard",
    "letter_posted",
    "long_section",
    "measures_fewer",
    "old_parts_listed",
    "parts_unlisted",
    "preface_inside",
    "short_section",
    "subheadings_broken",
    "titles_differ",
]

_NUMBER = re.compile(r"^(?:第?[一二三四五六七八九十]{1,3}(?:部分)?|\d{1,2})\s?[、.．,，:：]?")
_REMARK = re.compile(r"[（(][^（）()]*[）)]$")
_YEAR = re.compile(r"^20\d{2}年度?")
_LIST = re.compile(
    r"(?:报告[^。；]{0,12}?|主要内容|全文)(?:包括|包含|由|分为|含)(?P<list>[^。；]{8,260}?)"
    r"(?:(?:等|共|共计)*(?P<count>[一二三四五六七八九十]|\d{1,2})\s?个?大?(?:部分|方面|章节)|组成|构成|(?P<open>等)|[。；])"
)
_COUNTS = {sign: number for number, sign in enumerate("一二三四五六七八九十", start=1)}
_COUNTED = {number: sign for sign, number in _COUNTS.items()}
# Also where blanks stand within the brackets or the first of them was lost.
_SUBHEADING = re.compile(r"\s*(?:[（(]\s?)?([一二三四五六七八九十])\s?[）)](?![项款])")
_FIRST = re.compile(r"[（(]?\s?一\s?[）)]")
_FEW = 3
_SECOND = 2
# Elsewhere pieces of a broken table (（二）部分公开) stand as text.
_PROSE = ("overview", "problems_and_improvements")
_ADDRESSEE = re.compile(
    rf"\s*(?P<to>(?:{HAN}|[（）]){{2,24}}(?:办公室|办公厅|人民政府|政府办|委员会|领导小组|党工委|管委会|中心|局))\s?[：:]"
)


def _words(section: Section) -> str:
    """A heading without its number, blanks, a year before it and a remark behind it."""
    text = "".join(read_through(section.heading).split())
    if section.number is not None:
        text = _NUMBER.sub("", text)
    return _REMARK.sub("", _YEAR.sub("", text)).rstrip("。:：")


def headings_nonstandard(context: CheckContext, *, accepted: Sequence[str]) -> Iterator[Evidence | Satisfied]:
    """Headings of the form's sections that do not read as the form prints them; not one that breaks off.

    Args:
        context: The report.
        accepted: Names that are as good as the form's: those of the Regulation's own words.
    """
    layout = context.layout
    if layout is None:
        return
    for section in context.report.sections:
        spec = layout.section(section.key) if section.key is not None else None
        broken = context.broken_off
        if spec is None or (broken is not None and broken.printed is section.heading):
            continue
        words = _words(section)
        if words == spec.title.zh or words in accepted or fold(words) == fold(spec.title.zh):
            yield SATISFIED
        # （一）主动公开情况 is an aspect under 总体情况, whose heading is lost.
        elif not section.heading.startswith(("（", "(")):
            values = {"heading": section.heading, "words": words, "expected": spec.title.zh}
            yield Evidence(location=place_of(section), values=values)


def preface_inside(
    context: CheckContext, *, section: str, signs: Sequence[str], least: int = 0, most: int | None = None
) -> Iterator[Evidence | Satisfied]:
    """A preface (编制本报告, 统计期限, 电子版) that stands inside a section instead of before it.

    Args:
        context: The report.
        section: Key of the section, the first one.
        signs: Words of a preface; two of them in the first paragraphs make one.
        least: Only where the section has at least this many characters besides the preface.
        most: Only where it has at most this many.
    """
    found = context.report.section(section)
    if found is None or not found.paragraphs:
        return
    texts = [read_through(paragraph.text) for paragraph in found.paragraphs]
    prefatory = [text for text in texts[:_FEW] if any(sign in text for sign in signs)]
    seen = {sign for text in prefatory for sign in signs if sign in text}
    left = sum(len("".join(text.split())) for text in texts if text not in prefatory)
    if len(seen) < 2:  # noqa: PLR2004  one such word may stand anywhere
        yield SATISFIED
    elif left >= least and (most is None or left <= most):
        shown = next(text for text in prefatory)
        values = {"text": spoken(shown, 0, len(shown)), "left": left}
        yield Evidence(location=place_of(found), values=values)


def long_section(context: CheckContext, *, section: str, most: int) -> Iterator[Evidence | Satisfied]:
    """A section of more than `most` characters, spaces left out.

    Args:
        context: The report.
        section: Key of the section.
        most: The most characters it should have.
    """
    found = context.report.section(section)
    if found is None:
        return
    length = sum(len("".join(paragraph.text.split())) for paragraph in found.paragraphs)
    values = {"length": length, "most": most}
    yield Evidence(location=place_of(found), values=values) if length > most else SATISFIED


def short_section(context: CheckContext, *, section: str, fewest: int) -> Iterator[Evidence | Satisfied]:
    """A section with text, but fewer than `fewest` characters of it, spaces left out; not one that breaks off.

    Args:
        context: The report.
        section: Key of the section.
        fewest: The fewest characters it should have.
    """
    found = context.report.section(section)
    length = sum(len("".join(paragraph.text.split())) for paragraph in found.paragraphs) if found else 0
    broken = context.broken_off
    if found is None or length == 0 or (broken is not None and broken.section is found):
        return
    values = {"length": length, "fewest": fewest}
    yield Evidence(location=place_of(found), values=values) if length < fewest else SATISFIED


def _lists(context: CheckContext) -> Iterator[tuple[Passage, re.Match[str]]]:
    """The sentences of the introduction that list parts: an old one may stand behind the report's own."""
    for paragraph in context.report.introduction:
        passage = Passage(None, paragraph)
        for match in _LIST.finditer(passage.read):
            yield passage, match


def parts_unlisted(
    context: CheckContext, *, names: Mapping[str, Sequence[str]]
) -> Iterator[Evidence | Satisfied]:
    """Parts that the form has and that the introduction's list of parts leaves out.

    A list that goes on (…等内容) is not judged, nor one in which too little is known.

    Args:
        context: The report.
        names: Key of a section of the form → words of which the list must have one.
    """
    layout = context.layout
    if layout is None:
        return
    # 全文包括… may be of the page or of a notice: what 本报告 consists of counts before it.
    first = sorted(_lists(context), key=lambda found: found[1][0].startswith("全文"))[:1]
    for passage, match in first:
        listed = match["list"]
        present = [key for key, words in names.items() if any(word in listed for word in words)]
        if len(present) < _FEW or (match["open"] and not match["count"]):
            return
        missing = [
            spec.title.zh for key in names if key not in present and (spec := layout.section(key)) is not None
        ]
        if missing:
            values = {
                "text": spoken(passage.printed, match.start(), match.end()),
                "missing": "、".join(missing),
                "count": _count(match["count"]),
            }
            yield Evidence(location=passage.place(match.start("list")), values=values)
        else:
            yield SATISFIED


def _count(text: str | None) -> int | None:
    if text is None:
        return None
    return _COUNTS.get(text) or int(text)


def old_parts_listed(context: CheckContext, *, phrases: Sequence[str]) -> Iterator[Evidence | Satisfied]:
    """Parts of forms before 2019 (收费及减免, 咨询处理) in the introduction's list of parts, or as a heading.

    Args:
        context: The report.
        phrases: Words that only the names of such parts have.
    """
    looked = found = False
    for passage, match in _lists(context):
        looked = True
        old = [phrase for phrase in phrases if phrase in match["list"]]
        if old:
            found = True
            values = {
                "text": spoken(passage.printed, match.start(), match.end()),
                "old": "、".join(old),
            }
            yield Evidence(location=passage.place(match.start()), values=values)
    for passage in context.passages():
        looked = True
        heading = re.match(
            r"\s*(?:[（(][一二三四五六七八九十]{1,2}[）)]|\d{1,2}[.、．])\s?([^。，；：:\n]{2,24})",
            passage.read,
        )
        old = [phrase for phrase in phrases if heading is not None and phrase in heading[1]]
        if old and heading is not None:
            found = True
            values = {"text": spoken(passage.printed, *heading.span()), "old": "、".join(old)}
            yield Evidence(location=passage.place(0), values=values)
    if looked and not found:
        yield SATISFIED


def subheadings_broken(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Sub-headings of a section that do not run on: （一）、（二）、（四）.

    Every count begins anew at （一）; a section in which one number alone stands out of the count is told of once. One
    that begins with （二） has lost its （一）.
    """
    for section in context.report.sections:
        before: int | None = None
        wrong = False
        for passage in context.passages_of(section):
            match = _SUBHEADING.match(passage.read)
            number = _COUNTS.get(match[1]) if match else None
            if match is None or number is None:
                continue
            begun = before
            if (
                before is None
                and number == _SECOND
                and section.key in _PROSE
                and not _holds_first(context, section)
            ):
                begun = 0
            if begun is not None and number not in (1, begun + 1) and not wrong:
                wrong = True
                values = {"printed": match[1], "expected": _COUNTED.get(begun + 1, str(begun + 1))}
                yield Evidence(location=passage.place(0), values=values)
            before = number
        if before is not None and not wrong:
            yield SATISFIED


def _holds_first(context: CheckContext, section: Section) -> bool:
    return _FIRST.search(section.heading) is not None or any(
        _FIRST.search(passage.read) for passage in context.passages_of(section)
    )


def measures_fewer(
    context: CheckContext, *, section: str, problems: Sequence[str], measures: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """Fewer measures than problems, where both are counted off (一是 … 二是 …) in one section.

    Args:
        context: The report.
        section: Key of the section.
        problems: Words before the count of problems.
        measures: Words before the count of measures, after the problems.
    """
    found = context.report.section(section)
    if found is None:
        return
    text = "\n".join(read_through(paragraph.text) for paragraph in found.paragraphs)
    starts = [match.start() for match in re.finditer("一是", text)]
    if len(starts) != 2:  # noqa: PLR2004  one count of each
        return
    heads = text[: starts[0]], text[starts[0] : starts[1]]
    if not any(word in heads[0] for word in problems) or not any(word in heads[1] for word in measures):
        return
    named, taken = _counted(heads[1]), _counted(text[starts[1] :])
    values = {"problems": named, "measures": taken}
    yield Evidence(location=place_of(found), values=values) if taken < named else SATISFIED


def _counted(text: str) -> int:
    """How far a text counts without a gap: 一是 … 二是 … 三是."""
    last = 0
    for sign, number in _COUNTS.items():
        if number != last + 1 or f"{sign}是" not in text:
            break
        last = number
    return last


def letter_posted(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """A report that begins as a letter to a superior: 县政府办公室： at the top of the introduction."""
    introduction = context.report.introduction
    for paragraph in introduction[:_FEW]:
        passage = Passage(None, paragraph)
        match = _ADDRESSEE.match(passage.read)
        if match is not None:
            yield Evidence(
                location=passage.place(match.start("to")),
                values={"to": passage.printed[match.start("to") : match.end("to")]},
            )
            return
    if introduction:
        yield SATISFIED


def titles_differ(context: CheckContext, *, sources: Sequence[str]) -> Iterator[Evidence | Satisfied]:
    """Titles of one report that differ between the page and the document, beyond blanks and 年 or 年度.

    Args:
        context: The report.
        sources: The sources compared with the first title: field, heading.
    """
    named = [seen for seen in context.report.titles if seen.source in sources]
    if len(named) < 2:  # noqa: PLR2004  nothing to compare
        return
    first, *others = named
    different = {seen.value: seen for seen in others if not _same_title(first.value, seen.value)}
    for seen in different.values():
        yield Evidence(
            location=seen.location if seen.location != type(seen.location)() else title_place(context.report),
            values={"first": first.value, "other": seen.value},
        )
    if not different:
        yield SATISFIED


def _same_title(one: str, other: str) -> bool:
    one, other = (re.sub(r"\s|(?<=\d)年度?|关于|的", "", read_through(title)) for title in (one, other))
    return one in other or other in one
