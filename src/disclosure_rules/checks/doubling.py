"""Verbs about slips of the pen: words written twice, numbers left out, sentences without an end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import HAN, occurrences, sentence_around, spoken, title_place
from disclosure_rules.glyphs import read_through
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.model.location import Location

__all__ = ["numbers_missing", "sentences_unended", "words_doubled"]

# Up to thirteen characters: a name or a phrase. Longer ones are not worth the time that every position costs.
_TWICE = re.compile(r"([一-鿿《“（][一-鿿《》“”〈〉（）]{1,12}?)\1")
_BETWEEN = re.compile("[”》〉）][“《〈（]")
# 目的的, 标的的, 的的确确 and 除了了解 are words: what may stand around a doubled particle.
_PARTICLE = re.compile("的的|并并|们们|我我|了了|和和")
_MEANT = re.compile("[目标]的的|的的确|了了[解结]|[共温调饱平缓]和和|和和[平谐睦气]")
_COUNTING = frozenset("一二三四五六七八九十百千万亿两数几多余每各逐第首头〇零半干")
_ORDINAL = re.compile(
    rf"第(?:次|届|期|批)(?!第)(?={HAN}{{0,6}}(?:会议|提案|建议|例会|全会|培训|检查|通报|报告))"
)
# 全年收到政府信息公开申请。 with no number in the sentence but years; 我局积极受理政府信息公开申请 counts nothing.
_UNCOUNTED = re.compile(
    r"(?<=[年度共计])(?:我[局委办厅院会镇乡县市区]|[全本][局委办厅镇乡县市区]|本机关|我单位|共计?|累计|新)*[收接受](?<![未没][收接受])(?:(?<=[收接])到|(?<=受)理)(?:的)?(?:政府)?信息公开申请(?=[。；])"
)
_COUNT = re.compile(r"(?<!\d)(?!20\d{2}年)\d|[零一二两三四五六七八九十百]\s?[件条宗份]|未|没|无|均|全部")
_ITEM = re.compile(r"[，、；：。,;: \n]([一-鿿（）]{3,20})$")
_NUMBERED = r"\d[\d,，.]*\s?"
_ENUMERATED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])")
_PROSE = re.compile("[，。；,]")
# What a sentence that was cut short or not ended ends in.
_LAST = re.compile(rf"{HAN}|[\d%，,、]")
_NEAR = 16


def words_doubled(
    context: CheckContext, *, meaningful: Mapping[str, Sequence[str]], phrases: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """Words that stand twice in a row (审核审核), in the title too.

    Args:
        context: The report.
        meaningful: Word → what follows where a doubling means something: 工作 → 机制 (公开工作工作机制), 公开 → 栏.
        phrases: Other doublings, word for word: 可通过可以通过.
    """
    looked = found = False
    title = context.report.title
    if title is not None:
        looked = True
        for start, end in _doubled(read_through(title), meaningful, phrases):
            found = True
            yield _evidence(title, start, end, title_place(context.report))
    for passage in context.passages():
        # The cells of a table that was not read as one stand twice with reason: 总计总计.
        if not _PROSE.search(passage.read):
            continue
        looked = True
        for start, end in _doubled(passage.read, meaningful, phrases):
            found = True
            yield _evidence(passage.printed, start, end, passage.place(start))
    if looked and not found:
        yield SATISFIED


def _doubled(
    text: str, meaningful: Mapping[str, Sequence[str]], phrases: Sequence[str]
) -> Iterator[tuple[int, int]]:
    for match in _TWICE.finditer(text):
        words = match[1]
        # ABAB of numbers (一件一件) is how Chinese says "one by one".
        # “死链”“错链”“错字” lists words that end or begin alike.
        goes_on = _BETWEEN.search(words) is not None or text.startswith(
            tuple(meaningful.get(words, ())), match.end()
        )
        if not goes_on and not set(words) & _COUNTING:
            yield match.span()
    for match in _PARTICLE.finditer(text):
        if not _MEANT.search(text, max(0, match.start() - 1), match.end() + 1):
            yield match.span()
    for phrase in phrases:
        yield from ((start, start + len(phrase)) for start in occurrences(text, phrase))


def _evidence(text: str, start: int, end: int, location: Location) -> Evidence:
    begin, stop = sentence_around(text, start, end)
    shown = spoken(text, max(begin, start - _NEAR), min(stop, end + _NEAR))
    return Evidence(location=location, values={"phrase": spoken(text, start, end), "text": shown})


def numbers_missing(
    context: CheckContext, *, units: Sequence[str], whole: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """Items of a list without their number (企业资质条、施工许可证76条), and ordinals without one (第次会议).

    So are requests that were received, nobody is told how many: 全年收到政府信息公开申请。

    Args:
        context: The report.
        units: Measure words that no other word ends in, but for those in `whole`.
        whole: Words that end in one of the units: 头条, 链条.
    """
    looked = found = False
    for passage in context.passages():
        text = passage.plain
        looked = looked or any(unit in text for unit in units)
        places = [match.span() for match in _ORDINAL.finditer(text)] if "第" in text else []
        for match in _UNCOUNTED.finditer(text):
            sentence = text[slice(*sentence_around(text, *match.span()))]
            if not _COUNT.search(sentence):
                places.append(match.span())
        for unit in units:
            if unit in text:
                places += _bare_items(text, unit, whole)
        for start, end in sorted(places):
            found = True
            begin, stop = sentence_around(text, start, end)
            values = {
                "item": passage.printed[start:end],
                "text": spoken(passage.printed, max(begin, start - _NEAR), min(stop, end + _NEAR)),
            }
            yield Evidence(location=passage.place(start), values=values)
    if looked and not found:
        yield SATISFIED


def _bare_items(text: str, unit: str, whole: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Items that end in a measure word without a number, beside at least two items of the sentence that have one."""
    for match in re.finditer(rf"{unit}(?:(?<={HAN}{unit})|(?<=）{unit}))(?=[，、；。,;])", text):
        item = _ITEM.search(text, max(0, match.start() - 21), match.start())
        if item is None or item[1][-1] in _COUNTING or any((item[1] + unit).endswith(word) for word in whole):
            continue
        start, end = sentence_around(text, match.start(), match.end())
        if len(re.findall(rf"{_NUMBERED}{unit}(?=[，、；。）,;)]|$)", text[start : end + 1])) > 1:
            yield item.start(1), match.end()


def sentences_unended(
    context: CheckContext, *, shortest: int, sections: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """Paragraphs of running text whose last sentence has no full stop; not the one in which the whole text breaks off.

    Args:
        context: The report.
        shortest: Shorter paragraphs may be headings or items.
        sections: Sections of running text.
    """
    looked = found = False
    for passage in context.passages(sections):
        text = passage.read.rstrip()
        if len(text) < shortest or passage is context.broken_off or not re.search("[，。；,;]", text):
            continue
        # A long sub-heading is no sentence.
        if "。" not in text and _ENUMERATED.match(text):
            continue
        looked = True
        if _LAST.match(text, len(text) - 1):
            found = True
            values = {"text": spoken(passage.printed, max(0, len(text) - 30), len(text))}
            yield Evidence(location=passage.place(len(text) - 1), values=values)
    if looked and not found:
        yield SATISFIED
