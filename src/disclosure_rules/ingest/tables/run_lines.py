"""Tables whose every row stands on a line with its cells run together: `规章000`, `一、本年新收…数量2000002`.

The lines of such a table are joined to one paragraph, which `flattened` cuts; nothing is read here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from disclosure_rules.ingest.tables.flattened import HEADS
from disclosure_rules.ingest.tables.labels import squeezed_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.ingest.tables.flattened import Vocabulary
    from disclosure_rules.model.document import Block

__all__ = ["with_run_lines"]

_CLAUSE = re.compile(r"第?二十条第?\([一二三四五六七八九十]\)项")
_GLUED = re.compile(r"(?P<label>.{2,60}?)(?P<figures>\d[\d.]{0,40})")
_FIGURES = re.compile(r"\d{5,80}")
_APART = re.compile(r"\d\s+\d")
# What stands in every heading of such a table: most lines of a report are told by this alone.
_HEADING_LIKE = re.compile("二十条|信息内容|勾稽|申请人|自然人|商业|结果|复议")
_LONGEST = 80
_FEWEST = 3


def with_run_lines(blocks: Sequence[Block], vocabulary: Vocabulary) -> list[Block]:
    """Join the lines of tables whose cells run together.

    Args:
        blocks: The blocks of a document, in order.
        vocabulary: The labels that tell a table.

    Returns:
        The blocks in their order, with one paragraph in the place of the lines of each such table.
    """
    words = _Words(vocabulary)
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        end = index
        kinds: list[str] = []
        while end < len(blocks) and (kind := words.kind(blocks[end])):
            kinds.append(kind)
            end += 1
        # Rows below a heading, or the one row of figures of table 4 below its outcomes.
        if len(kinds) > kinds.count("row") >= _FEWEST or kinds[-1:] == ["figures"] != kinds:
            found.append(_joined(blocks[index:end]))
            index = end
        else:
            found.append(blocks[index])
            index += 1
    return found


class _Words:
    """What a line of such a table may consist of.

    Args:
        vocabulary: The labels of all tables.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        labels = {name for names in vocabulary.rows.values() for name in names}
        columns = {name for names in vocabulary.columns.values() for name in names}
        parents = {name for names in vocabulary.parents.values() for name in names}
        self._labels = tuple(labels)
        names = sorted({*columns, *parents, *HEADS, "信息内容"} - {""}, key=len, reverse=True)
        self._header = re.compile("(?:" + "|".join(map(re.escape, names)) + "){2,40}")

    def kind(self, block: Block) -> str | None:
        """Whether a block is a `row`, `figures` alone, a `heading` over rows or columns, or no line of a table (None)."""
        if (
            block.kind != "paragraph"
            or not block.text
            or len(block.text) > _LONGEST
            or block.text[-1] in "。;；|"
        ):
            return None
        if not block.text[-1].isdigit() and not _HEADING_LIKE.search(block.text):
            return None
        if _APART.search(block.text):
            return None  # figures that blanks set apart: a row of a table drawn with blanks
        text = squeezed_label(block.text)
        if _FIGURES.fullmatch(text):
            return "figures"
        if _CLAUSE.fullmatch(text) or "勾稽" in text or text in HEADS or self._header.fullmatch(text):
            return "heading"
        match = _GLUED.fullmatch(text)
        return "row" if match and match["label"].endswith(self._labels) else None


def _joined(blocks: Sequence[Block]) -> Block:
    """The blocks as one, with the lines of each."""
    lines: list[tuple[int, int]] = []
    length = 0
    for block in blocks:
        if block.location.line is not None:
            lines.append((length, block.location.line))
        length += len(block.text) + 1
    return blocks[0].model_copy(
        update={"text": " ".join(block.text for block in blocks), "lines": tuple(lines)}
    )
