"""The bytes of a structured report: how large they may be, and in which encoding they are."""

from __future__ import annotations

import codecs

from disclosure_rules.errors import ReadError

__all__ = ["LARGEST", "decode_structured"]

# A real report takes 5 to 60 KB.
LARGEST = 16 * 2**20

_OTHER_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_structured(data: bytes, name: str, largest: int = LARGEST) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8, with or without a byte order mark.

    Args:
        data: The bytes.
        name: What messages call them.
        largest: How many there may be.

    Raises:
        ReadError: Too large, empty, or not UTF-8.
    """
    if len(data) > largest:
        size = f"{largest // 2**20} MB"
        raise ReadError(
            f"文件超过 {size}，不是一份结构化报告，请检查是否选错了文件。",
            f"the file exceeds {size}, which no structured report does; check that it is the right one.",
            place=name,
            code="too-large",
        )
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(data, error.start, name) from error
    encoding = "utf-8"
    if text.startswith("\ufeff"):
        text, encoding = text[1:], "utf-8-sig"
    if not text or text.isspace():
        raise ReadError("文件是空的，请检查。", "the file is empty; check it.", place=name, code="empty-file")
    return text, encoding


def _not_utf8(data: bytes, at: int, name: str) -> ReadError:
    if data.startswith(_OTHER_MARKS):
        return ReadError(
            "文件是 UTF-16 或 UTF-32 编码，请另存为 UTF-8。",
            "the file is UTF-16 or UTF-32; save it as UTF-8.",
            place=name,
            code="bad-encoding",
        )
    line = data.count(b"\n", 0, at) + 1
    start = data.rfind(b"\n", 0, at) + 1
    column = len(data[start:at].decode()) + 1
    return ReadError(
        f"字节 0x{data[at]:02X} 不是 UTF-8（可能是 GBK 编码），请另存为 UTF-8。",
        f"the byte 0x{data[at]:02X} is not UTF-8 (the file may be GBK); save it as UTF-8.",
        place=f"{name}:{line}:{column}",
        code="bad-encoding",
    )
