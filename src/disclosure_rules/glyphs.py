"""Characters that a broken font mapping puts in the place of others, and reading through them.

Some PDF makers map the glyphs of one font to neighbouring code points: 不 is printed and 丌 is extracted, while the
headings, in another font, are right. The table `rules/cn/glyphs.csv` was collected from such files:

* `wrong`, `right`: what is in the file and what was printed;
* `wrong_is_common`: `no` where the wrong character has no business in modern Chinese, so that its presence is proof;
* `right_in`: words in which the wrong character is legitimate all the same (弼时镇, 徂徕, 诠释);
* `wrong_in`: for common characters, words that do not exist and so prove the damage (参不 for 参与).

Printed text is never changed: reading through serves comparison only.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import NamedTuple

from disclosure_rules.resources import rules_folder

__all__ = ["Damage", "Glyph", "certain_damage", "glyph_table", "read_through", "suspected_damage"]


class Glyph(NamedTuple):
    """One row of the table."""

    wrong: str
    right: str
    certain: bool
    right_in: tuple[str, ...]
    wrong_in: tuple[str, ...]


class Damage(NamedTuple):
    """A damaged place: the offset of the wrong character, and its row of the table."""

    offset: int
    glyph: Glyph

    @property
    def word(self) -> str:
        """The pair as notes print it: `丌→不`."""
        return f"{self.glyph.wrong}→{self.glyph.right}"


@cache
def glyph_table() -> tuple[Glyph, ...]:
    """The rows of `rules/cn/glyphs.csv`, read on first use."""
    with (rules_folder() / "cn" / "glyphs.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Glyph(
                wrong=row["wrong"],
                right=row["right"],
                certain=row["wrong_is_common"] == "no",
                right_in=_words(row["right_in"]),
                wrong_in=_words(row["wrong_in"]),
            )
            for row in csv.DictReader(file)
        )


def read_through(text: str) -> str:
    """The text as it was printed, as far as that is certain.

    Args:
        text: Text of a report.

    Returns:
        Text of the same length, so that offsets hold. Only characters that cannot be legitimate are exchanged;
        不, 与, 发 and the other common ones stay as they are even where they look wrong.
    """
    found = certain_damage(text)
    if not found:
        return text
    letters = list(text)
    for offset, glyph in found:
        letters[offset] = glyph.right
    return "".join(letters)


def certain_damage(text: str) -> list[Damage]:
    """Every character of the text that the table proves to be wrong, in order."""
    table = _certain()
    return [
        Damage(found.start(), table[found[0]])
        for found in _any_certain().finditer(text)
        if not _within(text, found.start(), table[found[0]].right_in)
    ]


@cache
def _any_certain() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(re.escape, _certain())) + "]")


def suspected_damage(text: str) -> list[Damage]:
    """Common characters that stand in words which do not exist (参不, 与（兼）职), in order.

    Meaningful only in a text with certain damage elsewhere; the characters are for counting, not for exchanging.
    """
    return sorted(
        (
            Damage(start + word.index(glyph.wrong), glyph)
            for glyph in glyph_table()
            for word in glyph.wrong_in
            for start in _occurrences(text, word)
        ),
        key=lambda damage: damage.offset,
    )


@cache
def _certain() -> dict[str, Glyph]:
    return {glyph.wrong: glyph for glyph in glyph_table() if glyph.certain}


def _words(field: str) -> tuple[str, ...]:
    return tuple(word for word in field.split("|") if word)


def _within(text: str, offset: int, words: tuple[str, ...]) -> bool:
    """Whether the character at `offset` is part of one of the words."""
    return any(
        text.startswith(word, offset - place)
        for word in words
        for place, letter in enumerate(word)
        if letter == text[offset] and offset >= place
    )


def _occurrences(text: str, word: str) -> list[int]:
    found = []
    start = text.find(word)
    while start >= 0:
        found.append(start)
        start = text.find(word, start + len(word))
    return found
