"""The figures of the running text: how many, of what, for which year and for whom.

`read_mentions` gives every figure of a report in reading order. A figure whose wording leaves doubt what it counts is
given without a quantity and must not be used; a figure that is only about right has no number. The words are data:
`quantities.yaml` of the pack.

    for mention in context.mentions:
        if mention.quantity == "requests_received" and mention.when is When.LAST and mention.number is not None:
            ...  # last year's figure as this year's text quotes it, at mention.location

"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.checks.mentions.lexicon import Lexicon
from disclosure_rules.checks.mentions.mention import Mention, Scope, When
from disclosure_rules.checks.mentions.reader import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_rules.checks.passages import Passage
    from disclosure_rules.model.report import Report

__all__ = ["Lexicon", "Mention", "Mentions", "Scope", "When", "read_mentions"]

# A heading inside a section (（二）依申请公开情况) tells what the next paragraph is about; no sentence is as short.
_HEADING = 30
# No report comes near these bounds; a text beyond them is read so far, and the reading says so.
_MOST_MENTIONS = 2_000
_MOST_LETTERS = 1_000_000


class Mentions(NamedTuple):
    """The figures of a text; `whole` is False where the text is too long to be read to its end."""

    figures: tuple[Mention, ...]
    whole: bool


def read_mentions(report: Report, passages: Iterable[Passage], lexicon: Lexicon) -> Mentions:
    """The figures and denials of the text, in reading order.

    Args:
        report: The report; the kind of its body decides what 市政府办公室 counts.
        passages: Its paragraphs.
        lexicon: The words, for the report's year.
    """
    area = report.body is not None and report.body.kind in {"government", "development_zone"}
    sections = {topic.section: key for key, topic in lexicon.topics.items() if topic.section}
    found: list[Mention] = []
    heading: str | None = None
    letters = 0
    for passage in passages:
        text = passage.printed
        letters += len(text)
        if letters > _MOST_LETTERS or len(found) > _MOST_MENTIONS:
            return Mentions(tuple(found[:_MOST_MENTIONS]), whole=False)
        key = passage.section.key if passage.section else None
        topic = sections.get(key or "") or heading
        heading = _heading(text, lexicon)
        mentions = Reading(passage, lexicon, topic=topic, area=area).mentions()
        found += islice(mentions, _MOST_MENTIONS + 1 - len(found))
    if len(found) > _MOST_MENTIONS:
        return Mentions(tuple(found[:_MOST_MENTIONS]), whole=False)
    return Mentions(tuple(found), whole=True)


def _heading(text: str, lexicon: Lexicon) -> str | None:
    """The topic that a heading names; None for a paragraph that is none."""
    if len(text) > _HEADING or "。" in text:
        return None
    return next((token.meaning.thing for token in lexicon.tokens(text) if token.meaning.thing), None)
