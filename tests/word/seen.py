"""What lxml, which the library does not use, sees in a Word document: its characters, and what its comments stand at."""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


def members(data: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def _root(data: bytes, part: str) -> etree._Element:
    return etree.fromstring(members(data)[part].replace(_STRICT, W[1:-1].encode()))  # our own document


def characters(data: bytes) -> list[tuple[str, bytes, tuple[str, ...]]]:
    """Every character of the text with the form of its run and the elements around it; no comment marks."""
    found = []
    for text in _root(data, "word/document.xml").iter(f"{W}t", f"{W}delText"):
        form = text.getparent().find(f"{W}rPr")
        written = etree.tostring(form, with_tail=False) if form is not None else b""
        around = tuple(element.tag for element in text.iterancestors())
        found += [(character, written, around) for character in text.text or ""]
    return found


def structure(data: bytes) -> list[str]:
    """The elements in their order, without runs, texts and comment marks, which a comment may multiply."""
    passed = {
        f"{W}{name}" for name in ("r", "rPr", "t", "commentRangeStart", "commentRangeEnd", "commentReference")
    }
    return [
        element.tag
        for element in _root(data, "word/document.xml").iter(etree.Element)
        if element.tag not in passed
        and not any(around.tag == f"{W}rPr" for around in element.iterancestors())
    ]


def comments(data: bytes) -> dict[str, tuple[str, str]]:
    """Number of each comment → what it says, and the text that it stands at."""
    text = _root(data, "word/document.xml")
    said = {
        one.get(f"{W}id"): "\n".join(
            "".join(part.text or "" for part in paragraph.iter(f"{W}t")) for paragraph in one.iter(f"{W}p")
        )
        for one in _root(data, "word/comments.xml")
    }
    open_now: dict[str, list[str]] = {}
    at: dict[str, str] = {}
    for element in text.iter(etree.Element):
        number = element.get(f"{W}id")
        if element.tag == f"{W}commentRangeStart":
            open_now[number] = []
        elif element.tag == f"{W}commentRangeEnd":
            at[number] = "".join(open_now.pop(number))
        elif element.tag == f"{W}t":
            for words in open_now.values():
                words.append(element.text or "")
    assert not open_now
    marks = [one.get(f"{W}id") for one in text.iter(f"{W}commentReference")]
    assert sorted(marks) == sorted(said)
    assert sorted(at) == sorted(said)
    return {number: (words, at[number]) for number, words in said.items()}
