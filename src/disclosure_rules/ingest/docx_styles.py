"""What a paragraph of a .docx has from its style: its list, whether it is a heading, whether it is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.docx_numbering import value
from disclosure_rules.ingest.ooxml import WORD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

__all__ = ["Style", "child", "is_on", "list_of", "read_styles"]

_OFF = ("0", "false", "off", "none")
_BODY_LEVEL = 9
_DEEPEST = 20
_LOOKS = ("vanish", "strike", "dstrike", "vertAlign")


class Style(NamedTuple):
    """What counts of a style here. `list` is the id and the level of a list; None where it states none.

    `shifted` is the `vertAlign` of its characters.
    """

    list: tuple[str, int] | None = None
    heading: bool = False
    hidden: bool = False
    struck: bool = False
    shifted: str = ""


def is_on(element: Element | None) -> bool:
    """Whether a switch such as `<w:vanish/>` is there and not switched off."""
    return element is not None and value(element, "1").lower() not in _OFF


def child(element: Element | None, name: str) -> Element | None:
    """The first child of this name."""
    return element.find(f"{WORD}{name}") if element is not None and len(element) else None


def list_of(properties: Element | None, style: Style) -> tuple[str, int] | None:
    """The list of a paragraph and its level there, its own before its style's; None where it is in none."""
    own = child(properties, "numPr")
    if own is None:
        return style.list
    level = value(child(own, "ilvl"), str(style.list[1]) if style.list else "0")
    list_id = value(child(own, "numId"), style.list[0] if style.list else "0")
    return (list_id, int(level)) if list_id != "0" and level.isascii() and level.isdigit() else None


def read_styles(root: Element | None) -> Mapping[str, Style]:
    """The styles by id, with what they inherit; the default paragraph style stands under the empty id as well."""
    if root is None:
        return {}
    elements: dict[str, Element] = {}
    default = ""
    for element in root:
        if element.tag == f"{WORD}style":
            key = element.get(f"{WORD}styleId", "")
            elements[key] = element
            if element.get(f"{WORD}type") == "paragraph" and element.get(f"{WORD}default") in (
                "1",
                "true",
                "on",
            ):
                default = key
    styles = {key: _resolve(key, elements) for key in elements}
    return {**styles, "": styles.get(default, Style())}


def _resolve(key: str, elements: Mapping[str, Element]) -> Style:
    """One style with those that it builds on, the nearest first."""
    in_list: tuple[str, int] | None = None
    heading: bool | None = None
    looks: dict[str, Element] = {}
    for _ in range(_DEEPEST):  # a chain that runs in a circle ends here as well
        element = elements.get(key)
        if element is None:
            break
        paragraph = child(element, "pPr")
        if in_list is None:
            in_list = list_of(paragraph, Style())
        level = child(paragraph, "outlineLvl")
        if heading is None and level is not None:
            heading = value(level, "9").isdigit() and int(value(level, "9")) < _BODY_LEVEL
        characters = child(element, "rPr")
        for name in _LOOKS:
            look = child(characters, name)
            if look is not None:
                looks.setdefault(name, look)
        key = value(child(element, "basedOn"))
    struck = is_on(looks.get("strike")) or is_on(looks.get("dstrike"))
    return Style(in_list, bool(heading), is_on(looks.get("vanish")), struck, value(looks.get("vertAlign")))
