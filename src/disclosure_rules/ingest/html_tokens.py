"""HTML as tags and text in their order, by the tokenising rules of the WHATWG standard as far as text depends on them.

Our own, because the standard library's parser needs twice the time and the fast foreign ones keep no places
(docs/decisions/0005-reading-html.md). Every expression here is linear: none can fail after it has begun a tag.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Take = Callable[[str, str, int], None]

__all__ = ["Take", "attributes", "scan"]

# A quote opens a value only after `=`; in `<td width=10"">` it does not. What is never closed ends with the file.
_MARKUP = re.compile(
    r"""<(?:
    (/?[a-zA-Z][^\s/>]*+)
    ([^>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?[^>=]*+)*+)(?:>|\Z)
    |!--(?:-?>|.*?(?:--!?>|\Z))
    |[!?/][^>]*+(?:>|\Z)
    )""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""([^\s=>/"'][^\s=>/]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)))?""",
)
# What a browser does not print as text of the page, or prints as the content of a control.
_NOT_PRINTED = frozenset(
    (
        "script",
        "style",
        "textarea",
        "iframe",
        "noscript",
        "noembed",
        "noframes",
        "select",
        "button",
        "template",
    )
)


def scan(source: str, text: Callable[[str, int], None], takes: Mapping[str, Take]) -> None:
    """Go through a page in order; comments, scripts and the like are left out.

    The text of `<title>` comes between its tags. An element that should hide its content but is never closed
    hides nothing: damaged pages lose their end, and a report must not disappear with it.

    Args:
        source: The page.
        text: Called with each text between two tags, its character references unread, and its offset.
        takes: What to call at a tag, by its name in small letters, an end tag's with `/` before it: with the name, the
            attributes unread and the offset. Most tags of a page have none, and cost no call.
    """
    position = 0
    unclosed: set[str] = set()
    skipped = True
    while skipped:  # once more after each element whose content is left out
        skipped = False
        for match in _MARKUP.finditer(source, position):
            start, end = match.span()
            if start > position:
                text(source[position:start], position)
            position = end
            name, rest = match.groups()
            if not name:
                continue
            take = takes.get(name)
            if take is None:
                name = name.lower()
                take = takes.get(name)
            if take is not None:
                take(name, rest, start)
            elif name in _NOT_PRINTED and name not in unclosed:
                close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(source, position)
                if close is None:
                    unclosed.add(name)
                else:
                    position = close.start()
                    skipped = True
                    break
    if position < len(source):
        text(source[position:], position)


def attributes(rest: str) -> Mapping[str, str]:
    """The attributes of a tag; of two with one name the first counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(rest):
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), unescape(value) if "&" in value else value)
    return found
