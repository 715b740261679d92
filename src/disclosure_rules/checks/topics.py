"""Verbs about what a section should speak of."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import either, place_of
from disclosure_rules.glyphs import read_through
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied, Undecided
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.model.report import Report, Section

__all__ = ["missing_topics"]

_SUBHEADING = re.compile(r"\s*[（(][一二三四五六七八九十][）)]([^。，；\n]{2,24})")
_FEWEST_LABELS = 3
_LOST = Text(
    zh="正文在这一部分中间中断，没有提到的内容可能在丢失的文字里",
    en="the text breaks off within this section; what is not said may stand in what was lost",
)


def missing_topics(
    context: CheckContext,
    *,
    section: str,
    topics: Mapping[str, Sequence[str]],
    complaints: Sequence[str] = (),
) -> Iterator[Evidence | Satisfied | Undecided]:
    """A section that says nothing on a topic: none of the topic's words stands in it.

    Parts behind it that the form does not have are read with it: there its topics stand under headings of their own.
    Undecided where the text was converted to traditional characters, in which the words may stand unrecognised, and
    where it breaks off in this section.

    Args:
        context: The report.
        section: Key of the section.
        topics: Topic → the words that show it is dealt with.
        complaints: Words that turn a topic word behind them into a complaint: 有待提高 is no measure.
    """
    found = context.report.section(section)
    if found is None or not any(paragraph.text.strip() for paragraph in found.paragraphs):
        return
    read = (found, *_unforeseen_behind(context.report, found))
    text = "\n".join(read_through(words) for part in read for words in _words(part, found))
    location = place_of(found)
    said = {
        topic: re.compile("".join(rf"(?<!{re.escape(word)})" for word in complaints) + f"(?:{either(words)})")
        for topic, words in topics.items()
    }
    lacking = [topic for topic, pattern in said.items() if not pattern.search(text)]
    lacking = lacking or _without_heading(found, said)
    broken = context.broken_off
    if lacking and broken is not None and any(broken.section is part for part in read):
        yield Undecided(reason=_LOST, location=location)
    elif lacking and any(note.code == "converted-script" for note in context.report.notes):
        yield Undecided(reason=_converted(lacking), location=location)
    elif lacking:
        yield Evidence(location=location, values={"topics": "、".join(lacking), "count": len(lacking)})
    else:
        yield SATISFIED


def _unforeseen_behind(report: Report, section: Section) -> Iterator[Section]:
    """The parts without a name of the form that stand directly behind a section."""
    at = next(index for index, part in enumerate(report.sections) if part is section)
    return takewhile(lambda part: part.key is None, report.sections[at + 1 :])


def _words(part: Section, section: Section) -> Iterator[str]:
    """What a part says; the heading of the section itself says nothing of its topics."""
    if part is not section:
        yield part.heading
    yield from (paragraph.text for paragraph in part.paragraphs)


def _converted(topics: Sequence[str]) -> Text:
    return Text(
        zh=f"正文是转换而成的繁体字，没有找到「{'、'.join(topics)}」不等于没有写",
        en=f"the text was converted to traditional characters: words on {', '.join(topics)} may stand in it unseen",
    )


def _without_heading(section: Section, said: Mapping[str, re.Pattern[str]]) -> list[str]:
    """The one topic without a sub-heading in a section whose sub-headings are the other topics.

    A sub-heading that names no topic may be the missing one in other words, unless it stands behind the last topic, where
    reports put what the form does not ask for.
    """
    heads = [
        match[1]
        for paragraph in section.paragraphs
        if (match := _SUBHEADING.match(read_through(paragraph.text))) is not None
    ]
    named = [{topic for topic, pattern in said.items() if pattern.search(head)} for head in heads]
    lacking = [topic for topic in said if not any(topic in topics for topics in named)]
    last = next((at + 1 for at, topics in enumerate(named) if [*said][-1] in topics), len(named))
    whole = last >= _FEWEST_LABELS and last == len(said) - 1 and all(named[:last]) and not any(named[last:])
    return lacking if whole and len(lacking) == 1 else []
