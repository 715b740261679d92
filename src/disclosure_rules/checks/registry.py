"""How laws and notices are named in running text: by number, by title, and which of them no longer govern a year."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_rules.checks.passages import Passage
    from disclosure_rules.model.pack import Instrument

__all__ = ["DECREE", "NOTICE", "Titled", "by_number", "citation_of", "has_lapsed", "named_by", "titled"]

NOTICE = re.compile(r"^(\D+)〔(\d{4})〕(\d+)号$")
DECREE = re.compile(r"^国务院令第(\d+)号$")
# A title may hold another one: 《…关于印发《…》的通知》.
_TITLED = re.compile(r"《((?:[^《》\n]|《[^《》\n]{0,80}》){2,150})》")
# Behind the number may stand what the document is called from here on: (国办公开办函〔2021〕30号,以下简称《通知》).
_NUMBER_BEHIND = re.compile(
    r"\s?〔\s?([^〔〕\d]{2,24}〔\d{4}〕\s?第?\d{1,4}\s?号)\s?(?:[,，、；;]\s?(?:以下)?简称[^〔〕]{0,24})?〕"
)
_NO_WORDS = re.compile(r"[\s《》〈〉<>＜＞“”\"'，,、]+")
_PARENTHESES = str.maketrans("(（〔[【)）〕]】", "（（（（（）））））")
# A notice may be cited with its issuer before the title that the registry has; a shorter title proves nothing then.
_LONG_TITLE = 16


class Titled(NamedTuple):
    """A title in book-title marks: its bounds with the marks, its words, and the number printed behind it."""

    start: int
    end: int
    words: str
    number: str | None


@lru_cache(maxsize=1024)
def citation_of(number: str) -> re.Pattern[str]:
    """A pattern of the ways in which a number is written: spaces, 第, 国务院492号令 for 国务院令第492号."""
    decree = DECREE.match(number)
    if decree is not None:
        return re.compile(rf"国(?:务院)?令?\s?第?\s?{decree[1]}\s?号")
    notice = NOTICE.match(number)
    if notice is None:
        return re.compile(re.escape(number))
    return re.compile(rf"{re.escape(notice[1])}\s?〔{notice[2]}〕\s?第?{notice[3]}\s?号")


def titled(passage: Passage) -> Iterator[Titled]:
    """Every title in book-title marks of a passage."""
    for match in _TITLED.finditer(passage.read):
        behind = _NUMBER_BEHIND.match(passage.plain, match.end())
        number = re.sub(r"[\s第]", "", behind[1]) if behind else None
        yield Titled(match.start(), match.end(), _words(match[1]), number)


@lru_cache(maxsize=1024)
def _words(title: str) -> str:
    """A title without its marks, blanks and commas, for comparison."""
    return _NO_WORDS.sub("", title.translate(_PARENTHESES))


def _titles_of(instrument: Instrument) -> tuple[str, ...]:
    """The words of an instrument's title and of its annexes' titles."""
    return tuple(_words(title) for title in (instrument.title, *instrument.annexes))


def named_by(words: str, instruments: Mapping[str, Instrument]) -> dict[str, Instrument]:
    """The instruments of which a title in a text is the title, or that of one of their annexes, by id."""
    return {
        entry.id: entry
        for entry in instruments.values()
        if any(words == own or (len(own) >= _LONG_TITLE and words.endswith(own)) for own in _titles_of(entry))
    }


def has_lapsed(instrument: Instrument, year: int) -> bool:
    """Whether an instrument governed no report of the year: it ended before the year began, or is for others."""
    if instrument.last_report_year is not None:
        return instrument.last_report_year < year
    return instrument.valid_to is not None and instrument.valid_to < f"{year}-01-01"


def by_number(instruments: Mapping[str, Instrument], number: str) -> tuple[Instrument, ...]:
    """The instruments with this number, however it is spaced."""
    return tuple(entry for entry in instruments.values() if entry.number and _bare(entry.number) == number)


def _bare(number: str) -> str:
    return re.sub(r"[\s第]", "", number)
