"""Comments put into a Word document: the marks in its text, and the parts that hold what they say."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.word.markup import SPACE, Edit, Markup, escaped, w
from disclosure_rules.word.packaging import rewritten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from xml.etree.ElementTree import Element

    from disclosure_rules.ingest.ooxml import Package

__all__ = ["Comment", "with_comments"]

AUTHOR = "disclosure-rules"
_INITIALS = "DR"
_OFFICE = {
    True: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    False: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES = "[Content_Types].xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


class Comment(NamedTuple):
    """A comment.

    Attributes:
        paragraph: The paragraph of the document that it stands at.
        words: The words of the paragraph that it stands at, which are there once. It stands at the whole paragraph
            where there are none, and where a run cannot be cut at them with certainty.
        lines: What it says, a paragraph each.
    """

    paragraph: Element
    words: str
    lines: Sequence[str]


def with_comments(
    package: Package, data: bytes, document: tuple[str, Markup], comments: Sequence[Comment], name: str
) -> bytes:
    """A copy of a document with more comments; those that it has are kept.

    Args:
        package: The document.
        data: The same as bytes.
        document: The part of the document's text by its name, and its markup.
        comments: What to put in, in the order in which they shall be numbered.
        name: The file's name, for messages.
    """
    part, markup = document
    marks = _Marks(markup)
    known = package.related(part).get("comments")
    old = Markup(package, known, name) if known is not None else None
    first = _free(element for root in (markup, old) if root is not None for element in root.spans)
    for number, comment in enumerate(comments, first):
        marks.add(number, comment)
    told = "".join(
        _told(number, comment.lines, markup.space) for number, comment in enumerate(comments, first)
    ).encode()
    changed = {part: markup.edited(marks.edits())}
    if old is not None and known is not None:
        changed[known] = old.edited([_appended(old, told)])
    else:
        changed |= _new_part(package, part, markup, told, name)
    return rewritten(data, changed)


def _free(elements: Iterable[Element]) -> int:
    """The first number that no comment and no mark of one has, nor any above it."""
    marks = {w("comment"), w("commentReference"), w("commentRangeStart"), w("commentRangeEnd")}
    taken = [element.get(w("id"), "") for element in elements if element.tag in marks]
    return max((int(one) for one in taken if one.isascii() and one.isdigit()), default=-1) + 1


class _Marks:
    """The marks of comments, which are put into the text of a document."""

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._before: dict[Element, list[str]] = {}
        self._after: dict[Element, list[str]] = {}
        self._inside: list[Edit] = []

    def add(self, number: int, comment: Comment) -> None:
        """Put the marks of a comment around words of its paragraph, or around the whole of it."""
        paragraph = comment.paragraph
        space = "" if self._markup.tag(paragraph).startswith("w:") else f' xmlns:w="{self._markup.space}"'
        start = f'<w:commentRangeStart{space} w:id="{number}"/>'
        end = (
            f'<w:commentRangeEnd{space} w:id="{number}"/>'
            f'<w:r{space}><w:commentReference w:id="{number}"/></w:r>'
        )
        cuts = _Runs(self._markup, paragraph).cuts(comment.words) if comment.words else None
        if cuts is None:
            self._before.setdefault(paragraph, []).append(start)
            self._after.setdefault(paragraph, []).append(end)
            return
        for cut, mark in zip(cuts, (start, end), strict=True):
            self._inside.append(Edit(cut.at, cut.at, (cut.before + mark + cut.after).encode()))

    def edits(self) -> list[Edit]:
        """All marks as edits of the document."""
        return [edit for paragraph in self._before for edit in self._around(paragraph)] + self._inside

    def _around(self, paragraph: Element) -> list[Edit]:
        span = self._markup.spans[paragraph]
        before, after = "".join(self._before[paragraph]), "".join(self._after[paragraph])
        if span.closes_itself:
            closed = f">{before}{after}</{self._markup.tag(paragraph)}>"
            return [Edit(span.end - 2, span.end, closed.encode())]
        properties = paragraph.find(w("pPr"))
        at = span.inside if properties is None else self._markup.spans[properties].end
        return [Edit(at, at, before.encode()), Edit(span.close, span.close, after.encode())]


class _Cut(NamedTuple):
    """Where a mark goes, and what ends the run before it and begins it again after it."""

    at: int
    before: str = ""
    after: str = ""


class _Runs:
    """The text of a paragraph that stands directly in its runs, and where runs can be cut."""

    def __init__(self, markup: Markup, paragraph: Element) -> None:
        self._markup = markup
        self._texts = [text for run in paragraph if run.tag == w("r") for text in run if text.tag == w("t")]
        self._whole = "".join(text.text or "" for text in self._texts)

    def cuts(self, words: str) -> tuple[_Cut, _Cut] | None:
        """The cuts before and after words; None where no cut is safe."""
        start = self._whole.index(words)
        before = self._cut(start, opening=True)
        after = self._cut(start + len(words), opening=False)
        return (before, after) if before and after else None

    def _cut(self, offset: int, *, opening: bool) -> _Cut | None:
        """The cut at an offset: before the character there where it opens, else behind the one before it."""
        begin = 0
        for text in self._texts:
            length = len(text.text or "")
            if begin <= offset < begin + length if opening else begin < offset <= begin + length:
                return self._within(text, offset - begin)
            begin += length
        return None

    def _within(self, text: Element, offset: int) -> _Cut | None:
        run = self._markup.parents[text]
        span = self._markup.spans[run]
        content = [part for part in run if part.tag != w("rPr")]
        if offset == 0 and text is content[0]:
            return _Cut(span.start)
        whole = text.text or ""
        if offset == len(whole) and text is content[-1]:
            return _Cut(span.end)
        properties = run.find(w("rPr"))
        written = self._markup.raw(properties).decode() if properties is not None else ""
        # White space at the ends of a text counts only where it says so; numbers of tracked changes are given once.
        if (text.get(SPACE) != "preserve" and whole != whole.strip()) or "Change" in written:
            return None
        at = self._byte(text, offset)
        tag, outer = self._markup.tag(text), self._markup.tag(run)
        if at is None:
            return None
        return _Cut(at, f"</{tag}></{outer}>", f'<{outer}>{written}<{tag} xml:space="preserve">')

    def _byte(self, text: Element, offset: int) -> int | None:
        """The byte of a character of a text; None where characters are written as references."""
        for piece in self._markup.pieces.get(text, ()):
            if offset <= len(piece.text):
                return piece.at + len(piece.text[:offset].encode()) if piece.plain else None
            offset -= len(piece.text)
        return None


def _told(number: int, lines: Sequence[str], space: str) -> str:
    """A comment as its part holds it. It has no day: the same report gives the same bytes."""
    said = "".join(
        f"<w:p><w:r>{'<w:annotationRef/>' if place == 0 else ''}"
        f'<w:t xml:space="preserve">{escaped(line)}</w:t></w:r></w:p>'
        for place, line in enumerate(lines)
    )
    head = f'xmlns:w="{space}" w:id="{number}" w:author="{AUTHOR}" w:initials="{_INITIALS}"'
    return f"<w:comment {head}>{said}</w:comment>"


def _appended(markup: Markup, inside: bytes) -> Edit:
    """The edit that puts something in at the end of the root of a part."""
    span = markup.spans[markup.root]
    if span.closes_itself:
        return Edit(span.end - 2, span.end, b">" + inside + f"</{markup.tag(markup.root)}>".encode())
    return Edit(span.close, span.close, inside)


def _new_part(package: Package, part: str, document: Markup, told: bytes, name: str) -> dict[str, bytes]:
    """The part of the comments, and the two parts that tell of it."""
    folder, file = posixpath.split(part)
    own = next(
        one
        for number in range(1_000_000)
        if package.plain(one := posixpath.join(folder, f"comments{number or ''}.xml")) is None
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    root = f'{head}<w:comments xmlns:w="{document.space}">'.encode() + told + b"</w:comments>"
    types = Markup(package, _TYPES, name)
    kind = f'<Override{_declared(types)} PartName="/{own}" ContentType="{_TYPE}"/>'
    beside = posixpath.join(folder, "_rels", f"{file}.rels")
    office = _OFFICE[document.space == w("")[1:-1]]
    if package.plain(beside) is None:
        link = f'<Relationship Id="rId1" Type="{office}/comments" Target="/{own}"/>'
        related = f'{head}<Relationships xmlns="{_RELATIONSHIPS}">{link}</Relationships>'.encode()
    else:
        relations = Markup(package, beside, name)
        taken = {relation.get("Id") for relation in relations.root}
        free = next(one for number in range(1, 1_000_000) if (one := f"rId{number}") not in taken)
        target = posixpath.basename(own)
        link = f'<Relationship{_declared(relations)} Id="{free}" Type="{office}/comments" Target="{target}"/>'
        related = relations.edited([_appended(relations, link.encode())])
    return {_TYPES: types.edited([_appended(types, kind.encode())]), beside: related, own: root}


def _declared(markup: Markup) -> str:
    """The declaration that an element needs to be of the namespace of the root it is put into."""
    prefixed = ":" in markup.tag(markup.root)
    return f' xmlns="{markup.root.tag[1:].partition("}")[0]}"' if prefixed else ""
