"""The reader for web pages: saved pages of government sites, exports of word processors, HTML under another name.

Every block of the page is kept in its order, navigation as well: what belongs to the report is for recognition to
say. Nothing of a page is fetched or run.
"""

from __future__ import annotations

import hashlib
import re

from disclosure_rules.hookspecs import Reader
from disclosure_rules.ingest.encoding import decode, without_pinyin
from disclosure_rules.model.document import Document

__all__ = ["HTML_READER", "read_html"]

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# What may stand before the page: blanks, comments of the program that saved it, an XML declaration.
_LEADING = re.compile(rb"(?:\s++|<!--(?:(?!-->).)*+-->|<\?xml[^>]*+>)*+", re.DOTALL)
_START = re.compile(
    rb"<(?:!doctype\s++html|!--|(?:html|head|body|meta|title|p|div|table|h[1-6]|center|span|font|section|article)[\s>])",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w\-]{2,20})", re.IGNORECASE)
_HEAD = 8_192


def read_html(data: bytes, name: str) -> Document:
    """Read a web page into blocks with their lines in the source.

    Args:
        data: The whole file.
        name: The file's name, for messages.

    Returns:
        Key-value blocks of the page's `<meta>` and `<title>` and of its tables and lines of metadata; headings and
        paragraphs; data tables as grids, spans as written. Tables that only arrange the page are dissolved.

    Raises:
        ReadError: `too-large`, `empty`, `binary`, `too-many-tags` or `table-too-large`.
    """
    # Imported here: the test of the first bytes is asked for every text, and needs none of it.
    from disclosure_rules.ingest.html_page import Page  # noqa: PLC0415

    declared = _CHARSET.search(data[:_HEAD])
    named = declared[1].decode("ascii", "replace") if declared else None
    decoded = without_pinyin(decode(data, name, declared=named))
    page = Page(decoded.text, name)
    return Document(
        format="html",
        blocks=tuple(plain.block() for plain in page.blocks()),
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        notes=(*decoded.notes, *page.notes()),
    )


def _is_html(head: bytes) -> bool:
    """Whether a file begins as a page or as a piece of one; a comment that does not end in `head` counts as well."""
    for mark in _MARKS:
        head = head.removeprefix(mark)
    head = head.replace(b"\x00", b"")  # UTF-16
    leading = _LEADING.match(head)
    return _START.match(head, leading.end() if leading else 0) is not None


HTML_READER = Reader(suffixes=(".html", ".htm", ".shtml"), recognises=_is_html, read=read_html)
