"""Web text whose table cells run together: `一、本年新收政府信息公开申请数量15130000154二、上年结转…`.

The labels of the form are looked up in the text; what stands between one and the next are the figures of its row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.fold import squeezed
from disclosure_rules.ingest.tables.labels import squeezed_label
from disclosure_rules.model.document import Block, Grid, GridCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.fold import Squeezed
    from disclosure_rules.model.layout import Layout, TableSpec

__all__ = ["HEADS", "Vocabulary", "cut_flattened"]

# Headings over columns of tables 3 and 4, besides those that the forms keep with their rows.
HEADS = (
    "行政复议",
    "行政诉讼",
    "未经复议直接起诉",
    "复议后起诉",
    "申请人情况",
    "自然人",
    "法人或其他组织",
    "总计",
)

_SHORTEST = 60
_FEWEST_ROWS = 3
_NEAR = 160
_FIGURES = re.compile(r"[\d.\-]{1,120}元?")
_CLAUSE = r"第二十条第\([一二三四五六七八九十]\)项"
_CAPTION = re.compile(r"\(本列数据的勾稽|申请人情况|自然人法人")


class Vocabulary:
    """The labels and headers of all tables, as they stand in text without blanks.

    Args:
        layouts: The layouts.
    """

    def __init__(self, layouts: Sequence[Layout]) -> None:
        self.tables = {key: _specs(layouts, key) for key in _KEYS}
        self.rows = {
            key: {
                squeezed_label(name): name
                for spec in specs
                for row in spec.rows
                for name in (row.label.zh, *row.variants)
            }
            for key, specs in self.tables.items()
        }
        self.columns = {
            key: {
                squeezed_label(column.label.zh): column.label.zh for spec in specs for column in spec.columns
            }
            for key, specs in self.tables.items()
        }
        self.parents = {
            key: {squeezed_label(row.parent) for spec in specs for row in spec.rows if row.parent}
            for key, specs in self.tables.items()
        }
        self.sections = tuple(
            {squeezed_label(section.title.zh) for layout in layouts for section in layout.sections}
        )
        requests = self.rows[_REQUESTS]
        self.request_rows = _any_of(
            [name for name in requests if name[0] in "(一二三四五六七" or name[0].isdigit()]
        )
        disclosed = [*self.rows[_PROACTIVE], *self.columns[_PROACTIVE], "信息内容"]
        self.proactive_words = re.compile(f"{_CLAUSE}|{_any_of(disclosed).pattern}")
        reviews = (
            [column.label.zh for column in self.tables[_REVIEWS][-1].columns] if self.tables[_REVIEWS] else []
        )
        self.review_names = "".join(map(squeezed_label, reviews)) * 3


_PROACTIVE, _REQUESTS, _REVIEWS = _KEYS = ("proactive_disclosure", "requests", "reviews_and_litigation")


def _specs(layouts: Sequence[Layout], key: str) -> list[TableSpec]:
    return [spec for layout in layouts if (spec := layout.table(key))]


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)")


class _Piece(NamedTuple):
    """A stretch of the text without blanks that is a table, and the rows of its grid as (span, texts) by offset."""

    start: int
    end: int
    rows: tuple[tuple[tuple[int, int, str], ...], ...]  # (offset, column span, text)


def cut_flattened(block: Block, vocabulary: Vocabulary) -> list[Block]:
    """Cut a paragraph at the tables that are in it.

    Args:
        block: A paragraph, perhaps the text of a whole report.
        vocabulary: The labels to look for.

    Returns:
        The text around the tables and a grid for each; the block alone where there is none.
    """
    if block.kind != "paragraph" or len(block.text) < _SHORTEST:
        return [block]
    text = squeezed(block.text)
    pieces = [
        *_proactive(block, text, vocabulary),
        *_requests(block, text, vocabulary),
        *_reviews(block, text, vocabulary),
    ]
    if not pieces:
        return [block]
    blocks: list[Block] = []
    done = 0
    for piece in sorted(pieces):
        where = text.printed(piece.start, piece.end)
        if where.start < done:
            continue
        blocks += _slice(block, done, where.start)
        blocks.append(_grid(block, text, piece))
        done = where.stop
    return [*blocks, *_slice(block, done, len(block.text))]


def _slice(block: Block, start: int, end: int) -> list[Block]:
    """The text of a block between two offsets, with its lines; nothing where it is blank."""
    text = block.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if not text:
        return []
    line = block.line_at(start)
    lines = [(0, line)] if block.lines and line is not None else []
    lines += [
        (offset - start, number) for offset, number in block.lines if start < offset < start + len(text)
    ]
    place = block.location.model_copy(update={"line": line})
    return [block.model_copy(update={"text": text, "location": place, "lines": tuple(lines)})]


def _grid(block: Block, text: Squeezed, piece: _Piece) -> Block:
    cells = []
    for number, row in enumerate(piece.rows):
        column = 0
        for offset, span, words in row:
            line = block.line_at(text.offsets[offset])
            place = block.location.model_copy(update={"line": line})
            cells.append(GridCell(row=number, column=column, column_span=span, text=words, location=place))
            column += span
    first = block.location.model_copy(update={"line": block.line_at(text.offsets[piece.start])})
    return Block(kind="grid", text="", location=first, grid=Grid(cells=tuple(cells)))


def _printed(block: Block, text: Squeezed, start: int, end: int) -> str:
    return block.text[text.printed(start, end)]


def _figures(block: Block, text: Squeezed, start: int, follows: frozenset[int]) -> tuple[int, str]:
    """The figures from an offset on, as printed, and where they end.

    Figures that run into a point belong in part to the number of a label that is not known (`0000000` and `2.` of a
    misprinted label): then nothing says where they end, and the text is kept with a mark that no number has.
    """
    match = _FIGURES.match(text.text, start)
    if not match:
        return start, ""
    end = min([match.end(), *(at for at in follows if start <= at < match.end())])
    figures = _printed(block, text, start, end).strip()
    if end == match.end() and text.text[end : end + 1] in (".", "、", ","):
        figures += "…"
    return end, figures


def _requests(block: Block, text: Squeezed, vocabulary: Vocabulary) -> Iterator[_Piece]:
    found = list(vocabulary.request_rows.finditer(text.text))
    starts = frozenset(match.start() for match in found)
    rows = []
    end = 0
    for match in found:
        after, figures = _figures(block, text, match.end(), starts)
        if figures:
            rows.append(
                ((match.start(), 1, _printed(block, text, *match.span())), (match.end(), _COLUMNS, figures))
            )
            end = after
    if len(rows) < _FEWEST_ROWS:
        return
    start = rows[0][0][0]
    caption = _CAPTION.search(text.text, max(0, start - _NEAR), start)
    header = _HEADER in text.text[max(0, start - _NEAR) : start]
    begin = caption.start() if caption else start
    yield _Piece(begin, end, (*(_header_rows(begin) if header else ()), *rows))


_COLUMNS = 7
_ORGANIZATIONS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
_HEADER = "自然人法人或其他组织总计" + "".join(_ORGANIZATIONS)


def _header_rows(at: int) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """The two rows of the header, which the text has printed one after the other."""
    upper = ((at, 1, ""), (at, 1, "自然人"), (at, len(_ORGANIZATIONS), "法人或其他组织"), (at, 1, "总计"))
    lower = ((at, 1, ""), (at, 1, ""), *((at, 1, name) for name in _ORGANIZATIONS), (at, 1, ""))
    return upper, lower


def _reviews(block: Block, text: Squeezed, vocabulary: Vocabulary) -> Iterator[_Piece]:
    names = vocabulary.review_names
    start = text.text.find(names) if names else -1
    if start < 0:
        # The first run of outcomes stands before the headings of the other two.
        run = names[: len(names) // 3]
        start = text.text.find(f"{run}未经复议直接起诉复议后起诉{run}{run}") if run else -1
        names = f"{run}未经复议直接起诉复议后起诉{run}{run}"
    if start < 0:
        return
    after = start + len(names)
    end, figures = _figures(block, text, after, frozenset())
    if not figures:
        return
    begin = text.text.rfind("行政复议行政诉讼", max(0, start - _NEAR), start)
    outcomes = [column.label.zh for column in vocabulary.tables[_REVIEWS][-1].columns] * 3
    header = tuple((start, 1, name) for name in outcomes)
    yield _Piece(begin if begin >= 0 else start, end, (header, ((after, len(outcomes), figures),)))


def _proactive(block: Block, text: Squeezed, vocabulary: Vocabulary) -> Iterator[_Piece]:
    clauses = list(re.finditer(f"{_CLAUSE}信息内容", text.text))
    if not clauses:
        return
    last = clauses[-1].end() + _NEAR
    words = list(vocabulary.proactive_words.finditer(text.text, clauses[0].start(), last))
    starts = frozenset(match.start() for match in words)
    rows: list[tuple[tuple[int, int, str], ...]] = []
    header: list[tuple[int, int, str]] = []
    end = clauses[0].start()
    for match in words:
        name, at = match.group(), match.start()
        if at > end:
            break
        end = match.end()
        if name in vocabulary.columns[_PROACTIVE] and header:
            header.append((at, 1, name))
            continue
        if name == "信息内容":
            header = [(at, 1, name)]
            continue
        if len(header) > 1:
            rows.append(tuple(header))
            columns, header = len(header) - 1, []
        if name in vocabulary.rows[_PROACTIVE]:
            end, figures = _figures(block, text, match.end(), starts)
            rows.append(((at, 1, name), (match.end() - 1, columns, figures)))
        else:
            rows.append(((at, 1, name),))
    if rows:
        yield _Piece(clauses[0].start(), end, tuple(rows))
