"""Where something stands in a report."""

from __future__ import annotations

from functools import lru_cache

from disclosure_rules.model.text import Frozen

__all__ = ["Location", "at_line", "at_page", "at_paragraph"]


class Location(Frozen):
    """A place in a report, as exact as the reader could tell.

    `section`, `table`, `row` and `column` are keys of the layout, and `introduction` and `closing` are sections too;
    `page`, `line` and `paragraph` count from 1, lines in the file and paragraphs within their section; `pointer` is
    the JSON pointer in a structured report. `file` is the file of which page and line are, where the report was put
    together of several and this is not the one that it is told as.
    """

    section: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    page: int | None = None
    line: int | None = None
    paragraph: int | None = None
    pointer: str | None = None
    file: str | None = None


@lru_cache(maxsize=1024)  # a cell and its text stand in one place, and to make a place takes long
def at_line(line: int) -> Location:
    """The place of a line of the file."""
    return Location(line=line)


@lru_cache(maxsize=1024)
def at_paragraph(paragraph: int) -> Location:
    """The place of a paragraph of the file."""
    return Location(paragraph=paragraph)


@lru_cache(maxsize=1024)
def at_page(page: int) -> Location:
    """The place of a page of the file."""
    return Location(page=page)
