"""What is kept of a report's text to hold it against others: samples of its shingles, and who it speaks of.

A sample is made where the report is read, so that the comparison of a whole batch reads no report again but those of
the few pairs that are alike.
"""

from __future__ import annotations

import json
import re
import sys
from array import array
from itertools import chain
from typing import TYPE_CHECKING
from zlib import crc32

from disclosure_rules.checks.similarity import MOST_CHARACTERS, mask, shingles
from disclosure_rules.glyphs import read_through

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.model.report import Report

__all__ = ["COMPARED", "own_names", "samples", "sections_of", "subjects"]

COMPARED = ("overview", "problems_and_improvements")
_SPOKEN_OF = (*COMPARED, "proactive_disclosure", "other_matters")
_MOST_SUBJECTS = 20
_SHOWN = 40
_SHORTEST = 3
_BYTES = 4  # of a hash

# What a report says of the body that it is of: with another one before it, the words are that body's.
_OWN_WORDS = (
    "20[0-9]{2}年|认真贯彻|认真落实|高度重视|严格按照|严格落实|严格执行|始终坚持|坚持以|深入贯彻|全面贯彻|全面落实|主动公开|共主动公开"
    "|共收到|未收到|没有收到|收到政府信息|政府信息公开工作|政务公开工作|政府信息公开制度"
)
_ENDINGS = "局|委员会|委|厅|办公室|人民政府|政府|街道办事处|办事处|管委会|中心"
_SENTENCE_END = re.compile(r"[。；！？\n]")
_SUBJECT = re.compile(
    rf"\s{{0,4}}((?:(?!{_OWN_WORDS})[\u4e00-\u9fff]){{3,24}}?(?:{_ENDINGS}))(?={_OWN_WORDS})"
)


def own_names(report: Report) -> tuple[str, ...]:
    """What a text calls the body it is of, and its regions, the longest first."""
    names = {seen.value for seen in report.bodies if seen.source in {"title", "closing"}}
    if report.body is not None:
        regions = report.body.region.path if report.body.region else ()
        names |= {report.body.name, *regions}
        for region in regions:
            names |= {name.removeprefix(region) for name in names if len(name) - len(region) >= _SHORTEST}
    return tuple(sorted(filter(None, names), key=lambda name: (-len(name), name)))


def samples(report: Report) -> bytes | None:
    """The hashes of a sample of the shingles of the sections that are compared; None where there is no text.

    Returns:
        A line of JSON, by section the number of hashes, and behind it the hashes of each: 32 bits, little-endian,
        sorted. What is too long to be compared is left out.
    """
    names = own_names(report)
    counts: dict[str, int] = {}
    blobs: list[bytes] = []
    for key in COMPARED:
        section = report.section(key)
        texts = [read_through(paragraph.text) for paragraph in section.paragraphs] if section else []
        if not texts or sum(map(len, texts)) > MOST_CHARACTERS:
            continue
        found = sorted({crc32(one.encode()) for text in texts for one in shingles(mask(text, names))})
        counts[key] = len(found)
        blobs.append(_little(found))
    if not counts:
        return None
    return json.dumps(counts).encode() + b"\n" + b"".join(blobs)


def _little(numbers: list[int]) -> bytes:
    packed = array("I", numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def sections_of(data: bytes) -> dict[str, bytes]:
    """What `samples` wrote, by section."""
    head, _, rest = data.partition(b"\n")
    found: dict[str, bytes] = {}
    start = 0
    for key, count in json.loads(head).items():
        found[key] = rest[start : start + _BYTES * count]
        start += _BYTES * count
    return found


def subjects(report: Report) -> list[list[str | int | None]]:
    """The bodies that sentences begin with as one's own report would: name, section, paragraph, line, and the words."""
    found: list[list[str | int | None]] = []
    for key in _SPOKEN_OF:
        section = report.section(key)
        for number, paragraph in enumerate(section.paragraphs if section else (), 1):
            for match in _opening(paragraph.text[:MOST_CHARACTERS]):
                place = paragraph.location_at(match.start(1))
                words = paragraph.text[match.start(1) : match.start(1) + _SHOWN]
                found.append([match[1], key, number, place.line, " ".join(words.split())])
                if len(found) == _MOST_SUBJECTS:
                    return found
    return found


def _opening(text: str) -> Iterator[re.Match[str]]:
    """The bodies that sentences begin with."""
    done = 0
    for start in chain((0,), (end.end() for end in _SENTENCE_END.finditer(text))):
        if start >= done and (match := _SUBJECT.match(text, start)):
            done = match.end()
            yield match
