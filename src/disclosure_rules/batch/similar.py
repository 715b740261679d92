"""Text that stands in the reports of different bodies: candidates by MinHash, each held against the other exactly.

Three passes over the batch, none of which reads a report: what many say is learnt; of the rest a signature is made, by
which the reports that may be alike are looked up; and the samples of those are counted against each other. Only what is
alike by its sample is read and compared in full. Memory grows by some hundred bytes a report.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from disclosure_rules.batch.buckets import Buckets
from disclosure_rules.batch.entries import unpacked
from disclosure_rules.batch.samples import own_names, sections_of
from disclosure_rules.checks.passages import Passage, place_words, spoken
from disclosure_rules.checks.similarity import Comparison, shingles
from disclosure_rules.model.collection import Alike, SharedPassage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from disclosure_rules.batch.store import Store
    from disclosure_rules.checks.similarity import Reused
    from disclosure_rules.model.collection import Submitted
    from disclosure_rules.model.report import Report
    from disclosure_rules.pipeline import Checker

__all__ = ["Likenesses"]

_SLOTS = 1 << 22  # of the counts: a power of two
_MANY_LEAST = 10  # what no more reports than these say is not what all say
_MANY_SHARE = 0.05
# Of two texts three quarters alike, 32 bands of 4 rows miss one pair in eighty; of two that share a tenth of their
# shingles, one pair in two hundred thousand is looked at in vain.
_PERMUTATIONS = 128
_BANDS = 32
_SEED = 20070405
_LEAST_SHINGLES = 10
_MOST_CANDIDATES = 40
_VERIFIED = 3
_KEPT = 64  # reports in memory
_SHOWN = 3
_SAMPLE_SLACK = 15  # per cent by which the sample may be below what the whole text comes to


class _Candidate(NamedTuple):
    name: str
    sampled: int


class Likenesses:
    """Compares the texts of a batch.

    Args:
        store: The run.
        checker: What reads the reports of the store.
        submitted: Gives a report to compare by its name, None for one that is not to be compared.
    """

    def __init__(self, store: Store, checker: Checker, submitted: Callable[[str], Submitted | None]) -> None:
        self._store = store
        self._checker = checker
        self._submitted = submitted
        self._reports: OrderedDict[str, Report] = OrderedDict()

    def __call__(self, section: str, *, percent: int, least: int) -> Iterator[Alike] | None:
        """The reports of which a section stands in that of another body; None where `rensa` is not installed.

        Args:
            section: Key of the section.
            percent: From which share on.
            least: How many characters there must be to compare.
        """
        try:
            import rensa  # noqa: F401, PLC0415  an extra; whether it is there is asked before anything is done
        except ImportError:
            return None
        return self._found(section, percent, least)

    def pairs(self, section: str) -> list[tuple[str, str]]:
        """The pairs of reports that may be alike in a section: what is compared exactly, and no others."""
        return list(self._candidates(section, self._learnt(section)))

    def _learnt(self, section: str) -> _Learnt:
        number = sum(1 for _ in self._texts(section))
        return _Learnt((blob for _, blob in self._texts(section)), number)

    def _found(self, section: str, percent: int, least: int) -> Iterator[Alike]:
        learnt = self._learnt(section)
        near: dict[str, list[_Candidate]] = {}
        for one, other in self._candidates(section, learnt):
            for name, sampled in self._sampled(section, learnt, one, other):
                if sampled + _SAMPLE_SLACK >= percent:
                    near.setdefault(name, []).append(_Candidate(other if name == one else one, sampled))
        for name in sorted(near):
            ranked = sorted(near[name], key=lambda candidate: (-candidate.sampled, candidate.name))
            best: tuple[int, str, Comparison] | None = None
            for candidate in ranked[:_VERIFIED]:
                compared = self._compared(section, learnt, name, candidate.name)
                share = int(compared.share * 100)
                if compared.counted >= least and share >= percent and (best is None or share > best[0]):
                    best = share, candidate.name, compared
            if best is not None:
                share, other, compared = best
                also = sum(
                    1 for candidate in ranked if candidate.sampled >= percent and candidate.name != other
                )
                here, there = self._of_name(name), self._of_name(other)
                yield Alike(here, there, share, also, tuple(_passages(compared)))

    def _texts(self, section: str) -> Iterator[tuple[str, bytes]]:
        for name, data in self._store.shingles():
            blob = sections_of(data).get(section)
            if blob and self._submitted(name) is not None:
                yield name, blob

    def _candidates(self, section: str, learnt: _Learnt) -> Iterator[tuple[str, str]]:
        """Pairs of reports of different bodies that may be alike."""
        from rensa import RMinHash  # noqa: PLC0415  an extra

        buckets = Buckets(_BANDS)
        names: list[str] = []
        for name, blob in self._texts(section):
            own = learnt.without(blob)
            if len(own) >= _LEAST_SHINGLES:
                [signature] = RMinHash.from_token_sets([own], _PERMUTATIONS, _SEED)
                buckets.add(signature.digest())
                names.append(name)
        for key, earlier in buckets.earlier(_MOST_CANDIDATES):
            for other in earlier:
                if self._are_of_different_bodies(names[other], names[key]):
                    yield names[other], names[key]

    def _are_of_different_bodies(self, one: str, other: str) -> bool:
        first, second = self._of_name(one), self._of_name(other)
        if set(first.rows) & set(second.rows):
            return False
        return first.body != second.body or (first.body is None and bool(first.rows and second.rows))

    def _of_name(self, name: str) -> Submitted:
        """A report that is compared."""
        found = self._submitted(name)
        if found is None:
            raise KeyError(name)
        return found

    def _sampled(self, section: str, learnt: _Learnt, one: str, other: str) -> Iterator[tuple[str, int]]:
        """How much of each of two reports stands in the other by their samples, in per cent."""
        first, second = (
            set(learnt.without(sections_of(self._store.shingles_of(name))[section])) for name in (one, other)
        )
        common = len(first & second)
        yield one, common * 100 // len(first)
        yield other, common * 100 // len(second)

    def _compared(self, section: str, learnt: _Learnt, name: str, other: str) -> Comparison:
        reports = [self._report(one) for one in (name, other)]
        texts = [
            [Passage(found, paragraph) for paragraph in found.paragraphs]
            for report in reports
            if (found := report.section(section)) is not None
        ]
        names = own_names(reports[0]), own_names(reports[1])
        return Comparison(texts[0], texts[1], names, learnt.is_said_by_many)

    def _report(self, name: str) -> Report:
        if name not in self._reports:
            entry = self._store.entry("now", name)
            text = unpacked(entry.report) if entry and entry.report else "{}"
            self._reports[name] = self._checker.load_report(text.encode(), name=name)
            if len(self._reports) > _KEPT:
                self._reports.popitem(last=False)
        return self._reports[name]


class _Learnt:
    """What many of the texts of a batch say, by the hashes of their samples.

    Hashes share counters, so that memory does not grow; a shared one is only ever too high, by far less than `many`.
    """

    def __init__(self, texts: Iterable[bytes], number: int) -> None:
        many = max(_MANY_LEAST, int(number * _MANY_SHARE)) + 1
        counts = array("I", bytes(4 * _SLOTS))
        self._slots: set[int] = set()
        for blob in texts:
            for one in memoryview(blob).cast("I"):
                slot = one & (_SLOTS - 1)
                counts[slot] += 1
                if counts[slot] == many:
                    self._slots.add(slot)

    def _has(self, one: int) -> bool:
        return one & (_SLOTS - 1) in self._slots

    def without(self, blob: bytes) -> list[bytes]:
        """The hashes of a text that are its own, each as four bytes."""
        return [one.to_bytes(4, "little") for one in memoryview(blob).cast("I") if not self._has(one)]

    def is_said_by_many(self, masked: str) -> bool:
        """Whether most of a masked sentence is what many say."""
        found = shingles(masked)
        return bool(found) and 2 * sum(self._has(crc32(one.encode())) for one in found) > len(found)


def _passages(compared: Comparison) -> Iterator[SharedPassage]:
    longest = sorted(
        compared.reused, key=lambda one: (-one.share * len(one.sentence.masked), one.sentence.at)
    )
    for one in longest[:_SHOWN]:
        yield _passage(compared, one)


def _passage(compared: Comparison, one: Reused) -> SharedPassage:
    words = one.sentence.printed
    source = compared.source(one)
    return SharedPassage(
        spoken(words, 0, len(words)), place_words(one.sentence.place), place_words(source.place)
    )
