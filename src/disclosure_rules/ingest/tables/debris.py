"""What a text leaves of a table between its parts: pieces of labels, headings of groups, the note on the sums."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from disclosure_rules.ingest.tables.labels import squeezed_label
from disclosure_rules.ingest.tables.remarks import about

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from disclosure_rules.model.document import Block
    from disclosure_rules.model.layout import TableSpec
    from disclosure_rules.model.note import Note
    from disclosure_rules.model.report import Table

__all__ = ["without_debris"]

_SUMS = "本列数据的勾稽关系"


def without_debris(
    blocks: Sequence[Block], table: Table, spec: TableSpec, is_other_section: Callable[[Block], bool]
) -> tuple[list[Block], list[Note]]:
    """The blocks of a text without the lines that are left of a table where it was read in several parts.

    They are no headings of sections (三、本法提供, printed across two columns as 三、本年度办理结果 and 无法提供) and no
    prose. A line that ends a sentence stays, whatever it stands between, and what follows the heading of another section.

    Args:
        blocks: The blocks of a document of lines.
        table: The table, with the lines of its cells.
        spec: The table of its form.
        is_other_section: Whether a block is the heading of a section that the table is not of.

    Returns:
        The other blocks, and a note with the places of those that were left out.
    """
    lines = [line for at in range(len(spec.cells)) if (line := table.cell(at).location.line) is not None]
    if not lines:
        return list(blocks), []
    first, last = min(lines), max(lines)
    left = list(takewhile(lambda block: not is_other_section(block), _debris(blocks, first, last)))
    known = {id(block) for block in left}
    kept = [block for block in blocks if id(block) not in known]
    places, words = [block.location for block in left], [block.text[:20] for block in left]
    return kept, about("table-debris", spec, places, words)


def _debris(blocks: Sequence[Block], first: int, last: int) -> Iterator[Block]:
    for block in blocks:
        line = block.location.line
        if block.grid is not None or line is None or line > last or "。" in block.text:
            continue
        if line > first or _SUMS in squeezed_label(block.text):
            yield block
