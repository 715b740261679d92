"""Verbs about text that a report takes from the report of the year before. They run where one is at hand."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.checks.figures import cell_numbers, cell_words
from disclosure_rules.checks.passages import place_of, place_words, spoken
from disclosure_rules.checks.similarity import MOST_CHARACTERS, Comparison
from disclosure_rules.model.location import Location
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied, Undecided
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.checks.similarity import Sentence
    from disclosure_rules.model.report import Number

__all__ = ["numbers_left_from_last_year", "sentences_repeated", "text_reused", "year_left_from_last_year"]

_SHOWN = 3
_WHOLE = 0.8  # a sentence of which so much is taken over is shown as taken over
_SHORTEST = 8  # masked characters: shorter ones are the same by chance
_TITLE = re.compile(r"《[^《》]{1,120}》")
_FIGURE = re.compile(r"(?<![0-9.])[0-9]{1,15}(?![0-9.年])")


def text_reused(
    context: CheckContext, *, section: str, percent: int, least: int
) -> Iterator[Evidence | Satisfied | Undecided]:
    """A section most of which stands in last year's report, with the passages and where they stand in both.

    Args:
        context: The report and last year's.
        section: Key of the section.
        percent: From which share on, in per cent; what all reports say alike, numbers and titles do not count.
        least: How many characters there must be to compare.
    """
    compared = _compared(context, section)
    if not isinstance(compared, Comparison):
        if compared is not None:
            yield compared
        return
    found = context.report.section(section)
    if compared.far_below(percent):
        yield SATISFIED
        return
    if compared.counted < least:
        return
    share = int(compared.share * 100)
    if share < percent:
        yield SATISFIED
        return
    longest = sorted(compared.reused, key=lambda one: -one.share * len(one.sentence.masked))[:_SHOWN]
    longest.sort(key=lambda one: compared.later.index(one.sentence))
    yield Evidence(
        location=place_of(found) if found is not None else Location(section=section),
        values={
            "share": share,
            "count": sum(1 for one in compared.reused if one.share >= _WHOLE),
            "passages_zh": "；".join(_pair_zh(one.sentence, compared.source(one)) for one in longest),
            "passages_en": "; ".join(_pair_en(one.sentence, compared.source(one)) for one in longest),
        },
    )


def sentences_repeated(
    context: CheckContext, *, section: str, least: int, below: int
) -> Iterator[Evidence | Satisfied | Undecided]:
    """Sentences of a section that stand word for word in last year's, but for numbers.

    Args:
        context: The report and last year's.
        section: Key of the section.
        least: The shortest sentence that counts, in characters without numbers and punctuation.
        below: The share of reused text in per cent from which on this is not told: the rule on reused text tells it.
    """
    compared = _compared(context, section)
    if not isinstance(compared, Comparison):
        if compared is not None:
            yield compared
        return
    repeated = [pair for pair in compared.same if len(pair[0].masked) >= least]
    if repeated:
        own = {id(one.sentence) for one in compared.reused if one.share >= _WHOLE}
        repeated = [pair for pair in repeated if id(pair[0]) in own]
        if int(compared.share * 100) >= below:
            return
    if not repeated:
        yield SATISFIED
        return
    yield Evidence(
        location=repeated[0][0].place,
        values={
            "count": len(repeated),
            "passages_zh": "；".join(_pair_zh(*pair) for pair in repeated[:_SHOWN]),
            "passages_en": "; ".join(_pair_en(*pair) for pair in repeated[:_SHOWN]),
        },
    )


def year_left_from_last_year(
    context: CheckContext, *, sections: Sequence[str], history: Sequence[str]
) -> Iterator[Evidence | Satisfied | Undecided]:
    """A sentence taken from last year's report that still names last year.

    Args:
        context: The report and last year's.
        sections: Keys of the sections to look in.
        history: What before or after a year tells that it is named as the past: 自, 以来.
    """
    year = context.previous.year if context.previous else None
    if year is None:
        return
    for section in sections:
        compared = _compared(context, section)
        if not isinstance(compared, Comparison):
            if compared is not None:
                yield compared
            continue
        yield SATISFIED
        if not any(f"{year}年" in passage.read for passage in context.passages((section,))):
            continue  # seldom there, and quicker to see than sentences taken over
        for later, earlier in _same(compared):
            offset = _year_at(later, year, history)
            if offset is not None and _year_at(earlier, year, history) is not None:
                yield Evidence(
                    location=later.passage.place(offset),
                    values={
                        "text": spoken(later.printed, 0, len(later.printed)),
                        "year": year,
                        "next": year + 1,
                    },
                )


def numbers_left_from_last_year(
    context: CheckContext,
    *,
    sections: Sequence[str],
    cells: Mapping[str, Sequence[str]],
    units: Sequence[str],
    least: int,
) -> Iterator[Evidence | Satisfied | Undecided]:
    """A sentence taken from last year's report with a number of last year's table, where this year's has another.

    Args:
        context: The report and last year's.
        sections: Keys of the sections to look in.
        cells: The cells that the numbers of the text may be those of (`requests.received.total`), each with words of
            which the sentence must have one (申请).
        units: What must follow the number: 件.
        least: Smaller numbers are left out: they are the same by chance.
    """
    changed = list(_changed(context, cells, least))
    if not changed:
        return
    wanted = {one.last for one in changed}
    for section in sections:
        compared = _compared(context, section)
        if not isinstance(compared, Comparison):
            if compared is not None:
                yield compared
            continue
        yield SATISFIED
        told = chain.from_iterable(_FIGURE.findall(one.read) for one in context.passages((section,)))
        if not wanted.isdisjoint(map(int, told)):
            for later, earlier in _same(compared):
                yield from _left(context, later, earlier, changed, units)


class _Changed(NamedTuple):
    path: str
    words: Sequence[str]
    last: Number
    number: Number


def _changed(context: CheckContext, cells: Mapping[str, Sequence[str]], least: int) -> Iterator[_Changed]:
    """The cells whose number is another one than last year's, and last year's is in none of them now."""
    if context.previous is None:
        return
    now = cell_numbers(context.layouts, context.report, cells)
    before = cell_numbers(context.layouts, context.previous, cells)
    for path, number in now.items():
        last = before.get(path)
        if number is not None and last is not None and last >= least and last not in now.values():
            yield _Changed(path, cells[path], last, number)


def _left(
    context: CheckContext,
    later: Sentence,
    earlier: Sentence,
    changed: Sequence[_Changed],
    units: Sequence[str],
) -> Iterator[Evidence]:
    told, before = _figures(later, units), _figures(earlier, units)
    for one in changed:
        if (
            one.last not in told
            or one.last not in before
            or not any(word in later.read for word in one.words)
        ):
            continue
        words = cell_words(context.layouts, context.report, one.path)
        yield Evidence(
            location=later.passage.place(told[one.last]),
            values={
                "text": spoken(later.printed, 0, len(later.printed)),
                "figure_zh": words.zh,
                "figure_en": words.en,
                "last": one.last,
                "number": one.number,
            },
        )


def _figures(sentence: Sentence, units: Sequence[str]) -> dict[Number, int]:
    """The whole numbers of a sentence that a unit follows → where they stand in its paragraph."""
    words = _without_titles(sentence.read)
    return {
        int(match[0]): sentence.start + match.start()
        for match in _FIGURE.finditer(words)
        if words.startswith(tuple(units), match.end())
    }


def _year_at(sentence: Sentence, year: int, history: Sequence[str]) -> int | None:
    """Where a sentence names `year`, not as the past and not in a title; None where it does not."""
    words = _without_titles(sentence.read)
    wanted = f"{year}年"
    start = words.find(wanted)
    while start >= 0:
        before, after = words[max(0, start - 2) : start], words[start + len(wanted) : start + len(wanted) + 2]
        if not any(word in before or word in after for word in history):
            return sentence.start + start
        start = words.find(wanted, start + 1)
    return None


def _without_titles(words: str) -> str:
    """`words` with the titles in them blanked out, of the same length."""
    return _TITLE.sub(lambda match: " " * len(match[0]), words)


def _same(compared: Comparison) -> Iterator[tuple[Sentence, Sentence]]:
    return (pair for pair in compared.same if len(pair[0].masked) >= _SHORTEST)


def _compared(context: CheckContext, section: str) -> Comparison | Undecided | None:
    """A section held against last year's; undecided where it is too long."""
    compared = context.compared(section)
    return Undecided(reason=_too_long()) if compared is not None and compared.too_long else compared


def _too_long() -> Text:
    return Text(
        zh=f"这一部分超过 {MOST_CHARACTERS} 字，没有与上一年比较",
        en=f"the section has more than {MOST_CHARACTERS} characters and was not held against last year's",
    )


def _pair_zh(sentence: Sentence, source: Sentence) -> str:
    where = place_words(source.place)
    words = spoken(sentence.printed, 0, len(sentence.printed))
    return f"「{words}」" + (f"（上一年报告{where.zh}）" if where else "")


def _pair_en(sentence: Sentence, source: Sentence) -> str:
    where = place_words(source.place)
    words = spoken(sentence.printed, 0, len(sentence.printed))
    return f"“{words}”" + (f" ({where.en} of last year's report)" if where else "")
