"""The running text of a report, paragraph by paragraph, with the places of its characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from disclosure_rules.glyphs import read_through
from disclosure_rules.model.location import Location
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from disclosure_rules.model.report import Number, Paragraph, Report, Section

__all__ = [
    "HAN",
    "Passage",
    "either",
    "occurrences",
    "passages",
    "place_of",
    "place_words",
    "said_times",
    "sentence_around",
    "spoken",
    "title_place",
]

# A Chinese character, in a pattern. As a range, [一-鿿], it would take ten times as long to compile: CPython fills a map
# of 65,536. Letters of other scripts than Latin are in it as well; figures of no width are.
HAN = r"[^\W\da-zA-Z_]"
_STOPS = "。！？；\n"
_SHOWN = 60
# One character for one, so that offsets in the printed text hold.
_PLAIN = tuple(
    zip("０１２３４５６７８９﹝[［【(（﹞]］】)）", "0123456789〔〔〔〔〔〔〕〕〕〕〕〕", strict=True)
)
_REACH = 400


@dataclass(frozen=True)
class Passage:
    """A paragraph of a section; `section` is None in the introduction and the closing."""

    section: Section | None
    paragraph: Paragraph

    @cached_property
    def read(self) -> str:
        """The text read through font damage, of the same length as the printed text."""
        return read_through(self.paragraph.text)

    @cached_property
    def plain(self) -> str:
        """`read` with half-width digits and 〔〕 for every kind of bracket, of the same length: for citations."""
        # Ten times as fast as str.translate, which looks every Chinese character up in a dict.
        text = self.read
        for printed, plain in _PLAIN:
            text = text.replace(printed, plain)
        return text

    @property
    def printed(self) -> str:
        """The text as it stands in the report: what messages quote."""
        return self.paragraph.text

    def place(self, offset: int) -> Location:
        """The place of the character at `offset`."""
        location = self.paragraph.location_at(offset)
        if self.section is None or self.section.key is None or location.section is not None:
            return location
        return location.model_copy(update={"section": self.section.key})


def passages(report: Report) -> Iterator[Passage]:
    """The paragraphs of a report in reading order, with introduction and closing."""
    yield from (Passage(None, paragraph) for paragraph in report.introduction)
    for section in report.sections:
        yield from (Passage(section, paragraph) for paragraph in section.paragraphs)
    yield from (Passage(None, paragraph) for paragraph in report.closing)


def either(words: Iterable[str]) -> str:
    """A pattern for any of some words, written once for all reports."""
    return _either(tuple(words))


@lru_cache(maxsize=1024)
def _either(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, words))


def occurrences(text: str, phrase: str) -> Iterator[int]:
    """The offsets at which `phrase` begins in `text`, without overlaps."""
    start = text.find(phrase)
    while start >= 0:
        yield start
        start = text.find(phrase, start + len(phrase))


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence that holds `text[start:end]`, without its full stop.

    No more than a few hundred characters on either side belong to it, so that a text without a full stop costs no
    more than one with.
    """
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    begin = max(text.rfind(stop, first, start) for stop in _STOPS) + 1
    ends = [found for found in (text.find(stop, end, last) for stop in _STOPS) if found >= 0]
    return max(begin, first), min(ends, default=last)


def spoken(text: str, start: int, end: int) -> str:
    """`text[start:end]` as a message quotes it: on one line, cut where it is long."""
    words = " ".join(text[start:end].split())
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"


def place_of(section: Section) -> Location:
    """The place of a section's heading, with its key."""
    if section.key is None or section.location.section is not None:
        return section.location
    return section.location.model_copy(update={"section": section.key})


def said_times(text: str, count: int) -> dict[str, Number | str | None]:
    """Values that quote the first of some places: `said_zh`, `said_en` say how many there are where it is not one."""
    several = count != 1
    return {
        "text": text,
        "count": count,
        "said_zh": f"「{text}」（全文共 {count} 处）" if several else f"「{text}」",
        "said_en": f"“{text}” ({count} such places)" if several else f"“{text}”",
    }


def place_words(place: Location) -> Text | None:
    """A place by its file and the first thing that is known of it: page, line or paragraph; None where nothing is."""
    zh, en = (f"“{PurePosixPath(place.file).name}”",) * 2 if place.file is not None else ("", "")
    if place.page is not None:
        return Text(zh=f"{zh}第 {place.page} 页", en=f"{en} page {place.page}".strip())
    if place.line is not None:
        return Text(zh=f"{zh}第 {place.line} 行", en=f"{en} line {place.line}".strip())
    if place.paragraph is not None:
        return Text(zh=f"{zh}第 {place.paragraph} 段", en=f"{en} paragraph {place.paragraph}".strip())
    return Text(zh=zh, en=en) if zh else None


def title_place(report: Report) -> Location:
    """Where the title stands: that of the candidate that was chosen, with a pointer where nothing else is known."""
    chosen = next((seen for seen in report.titles if seen.value == report.title), None)
    if chosen is not None and chosen.location != Location():
        return chosen.location
    return Location(pointer="/title")
