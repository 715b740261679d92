"""Pages read as a browser reads them."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["grid", "labelled", "parsed", "refuse_what_acts"]

_ACTS = "script, img, iframe, object, embed, link, base, audio, video, source, template, math, meta[http-equiv=refresh]"


def parsed(page: str) -> LexborHTMLParser:
    """The page, after it was seen that nothing of it runs or leaves it."""
    tree = LexborHTMLParser(page)
    refuse_what_acts(tree)
    return tree


def refuse_what_acts(tree: LexborHTMLParser, scripts: int = 0) -> None:
    """Nothing that a report may hold has become more than text; what the page says it runs is all that it runs."""
    acting = [node.tag for node in tree.css(_ACTS)]
    assert acting == ["script"] * scripts
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on"), name
            assert name not in {"src", "srcset", "style", "action", "formaction", "xlink:href", "ping"}, name
            if name == "href":
                assert re.fullmatch(
                    r"(\.\./index\.html|reports/[^/#?%:\\<>&\"']+\.html)?(#[\w-]+)?", value or ""
                )
    [policy] = [node.attributes["content"] for node in tree.css("meta[http-equiv=Content-Security-Policy]")]
    said = dict(part.strip().split(" ", 1) for part in (policy or "").split(";"))
    assert said["default-src"] == "'none'"
    [style] = tree.css("style")
    assert said["style-src"] == _digest(style)
    assert said["script-src"] == (_digest(tree.css("script")[0]) if scripts else "'none'")
    assert "@import" not in style.text()
    assert "url(" not in style.text()


def _digest(node: LexborNode) -> str:
    content = node.text(deep=True).encode()
    return f"'sha256-{b64encode(sha256(content).digest()).decode()}'"


def grid(table: LexborNode) -> list[list[LexborNode]]:
    """The cell over each place of a table, by the spans that a browser goes by."""
    rows = table.css("tr")
    slots: dict[tuple[int, int], LexborNode] = {}
    for place, row in enumerate(rows):
        column = 0
        for cell in row.iter():
            while (place, column) in slots:
                column += 1
            high, wide = (int(cell.attributes.get(name) or 1) for name in ("rowspan", "colspan"))
            for down in range(high):
                for right in range(wide):
                    assert (place + down, column + right) not in slots
                    slots[place + down, column + right] = cell
            column += wide
    width = max(column for _, column in slots) + 1
    assert len(slots) == len(rows) * width  # no hole, and no row longer than the others
    return [[slots[place, column] for column in range(width)] for place in range(len(rows))]


def labelled(table: LexborNode) -> dict[tuple[str, str], LexborNode]:
    """The cells of a table by the nearest heading to the left and the nearest above, as a reader goes by them."""
    found: dict[tuple[str, str], LexborNode] = {}
    rows = grid(table)
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell.tag == "td" and "corner" not in (cell.attributes.get("class") or ""):
                left = next((one for one in reversed(row[:column]) if one.tag == "th"), None)
                above = next(one[column] for one in reversed(rows[:place]) if one[column].tag == "th")
                group = rows[place - 2][column] if left is None else left
                found.setdefault((_label(group), _label(above)), cell)
    return found


def _label(cell: LexborNode) -> str:
    copy = LexborHTMLParser(f"<table><tr>{cell.html}</tr></table>")
    copy.strip_tags(["a"], recursive=True)
    return copy.css_first("th").text()
