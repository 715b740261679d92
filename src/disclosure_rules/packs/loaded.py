"""Plain data of a pack's file, with its places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Loaded"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Plain data, and the place of each value: path of keys and indices → (line, column), from 1."""

    data: Any
    marks: dict[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)

    def place(self, file: str, path: tuple[str | int, ...] = ()) -> str:
        """`file:line:column` of the value at `path`, or of what holds it where the value is missing."""
        for end in range(len(path), -1, -1):
            mark = self.marks.get(path[:end])
            if mark is not None:
                return f"{file}:{mark[0]}:{mark[1]}"
        return file
