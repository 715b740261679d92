"""Grids from text: rows with bars or tabs, cells on lines of their own, dumps of PDF files, cells run together.

Only what is printed is put into the grids. A row of figures gets the label that it is printed with; where a label is
broken around its figures the pieces are joined, and where it is not certain whose label it is the row gets none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from disclosure_rules.ingest.fields import fields_in_table, may_have_fields
from disclosure_rules.ingest.grids import grid_from
from disclosure_rules.ingest.per_layouts import PerLayouts
from disclosure_rules.ingest.plain_block import PlainBlock
from disclosure_rules.ingest.tables.cell_lines import CellWords, with_cell_lines
from disclosure_rules.ingest.tables.dumps import with_dump_grids
from disclosure_rules.ingest.tables.flattened import Vocabulary, cut_flattened
from disclosure_rules.ingest.tables.labels import squeezed_label
from disclosure_rules.ingest.tables.printed import is_figure
from disclosure_rules.ingest.tables.run_lines import with_run_lines
from disclosure_rules.model.document import Block

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_rules.ingest.grids import PlacedCell
    from disclosure_rules.model.layout import Layout

__all__ = ["with_line_tables", "with_text_tables"]

_RULE = re.compile(r":?-{1,200}:?")
_CLAUSE = re.compile(r"第?二十条第?\([一二三四五六七八九十]\)项")
_MOST_CELLS = 200
_LONGEST_LINE = 600
_FEWEST_LINES = 2
_LONGEST_ALONE = 40


def _vocabularies(layouts: Sequence[Layout]) -> tuple[Vocabulary, CellWords]:
    vocabulary = Vocabulary(layouts)
    return vocabulary, CellWords(vocabulary)


_VOCABULARIES = PerLayouts(_vocabularies)


def with_text_tables(blocks: Sequence[Block], layouts: Mapping[str, Layout]) -> tuple[Block, ...]:
    """Put grids in the place of the tables that stand as text.

    Args:
        blocks: The blocks of a document, in order.
        layouts: The layouts, whose labels tell a table.

    Returns:
        The blocks in their order, with a grid in the place of each table; all other text as it was.
    """
    vocabulary, words = _VOCABULARIES.of(layouts.values())
    found: list[Block] = []
    for block in with_cell_lines(with_run_lines(_with_separated(blocks), vocabulary), words):
        found += cut_flattened(block, vocabulary)
    return with_dump_grids(found, vocabulary)


def with_line_tables(blocks: Sequence[Block], layouts: Mapping[str, Layout]) -> tuple[Block, ...]:
    """Put inferred grids in the place of tables that a page has laid out without one, each cell a paragraph.

    Rows that run together in one paragraph are left: a page prints no blank for a blank cell, and the figures behind it
    would move on.

    Args:
        blocks: The blocks of a document that is no text, in order.
        layouts: The layouts, whose labels tell a table.

    Returns:
        The blocks in their order; the same where no such table is found.
    """
    _, words = _VOCABULARIES.of(layouts.values())
    known = {id(block) for block in blocks}
    return tuple(
        block.model_copy(update={"grid": block.grid.model_copy(update={"inferred": True})})
        if block.grid and id(block) not in known
        else block
        for block in with_cell_lines(blocks, words)
    )


def _with_separated(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with a grid for each run of lines whose cells are set apart by bars or tabs."""
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        # Bars alone close the cells of a row whose cells stand on lines of their own: they begin no table.
        mark = _mark_of_run(blocks, index) if blocks[index].text.strip(" |") else None
        end = _end_of_run(blocks, index, mark) if mark else index
        if mark and end - index >= (1 if blocks[index].text.strip().startswith("|") else _FEWEST_LINES):
            found += _table(blocks[index:end], mark)
            index = end
        else:
            found.append(blocks[index])
            index += 1
    return found


def _mark_of_run(blocks: Sequence[Block], index: int) -> str | None:
    """What sets apart the cells of the rows that begin here; a heading of a part may stand above the first of them."""
    if _is_closed_cell(blocks[index].text.strip()) and _is_single_cell(blocks[index]):
        return _separator(blocks[index + 1]) if index + 1 < len(blocks) else None
    return _separator(blocks[index])


def _separator(block: Block) -> str | None:
    """What sets the cells of a line apart; None where it is no row of a table."""
    text = block.text.strip()
    if block.kind != "paragraph" or len(text) > _LONGEST_LINE:
        return None
    if _is_closed_cell(text):
        return None
    if "|" in text.strip("|"):
        return "|"
    if len(text) > 1 and text.startswith("|") and text.count("|") > 1:
        return "|"
    return "\t" if "\t" in text else None


def _is_blank_row(block: Block) -> bool:
    """Whether a line within a run of rows is a label and nothing but blank cells behind it."""
    text = block.text.strip()
    words = len(text) <= _LONGEST_LINE and not is_figure(text.strip("| "))
    return block.kind == "paragraph" and words and text.count("|") > 1 and _is_closed_cell(text)


def _is_closed_cell(text: str) -> bool:
    """Whether a line is one cell and the bars behind it, as of rows whose every cell stands on a line: 0 | | |."""
    alone = text.rstrip("| ")
    return alone != text and "|" not in alone


def _end_of_run(blocks: Sequence[Block], start: int, mark: str) -> int:
    """The end of a run of rows; a heading of a part, which is one cell over all columns, has no separator."""
    end = start
    for index in range(start, len(blocks)):
        if _separator(blocks[index]) == mark or (
            end > start and mark == "|" and _is_blank_row(blocks[index])
        ):
            end = index + 1
        elif not _is_single_cell(blocks[index]):
            break
    return end


def _is_single_cell(block: Block) -> bool:
    text = block.text.strip()
    alone = text.strip("|").strip()
    return (
        block.kind == "paragraph"
        and len(text) <= _LONGEST_ALONE
        and (_CLAUSE.fullmatch(squeezed_label(alone)) is not None or (alone != text and len(alone) > 1))
    )


def _table(lines: Sequence[Block], mark: str) -> list[Block]:
    """The fields of a table of metadata, or the grid; lines of dashes below a Markdown header are no row.

    Rows of one cell without figures are text that a page has laid out in a table: they stay text.
    """
    rows = [(line, texts) for line in lines if (texts := _cells_of(line, mark))]
    if may_have_fields(text for _, texts in rows for text in texts):
        fields = fields_in_table([[_pieces(line, (text,)) for text in texts] for line, texts in rows])
        if fields:
            return [field.block() for field in fields]
    if all(_is_sentence(texts) for _, texts in rows):
        return [line for line, _ in rows]
    if all(_is_prose(texts) for _, texts in rows) and not any(
        _CLAUSE.fullmatch(squeezed_label(text)) for _, texts in rows for text in texts
    ):
        return [piece.block() for line, texts in rows for piece in _pieces(line, texts)]
    cells: list[PlacedCell] = [
        {
            "row": row,
            "column": column,
            "row_span": 1,
            "column_span": 1,
            "text": text,
            "location": line.location,
        }
        for row, (line, texts) in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    return [Block(kind="grid", text="", location=lines[0].location, grid=grid_from(cells))]


def _cells_of(line: Block, mark: str) -> list[str]:
    """The cells of a line; none of a line of dashes."""
    text = line.text.strip()
    inside = text.removeprefix(mark).removesuffix(mark) if mark == "|" else text
    texts = [part.strip() for part in inside.split(mark)][:_MOST_CELLS]
    return [] if all(map(_RULE.fullmatch, texts)) else texts


def _is_sentence(texts: Sequence[str]) -> bool:
    """Whether a line is running text in which a bar happens to stand (通过网站|微信公开。)."""
    return "。" in "".join(texts) and not any(is_figure(text) and not _RULE.fullmatch(text) for text in texts)


def _is_prose(texts: Sequence[str]) -> bool:
    """Whether a row has one cell with words in it and no other; it may be a part of table 2, which is told by more."""
    printed = [text for text in texts if text]
    return len(printed) == 1 and not is_figure(printed[0])


def _pieces(line: Block, texts: Sequence[str]) -> list[PlainBlock]:
    """A block for each text of a line that is not blank."""
    return [PlainBlock(line.kind, text, line.location) for text in texts if text]
