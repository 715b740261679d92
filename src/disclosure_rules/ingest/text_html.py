"""HTML tables within a text: programs that make Markdown of a PDF file keep spans of cells so."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.reflow import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.ingest.plain_block import PlainBlock
    from disclosure_rules.model.note import Note

__all__ = ["Lines", "lines_and_tables", "table_at"]

# What editors count lines by; a form feed of a PDF extraction is not one of them.
_LINE_END = re.compile(r"\r\n|\n|\r")

# With what such programs put around a table; one that is never closed ends at the next heading, or with the text.
_WRAPPED = r"(?:\s{0,9}<(?:html|body|div|center)\b[^<>]{0,200}>){0,6}"
_TABLE = re.compile(
    rf"{_WRAPPED}\s{{0,9}}<table\b[^<>]{{0,400}}>.*?"
    r"(?:</table\s{0,9}>(?:\s{0,9}</(?:html|body|div|center)>){0,6}|(?=\n#{1,6}\s)|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_BEGINNING = re.compile("<table[ >]", re.IGNORECASE)
_MOST_TABLES = 60
_LONGEST = 2_000_000
# Stands for a table in the text; the mark of a heading keeps it from being joined to a paragraph.
_MARK = "#\ufffc"
_STANDS_IN = re.compile(_MARK + r"(\d{1,4})")


class Lines(NamedTuple):
    """The lines of a text, with one in the place of each table; what each of these holds; what was left out of them."""

    lines: list[Line]
    tables: list[tuple[PlainBlock, ...]]
    notes: list[Note]


def lines_and_tables(text: str, name: str) -> Lines:
    """The lines of a text and its HTML tables.

    Args:
        text: The whole text.
        name: The file's name, for messages.

    Returns:
        The lines with their numbers in the file, and the blocks of each table with theirs; no tables where there are more
        than any report has.

    Raises:
        ReadError: `table-too-large`.
    """
    found = list(islice(_tables(text), _MOST_TABLES + 1))
    if not 0 < len(found) <= _MOST_TABLES:
        return Lines(_lines(text, 1), [], [])
    from disclosure_rules.ingest.html_page import Page  # noqa: PLC0415  few texts hold a table of HTML

    lines: list[Line] = []
    tables: list[tuple[PlainBlock, ...]] = []
    notes: list[Note] = []
    end, number = 0, 1
    for match in found:
        before = _lines(text[end : match.start()], number)
        number = before[-1].number
        # As many lines above it as in the file: its places are those of the file.
        page = Page("\n" * (number - 1) + match[0], name)
        tables.append(page.blocks())
        notes += page.notes()
        lines += [*before, Line(number, f"{_MARK}{len(tables) - 1}")]
        number += len(_LINE_END.findall(match[0]))
        end = match.end()
    return Lines([*lines, *_lines(text[end:], number)], tables, notes)


def _tables(text: str) -> Iterator[re.Match[str]]:
    if len(text) <= _LONGEST and _BEGINNING.search(text) is not None and _MARK not in text:
        yield from _TABLE.finditer(text)


def _lines(text: str, first: int) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(_LINE_END.split(text), start=first)]


def table_at(text: str, tables: Sequence[tuple[PlainBlock, ...]]) -> tuple[PlainBlock, ...] | None:
    """What the table holds that a line stands for; None for any other line."""
    found = _STANDS_IN.fullmatch(text.strip()) if tables else None
    return tables[int(found[1])] if found else None
