"""Tables whose every cell stands on a line of its own, as programs leave them that keep only the text of a page.

Where a row ends is not printed. A known label begins one, and the figures behind it are its cells: a row that has not
as many as its table has columns is left to recognition, which then uses none of them. Blank cells are told only where
each cell is closed by a bar.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.grids import grid_from
from disclosure_rules.ingest.tables.flattened import HEADS
from disclosure_rules.ingest.tables.labels import MOST_LOOKED_UP, squeezed_label, without_remark
from disclosure_rules.ingest.tables.printed import is_figure
from disclosure_rules.model.document import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.ingest.grids import PlacedCell
    from disclosure_rules.ingest.tables.flattened import Vocabulary

__all__ = ["CellWords", "with_cell_lines"]

_CLAUSE = re.compile(r"第?二十条第?\([一二三四五六七八九十]\)项")
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}[、.]")
_BAR = "|"
_BARS = "| \u3000\xa0"
_LONGEST = 60
_LONGEST_REMARKED = 300
_FEWEST_CELLS = 12
_MOST_CELLS = 3_000


class _Cell(NamedTuple):
    text: str
    block: Block


def with_cell_lines(blocks: Sequence[Block], words: CellWords) -> list[Block]:
    """Put grids in the place of runs of lines of which each is a cell.

    Args:
        blocks: The blocks of a document, in order.
        words: What a cell of a table may say.
    """
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        end = _end_of_run(blocks, index, words) if words.begins_table(blocks[index]) else index
        cells = _cells(blocks[index:end], words)
        figures = sum(is_figure(cell.text) or not cell.text for cell in cells)
        if len(cells) >= _FEWEST_CELLS and figures * 3 >= len(cells):
            found.append(_grid(_rows(cells, words)))
            index = end
        else:
            found.append(blocks[index])
            index += 1
    return found


class CellWords:
    """What a cell may say: names of columns, labels of rows, headings over several of them.

    Args:
        vocabulary: The labels that tell a table.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.columns = {name for names in vocabulary.columns.values() for name in names} | {"信息内容"}
        self.labels = {name for names in vocabulary.rows.values() for name in names} - self.columns
        self.parents = {name for names in vocabulary.parents.values() for name in names} | set(HEADS)
        self.sections = vocabulary.sections
        self.groups = self.parents - set(HEADS)
        self.any = self.columns | self.labels | self.parents
        self._known = lru_cache(maxsize=MOST_LOOKED_UP)(self._plain)

    def plain(self, text: str) -> str:
        """The words of a cell; without its remark where only that leaves a label, or words as short as one."""
        return self._known(text[:_LONGEST_REMARKED])

    def _plain(self, text: str) -> str:
        words = squeezed_label(text)
        if words in self.any:
            return words
        bare = squeezed_label(without_remark(text))
        return bare if bare in self.any or len(words) > _LONGEST else words

    def begins_table(self, block: Block) -> bool:
        """Whether a block is the first cell of a table: its caption, a clause, or a heading over columns."""
        text = self._text(block)
        return text is not None and (
            "勾稽" in text
            or text in ("申请人情况", "行政复议", "信息内容")
            or _CLAUSE.fullmatch(text) is not None
        )

    def is_cell(self, block: Block) -> bool:
        """Whether a block can be a cell: a figure, a bar, or words that are no heading of a section."""
        text = self._text(block)
        if text is None or text.endswith(self.sections):
            return False
        known = text in self.any or _CLAUSE.fullmatch(text) or "勾稽" in text
        return bool(known or not text or is_figure(text) or not _HEADING.match(text))

    def _text(self, block: Block) -> str | None:
        """The words of a cell without the bar that closes it; None where the block is none."""
        if block.kind not in ("paragraph", "heading") or len(block.text) > _LONGEST_REMARKED:
            return None
        text = self.plain(block.text.strip(_BARS))
        return None if len(text) > _LONGEST or "。" in text else text


def _end_of_run(blocks: Sequence[Block], start: int, words: CellWords) -> int:
    """The end of a run of cells: behind its last figure or bar, for words behind that are text again."""
    end = last = start
    while end < len(blocks) and end - start < _MOST_CELLS and words.is_cell(blocks[end]):
        end += 1
        text = blocks[end - 1].text.strip()
        if is_figure(text) or text.endswith(_BAR):
            last = end
    return last


def _cells(blocks: Sequence[Block], words: CellWords) -> list[_Cell]:
    """The cells of a run; between two bars without words there is a blank one.

    A cell of two lines (商业 / 企业) is told by the bar that comes only after the second, or by its name.
    """
    found: list[_Cell] = []
    barred = sum(block.text.rstrip().endswith(_BAR) for block in blocks) * 3 >= len(blocks)
    closed = True  # whether a bar has closed the cell before
    for block in blocks:
        text = block.text.strip()
        printed = text.strip(_BARS)
        if printed:
            both = f"{found[-1].text}{printed}" if found and found[-1].text else ""
            apart = words.plain(found[-1].text) not in words.any if both else True
            if both and ((barred and not closed) or (apart and words.plain(both) in words.any)):
                found[-1] = found[-1]._replace(text=both)
            else:
                found.append(_Cell(printed, block))
            closed = False
        for _ in range(text[len(text.rstrip(_BARS)) :].count(_BAR)):
            if closed:
                found.append(_Cell("", block))
            closed = True
    return found


def _rows(cells: Sequence[_Cell], words: CellWords) -> list[list[_Cell]]:
    rows: list[list[_Cell]] = []
    for cell in cells:
        if not rows or _begins(cell, rows[-1], words):
            rows.append([])
        rows[-1].append(cell)
    return rows


def _begins(cell: _Cell, row: Sequence[_Cell], words: CellWords) -> bool:
    """Whether a cell begins another row than that of the cells before it."""
    text, before = words.plain(cell.text), words.plain(row[-1].text)
    in_header = any(words.plain(other.text) in words.columns for other in row) and not any(
        words.plain(other.text) in words.labels for other in row
    )
    if not text:
        return False
    if is_figure(text):
        return in_header
    has_figures = any(is_figure(other.text) or not other.text for other in row)
    if has_figures or text == "信息内容" or _CLAUSE.fullmatch(text) or _CLAUSE.fullmatch(before):
        return True
    if text in words.labels or text in words.groups:
        return in_header or before in words.labels or "勾稽" in before or before in HEADS
    if text in words.columns and before in ("行政诉讼", "复议后起诉"):
        return True
    # The five kinds of organisations stand in a row below the heading over them.
    return before == "总计" and len(row) > 1 and words.plain(row[-2].text) == "法人或其他组织"


def _grid(rows: Sequence[Sequence[_Cell]]) -> Block:
    cells: list[PlacedCell] = [
        {
            "row": number,
            "column": column,
            "row_span": 1,
            "column_span": 1,
            "text": cell.text,
            "location": cell.block.location,
        }
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
    ]
    return Block(kind="grid", text="", location=rows[0][0].block.location, grid=grid_from(cells))
