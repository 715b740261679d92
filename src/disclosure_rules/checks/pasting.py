"""Verbs about what an editor leaves behind: counts that do not run on, sentences pasted twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import HAN, said_times, sentence_around, spoken
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.checks.passages import Passage

__all__ = ["enumerations_broken", "sentences_twice"]

_COUNTS = {sign: number for number, sign in enumerate("一二三四五六七八九十", start=1)}
_COUNTED = {number: sign for sign, number in _COUNTS.items()}
_ITEM = re.compile(rf"([一二三四五六七八九十])(?:是|要(?={HAN}))")
# What is counted off begins a clause. Where a heading runs into its text (加强平台建设一是 …) it is taken all the same if
# it begins a count or goes on with one; 唯一是, 统一是 do not.
_BEFORE = frozenset("。；;：:，,、！!）) \u3000\n\t")
_NO_FIRST = frozenset("唯统第之同其单不万合划专")
_OTHER_ITEM = re.compile(r"首先|其次|第[一二三四五六][，,、：:]|其[一二三四五六][，,、：:]")
_HEADING = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、])"
)
_SENTENCE = re.compile(r"[^。！？\n]+")
_CLAUSES = re.compile("[，,；;]")


def enumerations_broken(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Counts that do not run on: 一是 … 三是 …, 一是 … 二是 … 二是 ….

    A count may hold another one. A new heading ends all counts; one whose beginning is not seen, or that mixes ways of
    counting, is not judged.
    """
    looked = False
    wrong = False
    for section in context.report.sections:
        open_counts: list[int] = []
        for passage in context.passages_of(section):
            if _HEADING.match(passage.read):
                open_counts = []
            if "是" not in passage.read and "要" not in passage.read:
                continue
            if _OTHER_ITEM.search(passage.read):
                open_counts = []
                continue
            for match in _ITEM.finditer(passage.read):
                if not _counts_off(passage.read, match, open_counts):
                    continue
                number = _COUNTS[match[1]]
                due = _due(open_counts, number)
                looked = looked or number > 1
                if due is not None:
                    wrong = True
                    yield _broken(passage, match, due)
    if looked and not wrong:
        yield SATISFIED


def _counts_off(text: str, match: re.Match[str], open_counts: list[int]) -> bool:
    """Whether the words are an item of a count and not part of others."""
    before = text[match.start() - 1] if match.start() else "\n"
    if before in _BEFORE:
        return True
    number = _COUNTS[match[1]]
    return match[0].endswith("是") and (before not in _NO_FIRST if number == 1 else number - 1 in open_counts)


def _due(open_counts: list[int], number: int) -> int | None:
    """Take the next number of a count; the number that was due where it is another one.

    It may go on with an outer count, unless the inner one has a single item so far: nobody counts one thing.
    """
    if number == 1:
        open_counts.append(1)
        return None
    for level in range(len(open_counts) - 1, -1, -1):
        if open_counts[level] == number - 1 and 1 not in open_counts[level + 1 :]:
            open_counts[level:] = [number]
            return None
    if not open_counts:
        return None
    due = open_counts[-1] + 1
    open_counts[-1] = number
    return due


def _broken(passage: Passage, match: re.Match[str], due: int) -> Evidence:
    start, end = sentence_around(passage.printed, match.start(1), match.end())
    values = {
        "text": spoken(passage.printed, max(start, match.start(1)), end),
        "printed": match[1],
        "expected": _COUNTED.get(due, str(due)),
    }
    return Evidence(location=passage.place(match.start(1)), values=values)


def sentences_twice(context: CheckContext, *, least: int) -> Iterator[Evidence | Satisfied]:
    """Sentences that stand in the report twice, word for word; one fault for the whole report.

    Args:
        context: The report.
        least: Characters that a sentence must have; short ones are said again on purpose.
    """
    seen: set[str] = set()
    repeated: list[tuple[Passage, int, int]] = []
    for passage in context.passages():
        for match in _SENTENCE.finditer(passage.read):
            if match.end() - match.start() < least or not _CLAUSES.search(match[0]):
                continue
            words = "".join(match[0].split())
            if len(words) < least:
                continue
            if words in seen:
                repeated.append((passage, match.start(), match.end()))
            seen.add(words)
    if repeated:
        passage, start, end = repeated[0]
        values = said_times(spoken(passage.printed, start, end), len(repeated))
        yield Evidence(location=passage.place(start), values=values)
    elif seen:
        yield SATISFIED
