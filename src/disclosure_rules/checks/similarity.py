"""How much of one text stands in another: sentences, masked, and the shingles they have in common.

Masked, a text is without its numbers, dates, titles of laws, punctuation and white space, so that a sentence copied
from last year with a new year and new figures is the same sentence. A shingle is a run of `SHINGLE` masked characters
of one sentence; twelve characters in a row are rarely the same by chance. What the reports of all bodies say alike
(`rules/cn/boilerplate.txt`) is taken out by its shingles.

Work and memory grow with the length of the text alone: each shingle is looked up once in a set. Two texts are first
compared by a sample of their shingles (A. Broder, On the resemblance and containment of documents, 1997): those that
begin with one of some frequent characters, the same in every text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.resources import rules_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from disclosure_rules.checks.passages import Passage
    from disclosure_rules.model.location import Location

__all__ = ["MOST_CHARACTERS", "SHINGLE", "Comparison", "Reused", "Sentence", "mask", "sentences", "shingles"]

SHINGLE = 12
MOST_CHARACTERS = 200_000  # of a section: the longest of real reports have some ten thousand

_ENDS = "。！？；;!?\\n"
_END = re.compile(f"[{_ENDS}]")
_TITLE = re.compile(f"《[^《》{_ENDS}]{{1,120}}》")
# A single 一 counts as a number too: 一是 and 二是, 第六期 and 第七期 say the same.
_NUMBER = re.compile(r"[0-9〇零一二三四五六七八九十百千万两第]+(?:[.,][0-9]+)*")
_DROPPED = re.compile(
    r"[ \t\r\f\v\u00a0\u2000-\u200f\u3000\ufeff，,、：:·.—\-~“”‘’\"'（）()〔〕\[\]【】<>〈〉%]+"
)
# Full-width digits and letters and the second forms of characters, which NFKC makes plain; seldom there.
_ODD = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
# About every seventh character of a report is one of these, well spread.
_SAMPLE = re.compile(
    f"(?=([的和进实发全主等化设有制法不中管时是新建各强动人及要][^{_ENDS}]{{{SHINGLE - 1}}}))"
)
# (一), 1. and the like before a sentence, and what mask leaves of 一是: a sentence may move from second to third place.
_ORDINAL = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十0-9]{1,3}[）)]|[一二三四五六七八九十]{1,2}(?:是|、)|[0-9]{1,2}[.．、])"
)
_PLACE_WORDS = ("#是", "#")
# The sample holds at least a quarter of what a long common passage holds: with less, no more is looked at.
_ENOUGH = 4


def mask(text: str, names: Iterable[str] = ()) -> str:
    """`text` without what may change from year to year: numbers, titles of laws, punctuation, `names` of bodies.

    Numbers and titles are kept as one character each, and so are the ends of sentences. Two texts of different bodies
    are compared with the names of both; two years of one body need none.
    """
    # Normalised, a wide comma between two numbers would make one of them, in some paragraphs and not in others.
    plain = text.replace("，", "、")
    plain = unicodedata.normalize("NFKC", plain) if _ODD.search(plain) else plain
    for name in names:
        plain = plain.replace(name, "@")
    if "《" in plain:
        plain = _TITLE.sub("《", plain)
    return _DROPPED.sub("", _NUMBER.sub("#", plain))


def shingles(masked: str) -> list[str]:
    """The sample of the shingles of a masked text, in order: what two of many texts are compared by."""
    return _SAMPLE.findall(masked)


def _all_shingles(sentence: str) -> list[str]:
    return [sentence[i : i + SHINGLE] for i in range(len(sentence) - SHINGLE + 1)]


@cache
def _common() -> frozenset[str]:
    """The shingles of what the reports of all bodies say alike."""
    lines = (rules_folder() / "cn" / "boilerplate.txt").read_text("utf-8").splitlines()
    said = (_END.split(mask(line)) for line in lines if not line.startswith("#"))
    return frozenset(chain.from_iterable(map(_all_shingles, chain.from_iterable(said))))


class Sentence(NamedTuple):
    """The `at`-th sentence of a paragraph, and its masked form without an ordinal."""

    passage: Passage
    at: int
    masked: str

    @property
    def start(self) -> int:
        """Where it begins in its paragraph, behind an ordinal."""
        ends = [match.end() for match in _END.finditer(self.passage.read)]
        begin = ends[self.at - 1] if self.at else 0
        ordinal = _ORDINAL.match(self.passage.read, begin)
        return ordinal.end() if ordinal else begin

    @property
    def read(self) -> str:
        """Its words, read through font damage."""
        start = self.start
        return _END.split(self.passage.read[start:], maxsplit=1)[0]

    @property
    def printed(self) -> str:
        """Its words as printed."""
        start = self.start
        return self.passage.printed[start : start + len(self.read)]

    @property
    def place(self) -> Location:
        """Where it begins."""
        return self.passage.place(self.start)


def sentences(passages: Iterable[Passage], masks: Iterable[str]) -> Iterator[Sentence]:
    """The sentences of some paragraphs, in order; `masks` are the masked paragraphs."""
    for passage, text in zip(passages, masks, strict=True):
        for at, masked in enumerate(_END.split(text)):
            for ordinal in _PLACE_WORDS:
                if masked.startswith(ordinal):
                    masked = masked.removeprefix(ordinal)  # noqa: PLW2901  what is left of 一是 and (一)
                    break
            if masked:
                yield Sentence(passage, at, masked)


class Reused(NamedTuple):
    """A sentence, how much of it stands in the earlier text (0 to 1), and the first shingle that does."""

    sentence: Sentence
    share: float
    shingle: str


class Comparison:
    """A text held against another one, each given by its paragraphs. Nothing is compared before it is asked for.

    Args:
        later: The text.
        earlier: The other one: last year's, or another body's.
        names: What each of the two calls its own body, where they are of different bodies.
        said_by_many: Whether a masked sentence is what many say, and so counts for nothing.
    """

    def __init__(
        self,
        later: Sequence[Passage],
        earlier: Sequence[Passage],
        names: tuple[Sequence[str], Sequence[str]] = ((), ()),
        said_by_many: Callable[[str], bool] | None = None,
    ) -> None:
        self._later = later
        self._earlier = earlier
        self._names = names
        self._said_by_many = said_by_many

    @property
    def too_long(self) -> bool:
        """Whether one of the texts has more than `MOST_CHARACTERS`: such texts are not to be compared."""
        return any(
            sum(len(one.printed) for one in text) > MOST_CHARACTERS for text in (self._later, self._earlier)
        )

    @cached_property
    def _masks(self) -> tuple[list[str], list[str]]:
        later, earlier = (
            [mask(one.read, names) for one in text]
            for text, names in zip((self._later, self._earlier), self._names, strict=True)
        )
        return later, earlier

    @cached_property
    def later(self) -> tuple[Sentence, ...]:
        """The sentences of the text."""
        return tuple(sentences(self._later, self._masks[0]))

    @cached_property
    def earlier(self) -> tuple[Sentence, ...]:
        """The sentences of the earlier text."""
        return tuple(sentences(self._earlier, self._masks[1]))

    @cached_property
    def same(self) -> tuple[tuple[Sentence, Sentence], ...]:
        """The sentences that stand in both, masked, each with the first one of the earlier text."""
        known: dict[str, Sentence] = {}
        for sentence in self.earlier:
            known.setdefault(sentence.masked, sentence)
        return tuple((one, known[one.masked]) for one in self.later if one.masked in known)

    def far_below(self, percent: int) -> bool:
        """Whether a sample tells that the share of reused text is well below `percent`."""
        now, last = (set(chain.from_iterable(map(shingles, text))) for text in self._masks)
        now -= _common()
        return bool(now) and len(now & last) * 100 * _ENOUGH < percent * len(now)

    @cached_property
    def _counted(self) -> tuple[int, int, tuple[Reused, ...]]:
        """The characters that count, those of them that stand in the earlier text, and the sentences they are of."""
        common = _common()
        known: set[str] = set()
        for sentence in self.earlier:
            known.update(_all_shingles(sentence.masked))
        known -= common
        whole = shared = 0
        reused: list[Reused] = []
        for sentence in self.later:
            found = _all_shingles(sentence.masked)
            own = len(sentence.masked)
            if not common.isdisjoint(found):
                own -= _covered([shingle in common for shingle in found])
            if not found or own < SHINGLE or (self._said_by_many and self._said_by_many(sentence.masked)):
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
