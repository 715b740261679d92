"""What a name of an expression stands for in a report."""

from __future__ import annotations

from typing import Literal, NamedTuple

from disclosure_rules.model.location import Location

__all__ = ["Slot"]


class Slot(NamedTuple):
    """One thing of a report that rules can name.

    `path` is its dotted name (`requests.received.total`); `number` its place in `Frame.numbers`, -1 for what is no
    number; `position` its place among the cells of its table. `earlier`: it is a thing of last year's report, and its
    path begins with `previous`.
    """

    kind: Literal["cell", "fact", "year", "section", "table", "row"]
    path: str
    key: str
    number: int = -1
    section: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    position: int = -1
    earlier: bool = False

    def location(self) -> Location:
        """Its place by keys, as far as the layout tells it; for a thing of last year's report, that in its report."""
        return Location(section=self.section, table=self.table, row=self.row, column=self.column)
