"""Bytes to text: what encoding an official's file is in, decided without a guess where that is possible."""

from __future__ import annotations

import re
from typing import NamedTuple

from disclosure_rules.errors import ReadError
from disclosure_rules.model.note import Note
from disclosure_rules.model.text import Text

__all__ = [
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "Decoded",
    "decode",
    "looks_like_text",
    "too_large",
    "without_pinyin",
]

MAX_BYTES = 64 * 1024 * 1024
# A report has some tens of thousands of characters, with all its annexes and the page around it less than a million.
MAX_CHARACTERS = 2_000_000
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_BLANK = b"\xef\xbb\xbf\xff\xfe\x00\t\n\r\f\v "
# What pages declare; gb2312 and gbk are parts of GB18030, and pages go beyond what they declare.
_DECLARED = {
    "utf-8": "utf-8", "utf8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs"
}  # fmt: skip
_CUT = "unexpected end of data"
_SAMPLE = 65_536
# A text has next to no control characters; a ZIP or an image has one in every dozen bytes.
_MAX_CONTROL_SHARE = 0.02
# GB18030 decodes nearly any bytes to something; a real text loses at most a few characters to damage.
_MAX_LOST_SHARE = 0.05
# 務(wù)報(bào): mirrors of official pages put the sound behind a character. The bracket comes first, so that the search
# skips to the next one.
_PINYIN = re.compile(r"\([a-z]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,4}\)")
_FEWEST_SOUNDS = 10  # a rare character in a place's name may have its sound in print
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1a")


class Decoded(NamedTuple):
    """A text with the encoding that it was read in, and what had to be guessed."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def decode(data: bytes, name: str, *, declared: str | None = None) -> Decoded:
    """Decode the bytes of a text file: byte-order mark, strict UTF-8, strict GB18030, then either with losses noted.

    Args:
        data: The whole file.
        name: The file's name, for messages.
        declared: The encoding that the file itself names. It is believed after strict UTF-8, which no other text
            passes by chance: Big5 is told in no other way, and damaged UTF-8 would pass for GB18030.

    Returns:
        The text without its byte-order mark, line ends as in the file.

    Raises:
        ReadError: `too-large`, `empty` or `binary`.
    """
    if len(data) > MAX_BYTES:
        raise too_large(name)
    if not data.strip(_BLANK):
        raise ReadError(
            "文件是空的。请确认导出或上传是否完整，再提交一次。",
            "The file is empty. See whether the export or upload was complete, and hand it in again.",
            place=name,
            code="empty",
        )
    return _decode(data, name, declared)


def without_pinyin(decoded: Decoded) -> Decoded:
    """The text without the sounds that a page's converter put behind its characters (务(wù)), if there are many.

    A few are the report's own. Line ends stay where they are.
    """
    text, count = _PINYIN.subn("", decoded.text)
    if count < _FEWEST_SOUNDS:
        return decoded
    note = Note(
        code="pinyin-left-out",
        message=Text(
            zh=f"文字后面夹有拼音（{count} 处），像是网页转换所致，已略去；请以原件为准。",
            en=f"Sounds in Latin letters stand behind characters ({count}), as if a web page had been converted; "
            "they were left out. Check the original.",
        ),
        count=count,
    )
    return decoded._replace(text=text, notes=(*decoded.notes, note))


def _decode(data: bytes, name: str, declared: str | None) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_losses(data[len(mark) :], encoding, name)
    if _looks_binary(data):
        raise _binary(name)
    named = _DECLARED.get((declared or "").lower())
    for encoding in ("utf-8", named or "gb18030"):
        try:
            return Decoded(data.decode(encoding), encoding)
        except UnicodeDecodeError as problem:
            # An upload that stopped within a character: as GB18030 all of it would come out as other characters.
            if encoding == "utf-8" and problem.start > 0 and problem.reason == _CUT:
                return _with_losses(data, encoding, name)
    for encoding in filter(None, (named, "utf-8")):
        if _fits(data, encoding):
            return _with_losses(data, encoding, name)
    return _with_losses(data, "gb18030", name) if named is None else _decode(data, name, None)


def _fits(data: bytes, encoding: str) -> bool:
    """Whether an encoding is right but for damage: of what is not ASCII, nine tenths come out."""
    text = data.decode(encoding, errors="replace")
    foreign = len(text) - len(text.encode("ascii", errors="ignore"))
    return text.count("\ufffd") * 10 <= foreign


def looks_like_text(head: bytes) -> bool:
    """Whether the first bytes of a file are those of a text in any encoding that `decode` reads."""
    if head.startswith(tuple(mark for mark, _ in _MARKS)):
        return True
    return not _looks_binary(head)


def _with_losses(data: bytes, encoding: str, name: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    if lost > 1 + len(text) * _MAX_LOST_SHARE or _looks_binary(text[:_SAMPLE].encode("utf-8")):
        raise _binary(name)
    if not lost:
        return Decoded(text, encoding)
    note = Note(
        code="encoding-damage",
        message=Text(
            zh=f"按 {encoding} 读取时有 {lost} 处字节无法识别，以 \ufffd 代替。",
            en=f"{lost} places could not be decoded as {encoding}; \ufffd stands in their place.",
        ),
        count=lost,
    )
    return Decoded(text, encoding, (note,))


def _looks_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    control = len(sample) - len(sample.translate(None, _CONTROL))
    return control > len(sample) * _MAX_CONTROL_SHARE


def _binary(name: str) -> ReadError:
    return ReadError(
        "文件不是文本：可能是图片、压缩包或其他格式改了扩展名。请以正确的扩展名提交，或另存为 UTF-8 文本。",
        "The file is no text: perhaps an image, an archive or another format under a wrong ending. "
        "Give it its right ending, or save it as UTF-8 text.",
        place=name,
        code="binary",
    )


def too_large(name: str) -> ReadError:
    """The refusal of an input that is larger than a report can be."""
    return ReadError(
        f"文件太大，不像是一份年度报告（上限 {MAX_CHARACTERS // 10_000} 万字）。请提供年度报告本身，不要整批合并。",
        f"The file is too large for one annual report (the limit is {MAX_CHARACTERS:,} characters). "
        "Hand in the report itself, not a bundle.",
        place=name,
        code="too-large",
    )
