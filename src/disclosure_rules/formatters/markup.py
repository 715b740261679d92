"""Markup that is safe by how it is made: every text is escaped, and only what was made here is taken as it is."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_rules.model.text import Lang

__all__ = ["Child", "Markup", "foot", "head", "own_file", "tag", "text"]

# What a browser acts on unseen: control characters, marks that turn the direction of writing, halves of characters.
_ACTING = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_UNSEEN = re.compile(f"[{_ACTING}]")
_NOT_PLAIN = re.compile(f"[{_ACTING}&<>]")
_KEPT = 4096  # values of attributes: classes and the like are the same again and again


# What an element holds: text, markup, or these one after the other.
Child = Union[str, None, "Iterable[Child]"]


class Markup(str):
    """A piece of a page, escaped already."""

    __slots__ = ()


def text(value: str) -> Markup:
    """A text as it is shown; what would act unseen is shown by its number."""
    if not _NOT_PLAIN.search(value):
        return Markup(value)
    shown = escape(value, quote=False)
    return Markup(_UNSEEN.sub(lambda odd: f'<span class="odd">U+{ord(odd[0]):04X}</span>', shown))


def tag(name: str, *children: Child, **attributes: str | int | None) -> Markup:
    """An element.

    Args:
        name: The element's name.
        children: What it holds: markup as it is, other text escaped, iterables one after the other; None is nothing.
        attributes: Their values are escaped; None leaves one out. `class_` stands for `class`, `aria_label` for
            `aria-label`.
    """
    inner = "".join([child if type(child) is Markup else _inner(child) for child in children])
    given = ""
    for key, value in attributes.items():
        if value is not None:
            given += _attribute(key, value)
    return Markup(f"<{name}{given}>" if name == "input" else f"<{name}{given}>{inner}</{name}>")


@lru_cache(_KEPT)
def _attribute(key: str, value: str | int) -> str:
    shown = _UNSEEN.sub(chr(0xFFFD), escape(str(value)))
    return f' {key.rstrip("_").replace("_", "-")}="{shown}"'


def _inner(child: Child) -> str:
    if isinstance(child, str):
        return child if isinstance(child, Markup) else text(child)
    if child is None:
        return ""
    return "".join([one if type(one) is Markup else _inner(one) for one in child])


def own_file(package: str, name: str) -> str:
    """The text of a style sheet or a script that lies beside the code of `package`."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


def head(title: str, style: str, lang: Lang, script: str = "") -> str:
    """A page up to its body. It fetches nothing, and of styles and scripts the browser runs only those given here.

    Args:
        title: Its title.
        style: Its style sheet.
        lang: Its language.
        script: What `foot` is given; empty for a page without.
    """
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src {_script_source(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{tag('title', title)}\n<style>{style}</style>\n</head>\n<body>\n"
    )


def foot(script: str = "") -> str:
    """What ends a page."""
    return (f"<script>{script}</script>\n" if script else "") + "</body>\n</html>\n"


def _script_source(script: str) -> str:
    return f"'{_digest(script)}'" if script else "'none'"


@lru_cache(4)  # of the style sheets and scripts of a run, which all its pages have
def _digest(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
