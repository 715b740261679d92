"""What is made of layouts and is the same for every report that is read with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from disclosure_rules.model.layout import Layout

__all__ = ["PerLayouts"]

_MOST_KEPT = 8
_Made = TypeVar("_Made")


class PerLayouts(Generic[_Made]):
    """Something made of layouts, put together once for each set of them.

    Args:
        make: What makes it; it may be called twice by two threads at once.
    """

    def __init__(self, make: Callable[[tuple[Layout, ...]], _Made]) -> None:
        self._make = make
        # By the ids of the layouts, with the layouts themselves, so that no other layout comes to have their ids.
        self._kept: dict[tuple[int, ...], tuple[_Made, tuple[Layout, ...]]] = {}

    def of(self, layouts: Iterable[Layout]) -> _Made:
        """What was made of these layouts."""
        every = tuple(layouts)
        key = tuple(map(id, every))
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            kept = self._kept[key] = (self._make(every), every)
        return kept[0]
