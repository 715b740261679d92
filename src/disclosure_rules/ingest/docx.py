"""The reader for .docx: the archive and its XML by the standard library, limits on everything.

Tracked changes are read as accepted, hidden text is left out, and both are said in notes. A number that Word counts
is written before its paragraph. Places are paragraphs, counted through the document as they stand in it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from disclosure_rules.errors import ReadError
from disclosure_rules.hookspecs import Reader
from disclosure_rules.ingest.docx_body import Body
from disclosure_rules.ingest.docx_numbering import Numbering
from disclosure_rules.ingest.docx_styles import child, read_styles
from disclosure_rules.ingest.ooxml import MAGIC, Package, local, part_names
from disclosure_rules.model.document import Document
from disclosure_rules.model.location import Location
from disclosure_rules.model.note import Note
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

__all__ = ["DOCX_READER", "USUAL_PART", "read_body", "read_docx"]

USUAL_PART = "word/document.xml"
_MAX_PLACES = 20
_NOTES = {
    "tracked-insertion": (
        "文档带有修订标记，{} 处插入的内容按已接受读取。请确认定稿后接受全部修订再发布。",
        "{} tracked insertions were read as accepted; accept all changes before publishing.",
    ),
    "tracked-deletion": (
        "文档带有修订标记，{} 处删除的内容未读取。请确认定稿后接受全部修订再发布。",
        "{} tracked deletions were left out; accept all changes before publishing.",
    ),
    "hidden-text": (
        "文档有 {} 处隐藏文字，打印时看不到，未读取。",
        "{} stretches of hidden text, which do not print, were left out.",
    ),
    "struck-text": (
        "文档有 {} 处划去的文字（删除线），未读取。",
        "{} stretches of text that is struck through were left out.",
    ),
    "embedded-not-read": (
        "文档嵌入了 {} 个其他文件（如 Excel 表格），其中的内容没有读取；如含有报告内容，请改为直接写在文档里。",
        "{} embedded files (a spreadsheet, for example) were not read; put what belongs to the report into the text.",
    ),
    "image-not-read": (
        "文档有 {} 张图片，图片里的文字和表格没有读取。",
        "{} images were not read, nor any text or table in them.",
    ),
}


def read_docx(data: bytes, name: str) -> Document:
    """Read a .docx into blocks with the numbers of their paragraphs.

    Args:
        data: The whole file.
        name: The file's name, for messages.

    Returns:
        Headings and paragraphs, a line break within a paragraph beginning a block of its own; tables as grids, merges
        and columns as stored, those that only arrange the page dissolved; text boxes and footnotes after the
        paragraph (footnotes of a table after the table) that they belong to.

    Raises:
        ReadError: `damaged-archive`, `damaged-xml`, `encrypted`, `document-type`, `expands-too-far`, `too-many-parts`,
            `nested-too-deep`, `table-too-large` or `no-document`.
    """
    package = Package(data, name)
    part = package.main_part() or USUAL_PART
    root = package.xml(part)
    body = child(root, "body")
    if body is None:
        raise ReadError(
            "文件里没有 Word 正文（word/document.xml），可能不完整，请用 Word 或 WPS 打开后另存为 .docx",
            "the file holds no text of a Word document (word/document.xml); it may be incomplete: "
            "open it in Word or WPS and save it as .docx",
            place=name,
            code="no-document",
        )
    reading, unknown = read_body(package, part, body, name)
    return Document(
        format="docx",
        blocks=tuple(plain.block() for plain in reading.blocks),
        sha256=hashlib.sha256(data).hexdigest(),
        notes=(*_notes(reading.met), *_unknown_numbers(unknown)),
    )


def read_body(package: Package, part: str, body: Element, name: str) -> tuple[Body, set[str]]:
    """Read the body of a document.

    Args:
        package: The document.
        part: The part that the body is of.
        body: The body, in the usual namespace.
        name: The file's name, for messages.

    Returns:
        The body as read, and the formats of automatic numbers that are not known.
    """
    parts = package.related(part)
    numbering = Numbering(_optional(package, parts, "numbering"))
    styles = read_styles(_optional(package, parts, "styles"))
    reading = Body(styles, numbering, dict(_footnotes(package, parts)), name)
    reading.read(body)
    return reading, numbering.unknown


def _is_docx(data: bytes) -> bool:
    """Whether a zip archive holds a Word document, whatever the file is called."""
    return data.startswith(MAGIC) and any(
        part.startswith("word/document") and part.endswith(".xml") for part in part_names(data)
    )


DOCX_READER = Reader(suffixes=(".docx", ".docm"), recognises=_is_docx, read=read_docx)


def _optional(package: Package, parts: Mapping[str, str], kind: str) -> Element | None:
    return package.xml(parts[kind]) if kind in parts else None


def _footnotes(package: Package, parts: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], Element]]:
    """Footnotes and endnotes by kind and id."""
    for kind in ("footnotes", "endnotes"):
        root = _optional(package, parts, kind)
        for note in root if root is not None else ():
            number = next((text for key, text in note.items() if local(key) == "id"), "")
            yield (kind, number), note


def _notes(met: Mapping[str, Sequence[int]]) -> Iterator[Note]:
    for code, (zh, en) in _NOTES.items():
        places = met.get(code, ())
        if places:
            yield Note(
                code=code,
                message=Text(zh=zh.format(len(places)), en=en.format(len(places))),
                count=len(places),
                places=tuple(Location(paragraph=place) for place in dict.fromkeys(places))[:_MAX_PLACES],
            )


def _unknown_numbers(formats: set[str]) -> Iterator[Note]:
    if formats:
        words = tuple(sorted(formats))
        yield Note(
            code="numbering-unknown",
            message=Text(
                zh=f"自动编号的格式（{'、'.join(words)}）无法识别，编号按阿拉伯数字读取。",
                en=f"The formats {', '.join(words)} of automatic numbers are not known; figures stand in their place.",
            ),
            count=len(words),
            words=words,
        )
