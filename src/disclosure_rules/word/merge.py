"""Letters from a template that the office writes in Word: `{{单位名称}}` in the text, a row of a table for each item.

There is no language in it, only names: whatever a report holds, it is text in the letter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.errors import UsageError
from disclosure_rules.ingest.docx import USUAL_PART
from disclosure_rules.ingest.ooxml import Package, part_names
from disclosure_rules.word.markup import Markup, escaped, w
from disclosure_rules.word.packaging import rewritten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from disclosure_rules.word.markup import Piece

__all__ = ["Fields", "Template"]

# Chinese keyboards give full-width braces.
_FIELD = re.compile(r"[{｛]{2}([^{}｛｝]{1,40})[}｝]{2}")
_STRAY = re.compile(r"[{｛]{2}|[}｝]{2}")
_AROUND = re.compile(r"word/(?:header|footer)\d*\.xml")


class Fields(NamedTuple):
    """The names that a template may use.

    `row` may be used in one row of a table, which is repeated for each item; where there are any, the template must
    have such a row.
    """

    single: Collection[str]
    row: Collection[str] = ()


class _Slot(NamedTuple):
    """Where a value goes: its name, and the tag of the text that it stands in."""

    name: str
    tag: str


class _Found(NamedTuple):
    """A field of the template: what it replaces first, and what else of it there is in other runs."""

    slot: _Slot
    start: int
    end: int
    rest: tuple[tuple[int, int], ...]
    row: Element | None


_Segment = bytes | _Slot


class _Part(NamedTuple):
    """A part of the template: what comes before the row that is repeated, the row, and what comes after it."""

    before: tuple[_Segment, ...]
    row: tuple[_Segment, ...]
    after: tuple[_Segment, ...]

    def filled(self, values: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> bytes:
        """The part with its values."""
        repeated = [piece for row in rows for piece in _filled(self.row, {**values, **row})]
        return b"".join([*_filled(self.before, values), *repeated, *_filled(self.after, values)])


class Template:
    """A template, read and examined once.

    Args:
        data: The .docx.
        name: The file's name, for messages.
        fields: The names that it may use.

    Raises:
        ReadError: It is no sound .docx.
        UsageError: It uses an unknown name, an unfinished field, or has no row for the items.
    """

    def __init__(self, data: bytes, name: str, fields: Fields) -> None:
        self._data = data
        self._name = name
        self._fields = fields
        package = Package(data, name)
        main = package.main_part() or USUAL_PART
        around = sorted(part for part in part_names(data) if _AROUND.fullmatch(part))
        self._parts = {part: self._read(package, part, main=part == main) for part in (main, *around)}

    def filled(self, values: Mapping[str, str], rows: Sequence[Mapping[str, str]] = ()) -> bytes:
        """A letter: the same values give the same bytes.

        Args:
            values: A value for each single field. A line break in it is one in the letter.
            rows: The values of each item.
        """
        changed = {part: read.filled(values, rows) for part, read in self._parts.items()}
        return rewritten(self._data, changed)

    def _read(self, package: Package, part: str, *, main: bool) -> _Part:
        markup = Markup(package, part, self._name)
        found = [one for paragraph in markup.root.iter(w("p")) for one in self._of(markup, paragraph)]
        rows = list(dict.fromkeys(one.row for one in found if one.row is not None))
        if len(rows) > 1 or (rows and not main):
            raise self._wrong(
                "问题表的占位符要放在正文表格的同一行里，这一行按问题逐项重复",
                "the fields of an item belong into one row of a table in the text, which is repeated for each item",
            )
        if main and self._fields.row and not rows:
            names = "、".join(f"{{{{{name}}}}}" for name in self._fields.row)
            raise self._wrong(
                f"没有问题表：请在表格的一行里放入 {names} 等占位符，这一行按问题逐项重复",
                f"there is no row for the findings; put {names} into a row of a table",
            )
        if not rows:
            return _Part(_segments(markup, found, 0, len(markup.data)), (), ())
        span = markup.spans[rows[0]]
        return _Part(
            _segments(markup, found, 0, span.start),
            _segments(markup, found, span.start, span.end),
            _segments(markup, found, span.end, len(markup.data)),
        )

    def _of(self, markup: Markup, paragraph: Element) -> Iterator[_Found]:
        """The fields of a paragraph, each of which may lie in several runs."""
        texts = [text for text in paragraph.iter(w("t")) if _paragraph_of(markup, text) is paragraph]
        whole = "".join(text.text or "" for text in texts)
        stray = _STRAY.search(_FIELD.sub("", whole))
        if stray is not None:
            raise self._wrong(
                f"占位符没有写完整，应写作 {{{{单位名称}}}}：「{whole[:60]}」",
                f"a field is not finished; they are written {{{{单位名称}}}}: '{whole[:60]}'",
            )
        for match in _FIELD.finditer(whole):
            row = self._row_of(markup, paragraph, match[1].strip())
            stretches = list(self._stretches(markup, texts, match.start(), match.end()))
            (start, end, tag), *rest = stretches
            slot = _Slot(match[1].strip(), tag)
            yield _Found(slot, start, end, tuple((begin, stop) for begin, stop, _ in rest), row)

    def _row_of(self, markup: Markup, paragraph: Element, name: str) -> Element | None:
        """The row that a field repeats; None for a single field."""
        if name in self._fields.single:
            return None
        if name not in self._fields.row:
            known = "、".join((*self._fields.single, *self._fields.row))
            raise self._wrong(
                f"没有占位符「{name}」，可用的有：{known}", f"there is no field '{name}'; known are: {known}"
            )
        row = next((one for one in markup.ancestors(paragraph) if one.tag == w("tr")), None)
        if row is None:
            raise self._wrong(
                f"占位符「{name}」要放在表格的一行里，这一行按问题逐项重复",
                f"the field '{name}' belongs into a row of a table, which is repeated for each item",
            )
        return row

    def _stretches(
        self, markup: Markup, texts: Sequence[Element], start: int, end: int
    ) -> Iterator[tuple[int, int, str]]:
        """The bytes of the characters from `start` to `end`, by the stretches in which they stand, with the tag."""
        begin = 0
        for text in texts:
            for piece in markup.pieces.get(text, ()):
                first, last = max(start - begin, 0), min(end - begin, len(piece.text))
                begin += len(piece.text)
                if first < last:
                    if not piece.plain:
                        raise self._wrong(
                            "占位符所在的文字无法改写，请在 Word 或 WPS 中另存一份",
                            "the text of a field cannot be changed; save the template anew in Word or WPS",
                        )
                    yield _byte(piece, first), _byte(piece, last), markup.tag(text)

    def _wrong(self, zh: str, en: str) -> UsageError:
        return UsageError(f"函件模板：{zh}", f"letter template: {en}", place=self._name, code="bad-template")


def _byte(piece: Piece, offset: int) -> int:
    return piece.at + len(piece.text[:offset].encode())


def _paragraph_of(markup: Markup, element: Element) -> Element | None:
    return next((one for one in markup.ancestors(element) if one.tag == w("p")), None)


def _segments(markup: Markup, found: Sequence[_Found], start: int, end: int) -> tuple[_Segment, ...]:
    """The bytes from `start` to `end`, with slots in place of fields."""
    cuts: list[tuple[int, int, _Slot | None]] = []
    for one in found:
        cuts.append((one.start, one.end, one.slot))
        cuts += [(begin, stop, None) for begin, stop in one.rest]
    segments: list[_Segment] = []
    done = start
    for begin, stop, slot in sorted(cuts, key=lambda cut: cut[0]):
        if start <= begin < end:
            segments += [markup.data[done:begin], *([slot] if slot else [])]
            done = stop
    return (*segments, markup.data[done:end])


def _filled(segments: Sequence[_Segment], values: Mapping[str, str]) -> Iterator[bytes]:
    for one in segments:
        yield one if isinstance(one, bytes) else _value(values[one.name], one.tag).encode()


def _value(text: str, tag: str) -> str:
    """A value as markup; a line break ends a text and begins another one."""
    prefix = tag[: tag.rfind(":") + 1]
    lines = "\n".join(line.replace("\t", " ").strip(" ") for line in text.splitlines())
    return escaped(lines).replace("\n", f'</{tag}><{prefix}br/><{tag} xml:space="preserve">')
