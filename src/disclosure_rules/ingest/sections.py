"""Cutting a document at its headings: introduction, sections with their paragraphs, closing."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.fold import fold
from disclosure_rules.model.location import Location
from disclosure_rules.model.report import Paragraph, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.ingest.headings import Heading
    from disclosure_rules.model.document import Block

__all__ = ["DATE", "Parts", "cut", "introduction_before", "loose_headings"]

DATE = (
    r"(?:\d{4}|[〇一二三四五六七八九]{4})\s?年\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?月\s?"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?日"
)
_DATE_ONLY = re.compile(rf"\s*\(?{DATE}\)?\s*")
_SIGNED = re.compile(
    rf"(?:(?<=[。!?;:)])|(?<=\s))\s{{0,8}}(?P<who>(?!\s)[^\s。,;:]{{0,40}})\s{{0,8}}{DATE}\s{{0,8}}$"
)
_SIGNATURE = re.compile(r"[^。,;:!?]{2,40}")
_TAIL = 120
# （一） after a sentence or a blank begins a paragraph in text without line breaks; in 第（一）项 it does not.
_SUBHEADING = re.compile(r"(?<=[。;:!?)\s])\([一二三四五六七八九十]{1,3}\)")
_MAX_SUBHEADINGS = 1_000
_ANNEXES = ("statistics",)


class Parts(NamedTuple):
    """A report in its parts."""

    introduction: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    closing: tuple[Paragraph, ...]


class _Place(NamedTuple):
    block: int
    offset: int


def loose_headings(headings: Sequence[Heading], chain: Sequence[tuple[Heading, str]]) -> list[Heading]:
    """The headings of the first level that are in no chain and yet divide the report.

    A numbered line divides it, unless it comes before the first section and repeats one (a table of contents). In
    running text a number counts only where it continues the count of the sections around it.
    """
    placed = [heading for heading, _ in chain]
    keys = {key for _, key in chain}
    first = min(((heading.block, heading.start) for heading in placed), default=(0, 0))
    found: list[Heading] = []
    for heading in headings:
        if heading in placed or heading.style not in ("han", "part"):
            continue
        is_contents = any(sense.key in keys for sense in heading.meanings.values())
        if (heading.block, heading.start) < first and is_contents:
            continue
        if heading.own_line or _continues(heading, placed + found):
            found.append(heading)
    return found


def _continues(heading: Heading, others: Sequence[Heading]) -> bool:
    at = (heading.block, heading.start)
    numbered = sorted(((other.block, other.start), other.order) for other in others if other.order)
    before = [order for place, order in numbered if place < at]
    after = [order for place, order in numbered if place > at]
    return bool(before) and before[-1] + 1 == heading.order and (not after or after[0] > heading.order)


def introduction_before(
    blocks: Sequence[Block], chain: Sequence[tuple[Heading, str]], begin: tuple[int, int]
) -> tuple[Paragraph, ...]:
    """The introduction that `cut` would give with these headings alone, without the cost of the sections."""
    first = min(((heading.block, heading.start) for heading, _ in chain), default=(len(blocks), 0))
    paragraphs = tuple(_paragraphs(blocks, _Place(*begin), _Place(*first), "introduction"))
    if all(key in _ANNEXES for _, key in chain):
        paragraphs, _ = _without_closing(paragraphs)
    return paragraphs


def cut(
    blocks: Sequence[Block],
    chain: Sequence[tuple[Heading, str]],
    loose: Sequence[Heading],
    begin: tuple[int, int],
) -> Parts:
    """Cut the text of a document at its headings.

    Args:
        blocks: The text, without key-value blocks.
        chain: The headings of sections with their keys.
        loose: Other headings of the first level.
        begin: Block and offset where the introduction begins, after the title.

    Returns:
        The parts; every paragraph keeps its lines, and counts from 1 within its section.
    """
    marks: list[tuple[Heading, str | None]] = [*chain, *((heading, None) for heading in loose)]
    marks.sort(key=lambda mark: (mark[0].block, mark[0].start))
    end = _Place(len(blocks), 0)
    starts = [_Place(heading.block, heading.start) for heading, _ in marks]
    introduction = tuple(_paragraphs(blocks, _Place(*begin), starts[0] if starts else end, "introduction"))
    sections = [
        _section(blocks, heading, key, following)
        for (heading, key), following in zip(marks, [*starts[1:], end], strict=False)
    ]
    last = next((at for at in reversed(range(len(sections))) if sections[at].key not in _ANNEXES), None)
    if last is None:
        introduction, closing = _without_closing(introduction)
        return Parts(introduction, tuple(sections), closing)
    kept, closing = _without_closing(sections[last].paragraphs)
    sections[last] = sections[last].model_copy(update={"paragraphs": kept})
    return Parts(introduction, tuple(sections), closing)


def _section(blocks: Sequence[Block], heading: Heading, key: str | None, following: _Place) -> Section:
    block = blocks[heading.block]
    place = block.location.model_copy(update={"section": key, "line": block.line_at(heading.start)})
    if key is not None:
        # Of a place in a section the paragraph counts within it; the heading is none of its paragraphs.
        place = place.model_copy(update={"paragraph": None})
    return Section(
        key=key,
        heading=block.text[heading.start : heading.end].strip(),
        number=heading.number,
        paragraphs=tuple(_paragraphs(blocks, _Place(heading.block, heading.end), following, key)),
        location=place,
        origin=block.location.paragraph,
    )


def _paragraphs(blocks: Sequence[Block], start: _Place, end: _Place, key: str | None) -> Iterator[Paragraph]:
    """The paragraphs between two places, cut at sub-headings where the text has no line breaks."""
    count = 0
    for index in range(start.block, min(end.block + 1, len(blocks))):
        block = blocks[index]
        first = start.offset if index == start.block else 0
        last = end.offset if index == end.block else len(block.text)
        subheadings = _SUBHEADING.finditer(fold(block.text[first:last]))
        cuts = [first + found.start() for found in islice(subheadings, _MAX_SUBHEADINGS)]
        for one, two in zip([first, *cuts], [*cuts, last], strict=True):
            paragraph = _piece(block, one, two, key, count + 1)
            if paragraph is not None:
                count += 1
                yield paragraph


def _piece(block: Block, start: int, end: int, key: str | None, number: int) -> Paragraph | None:
    text = block.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    # A page laid out as a table of one column leaves its bar behind every line.
    text = text.removesuffix("|").rstrip()
    if not text:
        return None
    place = Location(section=key, page=block.location.page, line=block.line_at(start), paragraph=number)
    if not block.lines:
        return Paragraph(text=text, location=place, origin=block.location.paragraph)
    return _slice(Paragraph(text=block.text, location=place, lines=block.lines), start, start + len(text))


def _slice(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """A stretch of a paragraph, with its lines."""
    line = paragraph.location_at(start).line if paragraph.lines else paragraph.location.line
    lines = [(0, line)] if paragraph.lines and line is not None else []
    lines += [(offset - start, number) for offset, number in paragraph.lines if start < offset < end]
    return Paragraph(
        text=paragraph.text[start:end],
        location=paragraph.location.model_copy(update={"line": line}),
        lines=tuple(lines),
        origin=paragraph.origin,
    )


def _without_closing(
    paragraphs: tuple[Paragraph, ...],
) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """The paragraphs before the signature and the date, and these."""
    kept = list(paragraphs)
    closing: list[Paragraph] = []
    if kept and _DATE_ONLY.fullmatch(fold(kept[-1].text)):
        closing.insert(0, kept.pop())
        if kept and _SIGNATURE.fullmatch(fold(kept[-1].text)):
            closing.insert(0, kept.pop())
    elif kept:
        last = kept[-1]
        tail = max(0, len(last.text) - _TAIL)
        signed = _SIGNED.search(fold(last.text), tail)
        if signed:
            kept[-1] = _slice(last, 0, len(last.text[: signed.start()].rstrip()))
            closing.append(_slice(last, signed.start("who"), len(last.text)))
    return tuple(kept), tuple(
        part.model_copy(
            update={"location": part.location.model_copy(update={"section": "closing", "paragraph": number})}
        )
        for number, part in enumerate(closing, start=1)
    )
