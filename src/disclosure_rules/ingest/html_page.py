"""What stands open while a page is read, and the blocks that come of it: no tree, one pass, an explicit stack."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from disclosure_rules.ingest.fields import META_FIELDS, fields_in_line, fields_in_table
from disclosure_rules.ingest.grids import MOST_CELLS, PrintedCell, is_layout
from disclosure_rules.ingest.html_grid import grid_of
from disclosure_rules.ingest.html_remarks import hidden_text, too_deep, too_many_tags
from disclosure_rules.ingest.html_text import Lines, paragraph
from disclosure_rules.ingest.html_tokens import attributes, scan
from disclosure_rules.ingest.plain_block import PlainBlock
from disclosure_rules.ingest.raised import LOWERED, RAISED
from disclosure_rules.model.location import at_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Literal

    from disclosure_rules.ingest.html_tokens import Take
    from disclosure_rules.model.note import Note

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
_INLINE = _STRUCK | {"span", "font", "b", "strong", "em", "i", "u"}
_HIDDEN = re.compile(
    r"""display\s{0,9}:\s{0,9}none | visibility\s{0,9}:\s{0,9}hidden | text-decoration[^;"']{0,40}line-through""",
    re.IGNORECASE | re.VERBOSE,
)
_RAISED = {"sup": RAISED, "sub": LOWERED}
_NUMBER = re.compile(r"\s{0,9}(\d{1,9})")
_MOST_TAGS = 2_000_000
_DEEPEST_TABLE = 64
_MOST_FIELD_CELLS = 120


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
        self._kind: Literal["heading", "paragraph"] = "paragraph"
        self._in_title = False
        self._pre = False
        self._hiding = ""  # the element that hides its text, and how many of its kind are open in it
        self._hiding_depth = 0
        self._hidden_lines: list[int] = []
        self._raised = ""  # `sup` or `sub` while one is open
        self._in_link = False
        self._unlinked = False  # whether any of the open paragraph's text is in no link
        if source.count("<") > _MOST_TAGS:
            raise too_many_tags(self._name, _MOST_TAGS)
        scan(source, self._add, self._takes())
        self._end()

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
            found.append(hidden_text(self._hidden_lines))
        if self._deep_lines:
            found.append(too_deep(self._deep_lines, _DEEPEST_TABLE))
        return tuple(found)

    def _takes(self) -> Mapping[str, Take]:
        """What to do at each tag."""
        return {
            **_at_both(_BLOCKS, self._block, self._block),
            **_at_both(_HEADINGS, self._heading, self._end_heading),
            **_at_both(_INLINE, self._inline, self._end_inline),
            **_at_both(_RAISED, self._raise, self._end_raised),
            **_at_both(_ROW_GROUPS, self._row_group, self._row_group),
            **_at_both(_CELLS, self._cell, self._end_cell),
            **_at_both(("p",), self._paragraph, self._end_paragraph),
            **_at_both(("pre",), self._preformatted, self._end_preformatted),
            **_at_both(("a",), self._anchor, self._end_anchor),
            **_at_both(("br",), self._line_break, self._line_break),
            **_at_both(("title",), self._title, self._line_break),
            **_at_both(("meta",), self._meta, self._meta),
            **_at_both(("table",), self._table, self._end_table),
            **_at_both(("tr",), self._row, self._end_row),
            "input": self._control,
        }

    def _end(self) -> None:
        """The end of the page closes what is open."""
        self._flush()
        while self._tables:
            self._close_table()

    def _block(self, *_: object) -> None:
        """A tag that ends a paragraph, and what an element left open hid or raised."""
        if self._pieces or self._in_title:
            self._flush()
        self._hiding = self._raised = ""
        self._in_link = False  # damaged pages never close one

    def _line_break(self, *_: object) -> None:
        self._flush()

    def _heading(self, *_: object) -> None:
        self._block()
        self._kind = "heading"

    def _end_heading(self, *_: object) -> None:
        self._block()
        self._kind = "paragraph"

    def _preformatted(self, *_: object) -> None:
        self._block()
        self._pre = True

    def _end_preformatted(self, *_: object) -> None:
        self._block()
        self._pre = False

    def _paragraph(self, name: str, rest: str, at: int) -> None:
        self._block()
        if rest:
            self._inline(name, rest, at)

    def _end_paragraph(self, *_: object) -> None:
        self._block()

    def _inline(self, name: str, rest: str, _: int) -> None:
        """An element that hides its text, or one of its kind within it."""
        if self._hiding:
            self._hiding_depth += name == self._hiding
        elif _is_hidden(rest) or name in _STRUCK:
            self._hiding, self._hiding_depth = name, 1

    def _end_inline(self, name: str, *_: object) -> None:
        if self._hiding and name[1:] == self._hiding:
            self._hiding_depth -= 1
            if not self._hiding_depth:
                self._hiding = ""

    def _anchor(self, name: str, rest: str, at: int) -> None:
        self._in_link = (
            "href" in rest.lower()
        )  # without one it is a place to lead to: Word sets them at headings
        self._inline(name, rest, at)

    def _end_anchor(self, name: str, *_: object) -> None:
        self._in_link = False
        self._end_inline(name)

    def _raise(self, name: str, *_: object) -> None:
        self._raised = name

    def _end_raised(self, *_: object) -> None:
        self._raised = ""

    def _control(self, _: str, rest: str, at: int) -> None:
        """The value that a control in a table shows: a form filled in and saved as a page."""
        if not self._tables:
            return
        found = attributes(rest)
        if found.get("type", "text").lower() in {"text", "number"} and found.get("value", "").strip():
            self._add(escape(found["value"], quote=False), at)

    def _add(self, text: str, at: int) -> None:
        blank = text.isspace()
        if blank and not self._pieces:
            return
        if not blank and not self._in_link:
            self._unlinked = True
        if self._hiding:
            if not blank:
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
        """End the paragraph, or the title of the page: any tag ends that, for damaged pages never close it."""
        in_title, self._in_title = self._in_title, False
        link, self._unlinked = not self._unlinked, False
        if not self._pieces:
            return
        block = paragraph(self._pieces, self._lines, self._kind)
        self._pieces.clear()
        if block is None:
            return
        if in_title:
            self._head.append(block._replace(kind="keyvalue", name="网页标题"))
        else:
            self._sink().append(block._replace(link=True) if link else block)

    def _sink(self) -> list[PlainBlock]:
        """Where a block goes: the innermost open cell, or the page. Text between cells stands before its table."""
        for table in reversed(self._tables):
            if table.blocks is not None:
                return table.blocks
        return self._blocks

    def _title(self, *_: object) -> None:
        self._flush()
        self._in_title = True

    def _meta(self, _: str, rest: str, at: int) -> None:
        if self._in_title:
            self._flush()
        found = attributes(rest)
        field = META_FIELDS.get(found.get("name", "").lower())
        value = found.get("content", "").strip()
        if field and value:
            place = at_line(self._lines.at(at))
            self._head.append(PlainBlock("keyvalue", value, place, name=field))

    def _inner_table(self) -> _Table | None:
        """The table that a tag of a row or cell belongs to, its open cell closed; None where there is none."""
        if self._pieces or self._in_title:
            self._flush()
        self._hiding = self._raised = ""
        self._in_link = False
        if not self._tables or self._too_deep:
            return None
        table = self._tables[-1]
        if table.blocks is not None:
            self._close_cell(table, table.blocks)
        return table

    def _row_group(self, *_: object) -> None:
        table = self._inner_table()
        if table:
            table.end_group()

    def _row(self, _: str, rest: str, __: int) -> None:
        table = self._inner_table()
        if table:
            table.in_row = True
            table.row_hidden = _is_hidden(rest)
            table.rows.append([])

    def _end_row(self, *_: object) -> None:
        table = self._inner_table()
        if table:
            table.in_row = table.row_hidden = False

    def _cell(self, _: str, rest: str, at: int) -> None:
        table = self._inner_table()
        if table:
            self._open_cell(table, rest, at)

    def _end_cell(self, *_: object) -> None:
        self._inner_table()

    def _open_cell(self, table: _Table, rest: str, at: int) -> None:
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise too_many_tags(self._name, MOST_CELLS)
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

    def _close_cell(self, table: _Table, blocks: list[PlainBlock]) -> None:
        if table.cell_hidden:
            self._hidden_lines += [table.line] if blocks else []
        else:
            table.rows[-1].append(PrintedCell(*table.spans, blocks, at_line(table.line)))
        table.blocks = None

    def _table(self, _: str, __: str, at: int) -> None:
        self._block()
        if self._too_deep or len(self._tables) == _DEEPEST_TABLE:
            self._too_deep += 1
            self._deep_lines.append(self._lines.at(at))
            return
        if self._tables and self._tables[-1].blocks is None:
            self._close_table()  # a table between the cells of another ends that one, as in a browser
        self._tables.append(_Table())

    def _end_table(self, *_: object) -> None:
        self._block()
        if self._too_deep:
            self._too_deep -= 1
        elif self._tables:
            self._close_table()

    def _close_table(self) -> None:
        table = self._tables.pop()
        if table.blocks is not None:
            self._close_cell(table, table.blocks)
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


def _at_both(names: Iterable[str], start: Take, end: Take) -> Mapping[str, Take]:
    """What to do at the start and at the end tags of these names."""
    return {**dict.fromkeys(names, start), **{f"/{name}": end for name in names}}


def _is_hidden(rest: str) -> bool:
    # Looked for first: the markup of word processors has thousands of styles, nearly all without any of these.
    may_hide = "isplay" in rest or "isibility" in rest or "line-through" in rest
    return may_hide and _HIDDEN.search(rest) is not None


def _span(value: str | None) -> int:
    number = _NUMBER.match(value) if value else None
    return int(number[1]) if number else 1
