"""How a run of a .docx looks, as far as it says whether its digits are digits of the number they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.docx_numbering import value
from disclosure_rules.ingest.docx_styles import Style, child, is_on
from disclosure_rules.ingest.ooxml import WORD
from disclosure_rules.ingest.raised import DRAWN, LOWERED, RAISED, is_of_symbols

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

__all__ = ["PLAIN", "Look", "look_of"]

_NO_STYLE = Style()
_SHIFTED = {"superscript": RAISED, "subscript": LOWERED}
_WHITE = "FFFFFF"


class Look(NamedTuple):
    """What the formatting of a run says.

    `gone` is the code of the note on text that is not shown, `digits` what its digits become, `apart` whether they are
    white or raised by hand: beside others that are not, they are no digits of the same number.
    """

    gone: str | None = None
    digits: Mapping[int, int] | None = None
    apart: bool = False


PLAIN = Look()


def look_of(properties: Element, styles: Mapping[str, Style], of_paragraph: Style) -> Look:
    """The look of a run.

    Args:
        properties: Its `rPr`.
        styles: The styles by id.
        of_paragraph: The style of its paragraph.
    """
    named = child(properties, "rStyle")
    style = styles.get(value(named), _NO_STYLE) if named is not None else _NO_STYLE
    strikes = [mark for name in ("strike", "dstrike") if (mark := child(properties, name)) is not None]
    if any(map(is_on, strikes)) or (not strikes and (style.struck or of_paragraph.struck)):
        return Look("struck-text")
    vanish = child(properties, "vanish")
    if is_on(vanish) if vanish is not None else style.hidden:
        return Look("hidden-text")
    shifted = child(properties, "vertAlign")
    digits = _SHIFTED.get(value(shifted) if shifted is not None else style.shifted)
    fonts = child(properties, "rFonts")
    if fonts is not None and is_of_symbols(fonts.get(f"{WORD}ascii", "")):
        digits = DRAWN
    position = value(child(properties, "position"), "0")
    white = value(child(properties, "color")).upper() == _WHITE
    return Look(None, digits, white or position != "0")
