"""Grids from text: Markdown tables, layout dumps of PDF files, and web text whose cells run together.

Only what is printed is put into the grids. A row of figures gets the label that it is printed with; where a label is
broken around its figures the pieces are joined, and where it is not certain whose label it is the row gets none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from disclosure_rules.ingest.tables.dumps import with_dump_grids
from disclosure_rules.ingest.tables.flattened import Vocabulary, cut_flattened
from disclosure_rules.model.document import Block, Grid, GridCell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_rules.model.layout import Layout

__all__ = ["with_text_tables"]

_RULE = re.compile(r":?-{1,200}:?")
_MOST_CELLS = 200


def with_text_tables(blocks: Sequence[Block], layouts: Mapping[str, Layout]) -> tuple[Block, ...]:
    """Put grids in the place of the tables that stand as text.

    Args:
        blocks: The blocks of a document, in order.
        layouts: The layouts, whose labels tell a table.

    Returns:
        The blocks in their order, with a grid in the place of each table; all other text as it was.
    """
    vocabulary = Vocabulary(layouts)
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        end = index
        while end < len(blocks) and _is_markdown(blocks[end]):
            end += 1
        if end > index:
            found.append(_markdown(blocks[index:end]))
            index = end
        else:
            found += cut_flattened(blocks[index], vocabulary)
            index += 1
    return with_dump_grids(found, vocabulary)


def _is_markdown(block: Block) -> bool:
    text = block.text.strip()
    return block.kind == "paragraph" and text.startswith("|") and text.count("|") > 1


def _markdown(lines: Sequence[Block]) -> Block:
    """The rows of a Markdown table; the lines of dashes between them only end a header."""
    cells: list[GridCell] = []
    row = 0
    for line in lines:
        inside = line.text.strip().removeprefix("|").removesuffix("|")
        texts = [text.strip() for text in inside.split("|")][:_MOST_CELLS]
        if all(_RULE.fullmatch(text) for text in texts):
            continue
        cells += [
            GridCell(row=row, column=column, text=text, location=line.location)
            for column, text in enumerate(texts)
        ]
        row += 1
    return Block(kind="grid", text="", location=lines[0].location, grid=Grid(cells=tuple(cells)))
