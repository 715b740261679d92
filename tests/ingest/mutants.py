"""Damaged copies of documents, each from a seed: what a broken disk, a broken transfer or a bad program makes of them.

No mutation prints other figures than the document had: digits are never written or moved from one cell to another, so
that every number that is read must be the one that was printed before.
"""

from __future__ import annotations

import random
import re
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Mutant", "mutant"]

_TAG = re.compile(rb"<[^<>]{1,200}>")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_DIGITS = frozenset(b"0123456789")
_LARGEST_PART = 4_000_000


class Mutant(NamedTuple):
    """A damaged copy, and what was done to it."""

    data: bytes
    how: str


def mutant(data: bytes, kind: str, seed: int) -> Mutant:
    """A damaged copy of a document of a kind (html, docx, xlsx, pdf, txt)."""
    pick = random.Random(seed)  # noqa: S311 -- to make the same again, not to hide
    ways: dict[str, tuple[Callable[[bytes, random.Random], bytes], ...]] = {
        "html": (_flip, _cut, _drop_tag, _double_tag, _swap_tags),
        "docx": (_flip, _cut, _in_parts(_flip), _in_parts(_drop_tag), _in_parts(_double_tag), _in_parts(_cut)),
        "xlsx": (_flip, _cut, _in_parts(_flip), _in_parts(_drop_tag), _in_parts(_double_tag), _in_parts(_cut)),
        "pdf": (_flip, _cut, _in_streams(_flip), _in_streams(_cut)),
        "txt": (_flip, _cut, _drop_line),
    }  # fmt: skip
    way = pick.choice(ways[kind])
    for _ in range(pick.choice((1, 1, 1, 3, 10))):
        data = way(data, pick)
    return Mutant(data, way.__name__.strip("_"))


def _flip(data: bytes, pick: random.Random) -> bytes:
    """A bit of a byte that is no digit, and becomes none; in multi-byte characters it may become anything."""
    for _ in range(100):
        at = pick.randrange(len(data)) if data else 0
        byte = data[at] ^ (1 << pick.randrange(8)) if data else 0
        if data and data[at] not in _DIGITS and byte not in _DIGITS:
            return data[:at] + bytes((byte,)) + data[at + 1 :]
    return data


def _cut(data: bytes, pick: random.Random) -> bytes:
    """The document up to a place that is not within a number."""
    at = pick.randrange(len(data) + 1)
    while 0 < at < len(data) and data[at - 1] in _DIGITS:
        at -= 1
    return data[:at]


def _tag(data: bytes, pick: random.Random) -> re.Match[bytes] | None:
    start = pick.randrange(len(data) + 1)
    return _TAG.search(data, start) or _TAG.search(data)


def _drop_tag(data: bytes, pick: random.Random) -> bytes:
    found = _tag(data, pick)
    return data[: found.start()] + data[found.end() :] if found else data


def _double_tag(data: bytes, pick: random.Random) -> bytes:
    found = _tag(data, pick)
    return data[: found.end()] + found[0] + data[found.end() :] if found else data


def _swap_tags(data: bytes, pick: random.Random) -> bytes:
    """Two tags that follow each other without text between them, in the wrong order."""
    first = _tag(data, pick)
    second = _TAG.match(data, first.end()) if first else None
    if first is None or second is None:
        return data
    return data[: first.start()] + second[0] + first[0] + data[second.end() :]


def _drop_line(data: bytes, pick: random.Random) -> bytes:
    lines = data.split(b"\n")
    del lines[pick.randrange(len(lines))]
    return b"\n".join(lines)


def _in_parts(way: Callable[[bytes, random.Random], bytes]) -> Callable[[bytes, random.Random], bytes]:
    """The same within the parts of a zip archive."""

    def inside(data: bytes, pick: random.Random) -> bytes:
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                parts = {name: archive.read(name) for name in archive.namelist()}
        except zipfile.BadZipFile:
            return data
        name = pick.choice([name for name in parts if name.endswith(".xml")] or list(parts))
        parts[name] = way(parts[name], pick)
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content in parts.items():
                made.writestr(name, content)
        return stream.getvalue()

    inside.__name__ = f"{way.__name__} in a part"
    return inside


def _in_streams(way: Callable[[bytes, random.Random], bytes]) -> Callable[[bytes, random.Random], bytes]:
    """The same within a compressed stream of a PDF, fonts among them."""

    def inside(data: bytes, pick: random.Random) -> bytes:
        streams = list(_STREAM.finditer(data))
        if not streams:
            return data
        found = pick.choice(streams)
        try:
            content = zlib.decompressobj().decompress(found[1], _LARGEST_PART)
        except zlib.error:
            return data
        return data[: found.start(1)] + zlib.compress(way(content, pick)) + data[found.end(1) :]

    inside.__name__ = f"{way.__name__} in a stream"
    return inside
