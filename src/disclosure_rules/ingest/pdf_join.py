"""Tables that go on over a page break, made whole again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.pdf_grid import Cell, Table
from disclosure_rules.ingest.pdf_lines import join
from disclosure_rules.ingest.pdf_page import DAMAGED

if TYPE_CHECKING:
    from disclosure_rules.ingest.pdf_paragraphs import Passage

__all__ = ["Joined", "continues", "is_rest", "is_row_of_rests", "join_tables", "with_doubtful_end"]

_EDGE = 4.0
_SLIVER = 8.0
_ENUMERATED = re.compile(r"\s*[(（]?[0-9０-９一二三四五六七八九十]{1,3}[)）.．、]")
_FIGURE = re.compile(r"[\d.,，．\-—/]{1,40}")
_UNIT = re.compile(r"[万亿]?元|人次|[件条份个项次人]")
_REST = re.compile(rf"[\d.,，．]{{0,20}}(?:{_UNIT.pattern})")


_LOOSE = re.compile(rf"(?:[\d.,，．\s]|{_UNIT.pattern}){{1,80}}")


class Joined(NamedTuple):
    """A table of several parts; `mended` are the pages on which a row goes on that was cut in two."""

    table: Table
    mended: list[int]


def continues(upper: Table, lower: Table) -> bool:
    """Whether `lower`, the first thing on its page, goes on with `upper`, the last on the page before.

    The right edges are equal, and the left edges are too, or all lines of the part are lines of the table.
    """
    if lower.page - upper.cells[-1].page != 1 or abs(upper.xs[-1] - lower.xs[-1]) > _EDGE:
        return False
    if abs(upper.xs[0] - lower.xs[0]) <= _EDGE:
        return True
    return all(any(abs(x - other) <= _EDGE for other in upper.xs) for x in lower.xs)


def join_tables(upper: Table, lower: Table, *, damaged: bool = False) -> Joined:
    """Put `lower` under `upper`, on the union of their columns.

    Of a damaged file no figure is sure that a page break may have cut.
    """
    upper = _without_sliver(upper)
    xs = list(upper.xs)
    for x in lower.xs:
        if all(abs(x - other) > _EDGE for other in xs):
            xs.append(x)
    xs.sort()
    rows = len(upper.ys) - 1
    above = _placed(upper.cells, upper.xs, xs, 0)
    below = _placed(lower.cells, lower.xs, xs, rows)
    mended = _mend(above, below, rows, damaged=damaged)
    if mended:
        below = [cell._replace(top=cell.top - 1, bottom=cell.bottom - 1) for cell in below]
    else:
        _extend(above, below, rows)
    ys = upper.ys + [upper.ys[-1] + y - lower.ys[0] for y in lower.ys[1 + mended :]]
    table = Table(upper.page, xs, ys, sorted([*above, *below], key=lambda cell: (cell.top, cell.left)))
    return Joined(table, [lower.page] if mended else [])


def with_doubtful_end(table: Table) -> Table:
    """The table with the figures of its last row marked as no numbers: a lost page may have held their last digits."""
    rows = len(table.ys) - 1
    cells = [
        cell._replace(text=cell.text + DAMAGED)
        if cell.bottom == rows and _FIGURE.fullmatch(cell.text)
        else cell
        for cell in table.cells
    ]
    return table._replace(cells=cells)


def is_rest(item: Passage | Table) -> bool:
    """Whether something is nothing but figures and units, as the lower half of a row is that a page break has cut."""
    texts = [cell.text for cell in item.cells if cell.text] if isinstance(item, Table) else [item.text]
    return bool(texts) and all(map(_LOOSE.fullmatch, texts))


def is_row_of_rests(item: Passage | Table | None) -> bool:
    """Whether a table is nothing but figures and units, some of them units alone: surely the lower half of a row."""
    return (
        isinstance(item, Table) and is_rest(item) and any(_UNIT.fullmatch(cell.text) for cell in item.cells)
    )


def _without_sliver(table: Table) -> Table:
    """The table without a last row too low for a line of text, which programs leave above a page break."""
    last = len(table.ys) - 2
    of_last = [cell for cell in table.cells if cell.top == last]
    if last < 1 or table.ys[-1] - table.ys[-2] > _SLIVER or any(cell.text for cell in of_last):
        return table
    cells = [cell._replace(bottom=min(cell.bottom, last)) for cell in table.cells if cell.top < last]
    return table._replace(ys=[*table.ys[:-2], table.ys[-1]], cells=cells)


def _placed(cells: list[Cell], own: list[float], xs: list[float], down: int) -> list[Cell]:
    """Cells between the lines `own`, on the nearest of the lines `xs` and so many rows further down."""
    nearest = [min(range(len(xs)), key=lambda place: abs(xs[place] - x)) for x in own]
    return [
        cell._replace(
            left=nearest[cell.left],
            right=nearest[cell.right],
            top=cell.top + down,
            bottom=cell.bottom + down,
        )
        for cell in cells
    ]


def _mend(above: list[Cell], below: list[Cell], rows: int, *, damaged: bool) -> bool:
    """Give the first row of the part to the last row of the table, where the break cut one row in two.

    That is so where some label fills its last line above and goes on below without an enumerator of its own,
    and in every other column the text stands in one of the halves only. It is so as well where a figure has nothing but
    its unit below: then every figure above goes on with what stands below it. Where a unit has no figure above it, digits
    were lost, and those of no other figure are sure. The upper cells are changed in place.
    """
    upper = {(cell.left, cell.right): index for index, cell in enumerate(above) if cell.bottom == rows}
    lower = {(cell.left, cell.right): cell for cell in below if cell.top == rows}
    if any(key not in upper for key in lower):
        return False
    told = [(above[upper[key]], cell) for key, cell in lower.items() if cell.text.strip(DAMAGED)]
    both = [(first, second) for first, second in told if first.text.strip(DAMAGED)]
    partial = any(above[upper[key]].text and not cell.text for key, cell in lower.items())
    cut = any(_FIGURE.fullmatch(first.text) and _UNIT.fullmatch(second.text) for first, second in both)
    if not both or not all(_goes_on(first, second, partial=partial, cut=cut) for first, second in both):
        return False
    lost = damaged or any(
        not above[upper[key]].text and _UNIT.fullmatch(cell.text) for key, cell in lower.items()
    )
    for key, cell in lower.items():
        whole = above[upper[key]]
        sure = _is_whole(whole.text, cell.text, cut=cut) and not lost
        torn = _FIGURE.fullmatch(whole.text or (cell.text[:1] if lost else "")) and not sure
        above[upper[key]] = whole._replace(
            text=f"{whole.text}{DAMAGED}{cell.text}" if torn else join(whole.text, cell.text),
            full=cell.full,
            bottom=max(whole.bottom, cell.bottom - 1),
            page=whole.page if whole.text or not cell.text else cell.page,
        )
    below[:] = [cell for cell in below if cell.top != rows]
    return True


def _goes_on(first: Cell, second: Cell, *, partial: bool, cut: bool) -> bool:
    """Whether two halves are one text; two figures are one torn figure where the row below is no whole row.

    `cut` says that another figure of the row has its unit below.
    """
    figures = [bool(_FIGURE.fullmatch(cell.text)) for cell in (first, second)]
    if cut and figures[0] and _REST.fullmatch(second.text):
        return True
    if any(figures):
        return all(figures) and partial
    return first.full and not _ENUMERATED.match(second.text)


def _is_whole(figure: str, below: str, *, cut: bool) -> bool:
    """Whether nothing of a figure in the upper half of a row can be missing.

    Where others have their unit below, one that has none there may have lost it with its last digits; 0 has no more.
    """
    if cut:
        return bool(_REST.fullmatch(below)) or (not below and figure in "0０")
    return not below


def _extend(above: list[Cell], below: list[Cell], rows: int) -> None:
    """Draw cells over the break: an empty cell of several rows at the top of a part belongs to what stands above it."""
    for cell in [cell for cell in below if cell.top == rows and cell.bottom - rows > 1 and not cell.text]:
        for index, upper in enumerate(above):
            same_columns = (upper.left, upper.right) == (cell.left, cell.right)
            if same_columns and upper.bottom == rows:
                above[index] = upper._replace(bottom=cell.bottom)
                below.remove(cell)
                break
