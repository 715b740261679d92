"""Which reader an input is for: by content, not by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.errors import ReadError
from disclosure_rules.foreign import system_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from disclosure_rules.hookspecs import Reader
    from disclosure_rules.model.document import Document, StructuredInput

__all__ = ["MOST_BYTES", "file_bytes", "read_bytes", "read_file"]

_PLAIN_TEXT = "text"
MOST_BYTES = 64 * 1024 * 1024

# An archive's directory stands at its end: of these a test is given the whole file, of others the beginning.
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTAINERS = (_ZIP, _OLE)
_HEAD = 4_096
_HEAD_OF_COMMENTS = 32_768  # an extract may begin with a page of them

# Formats that are recognised but cannot be read yet or at all: first bytes, name, what to do.
_REFUSED = (
    (_ZIP, "其他 Office", "another Office"),
    (_OLE, "旧版 Office ", "an old Office"),
)
_ARCHIVES = (_ZIP, b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
# The name of a stream inside the old container, in which Office puts a file that has a password.
_PROTECTED = "EncryptedPackage".encode("utf-16-le")


def read_file(path: Path, readers: Mapping[str, Reader]) -> Document | StructuredInput:
    """Read the file at `path` by the first reader that recognises its content.

    Args:
        path: The file.
        readers: Readers by format name, in the order in which they are asked.

    Raises:
        ReadError: The file is a folder, cannot be opened, is too large, or is of no format that can be read.
    """
    return read_bytes(file_bytes(path), str(path), readers)


def file_bytes(path: Path) -> bytes:
    """The content of a file, no more of it than is needed to tell that it is too large.

    Raises:
        ReadError: The file is a folder, or cannot be opened.
    """
    try:
        data = None if path.is_dir() else _content(path)
    except OSError as problem:
        zh, en = system_words(problem)
        raise ReadError(
            f"打不开文件（{zh}），请检查路径和权限",
            f"the file cannot be opened ({en}); check the path and the permissions",
            place=str(path),
            code="cannot-open",
        ) from problem
    if data is None:
        raise ReadError(
            "这是文件夹，请指定其中的报告文件",
            "this is a folder; name the reports in it",
            place=str(path),
            code="folder",
        )
    return data


def _content(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(MOST_BYTES + 1)


def read_bytes(data: bytes, name: str, readers: Mapping[str, Reader]) -> Document | StructuredInput:
    """Read `data` by the first reader that recognises it; `name` is for messages.

    Raises:
        ReadError: The data is empty, too large, or of no format that can be read.
    """
    if not data.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise ReadError(
            "文件是空的，没有可以检查的内容，请确认是否选错了文件",
            "the file is empty: there is nothing to check; make sure it is the right file",
            place=name,
            code="empty",
        )
    if len(data) > MOST_BYTES:
        limit = MOST_BYTES // 1024 // 1024
        raise ReadError(
            f"文件超过 {limit} MB，不像是一份年度报告，请确认是否选错了文件",
            f"the file is larger than {limit} MB, which no annual report is; make sure it is the right file",
            place=name,
            code="too-large",
        )
    most = _HEAD_OF_COMMENTS if data.startswith((b"#", b"\xef\xbb\xbf#")) else _HEAD
    head = data if data.startswith(_CONTAINERS) else data[:most]
    found = next((key for key, reader in readers.items() if reader.recognises(head)), None)
    if found is None:
        raise _refusal(head, name)
    if found == _PLAIN_TEXT:
        # A structured report with a misspelt first key looks like plain text; then the name tells what it is.
        found = next(
            (key for key, reader in readers.items() if name.lower().endswith(reader.suffixes)), found
        )
    return readers[found].read(data, name)


def _refusal(head: bytes, name: str) -> ReadError:
    if head.startswith(_OLE) and _PROTECTED in head:
        return ReadError(
            "文件有密码保护，无法读取，请在 Word、Excel 或 WPS 中去掉密码后另存一份",
            "the file is protected by a password; save a copy without one in Word, Excel or WPS",
            place=name,
            code="encrypted",
        )
    if head.startswith(_ARCHIVES):
        told = _archive_refusal(head, name)
        if told is not None:
            return told
    if b"schemas.uof.org" in head[:1024]:
        # LibreOffice reads these, and loses their tables.
        return ReadError(
            "这是标文通（UOF）文件，不能直接读取，请用 WPS 或永中 Office 打开，另存为 .docx 后再检查",
            "this is a UOF document, which cannot be read as it is; open it in WPS and save it as .docx",
            place=name,
            code="unsupported-format",
        )
    for magic, zh, en in _REFUSED:
        if magic in head[:1024]:
            return ReadError(
                f"这是{zh}文件，不能直接读取，请用 Word 或 WPS 打开，另存为 .docx 后再检查",
                f"this is {en} file, which cannot be read as it is; open it in Word or WPS and save it as .docx",
                place=name,
                code="unsupported-format",
            )
    return ReadError(
        "这不是能识别的文件格式，请提供 .docx、.pdf、.ofd、.xlsx、网页（.html）、"
        "纯文本（.txt、.md）或结构化报告（.yaml、.json）",
        "this is no format that can be read; hand in .docx, .pdf, .ofd, .xlsx, a web page (.html), plain text (.txt, "
        ".md) or a structured report (.yaml, .json)",
        place=name,
        code="unsupported-format",
    )


def _archive_refusal(data: bytes, name: str) -> ReadError | None:
    """The error for an archive; None for an office document of a kind that is not read."""
    from disclosure_rules.ingest.ooxml import part_names  # noqa: PLC0415  few files are archives

    names = part_names(data)
    if data.startswith(_ZIP) and not names:
        return ReadError(
            "文件不完整或已损坏（压缩结构错误），可能没有传完，请重新上传，或重新保存、重新压缩",
            "the file is incomplete or damaged (its zip structure is broken); upload, save or pack it again",
            place=name,
            code="damaged-archive",
        )
    if not names.isdisjoint(("[Content_Types].xml", "mimetype")):
        return None
    return ReadError(
        "这是压缩包，请解压后检查其中的报告文件",
        "this is an archive; unpack it and check the reports in it",
        place=name,
        code="archive",
    )
