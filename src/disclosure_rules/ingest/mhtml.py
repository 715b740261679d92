"""The reader for web pages saved in one file (.mht, .mhtml; also Word's "single file web page", often called .doc)."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from disclosure_rules.errors import ReadError
from disclosure_rules.hookspecs import Reader
from disclosure_rules.ingest.html import read_html
from disclosure_rules.model.note import Note
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from disclosure_rules.model.document import Document

__all__ = ["MHTML_READER", "read_mhtml"]

_HEAD = 4096
_HEADER = re.compile(
    rb"\s{0,9}(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]{0,900}\n(?:[ \t][^\n]{0,900}\n){0,40}){1,30}"
)
_TYPE = re.compile(rb"^content-type:\s{0,9}(?:multipart/related|text/html)", re.IGNORECASE | re.MULTILINE)
_VERSION = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
# The library goes down one level of itself for each; a page has one, within a mail two or three.
_MOST_BOUNDARIES = 20


def read_mhtml(data: bytes, name: str) -> Document:
    """Read the page of the file; its pictures and styles are left alone.

    Args:
        data: The whole file.
        name: The file's name, for messages.

    Returns:
        As `read_html`, of the first page in the file; lines are those of the page's own source.

    Raises:
        ReadError: `no-page`, or what `read_html` raises.
    """
    pages = [] if data.lower().count(b"boundary=") > _MOST_BOUNDARIES else _pages(data)
    if not pages:
        raise ReadError(
            "这个单文件网页（.mht）里没有网页正文，可能不完整，请用浏览器重新保存为网页（.html）或提供 Word 文档",
            "there is no page in this single-file web page (.mht); it may be incomplete: save it as .html, or hand in "
            "the Word document",
            place=name,
            code="no-page",
        )
    document = read_html(pages[0], name)
    more = len(pages) - 1
    note = Note(
        code="frames-not-read",
        message=Text(
            zh=f"文件里另有 {more} 个网页（如框架、页眉页脚），没有读取。",
            en=f"{more} further pages in the file (frames, running heads) were not read.",
        ),
        count=more,
    )
    return document.model_copy(
        update={
            "format": "mhtml",
            "sha256": hashlib.sha256(data).hexdigest(),
            "notes": (*document.notes, note) if more else document.notes,
        }
    )


def _pages(data: bytes) -> list[bytes]:
    """The pages in the order of the file, decoded from their transport."""
    from email.parser import BytesParser  # noqa: PLC0415  few runs read a page in one file
    from email.policy import compat32  # noqa: PLC0415

    pages = []
    for part in BytesParser(policy=compat32).parsebytes(data.lstrip()).walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                pages.append(content)
    return pages


def _is_mhtml(head: bytes) -> bool:
    """Whether a file begins with the headers of a mail that carries a page."""
    header = _HEADER.match(head[:_HEAD])
    return header is not None and bool(_VERSION.search(header[0])) and bool(_TYPE.search(header[0]))


MHTML_READER = Reader(suffixes=(".mht", ".mhtml"), recognises=_is_mhtml, read=read_mhtml)
