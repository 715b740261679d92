"""What was worked out once and is kept, within a bound: requests choose the keys, and a service must not grow by them."""

from __future__ import annotations

from typing import TypeVar

__all__ = ["Kept"]

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Kept(dict[_Key, _Value]):
    """A dict of so many entries at most: at one more it begins anew.

    Threads may share one, if each takes what it needs by `get`: an entry may be gone a moment later.

    Args:
        most: How many entries are kept.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: _Key, value: _Value) -> None:
        if len(self) >= self._most:
            self.clear()
        super().__setitem__(key, value)
