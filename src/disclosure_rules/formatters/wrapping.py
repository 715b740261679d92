"""Lines of a given width for text in which Chinese and Latin characters mix.

`textwrap` counts characters and breaks at spaces, so it does neither. wcwidth's `wrap` measures right but breaks
inside numbers and lets a line begin with 」; it also takes 30 ms to import. The standard library's table of East
Asian widths is enough for the text of reports.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["width", "wrap"]

# A unit is never broken: a run of Latin letters and digits, or one character; closing marks stay with what they
# close and opening marks with what they open (the Chinese typesetting rule 避头尾).
_UNIT = re.compile(
    r"[「『（《〈【“‘(\[]*(?:[A-Za-z0-9_.%/:@+'`<=>|;\[\]\-]+|\S)[」』）》〉】”’)\],，。、；：！？…]*|\s+"
)


def width(text: str) -> int:
    """Columns of a terminal that `text` takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def wrap(text: str, columns: int) -> Iterator[str]:
    """`text` in lines of at most `columns` columns; a unit wider than that is cut."""
    line, used = "", 0
    for unit in _UNIT.findall(" ".join(text.split())):
        size = width(unit)
        if used + size > columns and line:
            yield line.rstrip()
            line, used = "", 0
        while size > columns:
            head = _head(unit, columns)
            yield head
            unit = unit[len(head) :]  # noqa: PLW2901  the rest of the unit goes on as the unit
            size = width(unit)
        if line or not unit.isspace():
            line += unit
            used += size
    if line.strip():
        yield line.rstrip()


def _head(unit: str, columns: int) -> str:
    used = 0
    for position, character in enumerate(unit):
        used += width(character)
        if used > columns:
            return unit[: max(position, 1)]
    return unit
