"""What is put together from the layouts once, for all the reports that are read with them."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from disclosure_rules.model.layout import Layout

__all__ = ["once_for_layouts"]

_MOST = 16  # sets of layouts: a run has one

_Made = TypeVar("_Made")


def once_for_layouts(make: Callable[[tuple[Layout, ...]], _Made]) -> Callable[[Iterable[Layout]], _Made]:
    """`make`, called once for the same layouts: told by identity, for comparing their content takes long."""
    # The layouts are kept as well, so that no other layout comes to have their ids.
    kept: dict[tuple[int, ...], tuple[_Made, tuple[Layout, ...]]] = {}

    @wraps(make)
    def made(layouts: Iterable[Layout]) -> _Made:
        own = tuple(layouts)
        key = tuple(map(id, own))
        found = kept.get(key)
        if found is None:
            if len(kept) >= _MOST:
                kept.clear()
            found = kept[key] = (make(own), own)
        return found[0]

    return made
