"""Verbs about words and signs that should not stand in a finished report."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import HAN, either, occurrences, place_of, sentence_around, spoken
from disclosure_rules.glyphs import read_through
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.checks.passages import Passage

__all__ = [
    "miswritten_words",
    "phrases_present",
    "phrases_together",
    "placeholders",
    "unclosed_brackets",
    "unopened_brackets",
]

# The first sign comes first, and what may not stand before it is looked back at: the scan then skips to such signs.
# 李某某 is a person whose name is withheld; 某某局 is nobody yet.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白"
    "邹孟熊秦邱江尹薛阎闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤"
)
_BLANKS = re.compile(
    r"[XxＸｘ×✕╳某_＿](?<![A-Za-z0-9@./_:-].)"
    rf"(?:(?<=[XxＸｘ])[XxＸｘ]+|(?<=[×✕╳])[×✕╳]+|(?<=某)某(?!(?<=[{_SURNAMES}]某某)(?![局县市区乡镇办委厅院单部街]))|(?<=_)_{{2,}}|(?<=＿)＿+|(?<=[XxＸｘ×])(?=[年月日]))"
    r"(?![A-Za-z0-9@./_:-])"
    rf"|\{{{HAN}{{1,10}}\}}|[（(][ \u3000]{{1,12}}[）)](?=[条件份次个年月日元人篇期项])"
    r"|[（(](?=[^（）()\n]{0,16}(?:宋体|仿宋|黑体|楷体|号字|行距))[^（）()\n]{2,32}[）)]"
    r"|【[^】\n]{0,12}(?:填写|填入|单位名称|机关名称|年份)[^】\n]{0,8}】"
)
# What any of these begins with: most paragraphs hold none. A search for one of some letters, and then for what
# stands beside it, is many times as fast as one for any of some words.
_SUSPECT = re.compile(
    r"[XxＸｘ×✕╳某_＿{【（(宋仿黑楷号行]"
    r"(?:(?<=[XxＸｘ×✕╳某_＿{【])|(?<=[（(])[ \u3000]|(?<=[宋黑楷])体|(?<=仿)宋|(?<=号)字|(?<=行)距)"
)
_RUN = re.compile(r"[A-Za-z0-9@./_:%?=&-]+")
_ADDRESS_SIGNS = ("@", "://", "www.", ".com", ".cn", ".net", ".gov")
_PAIRS = {"“": "”", "（": "）", "《": "》", "〈": "〉", "【": "】", "〔": "〕"}
_BRACKET = re.compile("[" + "".join([*_PAIRS, *_PAIRS.values()]) + "]")
_NEAR = 12
_REACH = 30
_STOP = re.compile("[。！？；]")
# 1）, 一）, a）: enumerators have only a closing half; so has what stands behind a heading that lost its （.
_ENUMERATOR = re.compile(r"(?:^|[\s。；;：:，,、！？])[\da-zA-Z一二三四五六七八九十①-⑳]{1,3}）$")


def phrases_present(
    context: CheckContext, *, phrases: Sequence[str], sections: Sequence[str] | None = None
) -> Iterator[Evidence | Satisfied]:
    """The places where one of `phrases` stands, read through font damage; one fault a sentence.

    Args:
        context: The report.
        phrases: The words, literally.
        sections: Keys of the sections looked at; None for the whole text.
    """
    looked = found = False
    for passage in context.passages(sections):
        looked = True
        reported = -1
        for offset, phrase in _matches(passage.read, phrases):
            if offset < reported:
                continue
            found = True
            reported = sentence_around(passage.read, offset, offset + len(phrase))[1]
            yield _evidence(passage, offset, offset + len(phrase), phrase)
    if looked and not found:
        yield SATISFIED


def _matches(text: str, phrases: Sequence[str]) -> list[tuple[int, str]]:
    """Where the phrases stand, in order; of two at one place the longer comes first."""
    present = [phrase for phrase in phrases if phrase in text]
    found = [(offset, phrase) for phrase in present for offset in occurrences(text, phrase)]
    return sorted(found, key=lambda match: (match[0], -len(match[1])))


def _evidence(passage: Passage, start: int, end: int, phrase: str) -> Evidence:
    begin, stop = sentence_around(passage.printed, start, end)
    return Evidence(
        location=passage.place(start),
        values={"phrase": phrase, "text": spoken(passage.printed, max(begin, start - 2 * _NEAR), stop)},
    )


def miswritten_words(context: CheckContext, *, words: Mapping[str, str]) -> Iterator[Evidence | Satisfied]:
    """Words written with a wrong character, as they stand in no right sentence.

    Args:
        context: The report.
        words: What is wrong → what is meant.
    """
    pattern = _any_of(tuple(words))
    looked = found = False
    for passage in context.passages():
        looked = True
        for match in pattern.finditer(passage.read):
            found = True
            begin, stop = sentence_around(passage.printed, match.start(), match.end())
            values = {
                "word": match[0],
                "meant": words[match[0]],
                "text": spoken(
                    passage.printed, max(begin, match.start() - _NEAR), min(stop, match.end() + _NEAR)
                ),
            }
            yield Evidence(location=passage.place(match.start()), values=values)
    if looked and not found:
        yield SATISFIED


@lru_cache(maxsize=8)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(either(words))


def phrases_together(
    context: CheckContext, *, first: Sequence[str], then: Sequence[str], replaced_by: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """Two phrases that stand close together, as in 以公开为原则，不公开为例外.

    Args:
        context: The report.
        first: Words of the first half.
        then: Words of the second half, within a few characters after it.
        replaced_by: Words of what is right now; a report with them and without the old ones is right.
    """
    found = right = False
    for passage in context.passages():
        right = right or any(word in passage.read for word in replaced_by)
        reported = -1
        for offset, opening in _matches(passage.read, first):
            end = offset + len(opening)
            rest = passage.read[end : end + _NEAR]
            closing = next((word for word in then if word in rest), None)
            if closing is None or offset < reported:
                continue
            found = True
            reported = end + rest.index(closing) + len(closing)
            yield Evidence(location=passage.place(offset), values={"text": passage.printed[offset:reported]})
    if right and not found:
        yield SATISFIED


def placeholders(context: CheckContext, *, phrases: Sequence[str]) -> Iterator[Evidence | Satisfied]:
    """What a template left to be filled in: XX, ××, 某某, {单位}, （ ）件, underscores, and the given phrases.

    So is what it says of type: （宋体加粗小四号字）, in headings too. Letters within an address are not looked at.

    Args:
        context: The report.
        phrases: Words of templates, literally: 待填写, (具体网址), 增加(减少).
    """
    looked = found = False
    for passage in context.passages():
        looked = True
        for match in _blanks(passage.read):
            found = True
            yield _evidence(passage, match.start(), match.end(), match[0])
        for offset, phrase in _matches(passage.read, phrases):
            found = True
            yield _evidence(passage, offset, offset + len(phrase), phrase)
    for section in context.report.sections:
        heading = read_through(section.heading)
        for match in _blanks(heading):
            found = True
            yield Evidence(location=place_of(section), values={"phrase": match[0], "text": heading})
    if looked and not found:
        yield SATISFIED


def _blanks(text: str) -> Iterator[re.Match[str]]:
    """Blanks of a template that are no part of an address."""
    if _SUSPECT.search(text):
        addresses = _addresses(text)
        yield from (match for match in _BLANKS.finditer(text) if not _within(addresses, match.start()))


def _addresses(text: str) -> list[tuple[int, int]]:
    """The bounds of what looks like an address of the web or of mail."""
    runs = _RUN.finditer(text)
    return [run.span() for run in runs if any(sign in run[0] for sign in _ADDRESS_SIGNS)]


def _within(spans: list[tuple[int, int]], offset: int) -> bool:
    """Whether `offset` lies in one of the ascending spans."""
    before = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return before >= 0 and offset < spans[before][1]


def unclosed_brackets(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Opening brackets without their other half.

    A section is looked at as a whole, for a bracket may be closed in the next paragraph.
    """
    looked = found = False
    broken = context.broken_off
    last_stop = max((stop.start() for stop in _STOP.finditer(broken.read)), default=-1) if broken else -1
    for _, group in groupby(context.passages(), key=lambda passage: id(passage.section)):
        looked = True
        for passage, offset in _halves(group)[0]:
            # Where the text breaks off the other half is lost with the rest.
            if passage is broken and offset > last_stop:
                continue
            found = True
            text = spoken(passage.printed, offset, offset + 2 * _NEAR)
            values = {"sign": passage.printed[offset], "text": text}
            yield Evidence(location=passage.place(offset), values=values)
    if looked and not found:
        yield SATISFIED


def unopened_brackets(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Closing brackets without their other half: 根据中华人民共和国政府信息公开条例》.

    Enumerators (1）) are none. One that closes a bracket of another kind is untidy, and the opening half is told.
    """
    looked = found = False
    for _, group in groupby(context.passages(), key=lambda passage: id(passage.section)):
        looked = True
        for passage, offset in _halves(group)[1]:
            found = True
            text = spoken(passage.printed, max(0, offset - 2 * _NEAR), offset + 1)
            values = {"sign": passage.printed[offset], "text": text}
            yield Evidence(location=passage.place(offset), values=values)
    if looked and not found:
        yield SATISFIED


def _halves(group: Iterable[Passage]) -> tuple[list[tuple[Passage, int]], list[tuple[Passage, int]]]:
    """The opening halves without a closing one, and the closing ones without an opening one, of a section."""
    waiting: dict[str, list[tuple[Passage, int]]] = {closing: [] for closing in _PAIRS.values()}
    alone: list[tuple[Passage, int]] = []
    for passage in group:
        # ( closed by ） is untidy, not unclosed.
        text = passage.printed.replace("(", "（").replace(")", "）")
        # What other marks open (<…〉, "…”) cannot be told apart.
        mixed = {sign for sign, other in (("”", '"'), ("〉", "<")) if other in text}
        for match in _BRACKET.finditer(text):
            sign = match[0]
            if sign in _PAIRS:
                # 《《 with one 》 is one mark too many, not one that is missing: another rule's.
                if not text.startswith(sign, match.end()):
                    waiting[_PAIRS[sign]].append((passage, match.start()))
            elif waiting[sign]:
                waiting[sign].pop()
            elif sign not in mixed and not _is_no_half(text, match.start()):
                nearest = (places[-1] for places in waiting.values() if places)
                if not any(opened is passage and match.start() - at < _REACH for opened, at in nearest):
                    alone.append((passage, match.start()))
    return [place for places in waiting.values() for place in places], alone


def _is_no_half(text: str, at: int) -> bool:
    """Whether a closing sign is that of an enumerator or stands twice."""
    return (
        text[max(0, at - 1) : at] == text[at] or _ENUMERATOR.search(text[max(0, at - 4) : at + 1]) is not None
    )
