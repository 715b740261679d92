"""Zip archives, opened with care: the list of what is in one can itself be a bomb, and so can each member.

Every limit is on what is really read, never on what the archive says of itself.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import BinaryIO

__all__ = ["BROKEN", "EMPTY", "ENCRYPTED", "MAGIC", "TooFarError", "TooManyError", "member_bytes", "open_zip"]

MAGIC = b"PK\x03\x04"
EMPTY = b"PK\x05\x06"
ENCRYPTED = 0x1
# What the standard library raises on an archive or a member that is damaged or packed in an unknown way.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)

# Real members shrink to a twentieth (the blank form of 2021: 19 : 1); a bomb to a thousandth.
_MOST_RATIO = 200
_SMALL = 1024 * 1024  # below this a member may be as repetitive as it likes
_CHUNK = 1024 * 1024
# The list of 5,000 members with long names; the standard library reads all of it before anybody can count.
_MOST_LIST = 4 * 1024 * 1024
_END = 22
_LONGEST_COMMENT = 65_535
_LOCATOR = 20


class TooManyError(Exception):
    """The archive lists more than any of ours can hold."""


class TooFarError(Exception):
    """A member unpacks to more than it may."""


def open_zip(stream: BinaryIO) -> zipfile.ZipFile:
    """Open an archive whose list of members is of a sane size.

    Args:
        stream: The archive; it can be sought in.

    Raises:
        TooManyError: The list is too long, or in the form that only archives beyond 65,535 members need.
        zipfile.BadZipFile: It is no archive, or is damaged; other errors of `BROKEN` likewise.
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _LONGEST_COMMENT - _END - _LOCATOR))
    tail = stream.read()
    end = tail.rfind(EMPTY)
    if end >= 0 and len(tail) - end >= _END:
        long_form = tail[max(0, end - _LOCATOR) : end].startswith(b"PK\x06\x07")
        if long_form or int.from_bytes(tail[end + 12 : end + 16], "little") > _MOST_LIST:
            raise TooManyError
    stream.seek(0)
    return zipfile.ZipFile(stream)


def member_bytes(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """What a member unpacks to.

    Args:
        archive: The archive.
        member: One of its members.
        most: The most bytes it may unpack to; a member that shrank beyond 200 : 1 gets a mebibyte only.

    Raises:
        TooFarError: It would unpack to more.
        zipfile.BadZipFile: It is damaged; other errors of `BROKEN` likewise.
    """
    most = min(most, max(_SMALL, member.compress_size * _MOST_RATIO))
    chunks: list[bytes] = []
    length = 0
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            chunks.append(chunk)
            length += len(chunk)
            if length > most:
                raise TooFarError
    return b"".join(chunks)
