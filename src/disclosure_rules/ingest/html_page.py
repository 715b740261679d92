"""What stands open while a page is read, and the blocks that come of it: no tree, one pass, an explicit stack."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.fields import META_FIELDS, fields_in_line, fields_in_table
from disclosure_rules.ingest.grids import MOST_CELLS, PrintedCell, is_layout
from disclosure_rules.ingest.html_grid import grid_of
from disclosure_rules.ingest.html_text import Lines, paragraph
from disclosure_rules.ingest.html_tokens import attributes, tokens
from disclosure_rules.ingest.plain_block import PlainBlock
from disclosure_rules.ingest.raised import LOWERED, RAISED
from disclosure_rules.model.location import Location, at_line
from disclosure_rules.model.note import Note
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    _Take = Callable[[str, str, str, int], None]

__all__ = ["Page"]

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_CELLS = frozenset(("td", "th"))
_BLOCKS = (
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "head", "header", "hr", "html", "legend",
    "li", "main", "menu", "nav", "ol", "option", "search", "section", "summary", "ul",
)  # fmt: skip
# Elements that editors hide one by one; a hidden <div> is a tab of the page, which a script would show.
_STRUCK = frozenset(("del", "s", "strike"))
_HIDING = _STRUCK | {"span", "font", "p", "b", "strong", "em", "i", "u", "a"}
_HIDDEN = re.compile(
    r"""display\s{0,9}:\s{0,9}none | visibility\s{0,9}:\s{0,9}hidden | text-decoration[^;"']{0,40}line-through""",
    re.IGNORECASE | re.VERBOSE,
)
_RAISED = {"sup": RAISED, "sub": LOWERED}
_NUMBER = re.compile(r"\s{0,9}(\d{1,9})")
_MOST_TAGS = 2_000_000
_DEEPEST_TABLE = 64
_MOST_FIELD_CELLS = 120
_MAX_PLACES = 20


class _Table:
    """A table of which the end has not been seen."""

    def __init__(self) -> None:
        self.rows: list[list[PrintedCell]] = []
        self.group_ends: list[int] = []
        self.blocks: list[PlainBlock] | None = None  # the content of the open cell
        self.spans = (1, 1)
        self.line = 0
        self.in_row = False
        self.row_hidden = False
        self.cell_hidden = False

    def end_group(self) -> None:
        """Let no span reach beyond the rows so far."""
        self.in_row = False
        self.group_ends += [len(self.rows)] * (len(self.rows) - len(self.group_ends))


class Page:
    """One page, read from beginning to end.

    Args:
        source: The page.
        name: The file's name, for messages.

    Raises:
        ReadError: `too-many-tags` or `table-too-large`.
    """

    def __init__(self, source: str, name: str) -> None:
        self._name = name
        if "\r" in source:
            source = source.replace("\r\n", "\n").replace("\r", "\n")  # as the standard has it
        self._lines = Lines(source)
        self._blocks: list[PlainBlock] = []
        self._head: list[PlainBlock] = []
        self._tables: list[_Table] = []
        self._too_deep = 0  # tables open beyond the deepest that is kept apart
        self._deep_lines: list[int] = []
        self._cells = 0
        self._pieces: list[tuple[str, int]] = []
        self._kind = "paragraph"
        self._in_title = False
        self._pre = False
        self._hiding = ""  # the element that hides its text, and how many of its kind are open in it
        self._hiding_depth = 0
        self._hidden_lines: list[int] = []
        self._raised = ""  # `sup` or `sub` while one is open
        self._read(source)

    def blocks(self) -> tuple[PlainBlock, ...]:
        """The blocks in the order of the page, the fields of its head first."""
        found: list[PlainBlock] = []
        for block in self._blocks:
            found += (fields_in_line(block) if block.kind == "paragraph" else ()) or (block,)
        return (*self._head, *found)

    def notes(self) -> tuple[Note, ...]:
        """What was left out, and what was given up."""
        found = []
        if self._hidden_lines:
            found.append(_hidden(self._hidden_lines))
        if self._deep_lines:
            found.append(_too_deep(self._deep_lines))
        return tuple(found)

    def _read(self, source: str) -> None:
        takes = self._takes()
        tags = 0
        for text, text_at, name, slash, rest, at in tokens(source):
            if text and (self._pieces or not text.isspace()):
                self._add(text, text_at)
            if not name:
                continue
            tags += 1
            if tags > _MOST_TAGS:
                raise _too_large(self._name, _MOST_TAGS)
            if self._in_title:
                self._close_title()
            take = takes.get(name)
            if take is not None:
                take(name, slash, rest, at)
        self._end()

    def _takes(self) -> Mapping[str, _Take]:
        """What to do at each tag: its name, `/` of an end tag, its attributes unread and its offset are given."""
        return {
            **dict.fromkeys(_BLOCKS, self._block),
            **dict.fromkeys(_HEADINGS, self._heading),
            **dict.fromkeys(_HIDING, self._inline),
            **dict.fromkeys(_RAISED, self._raise),
            **dict.fromkeys(_ROW_GROUPS, self._row_group),
            **dict.fromkeys(_CELLS, self._cell),
            "p": self._paragraph,
            "pre": self._preformatted,
            "br": self._line_break,
            "title": self._title,
            "meta": self._meta,
            "table": self._table,
            "tr": self._row,
            "input": self._control,
        }

    def _end(self) -> None:
        """The end of the page closes what is open."""
        self._flush()
        while self._tables:
            self._close_table()

    def _block(self, *_: object) -> None:
        """A tag that ends a paragraph, and what an element left open hid or raised."""
        if self._pieces:
            self._flush()
        self._hiding = self._raised = ""

    def _line_break(self, *_: object) -> None:
        self._flush()

    def _heading(self, _: str, slash: str, *__: object) -> None:
        self._block()
        self._kind = "paragraph" if slash else "heading"

    def _preformatted(self, _: str, slash: str, *__: object) -> None:
        self._block()
        self._pre = not slash

    def _title(self, _: str, slash: str, *__: object) -> None:
        self._flush()
        self._in_title = not slash

    def _paragraph(self, name: str, slash: str, rest: str, at: int) -> None:
        self._block()
        self._inline(name, slash, rest, at)

    def _inline(self, name: str, slash: str, rest: str, _: int) -> None:
        if self._hiding or name in _STRUCK or (rest and _may_hide(rest)):
            self._hide(name, slash, rest)

    def _raise(self, name: str, slash: str, *_: object) -> None:
        self._raised = "" if slash else name

    def _hide(self, name: str, slash: str, rest: str) -> None:
        """Follow the element whose text is not displayed, to its end."""
        if name == self._hiding:
            self._hiding_depth += -1 if slash else 1
            if not self._hiding_depth:
                self._hiding = ""
        elif not self._hiding and not slash and (name in _STRUCK or _is_hidden(rest)):
            self._hiding, self._hiding_depth = name, 1

    def _control(self, _: str, __: str, rest: str, at: int) -> None:
        """The value that a control in a table shows: a form filled in and saved as a page."""
        if not self._tables:
            return
        found = attributes(rest)
        if found.get("type", "text").lower() in {"text", "number"} and found.get("value", "").strip():
            self._add(escape(found["value"], quote=False), at)

    def _add(self, text: str, at: int) -> None:
        if self._hiding:
            if not text.isspace():
                self._hidden_lines.append(self._lines.at(at))
        elif self._raised:
            self._pieces.append((escape(unescape(text).translate(_RAISED[self._raised]), quote=False), at))
        elif self._pre and "\n" in text:
            for line in text.split("\n"):
                self._pieces.append((line, at))
                self._flush()
                at += len(line) + 1
        else:
            self._pieces.append((text, at))

    def _flush(self) -> None:
        """End the paragraph."""
        if not self._pieces:
            return
        block = paragraph(self._pieces, self._lines, "heading" if self._kind == "heading" else "paragraph")
        self._pieces.clear()
        if block is not None:
            self._sink().append(block)

    def _sink(self) -> list[PlainBlock]:
        """Where a block goes: the innermost open cell, or the page. Text between cells stands before its table."""
        for table in reversed(self._tables):
            if table.blocks is not None:
                return table.blocks
        return self._blocks

    def _close_title(self) -> None:
        self._in_title = False
        block = paragraph(self._pieces, self._lines)
        self._pieces.clear()
        if block is not None:
            self._head.append(block._replace(kind="keyvalue", name="网页标题"))

    def _meta(self, _: str, __: str, rest: str, at: int) -> None:
        found = attributes(rest)
        field = META_FIELDS.get(found.get("name", "").lower())
        value = found.get("content", "").strip()
        if field and value:
            place = at_line(self._lines.at(at))
            self._head.append(PlainBlock("keyvalue", value, place, name=field))

    def _table(self, _: str, slash: str, __: str, at: int) -> None:
        self._block()
        if slash:
            self._end_of_table()
        else:
            self._start_of_table(at)

    def _inner_table(self) -> _Table | None:
        """The table that a tag of a row or cell belongs to, its open cell closed; None where there is none."""
        self._block()
        if not self._tables or self._too_deep:
            return None
        self._close_cell()
        return self._tables[-1]

    def _row_group(self, *_: object) -> None:
        table = self._inner_table()
        if table:
            table.end_group()

    def _row(self, _: str, slash: str, rest: str, __: int) -> None:
        table = self._inner_table()
        if table:
            table.in_row = not slash
            table.row_hidden = not slash and _is_hidden(rest)
            if not slash:
                table.rows.append([])

    def _cell(self, _: str, slash: str, rest: str, at: int) -> None:
        table = self._inner_table()
        if table and not slash:
            self._open_cell(table, rest, at)

    def _open_cell(self, table: _Table, rest: str, at: int) -> None:
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise _too_large(self._name, MOST_CELLS)
        if not table.in_row:
            table.rows.append([])
            table.in_row = True
        table.spans = (1, 1)
        if "span" in rest.lower():
            found = attributes(rest)
            table.spans = (_span(found.get("rowspan")), max(1, _span(found.get("colspan"))))
        table.line = self._lines.at(at)
        table.cell_hidden = table.row_hidden or _is_hidden(rest)
        table.blocks = []

    def _close_cell(self) -> None:
        table = self._tables[-1]
        if table.blocks is None:
            return
        if table.cell_hidden:
            self._hidden_lines += [table.line] if table.blocks else []
        else:
            table.rows[-1].append(PrintedCell(*table.spans, table.blocks, at_line(table.line)))
        table.blocks = None

    def _start_of_table(self, at: int) -> None:
        if self._too_deep or len(self._tables) == _DEEPEST_TABLE:
            self._too_deep += 1
            self._deep_lines.append(self._lines.at(at))
            return
        if self._tables and self._tables[-1].blocks is None:
            self._close_table()  # a table between the cells of another ends that one, as in a browser
        self._tables.append(_Table())

    def _end_of_table(self) -> None:
        if self._too_deep:
            self._too_deep -= 1
        elif self._tables:
            self._close_table()

    def _close_table(self) -> None:
        self._close_cell()
        table = self._tables.pop()
        table.end_group()
        self._sink().extend(self._content(table))

    def _content(self, table: _Table) -> list[PlainBlock]:
        """The fields of a table of metadata, the content of one that arranges the page, or the grid."""
        if not any(cell.blocks for row in table.rows for cell in row):
            return []
        if sum(map(len, table.rows)) <= _MOST_FIELD_CELLS:
            fields = fields_in_table([[cell.blocks for cell in row] for row in table.rows])
            if fields:
                return fields
        if is_layout(table.rows):
            return [block for row in table.rows for cell in row for block in cell.blocks]
        return [grid_of(table.rows, table.group_ends, self._name)]


def _may_hide(rest: str) -> bool:
    # Looked for first: the markup of word processors has thousands of styles, nearly all without any of these.
    return "isplay" in rest or "isibility" in rest or "line-through" in rest


def _is_hidden(rest: str) -> bool:
    return _may_hide(rest) and _HIDDEN.search(rest) is not None


def _span(value: str | None) -> int:
    number = _NUMBER.match(value) if value else None
    return int(number[1]) if number else 1


def _hidden(lines: list[int]) -> Note:
    return Note(
        code="hidden-text",
        message=Text(
            zh=f"页面中有 {len(lines)} 处隐藏文字（浏览时看不到）或者划去的文字，未读取。",
            en=f"{len(lines)} stretches of the page are hidden from its visitors or struck through; they were "
            "not read.",
        ),
        count=len(lines),
        places=tuple(Location(line=line) for line in dict.fromkeys(lines))[:_MAX_PLACES],
    )


def _too_deep(lines: list[int]) -> Note:
    return Note(
        code="tables-too-deep",
        message=Text(
            zh=f"有 {len(lines)} 个表格嵌套超过 {_DEEPEST_TABLE} 层，只读取了文字，未按表格读取。",
            en=f"{len(lines)} tables are nested more than {_DEEPEST_TABLE} deep; their text was read, but not as tables.",
        ),
        count=len(lines),
        places=tuple(Location(line=line) for line in dict.fromkeys(lines))[:_MAX_PLACES],
    )


def _too_large(name: str, limit: int) -> ReadError:
    return ReadError(
        f"网页的标签或单元格超过 {limit} 个，不像是一份年度报告，请确认是否选错了文件",
        f"the page has more than {limit} tags or cells, which no annual report has; make sure it is the right file",
        place=name,
        code="too-many-tags",
    )
