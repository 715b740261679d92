"""A mistake in a structured report, before its place is known, and how it becomes an error for the operator."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from disclosure_rules.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Mistake", "Path", "pointer_of", "suggestion"]

Path = tuple[str | int, ...]


class Mistake(Exception):  # noqa: N818  what the author made, not what the program did
    """What is wrong at `path`, in both languages."""

    def __init__(self, path: Path, code: str, zh: str, en: str) -> None:
        super().__init__(path, code, zh, en)
        self.path = path
        self.code = code
        self.zh = zh
        self.en = en

    def error(self, name: str, marks: Mapping[str, tuple[int, int]]) -> ReadError:
        """The error to show: at `name:line:column` where the place is known, and naming the path."""
        position = next(
            (
                mark
                for end in range(len(self.path), 0, -1)
                if (mark := marks.get(pointer_of(self.path[:end])))
            ),
            None,
        )
        place = name if position is None else f"{name}:{position[0]}:{position[1]}"
        dotted = ".".join(str(step) for step in self.path)
        lead_zh, lead_en = (f"{dotted}：", f"{dotted}: ") if dotted else ("", "")
        return ReadError(lead_zh + self.zh, lead_en + self.en, place=place, code=self.code)


def pointer_of(path: Path) -> str:
    """The JSON pointer (RFC 6901) of a path."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def suggestion(written: str, known: Iterable[str]) -> tuple[str, str]:
    """`did you mean` in both languages, or the known words where none is near."""
    words = list(known)
    # difflib is quadratic in the lengths: no key is longer than this, so nothing longer can be near one.
    near = get_close_matches(written, words, n=1, cutoff=0.6) if len(written) <= 80 else []  # noqa: PLR2004
    if near:
        return f"是否应为「{near[0]}」？", f"did you mean '{near[0]}'?"
    if not words:
        return "此处不能有任何键。", "no key is allowed here."
    return f"可用：{'、'.join(words)}。", f"known are: {', '.join(words)}."
