"""Table 4 printed as three tables, each below the name of its group, put together as the form prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.grids import grid_from
from disclosure_rules.ingest.tables.labels import label
from disclosure_rules.ingest.tables.printed import is_blank, is_figure
from disclosure_rules.model.document import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.ingest.grids import PlacedCell
    from disclosure_rules.ingest.tables.reviews import Reviews
    from disclosure_rules.model.document import GridCell

__all__ = ["with_groups_together"]

_LONGEST = 40


class _Group(NamedTuple):
    """One of the three: the block that names it, its outcomes and its figures."""

    caption: Block
    outcomes: Sequence[GridCell]
    figures: Sequence[GridCell]


def with_groups_together(blocks: Sequence[Block], known: Reviews) -> tuple[Block, ...]:
    """Put one grid in the place of three that are table 4, group by group.

    Each has the name of its group above it (行政复议; 行政诉讼（未经复议直接起诉）), the five outcomes and their figures.

    Args:
        blocks: The blocks of a document in reading order.
        known: What the table is known by.

    Returns:
        The blocks; the same where the three groups do not stand one behind the other, in the order of the form.
    """
    size = 2 * len(known.heads)
    for at, block in enumerate(blocks):
        if block.grid is None and _names(block, known, 0):
            run = blocks[at : at + size]
            found = [_group(run[2 * k : 2 * k + 2], known, k) for k in range(len(known.heads))]
            groups = [group for group in found if group is not None]
            if len(groups) == len(known.heads):
                return (*blocks[:at], _together(groups), *blocks[at + size :])
    return tuple(blocks)


def _names(block: Block, known: Reviews, group: int) -> bool:
    """Whether a block is the name of a group and nothing else."""
    if len(block.text) > _LONGEST:
        return False
    words, head = label(block.text).words, known.heads[group]
    return words == head or words in {parent + head for parent in known.parents}


def _group(pair: Sequence[Block], known: Reviews, group: int) -> _Group | None:
    if len(pair) < 2 or not _names(pair[0], known, group) or pair[1].grid is None:  # noqa: PLR2004  name and grid
        return None
    cells = pair[1].grid.cells
    outcomes = [cell for cell in cells if cell.row == 0]
    figures = [cell for cell in cells if cell.row == 1]
    in_order = [known.columns.key(cell.text) for cell in outcomes] == list(known.order)
    filled = all(is_figure(cell.text) or is_blank(cell.text) for cell in figures)
    if not in_order or not filled or not len(outcomes) == len(figures) == len(cells) - len(outcomes):
        return None
    return _Group(pair[0], outcomes, figures)


def _together(groups: Sequence[_Group]) -> Block:
    cells: list[PlacedCell] = []
    for at, group in enumerate(groups):
        width = len(group.outcomes)
        first = at * width
        cells.append(_cell(0, first, width, group.caption.text.strip(), group.caption))
        for row, of_row in ((1, group.outcomes), (2, group.figures)):
            cells += [_cell(row, first + column, 1, cell.text, cell) for column, cell in enumerate(of_row)]
    return Block(kind="grid", text="", location=groups[0].caption.location, grid=grid_from(cells))


def _cell(row: int, column: int, span: int, text: str, source: Block | GridCell) -> PlacedCell:
    return {
        "row": row,
        "column": column,
        "row_span": 1,
        "column_span": span,
        "text": text,
        "location": source.location,
    }
