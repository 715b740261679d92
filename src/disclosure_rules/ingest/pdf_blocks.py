"""Pages as printed → plain paragraphs and grids, in values that go through JSON; and what is to be said about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from disclosure_rules.ingest.pdf_grid import Cell, Table, find_tables
from disclosure_rules.ingest.pdf_join import (
    continues,
    is_rest,
    is_row_of_rests,
    join_tables,
    with_doubtful_end,
)
from disclosure_rules.ingest.pdf_lines import Line, lines_of
from disclosure_rules.ingest.pdf_page import DAMAGED
from disclosure_rules.ingest.pdf_paragraphs import Flow, Passage, flow, furniture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_rules.ingest.pdf_page import Page

__all__ = ["Remarks", "answer", "page_flow", "read_pages"]

_MOST_WORDS = 8
_UNUSABLE_SHARE = 0.2


class Remarks:
    """What is to be said about the reading: by code, how often, on which pages, with which words."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[int, list[int], list[str]]] = {}

    def add(self, code: str, page: int, count: int = 1, word: str | None = None) -> None:
        """Count a remark; page 0 is the document as a whole."""
        so_far, pages, words = self.found.get(code, (0, [], []))
        if page and page not in pages:
            pages.append(page)
        if word is not None and word not in words and len(words) < _MOST_WORDS:
            words.append(word)
        self.found[code] = (so_far + count, pages, words)


def read_pages(pages: Iterable[Page], remarks: Remarks) -> dict[str, Any]:
    """Read the pages of a document.

    Args:
        pages: The pages in order.
        remarks: What is already to be said about the document; more is added.

    Returns:
        `blocks`: `{"text", "page", "paragraph"}` or `{"page", "cells"}`, a cell being (row, column, row span,
        column span, text, page); `remarks`: by code, (count, pages, words). Or `error` with what is needed to say
        why there is nothing: `font-missing`, `scan` or `unusable-text`.
    """
    flows: list[Flow] = []
    chars = han = damaged = 0
    for page in pages:
        chars += len(page.chars)
        han += sum(
            "\u3400" <= char.text <= "\u9fff" or "\u2e80" <= char.text <= "\u2fdf" for char in page.chars
        )
        damaged += _look_over(page, remarks)
        flows.append(page_flow(page, remarks))
    if han and damaged <= _UNUSABLE_SHARE * chars:
        return answer(flows, remarks)
    if "font-missing" in remarks.found:
        return {"error": "font-missing", "texts": remarks.found["font-missing"][0]}
    if not chars:
        return {"error": "scan", "pages": len(flows), "hidden": "hidden-text" in remarks.found}
    return {"error": "unusable-text", "chars": chars, "han": han, "damaged": damaged}


def answer(flows: list[Flow], remarks: Remarks) -> dict[str, Any]:
    """`blocks` and `remarks` of what stands on the pages, as `read_pages` answers them."""
    for number, text in furniture(flows):
        remarks.add("page-furniture", number, word=text)
    damaged = "file-damaged" in remarks.found
    items = _joined(flow(flows), remarks, damaged=damaged)
    items = [
        with_doubtful_end(item)
        if isinstance(item, Table) and _is_cut(item, items[at + 1 :], damaged=damaged)
        else item
        for at, item in enumerate(items)
    ]
    blocks = [_plain(item) for item in items]
    return {"blocks": blocks, "remarks": remarks.found}


def _look_over(page: Page, remarks: Remarks) -> int:
    """Note what the page holds that was not read; returns its unreadable characters."""
    for flaw in page.flaws:
        remarks.add(
            "page-without-text" if flaw.code == "picture" and not page.chars else flaw.code,
            page.number,
            flaw.times,
        )
    damaged = sum(char.text == DAMAGED for char in page.chars)
    if damaged:
        remarks.add("unreadable-characters", page.number, damaged)
    return damaged


def page_flow(page: Page, remarks: Remarks) -> Flow:
    """The lines and tables of a page from top to bottom; what could not be read of them is remarked."""
    tables, rest, flaws = find_tables(page)
    for flaw in flaws:
        remarks.add(flaw.code, page.number, flaw.times)
    items: list[Line | Table] = [*lines_of(rest), *tables]
    for line in items:
        if isinstance(line, Line) and line.overlaps:
            remarks.add("overlapping-text", page.number, line.overlaps)
    items.sort(key=lambda item: item.ys[0] if isinstance(item, Table) else item.y0)
    return Flow(page.number, page.width, page.height, items)


def _joined(items: list[Passage | Table], remarks: Remarks, *, damaged: bool) -> list[Passage | Table]:
    """The items with tables that go on over a page break made one."""
    found: list[Passage | Table] = []
    for item in items:
        last = found[-1] if found else None
        if isinstance(item, Table) and isinstance(last, Table) and continues(last, item):
            joined = join_tables(last, item, damaged=damaged)
            found[-1] = joined.table
            remarks.add("table-joined", item.page)
            for page in joined.mended:
                remarks.add("row-joined", page)
        else:
            found.append(item)
    return found


def _is_cut(table: Table, after: list[Passage | Table], *, damaged: bool) -> bool:
    """Whether the page break behind a table may have cut its last row, and the rest is lost or stands loose.

    It stands loose where the next page begins with pieces of figures, or its first table is nothing but such.
    """
    page = table.cells[-1].page
    beside = [item for item in after if item.page == page]
    if damaged and not beside:
        return True
    below = [item for item in after if item.page == page + 1]
    first = next((item for item in below if isinstance(item, Table)), None)
    loose = any(is_rest(item) for item in (*below[:1], first) if item)
    return is_row_of_rests(first) or (loose and all(map(is_rest, beside)))


def _plain(item: Passage | Table) -> dict[str, Any]:
    if isinstance(item, Passage):
        return {"text": item.text, "page": item.page, "paragraph": item.paragraph}
    return {"page": item.page, "cells": [_plain_cell(cell) for cell in item.cells]}


def _plain_cell(cell: Cell) -> tuple[int, int, int, int, str, int]:
    return cell.top, cell.left, cell.bottom - cell.top, cell.right - cell.left, cell.text, cell.page
