"""How much of one text stands in another: sentences, masked, and the shingles they have in common.

Masked, a text is without its numbers, dates, titles of laws, punctuation and white space, so that a sentence copied
from last year with a new year and new figures is the same sentence. A shingle is a run of `SHINGLE` masked characters
of one sentence; twelve characters in a row are rarely the same by chance. What the reports of all bodies say alike
(`rules/cn/boilerplate.txt`) is taken out by its shingles.

Work and memory grow with the length of the text alone: each shingle is looked up once in a set.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.resources import rules_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from disclosure_rules.checks.passages import Passage
    from disclosure_rules.model.location import Location

__all__ = [
    "MOST_CHARACTERS",
    "SHINGLE",
    "Comparison",
    "Sentence",
    "common_shingles",
    "mask",
    "sentences",
    "shingles",
]

SHINGLE = 12
MOST_CHARACTERS = 200_000  # of a section: the longest of real reports have some ten thousand

_SENTENCE = re.compile(r"[^。！？；;\n]+")
# 一是, （一）, 1. and the like: a sentence moved from second to third place is still the same.
_ORDINAL = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十0-9]{1,3}[）)]|[一二三四五六七八九十]{1,2}(?:是|、)|[0-9]{1,2}[.．、])"
)
_TITLE = re.compile(r"《[^《》]{1,120}》")
_NUMBER = re.compile(
    r"[0-9]+(?:[.,][0-9]+)*|(?<=第)[一二三四五六七八九十]{1,3}|[〇零一二三四五六七八九十百千万]{3,}"
)
_DROPPED = re.compile(r"[\s，,、：:·.—\-~“”‘’\"'（）()〔〕\[\]【】<>〈〉%]+")
# Full-width digits and letters and the second forms of characters, which NFKC makes plain; seldom there.
_ODD = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\uff10-\uff5a]")
# Numbers and titles are kept as one character each: a sentence with a number is not one without.
_NUMBER_MARK, _TITLE_MARK = "#", "《"


def mask(text: str, names: Iterable[str] = ()) -> str:
    """`text` without what may change from year to year: numbers, titles of laws, punctuation, `names` of bodies.

    Two texts of different bodies are compared with the names of both; two years of one body need none.
    """
    plain = unicodedata.normalize("NFKC", text) if _ODD.search(text) else text
    for name in names:
        plain = plain.replace(name, "@")
    if "《" in plain:
        plain = _TITLE.sub(_TITLE_MARK, plain)
    return _DROPPED.sub("", _NUMBER.sub(_NUMBER_MARK, plain))


def shingles(masked: str) -> list[str]:
    """The runs of `SHINGLE` characters of a masked sentence, from left to right; none of a shorter one."""
    return [masked[i : i + SHINGLE] for i in range(len(masked) - SHINGLE + 1)]


@cache
def common_shingles() -> frozenset[str]:
    """The shingles of what the reports of all bodies say alike."""
    lines = (rules_folder() / "cn" / "boilerplate.txt").read_text("utf-8").splitlines()
    said = (line for line in lines if line and not line.startswith("#"))
    return frozenset(
        shingle for line in said for match in _SENTENCE.finditer(line) for shingle in shingles(mask(match[0]))
    )


class Sentence(NamedTuple):
    """A sentence of a paragraph, without its ordinal: where it begins and ends there, and its masked form."""

    passage: Passage
    start: int
    end: int
    masked: str

    @property
    def read(self) -> str:
        """Its words, read through font damage."""
        return self.passage.read[self.start : self.end]

    @property
    def printed(self) -> str:
        """Its words as printed."""
        return self.passage.printed[self.start : self.end]

    @property
    def place(self) -> Location:
        """Where it begins."""
        return self.passage.place(self.start)


def sentences(passages: Iterable[Passage]) -> Iterator[Sentence]:
    """The sentences of some paragraphs, in order."""
    for passage in passages:
        text = passage.read
        for match in _SENTENCE.finditer(text):
            ordinal = _ORDINAL.match(text, match.start(), match.end())
            start = ordinal.end() if ordinal else match.start()
            masked = mask(text[start : match.end()])
            if masked:
                yield Sentence(passage, start, match.end(), masked)


class Reused(NamedTuple):
    """A sentence, how much of it stands in the earlier text (0 to 1), and the first shingle that does."""

    sentence: Sentence
    share: float
    shingle: str


class Comparison:
    """A text held against an earlier one, each given by its paragraphs. Nothing is compared before it is asked for."""

    def __init__(self, later: Sequence[Passage], earlier: Sequence[Passage]) -> None:
        self._later = later
        self._earlier = earlier

    @property
    def too_long(self) -> bool:
        """Whether one of the texts has more than `MOST_CHARACTERS`: such texts are not to be compared."""
        return any(
            sum(len(one.printed) for one in text) > MOST_CHARACTERS for text in (self._later, self._earlier)
        )

    @cached_property
    def later(self) -> tuple[Sentence, ...]:
        """The sentences of the text."""
        return tuple(sentences(self._later))

    @cached_property
    def earlier(self) -> tuple[Sentence, ...]:
        """The sentences of the earlier text."""
        return tuple(sentences(self._earlier))

    @cached_property
    def same(self) -> tuple[tuple[Sentence, Sentence], ...]:
        """The sentences that stand in both, masked, each with the first one of the earlier text."""
        known: dict[str, Sentence] = {}
        for sentence in self.earlier:
            known.setdefault(sentence.masked, sentence)
        return tuple((one, known[one.masked]) for one in self.later if one.masked in known)

    @cached_property
    def _counted(self) -> tuple[int, int, tuple[Reused, ...]]:
        """The characters that count, those of them that stand in the earlier text, and the sentences they are of."""
        common = common_shingles()
        known: set[str] = set()
        for sentence in self.earlier:
            known.update(shingles(sentence.masked))
        known -= common
        whole = shared = 0
        reused: list[Reused] = []
        for sentence in self.later:
            found = shingles(sentence.masked)
            own = len(sentence.masked)
            if not common.isdisjoint(found):
                own -= _covered([shingle in common for shingle in found])
            if not found or own < SHINGLE:
                continue
            whole += own
            if not known.isdisjoint(found):
                hits = [shingle in known for shingle in found]
                taken = min(_covered(hits), own)
                shared += taken
                reused.append(Reused(sentence, taken / own, found[hits.index(True)]))
        return whole, shared, tuple(reused)

    @property
    def counted(self) -> int:
        """How many masked characters of the later text were compared: without boilerplate and short sentences."""
        return self._counted[0]

    @property
    def share(self) -> float:
        """Which part of them stands in the earlier text; 0 where none was compared."""
        whole, shared, _ = self._counted
        return shared / whole if whole else 0.0

    @property
    def reused(self) -> tuple[Reused, ...]:
        """The sentences that stand in the earlier text, in whole or in part."""
        return self._counted[2]

    def source(self, reused: Reused) -> Sentence:
        """The first sentence of the earlier text that a reused one has something in common with."""
        return next(one for one in self.earlier if reused.shingle in one.masked)


def _covered(hits: list[bool]) -> int:
    """How many characters the shingles that were found cover together."""
    covered = end = 0
    for start, hit in enumerate(hits):
        if hit:
            covered += start + SHINGLE - max(end, start)
            end = start + SHINGLE
    return covered
