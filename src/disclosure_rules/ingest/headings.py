"""Finding the top-level headings of a report, on lines of their own or in running text."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.fold import fold, squeeze
from disclosure_rules.ingest.reflow import looks_like_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.ingest.names import Meaning, SectionNames
    from disclosure_rules.model.document import Block
    from disclosure_rules.model.layout import Layout

__all__ = ["Heading", "Outline", "find_headings", "outlines"]

_MAX_LINE = 60
_MAX_CANDIDATES = 300
_MAX_NUMBERED = 5_000
_HAN = "一二三四五六七八九十"
_NUMBERED = re.compile(
    rf"(?P<part>第[{_HAN}]{{1,3}}部分)\s?[:、.]?\s*|(?P<han>[{_HAN}]{{1,3}})\s?[、.．,]\s*"
)
# （一） is a lower level wherever a first level is counted with 一、, also where its first bracket was lost.
_BRACKETED = re.compile(rf"(?P<bracket>\(?[{_HAN}]{{1,3}}\))\s*[、.]?\s*")
# What a converter writes for numbers that a word processor had counted: • 主动公开情况.
_BULLET = re.compile(r"[•●■◆▪◇□➢]\s*")
_ARABIC = re.compile(r"(?P<arabic>\d{1,2})\s?[、.](?!\d)\s*")
# 一总体情况: the mark lost. Only before a known name, so that 一方面 is none.
_UNMARKED = re.compile(rf"(?P<han>[{_HAN}]{{1,2}})(?=[^、)是方定直致])")
_ANNEX = re.compile(r"附\s?[件表]\s?[\d一二三四五]{0,2}\s?[:、.]?\s*[^。，；]{0,50}?统计表")
_TABLE_TITLE = re.compile(r"[^\s。，；:]{0,30}?政府信息公开(?:工作)?情况统计表")
# Where a heading may stand in running text: after a sentence, a blank, a closing mark, a figure or an address.
_BEFORE = re.compile(r"[\s。!?;:)”》>.\dA-Za-z]")
# What follows a name in the sentence that lists the parts of the report: 包括一、概述，二、主动公开情况等部分.
_LIST_MARKS = (",", ";", "、", "等", "和", "及")
_STOP = re.compile(r"[\s(。:,;!?]|\d{4}年")
_CAPTION = re.compile(r"表\s?[一二三四\d]")
_LAST_WORD = re.compile(r"情况|措施|事项|意见|概况|概述|打算|工作")
_ENDS_LINE = re.compile(r"[。;!?]")
_SET_APART = re.compile(r"\s|$")
_SHORTEST_NAME = 4
_STYLE_COST = {"han": 0.0, "part": 0.0, "annex": 0.0, "none": 0.25, "arabic": 0.35, "bracket": 0.35}
_SURE_WITHOUT_NUMBER = 0.95
_KNOWN_NAME = 0.98
_LIKE_IN_TEXT = 0.8
_LONG_NAME = 6
_BACKWARDS = 0.3
_OWN_LINE = 0.02


class Heading(NamedTuple):
    """A heading: the block it stands in, its start and end there, its number, and what it may mean by layout."""

    block: int
    start: int
    end: int
    style: str
    number: str | None
    order: int
    own_line: bool
    meanings: Mapping[str, Meaning]


class Outline(NamedTuple):
    """The headings that make up a report of one layout, each with its key, and how well they fit."""

    layout: Layout
    chain: tuple[tuple[Heading, str], ...]
    score: float


def find_headings(blocks: Sequence[Block], names: SectionNames) -> list[Heading]:
    """Everything that may be a top-level heading, in reading order.

    Args:
        blocks: The text of a document, without key-value blocks.
        names: The names to look for.

    Returns:
        Numbered lines and numbers in running text that are followed by a known name or continue a count, and
        lines that are a known name. Headings of lower levels, （一） and the like, are none of these.
    """
    found: list[Heading] = []
    for index, block in enumerate(blocks):
        if block.kind == "grid" or looks_like_table(block.text):
            continue
        folded = fold(block.text)
        own = _own_line(index, folded, names)
        found.extend([own] if own else _in_text(index, folded, names))
    return _without_menus(found, blocks)


def _without_menus(found: list[Heading], blocks: Sequence[Block]) -> list[Heading]:
    """The headings that are no items of a menu: links beside other links, or links that say what a heading says."""
    places = {heading.block for heading in found}  # one paragraph may hold thousands
    linked = [at for at in places if blocks[at].link]
    if not linked:
        return found
    plain = {squeeze(blocks[at].text) for at in places.difference(linked)}

    def is_item(at: int) -> bool:
        beside = [block for block in blocks[max(0, at - 1) : at + 2] if block.link]
        return len(beside) > 1 or squeeze(blocks[at].text) in plain

    items = set(filter(is_item, linked))
    return [heading for heading in found if heading.block not in items]


def outlines(headings: Sequence[Heading], layouts: Mapping[str, Layout]) -> list[Outline]:
    """For each layout the headings that fit it best, the best layout first.

    The chain of a layout has every section at most once and prefers rising numbers: where a report counts anew
    for its tables, both counts may contribute, at a price.
    """
    return sorted(
        (_chain(headings, layout) for layout in layouts.values()),
        key=lambda outline: -outline.score,
    )


def _own_line(index: int, folded: str, names: SectionNames) -> Heading | None:
    """The heading that a whole block is."""
    # A page laid out as a table of one column leaves its bar behind every line.
    text = folded.strip().rstrip("| ")
    if len(text) > _MAX_LINE or _ENDS_LINE.search(text) or _CAPTION.match(text):
        return None
    start = len(folded) - len(folded.lstrip())
    end = start + len(text)
    if _ANNEX.fullmatch(text) or _TABLE_TITLE.fullmatch(text):
        return Heading(index, start, end, "annex", None, 0, own_line=True, meanings=names.annex_meanings())
    numbered = _NUMBERED.match(text) or _ARABIC.match(text)
    unmarked = None if numbered else _UNMARKED.match(text)
    if unmarked and _surest(names.meanings(text[unmarked.end() :])) >= _SURE_WITHOUT_NUMBER:
        numbered = unmarked
    bracketed = None if numbered else _BRACKETED.match(text) or _BULLET.match(text)
    mark = numbered or bracketed
    meanings = names.meanings(text[mark.end() :] if mark else text)
    style, number, order = _number(numbered)
    if bracketed:
        style = "bracket"
    if numbered is None:
        meanings = {
            layout: sense for layout, sense in meanings.items() if sense.score >= _SURE_WITHOUT_NUMBER
        }
    if meanings or (numbered and _is_unknown(style, text[numbered.end() :], names)):
        return Heading(index, start, end, style, number, order, own_line=True, meanings=meanings)
    return None


def _is_unknown(style: str, rest: str, names: SectionNames) -> bool:
    """Whether a numbered line is a heading of the first level that no layout knows."""
    return bool(style in ("han", "part") and rest and "," not in rest and not names.is_row_label(rest))


def _in_text(index: int, folded: str, names: SectionNames) -> Iterator[Heading]:
    """The headings in running text: at its start, or after a sentence without a line break."""
    first = _at_start(index, folded, names)
    if first:
        yield first
    for numbered in islice(_NUMBERED.finditer(folded), _MAX_NUMBERED):
        start, at = numbered.span()
        rest = folded[at : at + 2 * _MAX_LINE]
        if names.is_row_label(rest):
            continue
        free = start == 0 or _BEFORE.match(folded[start - 1]) is not None
        length, meanings = _name_at(rest, names) if free else _long_name_at(rest, names)
        in_list = start > 0 and folded[at + length : at + length + 1] in _LIST_MARKS
        if length and not in_list and folded[start - 1 : start] not in ("第", "件", "附"):
            style, number, order = _number(numbered)
            yield Heading(index, start, at + length, style, number, order, own_line=False, meanings=meanings)
    for annex in _ANNEX.finditer(folded):
        if annex.start() == 0 or folded[annex.start() - 1].isspace() or folded[annex.start() - 1] in "。;)日":
            meanings = names.annex_meanings()
            yield Heading(index, *annex.span(), "annex", None, 0, own_line=False, meanings=meanings)


def _at_start(index: int, folded: str, names: SectionNames) -> Heading | None:
    """The heading without a Chinese number and its mark that begins a paragraph: the very name, set apart by a blank.

    The names of lower levels (1.主动公开情况。) are near to those of sections; those numbers come in the chain only
    where there are no others.
    """
    text = folded.lstrip()
    start = len(folded) - len(text)
    numbered = _ARABIC.match(text) or _UNMARKED.match(text)
    at = numbered.end() if numbered else 0
    known = names.prefix(text[at : at + 2 * _MAX_LINE])
    if known < _SHORTEST_NAME or not _SET_APART.match(text, at + known):
        return None
    meanings = {
        layout: sense for layout, sense in names.meanings(text[at : at + known]).items() if sense.score == 1.0
    }
    if not meanings:
        return None
    style, number, order = _number(numbered)
    return Heading(index, start, start + at + known, style, number, order, own_line=False, meanings=meanings)


def _name_at(rest: str, names: SectionNames) -> tuple[int, Mapping[str, Meaning]]:
    """The length of the heading at the start of running text, and its meanings."""
    table = _TABLE_TITLE.match(rest)
    if table:
        return table.end(), names.annex_meanings()
    known = names.prefix(rest)
    if known:
        return known, names.meanings(rest[:known])
    stop = _STOP.search(rest)
    length = stop.start() if stop else len(rest)
    if length > 1 and not (stop and stop[0] in ",;"):
        ends = [length, *(last.end() for last in _LAST_WORD.finditer(rest, 0, length))]
        tried = [(end, names.meanings(rest[:end])) for end in ends if end <= _MAX_LINE // 2]
        near = [(end, senses) for end, senses in tried if _surest(senses) >= _LIKE_IN_TEXT]
        if near:
            return max(near, key=lambda found: _surest(found[1]))
        return tried[0] if tried and not tried[0][1] else (0, {})
    return 0, {}


def _long_name_at(rest: str, names: SectionNames) -> tuple[int, Mapping[str, Meaning]]:
    """The same where a word runs into the number: only a long and very name makes it a heading then."""
    known = names.prefix(rest)
    return (known, names.meanings(rest[:known])) if known >= _LONG_NAME else (0, {})


def _surest(meanings: Mapping[str, Meaning]) -> float:
    return max((meaning.score for meaning in meanings.values()), default=0.0)


def _number(match: re.Match[str] | None) -> tuple[str, str | None, int]:
    """The style, the printed number and its value."""
    if match is None or match.lastgroup is None:
        return "none", None, 0
    style = match.lastgroup
    printed = match[style]
    if style == "arabic":
        return style, printed, int(printed)
    return style, printed, _value(printed.strip("第部分"))


def _value(han: str) -> int:
    tens, ten, ones = han.rpartition("十")
    if not ten:
        return _HAN.index(han[-1]) + 1
    return 10 * (_HAN.index(tens[-1]) + 1 if tens else 1) + (_HAN.index(ones[-1]) + 1 if ones else 0)


def _chain(headings: Sequence[Heading], layout: Layout) -> Outline:
    """The best chain of headings of a layout, from left to right; （一） and 1. are lower levels where 一、 is one."""
    candidates = [heading for heading in headings if layout.id in heading.meanings][:_MAX_CANDIDATES]
    if any(
        heading.style == "han" and heading.meanings[layout.id].score >= _KNOWN_NAME for heading in candidates
    ):
        candidates = [heading for heading in candidates if heading.style not in ("bracket", "arabic")]
    best: list[tuple[float, tuple[Heading, ...], frozenset[str]]] = []
    for heading in candidates:
        key, score = heading.meanings[layout.id]
        own = score - _STYLE_COST[heading.style] + _OWN_LINE * heading.own_line
        choice: tuple[float, tuple[Heading, ...], frozenset[str]] = (own, (heading,), frozenset((key,)))
        for total, chain, keys in best:
            if key in keys or not _mix(chain[-1], heading):
                continue
            value = total + own - _BACKWARDS * (heading.order > 0 and _last_order(chain) >= heading.order)
            if value >= choice[0]:
                choice = (value, (*chain, heading), keys | {key})
        best.append(choice)
    if not best:
        return Outline(layout, (), 0.0)
    # Of equal chains the last: a table of contents or a sentence that lists the parts comes before the headings.
    total, chain, _ = max(reversed(best), key=lambda choice: choice[0])
    return Outline(layout, tuple((heading, heading.meanings[layout.id].key) for heading in chain), total)


def _mix(before: Heading, after: Heading) -> bool:
    """Whether two styles of numbers may stand in one outline: 1. is a lower level where there is 一、."""
    styles = {before.style, after.style}
    return "han" not in styles or not styles & {"arabic", "bracket"}


def _last_order(chain: tuple[Heading, ...]) -> int:
    return next((heading.order for heading in reversed(chain) if heading.order), 0)
