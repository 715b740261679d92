"""HTML as a stream of tags and text, by the tokenising rules of the WHATWG standard as far as text depends on them.

Our own, because the standard library's parser needs twice the time and the fast foreign ones keep no places
(docs/decisions/0005-reading-html.md). Every expression here is linear: none can fail after it has begun a tag.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Token", "attributes", "tokens"]

Token = tuple[str, int, str, str, str, int]

# A quote opens a value only after `=`; in `<td width=10"">` it does not. What is never closed ends with the file.
_MARKUP = re.compile(
    r"""<(?:
    (/?)([a-zA-Z][^\s/>]*+)
    ((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?)*+)(?:>|\Z)
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


def tokens(source: str) -> Iterator[Token]:
    """The tags of a page in order, each with the text before it; comments, scripts and the like are left out.

    The text of `<title>` comes between its tags. An element that should hide its content but is never closed
    hides nothing: damaged pages lose their end, and a report must not disappear with it.

    Yields:
        (text with its character references, its offset, name of the tag in small letters, `/` of an end tag,
        attributes unread, offset of the tag); the name is empty where no tag ends the text. Plain tuples, for there
        are thousands on a page.
    """
    position = 0
    unclosed: set[str] = set()
    skipped = True
    while skipped:  # once more after each element whose content is left out
        skipped = False
        for match in _MARKUP.finditer(source, position):
            start, end = match.span()
            slash, name, rest = match.groups()
            text_at, position = position, end
            if not name:
                if start > text_at:
                    yield source[text_at:start], text_at, "", "", "", start
                continue
            name = name.lower()
            yield source[text_at:start], text_at, name, slash, rest, start
            if name in _NOT_PRINTED and not slash and name not in unclosed:
                close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(source, position)
                if close is None:
                    unclosed.add(name)
                else:
                    position = close.start()
                    skipped = True
                    break
    if position < len(source):
        yield source[position:], position, "", "", "", len(source)


def attributes(rest: str) -> Mapping[str, str]:
    """The attributes of a tag; of two with one name the first counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(rest):
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), unescape(value) if "&" in value else value)
    return found
