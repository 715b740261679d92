"""Old and other word processors' files (.doc, .wps, .rtf, .odt): converted by LibreOffice where that is allowed.

Without leave they are told as what they are, with what to do. No converter of our own: the binary format of Word is
a program's memory on disk, and a reading that is nearly right would be silently wrong.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from disclosure_rules.errors import ReadError
from disclosure_rules.hookspecs import Reader
from disclosure_rules.ingest.ooxml import Package, part_names
from disclosure_rules.ingest.zips import MAGIC
from disclosure_rules.model.note import Note
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from disclosure_rules.model.document import Document

__all__ = ["CONVERSION_READER", "conversion_reader", "kind_of"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_XML = b'progid="Word.Document"'
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_HEAD = 4096
# The stream of the text in a container of the old format, also as WPS writes it; and what stands beside it in no other.
_WORD = "WordDocument".encode("utf-16-le")
_WORKBOOK = "Workbook".encode("utf-16-le")
_SECTOR = 512
_WORD_MARK = b"\xec\xa5"
_FLAGS = 10
_LOCKED = 0x0100

_NAMES = {
    "doc": ("旧版 Word 或 WPS 文件（.doc、.wps）", "an old Word or WPS file (.doc, .wps)"),
    "rtf": (" RTF 文件", "an RTF file"),
    "odt": (" ODT 文件", "an ODT file"),
    "xml": (" Word 2003 XML 文件", "a Word 2003 XML file"),
}


def conversion_reader(*, allowed: bool) -> Reader:
    """A reader for files that only another program reads: it runs LibreOffice where that is `allowed`, else refuses."""
    return Reader(
        suffixes=(".doc", ".wps", ".rtf", ".odt"),
        recognises=lambda data: kind_of(data) is not None,
        read=_converted if allowed else _refused,
    )


def kind_of(data: bytes) -> str | None:
    """What kind of file to convert this is, by its content: `doc`, `rtf`, `odt` or `xml`; None for any other."""
    if data.startswith(_OLE):
        return "doc" if _WORD in data and _WORKBOOK not in data else None
    if data.startswith(_RTF):
        return "rtf"
    if data.startswith(MAGIC):
        return "odt" if _ODT in data[:_HEAD] and "content.xml" in part_names(data) else None
    return "xml" if _XML in data[:_HEAD] else None


def _converted(data: bytes, name: str) -> Document:
    """Convert a file to .docx and read that.

    Args:
        data: The whole file.
        name: The file's name, for messages.

    Returns:
        What the reader for .docx found, under the format and the checksum of the file itself, with a note that says so.

    Raises:
        ReadError: `encrypted`, `converter-missing`, `too-slow`, `conversion-failed`, or what the reader of .docx raises.
    """
    # Imported here: most runs convert nothing.
    from disclosure_rules.ingest.docx import read_docx  # noqa: PLC0415
    from disclosure_rules.ingest.soffice import to_docx  # noqa: PLC0415

    kind = kind_of(data) or "doc"
    if kind == "doc" and _is_locked(data):
        raise ReadError(
            "文件有密码保护，无法读取，请在 Word 或 WPS 中去掉密码后另存一份",
            "the file is protected by a password; save a copy without one in Word or WPS",
            place=name,
            code="encrypted",
        )
    if kind == "odt":
        Package(data, name).refuse_password()
    zh, en = _NAMES[kind]
    document = read_docx(to_docx(data, kind, name), name)
    note = Note(
        code="converted",
        message=Text(
            zh=f"{zh.strip()}由 LibreOffice 转换后读取，位置按转换后的文档计；有疑问请与原文核对",
            en=f"{en} was converted by LibreOffice; places are those of the converted document: see the original",
        ),
    )
    return document.model_copy(
        update={
            "format": kind,
            "sha256": hashlib.sha256(data).hexdigest(),
            "notes": (note, *document.notes),
        }
    )


def _refused(data: bytes, name: str) -> Document:
    zh, en = _NAMES[kind_of(data) or "doc"]
    raise ReadError(
        f"这是{zh}，不能直接读取。请用 Word 或 WPS 另存为 .docx；"
        "本机装有 LibreOffice 时，也可以加 --convert 自动转换",
        f"this is {en}, which cannot be read as it is. Save it as .docx in Word or WPS; where LibreOffice is installed, "
        "--convert does it for you",
        place=name,
        code="needs-conversion",
    )


def _is_locked(data: bytes) -> bool:
    """Whether a Word file needs a password to be opened: a flag in the head of its text, which begins a sector."""
    for start in range(_SECTOR, min(len(data), 1_000 * _SECTOR), _SECTOR):
        if data[start : start + 2] == _WORD_MARK:
            return bool(int.from_bytes(data[start + _FLAGS : start + _FLAGS + 2], "little") & _LOCKED)
    return False


CONVERSION_READER = conversion_reader(allowed=False)
