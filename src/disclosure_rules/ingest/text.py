"""The reader for plain text and Markdown: saved web text, PDF extractions, exports of office programs."""

from __future__ import annotations

import hashlib
import re

from disclosure_rules.hookspecs import Reader
from disclosure_rules.ingest.encoding import (
    MAX_CHARACTERS,
    decode,
    looks_like_text,
    too_large,
    without_pinyin,
)
from disclosure_rules.ingest.fields import KNOWN_FIELDS, fields_in_line
from disclosure_rules.ingest.plain_block import PlainBlock
from disclosure_rules.ingest.reflow import Line, Passage, join, looks_like_table
from disclosure_rules.ingest.text_html import lines_and_tables, table_at
from disclosure_rules.ingest.text_marks import as_printed
from disclosure_rules.model.document import Document
from disclosure_rules.model.location import Location, at_line
from disclosure_rules.model.note import Note
from disclosure_rules.model.text import Text

__all__ = ["TEXT_READER", "read_text"]

_RULE = re.compile(r"[=\-—_*~\s]{3,40}正文[=\-—_*~\s]{3,40}$")
_MAX_HEADER = 40
_FIELD = re.compile(r"\s{0,20}([^\s:：]{1,12})\s{0,4}[:：]\s?(.{0,2000})$")
_MARKED = re.compile(r"#{1,6}[ \t]{1,8}(?P<hashes>.{1,200})$|\*\*(?P<bold>[^*]{1,200})\*\*$")
_MAX_PLACES = 20
_MARKUP = 16


def read_text(data: bytes, name: str) -> Document:
    """Read a text or Markdown file into blocks with their lines.

    Args:
        data: The whole file.
        name: The file's name, for messages.

    Returns:
        Key-value blocks of the fields above the text, headings marked by `#`, paragraphs, and grids of HTML tables. Other
        tables are not read yet: their rows stay as paragraphs and are listed in a note.

    Raises:
        ReadError: `too-large`, `empty`, `binary` or `table-too-large`.
    """
    decoded = without_pinyin(decode(data, name))
    if len(decoded.text) > MAX_CHARACTERS:
        raise too_large(name)
    every, tables, hidden = lines_and_tables(decoded.text, name)
    lines, remarks = as_printed(every)
    header, body = _split_header(lines)
    fields, body = _fields_on_top(body)
    passages, wrapped = join(body)
    above = [block for line in header for block in _field_blocks(line)]
    blocks = [*above, *fields]
    for passage in passages:
        table = table_at(passage.text, tables)
        blocks += (_block(passage),) if table is None else table
    notes = [*decoded.notes, *hidden, *remarks]
    joined = sum(len(passage.lines) - 1 for passage in passages)
    if joined:
        notes.append(_joined_note(joined) if wrapped else _torn_note(joined))
    rows = [passage.lines[0][1] for passage in passages if looks_like_table(passage.text)]
    if rows:
        notes.append(_table_note(rows))
    return Document(
        format="text",
        blocks=tuple(plain.block() for plain in blocks),
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        notes=tuple(notes),
    )


def _is_text(head: bytes) -> bool:
    """Whether the first bytes of a file are text and not the beginning of a format that only looks like it."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:_MARKUP].lower()
    return not start.startswith((b"%pdf", b"{\\rtf", b"<!doctype", b"<html", b"<?xml")) and looks_like_text(
        head
    )


TEXT_READER = Reader(suffixes=(".txt", ".md"), recognises=_is_text, read=read_text)


def _split_header(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The fields above the text and the text: up to a rule line `=== 正文 ===`, else the known fields on top."""
    for index, line in enumerate(lines[:_MAX_HEADER]):
        if len(line.text) < _MAX_HEADER * 3 and _RULE.match(line.text):
            return [above for above in lines[:index] if above.text.strip()], lines[index + 1 :]
    fields: list[Line] = []
    for index, line in enumerate(lines[:_MAX_HEADER]):
        if not line.text.strip():
            continue
        field = _FIELD.match(line.text)
        if not field or field[1] not in KNOWN_FIELDS:
            return fields, lines[index:]
        fields.append(line)
    return fields, lines[_MAX_HEADER:] if len(lines) > _MAX_HEADER else []


def _fields_on_top(lines: list[Line]) -> tuple[list[PlainBlock], list[Line]]:
    """The fields that a page prints between its title and its first sentence, and the lines without them."""
    fields: list[PlainBlock] = []
    kept: list[Line] = []
    for index, line in enumerate(lines[:_MAX_HEADER]):
        if "。" in line.text:
            return fields, kept + lines[index:]
        text = line.text.strip().removeprefix("- ")
        found = fields_in_line(PlainBlock("paragraph", text, at_line(line.number)))
        fields += found
        kept += () if found else (line,)
    return fields, kept + lines[_MAX_HEADER:]


def _field_blocks(line: Line) -> list[PlainBlock]:
    """The field of a line above the text; the several ones where it names more, or bars of a table stand in it."""
    place = at_line(line.number)
    block = PlainBlock("keyvalue", line.text.strip(), place)
    found = fields_in_line(block)
    if found and ("|" in line.text or all(field.name in KNOWN_FIELDS for field in found)):
        return found
    field = _FIELD.match(line.text)
    if not field:
        return [block]
    return [PlainBlock("keyvalue", field[2].strip(), place, name=field[1])]


def _block(passage: Passage) -> PlainBlock:
    place = at_line(passage.lines[0][1])
    marked = _MARKED.match(passage.text)
    if marked:
        text = (marked["hashes"] or marked["bold"]).strip("#* ")
        return PlainBlock("heading", text, place, passage.lines)
    return PlainBlock("paragraph", passage.text, place, passage.lines)


def _joined_note(joined: int) -> Note:
    return Note(
        code="lines-joined",
        message=Text(
            zh=f"文本按固定行宽折行，已将 {joined} 处折行接回段落；位置仍按原行号。",
            en=f"The text was broken at a fixed width; {joined} line ends were joined. Places keep the file's lines.",
        ),
        count=joined,
    )


def _torn_note(joined: int) -> Note:
    return Note(
        code="paragraphs-joined",
        message=Text(
            zh=f"有 {joined} 处段落在句子中间断开（如在换页处），已接回；位置仍按原行号。",
            en=f"{joined} paragraphs broke off within a sentence (at the end of a page) and were joined. Places keep the "
            "file's lines.",
        ),
        count=joined,
    )


def _table_note(rows: list[int]) -> Note:
    return Note(
        code="table-not-read",
        message=Text(
            zh=f"有 {len(rows)} 行像是表格，没有读成表，未作为数据使用。",
            en=f"{len(rows)} lines look like rows of a table, were not read as one and are not used as data.",
        ),
        count=len(rows),
        places=tuple(Location(line=number) for number in rows[:_MAX_PLACES]),
    )
