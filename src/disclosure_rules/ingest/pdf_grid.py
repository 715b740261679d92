"""Ruled tables of a page, from its lines: which squares are one cell, and which characters stand in it.

A page break leaves a table open above, below or on both sides, so the outer rectangle is closed before cells are
told. Nothing is guessed from the position of text alone: where no lines are, there is no table.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.pdf_lines import Line, join, lines_of
from disclosure_rules.ingest.pdf_page import DAMAGED, Char, Page, PageFlaw, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A cell by its lines: top, left, bottom, right.
Shape = tuple[int, int, int, int]

__all__ = ["Cell", "Table", "find_tables"]

_SNAP = 2.0
_TOUCH = 3.0
_COVERED = 0.6
_MOST_PAIRS = 2_000_000
_MOST_SQUARES = 50_000
_FEWEST_CELLS = 2
_ABUTS = 0.1
_EDGE = 1.0
_NUMBER = frozenset("0123456789０１２３４５６７８９.．")


class Cell(NamedTuple):
    """A cell: the lines of its table that bound it (indices into `xs` and `ys`), and its text.

    `full` says that the last line of the text reaches the right border, so that it may go on elsewhere.
    """

    top: int
    left: int
    bottom: int
    right: int
    text: str
    page: int
    full: bool = False


class Table(NamedTuple):
    """A table, or the part of one that stands on one page: its lines and its cells in reading order."""

    page: int
    xs: list[float]
    ys: list[float]
    cells: list[Cell]


class _Frame(NamedTuple):
    across: list[Rule]
    down: list[Rule]

    def box(self) -> tuple[float, float, float, float]:
        ends_x = [end for rule in self.across for end in (rule.start, rule.end)] + [
            rule.at for rule in self.down
        ]
        ends_y = [end for rule in self.down for end in (rule.start, rule.end)] + [
            rule.at for rule in self.across
        ]
        return min(ends_x), min(ends_y), max(ends_x), max(ends_y)


def find_tables(page: Page) -> tuple[list[Table], list[Char], list[PageFlaw]]:
    """The tables of a page, the characters outside of them, and what could not be read.

    Args:
        page: The page as printed.

    Returns:
        Tables from top to bottom; the other characters in their order.
    """
    across, down = _merged(page.across), _merged(page.down)
    if len(across) * len(down) > _MOST_PAIRS:
        return [], page.chars, [PageFlaw("too-many-lines", 1)]
    rest = page.chars
    tables: list[Table] = []
    flaws: Counter[str] = Counter()
    for frame in _frames(across, down):
        x0, y0, x1, y1 = frame.box()
        inside: list[Char] = []
        outside: list[Char] = []
        for char in rest:
            middle, level = (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2
            (inside if x0 <= middle <= x1 and y0 <= level <= y1 else outside).append(char)
        table = _table(frame, inside, page, flaws) if inside else None
        if table:
            tables.append(table)
            rest = outside
    tables.sort(key=lambda table: table.ys[0])
    return tables, rest, [PageFlaw(code, count) for code, count in flaws.items() if count]


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """The lines with those that lie on or continue each other made one."""
    merged: list[Rule] = []
    group: list[Rule] = []
    for rule in [*sorted(rules), None]:
        if rule is not None and (not group or rule.at - group[0].at <= _SNAP):
            group.append(rule)
            continue
        at = sum(one.at for one in group) / len(group) if group else 0
        for one in sorted(group, key=lambda one: one.start):
            if merged and merged[-1].at == at and one.start <= merged[-1].end + _TOUCH:
                merged[-1] = merged[-1]._replace(end=max(merged[-1].end, one.end))
            else:
                merged.append(Rule(at, one.start, one.end))
        group = [rule] if rule is not None else []
    return merged


def _frames(across: list[Rule], down: list[Rule]) -> list[_Frame]:
    """Lines that hang together, and lone verticals as high as what they stand beside."""
    groups = _groups(across, down)
    frames = [frame for frame in groups if frame.across and frame.down]
    for lone in (frame.down[0] for frame in groups if not frame.across):
        for frame in frames:
            _, top, _, bottom = frame.box()
            if abs(lone.start - top) <= _TOUCH and abs(lone.end - bottom) <= _TOUCH:
                frame.down.append(lone)
                break
    return frames


def _groups(across: list[Rule], down: list[Rule]) -> list[_Frame]:
    """The lines, those together that touch."""
    owner = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    places = [rule.at for rule in down]
    for index, rule in enumerate(across):
        first, last = bisect_left(places, rule.start - _TOUCH), bisect_right(places, rule.end + _TOUCH)
        for other in range(first, last):
            if down[other].start - _TOUCH <= rule.at <= down[other].end + _TOUCH:
                owner[root(index)] = root(len(across) + other)
    groups: dict[int, _Frame] = {}
    for index, rule in enumerate(across):
        groups.setdefault(root(index), _Frame([], [])).across.append(rule)
    for index, rule in enumerate(down):
        groups.setdefault(root(len(across) + index), _Frame([], [])).down.append(rule)
    return list(groups.values())


def _places(rules: Sequence[Rule], ends: tuple[float, float]) -> list[float]:
    """Where lines lie, with both ends of the frame."""
    places: list[float] = []
    for at in sorted([*(rule.at for rule in rules), *ends]):
        if not places or at - places[-1] > _SNAP:
            places.append(at)
    return places


def _table(frame: _Frame, chars: list[Char], page: Page, flaws: Counter[str]) -> Table | None:
    x0, y0, x1, y1 = frame.box()
    xs, ys = _places(frame.down, (x0, x1)), _places(frame.across, (y0, y1))
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns * rows < _FEWEST_CELLS:
        return None
    if columns * rows > _MOST_SQUARES:
        flaws["table-too-large"] += 1
        return None
    shapes = list(_shapes(_walls(frame.down, xs, ys), _walls(frame.across, ys, xs), rows, columns, flaws))
    if len(shapes) < _FEWEST_CELLS:
        return None
    contents, torn = _assign(chars, xs, ys, shapes, flaws)
    torn |= _cut_off(shapes, xs, page.width, flaws)
    cells = []
    for index, (top, left, bottom, right) in enumerate(shapes):
        text, full = _text(contents[index], xs[left], xs[right], flaws)
        cells.append(Cell(top, left, bottom, right, text + DAMAGED * (index in torn), page.number, full))
    return Table(page.number, xs, ys, cells)


def _assign(
    chars: list[Char], xs: list[float], ys: list[float], shapes: list[Shape], flaws: Counter[str]
) -> tuple[list[list[Char]], set[int]]:
    """The characters of each cell, by their middles, and the cells between which a number lies.

    A digit on a border, or two digits of one line that touch over a border, are a number too wide for its cell:
    which of its digits belong where cannot be told, and no digit may be lost or won in silence.
    """
    at = {
        (row, column): index
        for index, (top, left, bottom, right) in enumerate(shapes)
        for row in range(top, bottom)
        for column in range(left, right)
    }

    def cell_at(x: float, y: float) -> int:
        row, column = bisect_right(ys, y) - 1, bisect_right(xs, x) - 1
        return at[min(max(row, 0), len(ys) - 2), min(max(column, 0), len(xs) - 2)]

    contents: list[list[Char]] = [[] for _ in shapes]
    torn: set[int] = set()
    before: tuple[Char, int] | None = None
    for char in chars:
        level, quarter = (char.y0 + char.y1) / 2, (char.x1 - char.x0) / 4
        index = cell_at((char.x0 + char.x1) / 2, level)
        contents[index].append(char)
        if char.text not in _NUMBER:
            before = None
            continue
        sides = {cell_at(char.x0 + quarter, level), cell_at(char.x1 - quarter, level)}
        if len(sides) > 1:
            torn |= sides
        if before and before[1] != index and _abut(before[0], char):
            torn |= {before[1], index}
        before = (char, index)
    if torn:
        flaws["number-over-border"] += len(torn)
    return contents, torn


def _cut_off(shapes: list[Shape], xs: list[float], width: float, flaws: Counter[str]) -> set[int]:
    """The cells that the edge of the page cuts: a table that is too wide is printed only as far as the paper goes."""
    first = 0 if xs[0] <= _EDGE else None
    last = len(xs) - 1 if xs[-1] >= width - _EDGE else None
    cut = {index for index, (_, left, _, right) in enumerate(shapes) if left == first or right == last}
    if cut:
        flaws["table-off-page"] += 1
    return cut


def _abut(before: Char, char: Char) -> bool:
    """Whether two characters of a line touch, as those of one number do and those of two cells never do."""
    height = char.y1 - char.y0
    return abs(before.y0 - char.y0) < _ABUTS * height and abs(char.x0 - before.x1) < _ABUTS * height


def _text(chars: list[Char], left: float, right: float, flaws: Counter[str]) -> tuple[str, bool]:
    """The text of a cell, and whether its last line is full."""
    if any(char.turned for char in chars):
        return "".join(char.text for char in chars), False  # vertical writing: the file has it in order
    text = ""
    lines = lines_of(chars)
    for before, line in pairwise([None, *lines]):
        if line is None:
            continue
        if before and _stacked(before, line, right - left):
            # One number is broken only where the cell is full: else these are two, and a line between them is lost.
            text += DAMAGED
            flaws["stacked-numbers"] += 1
        text = join(text, line.text)
        flaws["overlapping-text"] += line.overlaps
    return text, bool(lines) and _is_full(lines, left, right)


def _stacked(before: Line, line: Line, width: float) -> bool:
    """Whether two lines are numbers of which the first had room to go on."""
    figures = _NUMBER.issuperset(before.text) and _NUMBER.issuperset(line.text)
    return figures and width - (before.x1 - before.x0) > before.em


def _is_full(lines: Sequence[Line], left: float, right: float) -> bool:
    """Whether the last line of a cell leaves no room for another character.

    Of several lines the widest is full; one line is measured against the border and the padding that it has on its
    left, which is taken for two characters at most: a centred text has room on both sides.
    """
    last = lines[-1]
    if len(lines) > 1:
        return last.x1 - last.x0 > max(line.x1 - line.x0 for line in lines) - last.em
    padding = min(last.x0 - left, 2 * last.em)
    return right - last.x1 < padding + last.em


def _walls(rules: Sequence[Rule], places: list[float], steps: list[float]) -> list[list[bool]]:
    """For each place and each step along it, whether a line runs there."""
    walls = [[False] * (len(steps) - 1) for _ in places]
    covered: list[list[float]] = [[0.0] * (len(steps) - 1) for _ in places]
    for rule in rules:
        index = min(range(len(places)), key=lambda index: abs(places[index] - rule.at))
        for step in range(max(bisect_right(steps, rule.start) - 1, 0), len(steps) - 1):
            if steps[step] >= rule.end:
                break
            covered[index][step] += min(rule.end, steps[step + 1]) - max(rule.start, steps[step])
    for index, lengths in enumerate(covered):
        for step, length in enumerate(lengths):
            walls[index][step] = length >= _COVERED * (steps[step + 1] - steps[step])
    return walls


def _shapes(
    down: list[list[bool]], across: list[list[bool]], rows: int, columns: int, flaws: Counter[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Squares without a line between them, as rectangles (top, left, bottom, right), in reading order."""
    taken = [[False] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            squares = {(row, column)}
            todo = [(row, column)]
            while todo:
                y, x = todo.pop()
                for nearby, open_between in (
                    ((y, x + 1), x + 1 < columns and not down[x + 1][y]),
                    ((y, x - 1), x > 0 and not down[x][y]),
                    ((y + 1, x), y + 1 < rows and not across[y + 1][x]),
                    ((y - 1, x), y > 0 and not across[y][x]),
                ):
                    if open_between and nearby not in squares and not taken[nearby[0]][nearby[1]]:
                        squares.add(nearby)
                        todo.append(nearby)
            shape = _rectangle(squares, row, column)
            if (shape[2] - row) * (shape[3] - shape[1]) != len(squares):
                flaws["irregular-cell"] += 1
            for y in range(shape[0], shape[2]):
                for x in range(shape[1], shape[3]):
                    taken[y][x] = True
            yield shape


def _rectangle(squares: set[tuple[int, int]], row: int, column: int) -> tuple[int, int, int, int]:
    """The largest rectangle downwards from the first row of some squares; all of them if they are one."""
    right = column
    while (row, right) in squares:
        right += 1
    bottom = row + 1
    while all((bottom, x) in squares for x in range(column, right)):
        bottom += 1
    return row, column, bottom, right
