"""What a workbook says once for all its cells: shared texts, formats and fonts, and whether its formulas have values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.ooxml import local
from disclosure_rules.ingest.raised import DRAWN, LOWERED, RAISED, is_of_symbols
from disclosure_rules.ingest.sheets_formats import BUILT_IN, GENERAL, shown
from disclosure_rules.ingest.unseen import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from xml.etree.ElementTree import Element  # a type only: the package has read the XML

    from disclosure_rules.ingest.ooxml import Package

__all__ = ["Book", "Words", "read_book", "words_of"]

_ON = ("1", "true")
_SHIFTED = {"superscript": RAISED, "subscript": LOWERED}
_WHITE = "FFFFFF"
_LONGEST_INDEX = 6
_DATE = "yyyy-m-d"
_LOOKS = {"other": "number-format", "rounded": "shown-rounded"}


class Words(NamedTuple):
    """What a cell shows, and the code of the note where it looks otherwise than what it holds."""

    text: str
    look: str | None = None


class Book(NamedTuple):
    """The shared texts, the code of the format of each style, the styles that are struck through.

    `to_be_calculated` says that a program has left the values of the formulas to the next one: then 0 is none.
    """

    shared: Sequence[Words] = ()
    formats: Sequence[str] = ()
    struck: frozenset[int] = frozenset()
    from_1904: bool = False
    to_be_calculated: bool = False

    def number(self, stored: str, style: int) -> Words:
        """What a stored number shows."""
        try:
            value = float(stored)
        except ValueError:
            return Words(stored)
        if style in self.struck:
            return Words("", "struck-text")
        code = self.formats[style] if style < len(self.formats) else GENERAL
        if stored.isdigit() and code in _PLAIN:
            return Words(stored.lstrip("0") or "0")
        seen = shown(value, code, from_1904=self.from_1904)
        return Words(seen.text, _LOOKS[seen.differs] if seen.differs else None)

    def styled(self, words: Words, style: int) -> Words:
        """A text in a style."""
        return Words("", "struck-text") if style in self.struck and words.text.strip() else words


_PLAIN = frozenset((GENERAL, "0", "@"))


def read_book(package: Package, main: str, workbook: Element) -> Book:
    """What the workbook says of all its cells.

    Args:
        package: The file.
        main: The part of the workbook.
        workbook: Its root.
    """
    parts = package.related(main)
    strings = package.xml(parts["sharedStrings"]) if "sharedStrings" in parts else None
    styles = package.xml(parts["styles"]) if "styles" in parts else None
    shared = [] if strings is None else [words_of(item) for item in strings if local(item.tag) == "si"]
    formats, struck = _styles(styles) if styles is not None else ([], frozenset[int]())
    about = {local(part.tag): part for part in workbook}
    return Book(
        shared,
        formats,
        struck,
        "workbookPr" in about and about["workbookPr"].get("date1904") in _ON,
        "calcPr" in about and about["calcPr"].get("fullCalcOnLoad") in _ON,
    )


def words_of(item: Element) -> Words:
    """The words of a string, of all its runs but those struck through, without the readings above characters."""
    runs = [part for part in item if local(part.tag) == "r"]
    if not runs:
        return Words("".join(part.text or "" for part in item if local(part.tag) == "t"))
    texts: list[str] = []
    struck = False
    apart: set[bool] = set()
    for run in runs:
        look = {local(part.tag): part for of_run in run if local(of_run.tag) == "rPr" for part in of_run}
        text = "".join(part.text or "" for part in run if local(part.tag) == "t")
        if _is_on(look.get("strike")):
            struck |= bool(text.strip())
            continue
        if "vertAlign" in look:
            text = text.translate(_SHIFTED.get(look["vertAlign"].get("val", ""), {}))
        if "rFont" in look and is_of_symbols(look["rFont"].get("val", "")):
            text = text.translate(DRAWN)
        if any(map(str.isdigit, text)):
            apart.add("color" in look and look["color"].get("rgb", "").upper().endswith(_WHITE))
        texts.append(text)
    return Words("".join(texts) + (UNSEEN if len(apart) > 1 else ""), "struck-text" if struck else None)


def _styles(root: Element) -> tuple[list[str], frozenset[int]]:
    """The code of the format of each style of cells, and the styles whose font is struck through."""
    groups: Mapping[str, Element] = {local(part.tag): part for part in root}
    own = {part.get("numFmtId", ""): part.get("formatCode", "") for part in groups.get("numFmts", ())}
    fonts = [
        any(local(part.tag) == "strike" and _is_on(part) for part in font) for font in groups.get("fonts", ())
    ]
    formats: list[str] = []
    struck: set[int] = set()
    for index, style in enumerate(groups.get("cellXfs", ())):
        number = style.get("numFmtId", "0")
        formats.append(own.get(number) or BUILT_IN.get(_index(number), _DATE))
        font = _index(style.get("fontId", "0"))
        if font < len(fonts) and fonts[font]:
            struck.add(index)
    return formats, frozenset(struck)


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get("val", "1") in _ON


def _index(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_INDEX else 0
