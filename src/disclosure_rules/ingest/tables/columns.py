"""Which column a cell of a row stands in, by the printed names of the columns.

A header gives the columns in two ways: by their place in the grid and by the order in which they are printed. The
place is used where a row fits it exactly; a row that wrong spans have shifted is read by the order of its own last
cells, and noted. Where neither fits, nothing of the row is used.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.tables.labels import MOST_LOOKED_UP, han, label, likeness
from disclosure_rules.ingest.tables.printed import is_blank, is_figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from disclosure_rules.ingest.tables.printed import PrintedRow
    from disclosure_rules.model.document import GridCell
    from disclosure_rules.model.layout import ColumnSpec

__all__ = ["ColumnNames", "Fit", "Header", "Leaf", "distinct", "fit_row", "fit_tail", "read_header"]

_LIKE = 0.6
_CLEARLY = 0.1
_PROSE = 6
_SHORTEST = 3


class ColumnNames:
    """The names of the columns of a table in one or more forms, for looking up what a header cell says.

    Args:
        columns: The columns; several may share a name where forms do.
    """

    def __init__(self, columns: Sequence[ColumnSpec]) -> None:
        self._keys = {
            label(name).words: column.key
            for column in columns
            for name in (column.label.zh, *column.variants)
        }
        self._words = {column.key: label(column.label.zh).words for column in columns}
        self.every = frozenset(self._keys.values())
        self._parents = {label(column.parent).words for column in columns if column.parent}
        self._key = lru_cache(maxsize=MOST_LOOKED_UP)(self._likely_key)
        self._is_parent = lru_cache(maxsize=MOST_LOOKED_UP)(self._likely_parent)

    def key(self, text: str) -> str | None:
        """The column that a header cell names; None where it names none, or two alike."""
        return self._key(label(text).words)

    def completed(self, header: Sequence[str], columns: Sequence[str]) -> list[str | None]:
        """The columns that the cells of a header name, those cut short by their order (本年新 | 本年新 | 对外公开总数量).

        Args:
            header: What is printed.
            columns: The columns that the row below it has, in the order of the form.
        """
        keys = [self.key(name) for name in header]
        open_ = [at for at, key in enumerate(keys) if key is None]
        left = [key for key in columns if key not in keys]
        if open_ and len(open_) == len(left):
            short = [label(header[at]).words for at in open_]
            if all(
                len(words) >= _SHORTEST and self._words[key].startswith(words)
                for words, key in zip(short, left, strict=True)
            ):
                for at, key in zip(open_, left, strict=True):
                    keys[at] = key
        return keys

    def differs(self, text: str) -> bool:
        """Whether a header cell reads as no column of the forms does."""
        return label(text).words not in self._keys

    def is_parent(self, text: str) -> bool:
        """Whether a header cell is the heading over several columns (法人或其他组织)."""
        return self._is_parent(label(text).words)

    def _likely_parent(self, words: str) -> bool:
        return any(likeness(words, parent) >= _LIKE for parent in self._parents)

    def _likely_key(self, words: str) -> str | None:
        if words in self._keys:
            return self._keys[words]
        if len(words) < 2 or self.is_parent(words):  # noqa: PLR2004 -- a single character is like too much
            return None
        scores = sorted(((likeness(words, name), key) for name, key in self._keys.items()), reverse=True)
        if not scores or scores[0][0] < _LIKE:
            return None
        others = [score for score, key in scores if key != scores[0][1]]
        return scores[0][1] if not others or scores[0][0] >= others[0] + _CLEARLY else None


class Leaf(NamedTuple):
    """A printed column: its key (None where no form has it), its name, and the grid columns that it covers."""

    key: str | None
    text: str
    first: int
    last: int


class Header(NamedTuple):
    """The columns of a table, left to right.

    `placed` is False where their places in the grid contradict them, `whole` where one of the form is missing: a row
    that does not fit their places may then have lost another one.
    """

    leaves: tuple[Leaf, ...]
    placed: bool = True
    whole: bool = True

    @property
    def keys(self) -> tuple[str | None, ...]:
        """The keys of the columns in order."""
        return tuple(leaf.key for leaf in self.leaves)


def read_header(rows: Sequence[PrintedRow], names: ColumnNames, fewest: int) -> Header | None:
    """The columns that a run of header rows names.

    Args:
        rows: The rows of the header, top to bottom.
        names: The columns known.
        fewest: How many of them must be found.

    Returns:
        The columns, or None where fewer are named. A name that stands over two columns names neither.
    """
    by_place = _by_place(rows, names)
    by_order = _by_order(rows, names)
    keys = [leaf.key for leaf in by_place if leaf.key]
    if len(keys) >= fewest and _gapless(by_place) and by_order in ([], keys):
        return Header(_unique(by_place), whole=names.every <= set(keys))
    if len(by_order) >= fewest and len(set(by_order)) == len(by_order):
        return Header(
            tuple(Leaf(key, key, 0, 0) for key in by_order), placed=False, whole=names.every <= set(by_order)
        )
    return None


def _by_place(rows: Sequence[PrintedRow], names: ColumnNames) -> list[Leaf]:
    """The lowest printed text of each grid column, from the first column named on."""
    leaves: list[tuple[GridCell, Leaf]] = []
    for column in range(max((len(row.slots) for row in rows), default=0)):
        cell = _lowest(rows, column)
        if cell is None or (not leaves and names.key(cell.text) is None):
            continue
        if leaves and leaves[-1][0] is cell:
            leaves[-1] = (cell, leaves[-1][1]._replace(last=column))
        else:
            leaves.append((cell, Leaf(names.key(cell.text), cell.text, column, column)))
    return [leaf for _, leaf in leaves]


def _lowest(rows: Sequence[PrintedRow], column: int) -> GridCell | None:
    for row in reversed(rows):
        cell = row.slots[column] if column < len(row.slots) else None
        if cell is not None and not is_blank(cell.text):
            return cell
    return None


def _gapless(leaves: Sequence[Leaf]) -> bool:
    return all(right.first == left.last + 1 for left, right in pairwise(leaves))


def _unique(leaves: Sequence[Leaf]) -> tuple[Leaf, ...]:
    keys = [leaf.key for leaf in leaves]
    return tuple(leaf if keys.count(leaf.key) == 1 else leaf._replace(key=None) for leaf in leaves)


def _by_order(rows: Sequence[PrintedRow], names: ColumnNames) -> list[str]:
    """The columns named, in reading order, those of a lower row at the place of the heading over them.

    Empty where an unknown name stands among them: then their order says nothing about the cells below.
    """
    keys: list[str] = []
    below: list[str] = []
    for row in reversed(rows):
        keys = []
        for cell in row.own:
            key = names.key(cell.text)
            if key is not None:
                keys.append(key)
            elif names.is_parent(cell.text):
                keys += below
                below = []
            elif keys and not is_blank(cell.text):
                return []
        below = keys or below
    return below


class Fit(NamedTuple):
    """The cells of a row by column, and the cells left of them.

    `shifted` says that they do not stand in their places. `unsure` are those taken in their order, and such as have a
    blank cell too many behind them: where other rows have a figure there, a cell among them may have pushed them on.
    """

    cells: tuple[tuple[str | None, GridCell], ...]
    labels: tuple[GridCell, ...]
    shifted: bool = False
    unsure: bool = False


def fit_row(row: PrintedRow, header: Header, is_label: Callable[[str], bool]) -> Fit | None:
    """Lay a row under a header.

    Args:
        row: The row.
        header: The columns.
        is_label: Whether a text is the label of a row or of a group of rows.

    Returns:
        Its cells by column; None where the row does not fit the columns either by place or by order.
    """
    if header.placed:
        fit = _fit_place(row, header, is_label)
        if fit:
            return fit
    fit = fit_tail(row, header, is_label) if header.whole else None
    return fit._replace(shifted=True) if fit and header.placed else fit


def _fit_place(row: PrintedRow, header: Header, is_label: Callable[[str], bool]) -> Fit | None:
    first, last = header.leaves[0].first, header.leaves[-1].last
    beyond = row.slots[last + 1 :]
    if any(cell is not None and not is_blank(cell.text) for cell in beyond) or _is_pushed(row, first, last):
        return None
    labels = distinct(row.slots[:first])
    if any(is_figure(cell.text) for cell in labels):
        return None
    cells: list[tuple[str | None, GridCell]] = []
    for leaf in header.leaves:
        over = [cell for cell in row.slots[leaf.first : leaf.last + 1] if cell is not None]
        cell = _only(over)
        if (
            cell is None
            or not row.own
            or cell.row != row.own[0].row
            or len(over) != leaf.last - leaf.first + 1
        ):
            return None
        if cell.column < leaf.first or _is_words(cell.text, is_label):
            return None
        if over[-1].column + over[-1].column_span - 1 > leaf.last:
            return None
        cells.append((leaf.key, cell))
    return Fit(tuple(cells), labels, unsure=any(cell is not None and cell in row.own for cell in beyond))


def _is_pushed(row: PrintedRow, first: int, last: int) -> bool:
    """Whether a blank cell among the figures may have pushed the others on: then another one sticks out behind."""
    if not any(cell is not None and cell in row.own for cell in row.slots[last + 1 :]):
        return False
    inside = [cell for cell in row.own if first <= cell.column <= last]
    blanks = [is_blank(cell.text) for cell in inside]
    return any(blanks) and not all(blanks) and len(inside) == last - first + 1


def _only(cells: Sequence[GridCell]) -> GridCell | None:
    """The one cell of a column; beside it there may be blank slivers, which office programs leave behind."""
    if len(cells) == 1:
        return cells[0]
    every = distinct(cells)
    printed = [cell for cell in every if not is_blank(cell.text)]
    if len(printed) > 1 or not every:
        return None
    return printed[0] if printed else every[0]


def distinct(cells: Iterable[GridCell | None]) -> tuple[GridCell, ...]:
    """The cells, each once, in their order."""
    # By identity: a cell over several columns is the same object in each, and to hash a cell takes long.
    return tuple({id(cell): cell for cell in cells if cell is not None}.values())


def fit_tail(row: PrintedRow, header: Header, is_label: Callable[[str], bool]) -> Fit | None:
    """Lay the last own cells of a row under the columns in order; None where labels and figures do not part there."""
    count = len(header.leaves)
    if len(row.own) < count or any(cell.row_span > 1 for cell in row.own[-count:]):
        return None
    labels, cells = row.own[:-count], row.own[-count:]
    blank = [is_blank(cell.text) for cell in cells]
    # A first cell that is blank may as well be a label column left blank, in a row that has lost a cell; but where
    # only the last cell is printed it is the last column's all the same.
    if blank[0] and not all(blank[:-1]):
        return None
    if any(is_figure(cell.text) for cell in labels) or any(_is_words(cell.text, is_label) for cell in cells):
        return None
    return Fit(tuple(zip(header.keys, cells, strict=True)), labels, unsure=True)


def _is_words(text: str, is_label: Callable[[str], bool]) -> bool:
    if is_blank(text) or is_figure(text):
        return False
    return han(text) >= _PROSE or is_label(text)
