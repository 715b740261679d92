"""A block while a reader puts it together: most end as the text of a cell and never become a model object."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.model.document import Block

if TYPE_CHECKING:
    from typing import Literal

    from disclosure_rules.model.document import Grid
    from disclosure_rules.model.location import Location

__all__ = ["PlainBlock"]


class PlainBlock(NamedTuple):
    """The parts of a `Block`, at a fifth of what a checked object costs."""

    kind: Literal["heading", "paragraph", "grid", "keyvalue"]
    text: str
    location: Location
    lines: tuple[tuple[int, int], ...] = ()
    name: str | None = None
    grid: Grid | None = None
    link: bool = False

    def block(self) -> Block:
        """The block, checked."""
        kind, text, location, lines, name, grid, link = self
        return Block(kind=kind, text=text, location=location, lines=lines, name=name, grid=grid, link=link)
