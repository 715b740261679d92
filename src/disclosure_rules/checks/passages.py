"""The running text of a report, paragraph by paragraph, with the places of its characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.glyphs import read_through
from disclosure_rules.model.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from disclosure_rules.model.report import Paragraph, Report, Section

__all__ = ["Passage", "occurrences", "passages", "place_of", "sentence_around", "spoken", "title_place"]

_STOPS = "。！？；\n"
_SHOWN = 60


class Passage(NamedTuple):
    """A paragraph. `read` is its text read through font damage, of the same length as the printed text."""

    section: Section | None
    paragraph: Paragraph
    read: str

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


def passages(report: Report, sections: Iterable[str] | None = None) -> Iterator[Passage]:
    """The paragraphs of a report in reading order.

    Args:
        report: The report.
        sections: Keys of the sections wanted; None for the whole text with introduction and closing.
    """
    wanted = None if sections is None else frozenset(sections)
    if wanted is None:
        yield from (_passage(None, paragraph) for paragraph in report.introduction)
    for section in report.sections:
        if wanted is None or section.key in wanted:
            yield from (_passage(section, paragraph) for paragraph in section.paragraphs)
    if wanted is None:
        yield from (_passage(None, paragraph) for paragraph in report.closing)


def _passage(section: Section | None, paragraph: Paragraph) -> Passage:
    return Passage(section, paragraph, read_through(paragraph.text))


def occurrences(text: str, phrase: str) -> Iterator[int]:
    """The offsets at which `phrase` begins in `text`, without overlaps."""
    start = text.find(phrase)
    while start >= 0:
        yield start
        start = text.find(phrase, start + len(phrase))


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence that holds `text[start:end]`, without its full stop."""
    begin = max((text.rfind(stop, 0, start) for stop in _STOPS), default=-1) + 1
    ends = [found for found in (text.find(stop, end) for stop in _STOPS) if found >= 0]
    return begin, min(ends, default=len(text))


def spoken(text: str, start: int, end: int) -> str:
    """`text[start:end]` as a message quotes it: on one line, cut where it is long."""
    words = " ".join(text[start:end].split())
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"


def place_of(section: Section) -> Location:
    """The place of a section's heading, with its key."""
    if section.key is None or section.location.section is not None:
        return section.location
    return section.location.model_copy(update={"section": section.key})


def title_place(report: Report) -> Location:
    """Where the title stands: that of the candidate that was chosen, with a pointer where nothing else is known."""
    chosen = next((seen for seen in report.titles if seen.value == report.title), None)
    if chosen is not None and chosen.location != Location():
        return chosen.location
    return Location(pointer="/title")
