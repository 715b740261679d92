"""The markup of a Word document, with the place of every element in its bytes.

What is written back are the bytes that were read, with a few stretches put in or replaced. Nothing is serialised anew,
so nothing that is not known here can be lost: content controls, tracked changes, extensions of other programs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET
from xml.parsers import expat

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.ooxml import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from disclosure_rules.ingest.ooxml import Package

__all__ = ["SPACE", "Edit", "Markup", "Piece", "Span", "escaped", "w"]

_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NAME = re.compile(rb"<([^\s/>]+)")
_TAG = re.compile(rb"<[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>")
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"'](?!utf-?8[\"'])", re.IGNORECASE)
# What XML cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Span(NamedTuple):
    """Where an element stands: its start tag, its content, its end tag. One that closes itself has an empty content."""

    start: int
    inside: int
    close: int
    end: int

    @property
    def closes_itself(self) -> bool:
        """Whether the element is written as `<w:p/>`."""
        return self.inside == self.end


class Piece(NamedTuple):
    """Text as it stands in one stretch of bytes. `plain` is false where that may be written in another way."""

    at: int
    text: str
    plain: bool


class Edit(NamedTuple):
    """A stretch of bytes and what takes its place; of several at one place the first comes first."""

    start: int
    end: int
    new: bytes


class Markup:
    """One part of a package.

    Args:
        package: The package.
        part: The name of the part, which must be there.
        name: The file's name, for messages.

    Raises:
        ReadError: The part is missing, damaged, or in another encoding than UTF-8.
    """

    def __init__(self, package: Package, part: str, name: str) -> None:
        data = package.plain(part)
        if data is None:
            raise ReadError(
                f"文件里没有 {part}，请用 Word 或 WPS 打开后另存为 .docx",
                f"the file has no {part}; open it in Word or WPS and save it as .docx",
                place=name,
                code="no-document",
            )
        if _OTHER_ENCODING.match(data):
            raise ReadError(
                f"{part} 不是 UTF-8 编码，请用 Word 或 WPS 打开后另存为 .docx",
                f"{part} is not in UTF-8; open it in Word or WPS and save it as .docx",
                place=name,
                code="other-encoding",
            )
        self.data = data
        self.space = _STRICT if _STRICT.encode() in data else WORD[1:-1]  # of the two of one format
        self.spans: dict[ET.Element, Span] = {}
        self.parents: dict[ET.Element, ET.Element] = {}
        self.pieces: dict[ET.Element, list[Piece]] = {}
        try:
            self.root = _Tree(self).read()
        except (expat.ExpatError, ValueError) as problem:
            raise package.damaged_xml(part, problem) from problem

    def raw(self, element: ET.Element) -> bytes:
        """An element as it is written."""
        span = self.spans[element]
        return self.data[span.start : span.end]

    def tag(self, element: ET.Element) -> str:
        """The name in the tags of an element, with its prefix."""
        found = _NAME.match(self.data, self.spans[element].start)
        return found[1].decode() if found else ""

    def ancestors(self, element: ET.Element) -> Iterator[ET.Element]:
        """The elements around an element, the nearest first."""
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The markup with some stretches replaced, which do not overlap."""
        kept: list[bytes] = []
        done = 0
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
            kept += (self.data[done : edit.start], edit.new)
            done = edit.end
        kept.append(self.data[done:])
        return b"".join(kept)


class _Tree:
    """Builds the tree of a part, and keeps where its elements and texts stand."""

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._cdata = b"<![CDATA[" in markup.data
        self._builder = ET.TreeBuilder()
        self._stack: list[tuple[ET.Element, int]] = []
        self._parser = expat.ParserCreate("UTF-8", "}")
        self._parser.buffer_text = False
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self) -> ET.Element:
        self._parser.Parse(self._markup.data, True)  # noqa: FBT003  expat's signature
        return self._builder.close()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        qualified = {_qualified(key): value for key, value in attributes.items()}
        element = self._builder.start(_qualified(name), qualified)
        if self._stack:
            self._markup.parents[element] = self._stack[-1][0]
        self._stack.append((element, self._parser.CurrentByteIndex))

    def _end(self, name: str) -> None:
        element, start = self._stack.pop()
        self._builder.end(_qualified(name))
        data, close = self._markup.data, self._parser.CurrentByteIndex
        if close == start:  # <w:p/>: both events are told of one place
            end = _end_of_tag(data, start)
            self._markup.spans[element] = Span(start, end, end, end)
        else:
            self._markup.spans[element] = Span(
                start, _end_of_tag(data, start), close, _end_of_tag(data, close)
            )

    def _text(self, text: str) -> None:
        self._builder.data(text)
        if self._stack and self._stack[-1][0].tag == w("t"):
            at, written = self._parser.CurrentByteIndex, text.encode()
            plain = self._markup.data[at : at + len(written)] == written and not self._cdata
            self._markup.pieces.setdefault(self._stack[-1][0], []).append(Piece(at, text, plain))


def _qualified(name: str) -> str:
    """A name as `ElementTree` writes it; of the two namespaces of one format the usual one."""
    space, brace, own = name.rpartition("}")
    if not brace:
        return own
    return f"{WORD}{own}" if space == _STRICT else f"{{{space}}}{own}"


def _end_of_tag(data: bytes, start: int) -> int:
    """Where a tag ends that begins at `start`; `>` may stand within its attributes."""
    found = _TAG.match(data, start)
    return found.end() if found else len(data)


def w(name: str) -> str:
    """The name of an element or attribute of Word."""
    return f"{WORD}{name}"


def escaped(text: str) -> str:
    """Text as markup holds it; what XML cannot hold becomes a replacement character."""
    clean = _FORBIDDEN.sub("\ufffd", text)
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
