"""Layout dumps of PDF files: one line of text for each line of a table, its cells set apart by blanks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.tables.labels import squeezed_label
from disclosure_rules.model.document import Block, Grid, GridCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.ingest.tables.flattened import Vocabulary

__all__ = ["with_dump_grids"]

_GAP = re.compile(r"[ \u3000]*\t\s*|[ \u3000]{2,}")
_FIGURE = re.compile(r"[\d,.，．]{1,20}")
_CLAUSE = re.compile(r"第?二十条第\([一二三四五六七八九十]\)项")
_SUBJECT = "信息内容"
_COUNTS = {7: "requests", 15: "reviews_and_litigation"}
_MOST_BETWEEN = 8
_LONGEST = 40
_MOST_PIECES = 2
_MOST_WORDS = 100
_CAPTIONS = ("勾稽", "申请人情况", "行政复议", "结果维持", "自然人")


class _Row(NamedTuple):
    """A line that is a row of a table: its cells, and the lines of which it is made."""

    block: int
    kind: str
    texts: tuple[str, ...]
    used: tuple[int, ...] = ()


def with_dump_grids(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[Block, ...]:
    """Put grids in the place of the tables that stand as lines with blanks between their cells.

    Args:
        blocks: The blocks of a document, in order, one for each line of a table.
        vocabulary: The labels that tell a table.

    Returns:
        The blocks in their order. The lines between the first and the last row of a table, which hold pieces of
        labels and repeated headers, go with the table; those with words that no label has stay as cells of it.
    """
    rows = [row for index in range(len(blocks)) if (row := _row(blocks, index, vocabulary))]
    regions = list(_regions(rows, blocks))
    found: list[Block] = []
    done = 0
    for region in regions:
        start = _with_caption(blocks, done, region[0].block)
        last = max(region[-1].block, *region[-1].used, region[-1].block)
        found += blocks[done:start]
        found.append(_grid(blocks, region))
        done = last + 1
    return (*found, *blocks[done:])


def _row(blocks: Sequence[Block], index: int, vocabulary: Vocabulary) -> _Row | None:
    """The row that a line is, or None."""
    block = blocks[index]
    if block.kind != "paragraph" or len(block.text) > 4 * _MOST_WORDS:
        return None
    words = block.text.split()
    if len(words) > _MOST_WORDS:
        return None
    count = len(words)
    while count and _FIGURE.fullmatch(words[count - 1]):
        count -= 1
    figures = words[count:]
    rest = _GAP.split(" ".join(words[:count]) if not figures else _before(block.text, len(figures)))
    rest = [piece.strip() for piece in rest if piece.strip()]
    return _of_proactive(index, rest, figures, vocabulary) or _with_label(
        blocks, index, rest, figures, vocabulary
    )


def _before(text: str, figures: int) -> str:
    """The text before its last `figures` words."""
    kept = text.rstrip()
    for _ in range(figures):
        kept = kept[: -len(kept.split()[-1])].rstrip()
    return kept


def _of_proactive(
    index: int, rest: Sequence[str], figures: Sequence[str], vocabulary: Vocabulary
) -> _Row | None:
    """A line of table 2: a clause, the names of columns, or a label with its figures."""
    kind = "proactive_disclosure"
    joined = squeezed_label("".join(rest))
    if not figures and _CLAUSE.fullmatch(joined):
        return _Row(index, kind, (joined,))
    if not figures and joined.startswith(_SUBJECT):
        names = _names(joined.removeprefix(_SUBJECT), vocabulary.columns[kind])
        return _Row(index, kind, (_SUBJECT, *names)) if names else None
    if figures and joined in vocabulary.rows[kind] and len(figures) <= len(vocabulary.columns[kind]):
        return _Row(index, kind, (rest[-1], *figures))
    return None


def _names(text: str, known: dict[str, str]) -> list[str]:
    """The names of columns that a text is made up of, one after the other; empty where anything else is in it."""
    names: list[str] = []
    while text:
        name = next((name for name in sorted(known, key=len, reverse=True) if text.startswith(name)), None)
        if name is None:
            return []
        names.append(known[name])
        text = text[len(name) :]
    return names


def _with_label(
    blocks: Sequence[Block], index: int, rest: Sequence[str], figures: Sequence[str], vocabulary: Vocabulary
) -> _Row | None:
    """A line with as many figures as table 3 or 4 has columns, with the label that is broken around it."""
    kind = _COUNTS.get(len(figures))
    if kind is None or (kind == "reviews_and_litigation" and rest):
        return None
    if kind == "reviews_and_litigation":
        return _Row(index, kind, tuple(figures))
    own = rest[-1] if rest else ""
    known = vocabulary.rows[kind]
    if squeezed_label(own) in known:
        return _Row(index, kind, (own, *figures))
    above = _pieces(blocks, index, -1)
    below = _pieces(blocks, index, 1)
    for before in range(len(above) + 1):
        for after in range(len(below) + 1):
            if (own or after) and before + after:
                words = "".join([*reversed(above[:before]), own, *below[:after]])
                if squeezed_label(words) in known:
                    used = (*range(index - before, index), *range(index + 1, index + after + 1))
                    return _Row(index, kind, (words, *figures), used)
    return _Row(index, kind, (own, *figures))


def _pieces(blocks: Sequence[Block], index: int, step: int) -> list[str]:
    """The last words of the lines next to a line, without figures, nearest first."""
    pieces: list[str] = []
    for offset in range(1, _MOST_PIECES + 1):
        at = index + step * offset
        if not 0 <= at < len(blocks) or blocks[at].kind != "paragraph":
            break
        text = blocks[at].text.strip()
        if len(text) > _LONGEST or _FIGURE.fullmatch(text.split()[-1] if text else "0"):
            break
        pieces.append(_GAP.split(text)[-1])
    return pieces


def _regions(rows: Sequence[_Row], blocks: Sequence[Block]) -> Iterator[list[_Row]]:
    """The rows of each table: of one kind, with only a few short lines between them.

    Rows without a figure are no table: what stands between them, and was not understood, stays text.
    """
    region: list[_Row] = []
    for row in (*rows, None):
        apart = (
            row is None or row.kind != region[-1].kind or not _near(blocks, region[-1].block, row.block)
            if region
            else False
        )
        if apart and any(_FIGURE.fullmatch(text) for one in region for text in one.texts):
            yield region
        if row is not None:
            region = [row] if apart else [*region, row]


def _near(blocks: Sequence[Block], left: int, right: int) -> bool:
    between = blocks[left + 1 : right]
    return len(between) <= _MOST_BETWEEN and all(
        block.kind == "paragraph" and (len(block.text) <= _LONGEST or _is_caption(block)) for block in between
    )


def _is_caption(block: Block) -> bool:
    text = squeezed_label(block.text)
    return (
        block.kind == "paragraph"
        and len(text) <= _MOST_WORDS
        and any(text.find(word) >= 0 for word in _CAPTIONS)
    )


def _with_caption(blocks: Sequence[Block], done: int, first: int) -> int:
    """Where a table begins with the lines of its header, which are above its first row and no headings."""
    start = first
    for index in range(first - 1, max(done, first - _MOST_BETWEEN) - 1, -1):
        text = blocks[index].text.strip()
        if (
            blocks[index].kind != "paragraph"
            or len(text) > _MOST_WORDS
            or re.match("[一二三四五六七八九十]{1,3}、", text)
        ):
            break
        if _is_caption(blocks[index]) and not re.search("[。；，]", text.replace("第一项加第二项之和，", "")):
            start = index
    return start


def _grid(blocks: Sequence[Block], region: Sequence[_Row]) -> Block:
    cells: list[GridCell] = []
    for number, row in enumerate(region):
        place = blocks[row.block].location
        cells += [
            GridCell(row=number, column=column, text=text, location=place)
            for column, text in enumerate(row.texts)
        ]
    return Block(
        kind="grid", text="", location=blocks[region[0].block].location, grid=Grid(cells=tuple(cells))
    )
