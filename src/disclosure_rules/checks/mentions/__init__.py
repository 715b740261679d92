"""The figures of the running text: how many, of what, for which year and for whom.

`read_mentions` gives every figure of a report in reading order. A figure whose wording leaves doubt what it counts is
given without a quantity and must not be used; a figure that is only about right has no number. The words are data:
`quantities.yaml` of the pack.

    for mention in context.mentions:
        if mention.quantity == "requests_received" and mention.when is When.LAST and mention.number is not None:
            ...  # last year's figure as this year's text quotes it, at mention.location

"""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.checks.mentions.lexicon import Lexicon
from disclosure_rules.checks.mentions.mention import Mention, Scope, When
from disclosure_rules.checks.mentions.reader import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from disclosure_rules.checks.passages import Passage
    from disclosure_rules.model.report import Report

__all__ = ["Lexicon", "Mention", "Scope", "When", "read_mentions"]

# A heading inside a section (（二）依申请公开情况) tells what the next paragraph is about; no sentence is as short.
_HEADING = 30
_MOST = 20_000


def read_mentions(report: Report, passages: Iterable[Passage], lexicon: Lexicon) -> Iterator[Mention]:
    """The figures and denials of the text, in reading order; no more than some ten thousand.

    Args:
        report: The report; the kind of its body decides what 市政府办公室 counts.
        passages: Its paragraphs.
        lexicon: The words, for the report's year.
    """
    area = report.body is not None and report.body.kind in {"government", "development_zone"}
    sections = {topic.section: key for key, topic in lexicon.topics.items() if topic.section}
    heading: str | None = None
    left = _MOST
    for passage in passages:
        key = passage.section.key if passage.section else None
        topic = sections.get(key or "") or heading
        heading = None
        text = passage.printed
        if len(text) <= _HEADING and "。" not in text:
            heading = next(
                (token.meaning.thing for token in lexicon.tokens(text) if token.meaning.thing),
                None,
            )
        for mention in Reading(passage, lexicon, topic=topic, area=area).mentions():
            yield mention
            left -= 1
            if not left:
                return
