"""A pack's vocabulary as one pattern: text → figures, known words and marks, in one pass."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from disclosure_rules.model.quantities import Quantity, Topic, Vocabulary

__all__ = ["BESIDE", "Lexicon", "Token"]

_CHOICE = re.compile(r"\[([^\]]*)\]")
# Written in Chinese, a figure is one only before these words: 一起, 一个 and 一次 are no counts.
_SURE = "件|条|宗|份|人次"
_MONEY = "万元|亿元|元"
_HAN = "〇一二两三四五六七八九十百千万"
_FIGURE = (
    r"(?P<about>约|近|逾|超过?|不足|至少)?"
    r"(?P<number>\d{1,3}(?:,\d{3}){1,3}(?![\d,])|\d{1,12}(?:\.\d{1,4})?"
    rf"|[{_HAN}]{{1,9}}(?=(?:余|多)?(?:{_SURE})))"
    r"(?P<scale>[万亿](?!元))?(?P<more>余|多)?"
)
_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d\d)年度?"
_SENTENCE = re.compile(r"[^。!?\n]+[。!?\n]*|[。!?\n]+")
# The groups of the patterns in their order: everything behind them is of a figure.
_KINDS = {1: "mark", 2: "word", 3: "year"}
# The topic of everything that is counted besides.
BESIDE = "other"
_SIGNS = ",;:。!?、()“”《》「」『』\n"
_MARKS = rf"[{_SIGNS}]|\.(?!\d)"
_STOPS = "。!?\n“”《》"
# What a mark or a figure may begin with besides the signs: a dot, a digit, 约, 不足, 一.
_FIGURE_STARTS = f".约近逾超不至{_HAN}"


@dataclass(slots=True)
class Meaning:
    """Everything that one word may mean.

    Attributes:
        thing: The topic whose things it names.
        words: Topic → the quantity that it stands for there.
        neutral: Topics before whose things it says nothing.
        column: A column or a group of columns of the topic's table.
        scope: `whole`, `office` or `filed`.
        itself: It names the things counted as well.
        filler: It may stand between a figure and the word that tells what it counts.
        partial: It makes a figure that of a part: a channel, a first time.
        period: It makes the figures of its sentence those of a part of the year, or of many years.
        blocks: With it nothing can be told: 审结, 胜诉.
        negator: It denies.
        last_year: It means the year before the report's.
    """

    thing: str | None = None
    words: dict[str, str] = field(default_factory=dict)
    neutral: set[str] = field(default_factory=set)
    column: str | None = None
    scope: str | None = None
    itself: bool = False
    filler: bool = False
    partial: bool = False
    period: bool = False
    blocks: bool = False
    negator: bool = False
    last_year: bool = False

    @property
    def key(self) -> bool:
        """Whether it helps to tell what a figure counts."""
        return self.thing is not None or bool(self.words) or self.column is not None or self.blocks


NOTHING = Meaning()


class Token(NamedTuple):
    """A figure, a known word, a year or a mark, and where it stands in the squeezed text."""

    start: int
    end: int
    kind: str  # figure, word, year, mark
    text: str
    match: re.Match[str]
    meaning: Meaning = NOTHING

    @property
    def unit(self) -> str:
        """The measure word of a figure; empty where it has none."""
        return self.match["unit"] or ""


# Half the time of `Token(…)`, for hundreds of them in a report.
_token = partial(tuple.__new__, Token)


class _Patterns(NamedTuple):
    every: re.Pattern[str]  # marks, words, years and figures
    things: re.Pattern[str]  # what a sentence without a figure may tell of the next
    telling: re.Pattern[str]  # whether a sentence holds a figure or a denial


class Lexicon:
    """The words of a vocabulary for reports of one year.

    Args:
        vocabulary: The pack's words.
        year: The report year, for words such as 结转2025年; None where it is not known.
    """

    def __init__(self, vocabulary: Vocabulary, year: int | None) -> None:
        self.year = year
        self.topics: Mapping[str, Topic] = {topic.key: topic for topic in vocabulary.topics}
        self.quantities: Mapping[str, Quantity] = {
            quantity.key: quantity for topic in vocabulary.topics for quantity in topic.quantities
        }
        self.topic_of = {q.key: topic.key for topic in vocabulary.topics for q in topic.quantities}
        self.default = {
            topic.key: next((q.key for q in topic.quantities if q.key == topic.key), None)
            for topic in vocabulary.topics
        }
        self.units = {topic.key: frozenset(topic.units or vocabulary.units) for topic in vocabulary.topics}
        # Where something else is denied as well, requests are only what it came of.
        self.cause = next(
            (q for t in vocabulary.topics if t.section == "requests" for q in t.denied[:1]), None
        )
        self._vocabulary = vocabulary
        self._meanings: dict[str, Meaning] = {}

    @cached_property
    def _patterns(self) -> _Patterns:
        """The patterns, made when the first text is read: a report of tables alone needs none."""
        vocabulary = self._vocabulary
        self._gather(vocabulary)
        meanings = self._meanings
        units = sorted({*vocabulary.units, *(u for t in vocabulary.topics for u in t.units or ())}, key=len)
        unit = "|".join([*_MONEY.split("|"), "人次", "件次", *reversed(units), "%"])
        figure = f"(?<![\\d.]){_FIGURE}(?P<unit>{unit})?"
        things = [text for text, meaning in meanings.items() if meaning.thing not in {None, BESIDE}]
        denials = [text for text, meaning in meanings.items() if meaning.negator]
        return _Patterns(
            every=re.compile(
                f"{_starting(_SIGNS + _FIGURE_STARTS, meanings)}"
                f"(?:(?P<mark>{_MARKS})|(?P<word>{_trie(meanings)})|{_YEAR}|{figure})"
            ),
            things=re.compile(f"(?P<mark>[{_STOPS}])|(?P<word>{_trie(things)})"),
            telling=re.compile(rf"\d|[{_HAN}](?:余|多)?(?:{_SURE})|{_trie(denials)}"),
        )

    def tokens(self, text: str) -> list[Token]:
        """The tokens of squeezed text; what is between them is not known.

        Of a sentence without a figure and without a denial only the things it speaks of are given, for they tell what
        the next one is about.
        """
        every, things, telling = self._patterns
        meanings = self._meanings
        found: list[Token] = []
        for sentence in _SENTENCE.finditer(text):
            start, end = sentence.span()
            pattern = things if telling.search(text, start, end) is None else every
            for match in pattern.finditer(text, start, end):
                kind, said = _KINDS.get(match.lastindex or 0, "figure"), match[0]
                meaning = meanings[said] if kind == "word" else NOTHING
                found.append(_token((match.start(), match.end(), kind, said, match, meaning)))
        return found

    def _gather(self, vocabulary: Vocabulary) -> None:
        self._gather_topics(vocabulary)
        for name in ("whole", "office", "filed"):
            for meaning in self._of(getattr(vocabulary.scopes, name)):
                meaning.scope = name
        for mark, words in (
            ("filler", vocabulary.fillers),
            ("partial", vocabulary.partial),
            ("period", vocabulary.periods),
            ("blocks", vocabulary.blocking),
            ("negator", vocabulary.negators),
            ("last_year", vocabulary.last_year),
        ):
            for meaning in self._of(words):
                setattr(meaning, mark, True)

    def _gather_topics(self, vocabulary: Vocabulary) -> None:
        for topic in vocabulary.topics:
            for meaning in self._of(topic.things):
                meaning.thing = topic.key
            for meaning in self._of(topic.neutral):
                meaning.neutral.add(topic.key)
            for entry in topic.columns:
                for meaning in self._of(entry.words):
                    meaning.column = entry.column
            for quantity in topic.quantities:
                for meaning in self._of(quantity.words):
                    meaning.words.setdefault(topic.key, quantity.key)
                    meaning.itself = meaning.itself or quantity.itself

    def _of(self, words: Iterable[str]) -> Iterator[Meaning]:
        for word in words:
            for text in self._spelled(word):
                yield self._meanings.setdefault(text, Meaning())

    def _spelled(self, word: str) -> Iterator[str]:
        """Every way to write a word: 结转[到|至]下年 → 结转下年, 结转到下年, 结转至下年."""
        if "{" in word:
            if self.year is None:
                return
            word = word.replace("{last}", f"{self.year - 1}年").replace("{next}", f"{self.year + 1}年")
        pieces = _CHOICE.split(fold(word))
        choices = [("", *piece.split("|")) if at % 2 else (piece,) for at, piece in enumerate(pieces)]
        for chosen in product(*choices):
            yield "".join(chosen)


_Trie = dict[str, "_Trie"]


def _trie(words: Iterable[str]) -> str:
    """A pattern for the longest of the words at a place; it looks at each letter once."""
    root: _Trie = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(root)


def _starting(signs: str, words: Iterable[str]) -> str:
    """A pattern that fails at once where nothing can begin: most letters of a text begin no known word."""
    first = sorted({*signs, *(word[0] for word in words if word)})
    return rf"(?=[\d{''.join(map(re.escape, first))}])"


def _branches(node: _Trie) -> str:
    ends = "" in node
    branches = [re.escape(letter) + _branches(child) for letter, child in sorted(node.items()) if letter]
    if not branches:
        return ""
    if len(branches) == 1 and not ends:
        return branches[0]  # most of a word: a group for each letter takes four times as long to compile
    joined = f"(?:{'|'.join(branches)})"
    return f"{joined}?" if ends else joined
