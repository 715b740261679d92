"""A zip of several reports, as offices send them up: names in GBK, folders, and whatever else got in."""

from __future__ import annotations

import weakref
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, cast

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.reopened import ReopenedFile
from disclosure_rules.ingest.zips import (
    BROKEN,
    EMPTY,
    ENCRYPTED,
    MAGIC,
    TooFarError,
    TooManyError,
    member_bytes,
    open_zip,
)

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

__all__ = ["Archive", "is_archive"]

MOST_MEMBERS = 5_000
_DEEPEST = 2  # archives within archives that are opened: a province's of counties', with one for each body
MOST_BYTES = 2 * 1024 * 1024 * 1024
_MOST_OF_ONE = 64 * 1024 * 1024
_UTF_8 = 0x800
# A document that is a zip says so by one of these: Office Open XML, OpenDocument and EPUB, OFD. One that has lost the
# first still has its main part, and is no zip of reports.
_DOCUMENT = frozenset(
    (
        "[Content_Types].xml",
        "mimetype",
        "OFD.xml",
        "word/document.xml",
        "xl/workbook.xml",
        "ppt/presentation.xml",
    )
)


def is_archive(stream: BinaryIO) -> bool:
    """Whether this is a zip of files, not a document that is stored as one.

    One with too long a list of members is an archive too: which `Archive` refuses.
    """
    try:
        names = open_zip(stream).namelist()
    except TooManyError:
        return True
    except BROKEN:
        return False
    return _DOCUMENT.isdisjoint(names)


@dataclass(slots=True)
class _Counted:
    """What of an archive, and of those within it, has been listed and unpacked; a member counts once."""

    members: int = 0
    bytes: int = 0
    names: set[str] = field(default_factory=set)


class Archive:
    """A zip of reports that is read member by member; what was unpacked is counted over all of them.

    Args:
        stream: The archive. It is closed with this object, and a `ReopenedFile` whenever it may `rest`.
        name: Its name, for messages.
        above: The archive that this one lies in. All that lies in the first one is counted together.

    Raises:
        ReadError: `damaged-archive` or `too-many-members`.
    """

    def __init__(self, stream: BinaryIO, name: str, above: Archive | None = None) -> None:
        self._counted: _Counted = above._counted if above else _Counted()  # noqa: SLF001  of its own class
        self._above = above
        self.depth: int = above.depth + 1 if above else 0
        try:
            self._zip = open_zip(stream)
            members = self._zip.infolist()
        except (TooManyError, *BROKEN) as problem:
            raise _too_many(name) if isinstance(problem, TooManyError) else _damaged(name) from problem
        self._counted.members += len(members)
        if self._counted.members > MOST_MEMBERS:
            raise _too_many(name)
        self._stream = stream
        self.rest()
        weakref.finalize(self, stream.close)

    def rest(self) -> None:
        """Let go what is open or unpacked of it, until it is read again."""
        if isinstance(self._stream, ReopenedFile):
            self._stream.rest()

    def within(self, member: zipfile.ZipInfo, name: str) -> Archive | None:
        """The archive that a member is, which is unpacked while it is read; None for any other file.

        Args:
            member: One of `members()`.
            name: Its whole name.

        Raises:
            ReadError: As of `read`; `nested-archive` where it lies too deep.
        """
        stream = cast("BinaryIO", ReopenedFile(lambda: BytesIO(self._bytes(member, name))))
        if stream.read(len(MAGIC)) not in {MAGIC, EMPTY} or not is_archive(stream):
            return None
        if self.depth == _DEEPEST:
            raise ReadError(
                f"压缩包套了超过 {_DEEPEST + 1} 层，没有再往里解，请先解压再检查",
                f"archives lie in each other more than {_DEEPEST + 1} deep; unpack it and check what is in it",
                place=name,
                code="nested-archive",
            )
        return Archive(stream, name, self)

    def members(self) -> Iterator[tuple[str, zipfile.ZipInfo]]:
        """The files in it with their names, in the order of these; folders are none."""
        named = ((_name(member), member) for member in self._zip.infolist() if not member.is_dir())
        yield from sorted(named, key=lambda pair: pair[0])

    def read(self, member: zipfile.ZipInfo, name: str) -> bytes:
        """The bytes of a member.

        Args:
            member: One of `members()`.
            name: Its whole name, for messages.

        Raises:
            ReadError: `encrypted`, `damaged-archive`, `expands-too-far` or `nested-archive`.
        """
        data = self._bytes(member, name)
        if data.startswith((MAGIC, EMPTY)) and is_archive(BytesIO(data)):
            raise ReadError(
                "这是压缩包，但文件名不以 .zip 结尾，没有解开，请改名后再检查",
                "this is an archive whose name does not end in .zip, and it was not unpacked; rename it",
                place=name,
                code="nested-archive",
            )
        return data

    def _bytes(self, member: zipfile.ZipInfo, name: str) -> bytes:
        if member.flag_bits & ENCRYPTED:
            raise ReadError(
                "压缩包设有密码，无法读取，请用密码解压后再检查",
                "the archive is protected by a password; unpack it with the password and check what is in it",
                place=name,
                code="encrypted",
            )
        try:
            before = 0 if name in self._counted.names else self._counted.bytes
            data = member_bytes(self._zip, member, min(_MOST_OF_ONE, MOST_BYTES - before))
        except TooFarError as problem:
            raise _too_far(name) from problem
        except BROKEN as problem:
            raise _damaged(name) from problem
        finally:
            # A file that is open is let go; what is unpacked in memory is kept for the next member.
            if self._above is None:
                self.rest()
        if name not in self._counted.names:
            self._counted.names.add(name)
            self._counted.bytes += len(data)
        return data


def _name(member: zipfile.ZipInfo) -> str:
    """The name as its author wrote it: without the mark for UTF-8 the library reads bytes as code page 437."""
    name = member.filename
    if not member.flag_bits & _UTF_8:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = name.encode()
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    # A name is shown and becomes a path below a folder of results: it moves no cursor and never leads out of that.
    name = "".join(character if character.isprintable() else "\ufffd" for character in name)
    parts = name.replace("\\", "/").replace(":", "：").split("/")
    return "/".join(part for part in parts if part not in {"", ".", ".."}) or "?"


def _damaged(name: str) -> ReadError:
    return ReadError(
        "压缩包不完整或已损坏，这个文件解不开，请重新压缩或重新上传",
        "the archive is incomplete or damaged and this file cannot be unpacked; pack or upload it again",
        place=name,
        code="damaged-archive",
    )


def _too_many(name: str) -> ReadError:
    return ReadError(
        f"压缩包里超过 {MOST_MEMBERS} 个文件，请解压后分批检查",
        f"the archive holds more than {MOST_MEMBERS} files; unpack it and check them in parts",
        place=name,
        code="too-many-members",
    )


def _too_far(name: str) -> ReadError:
    one, most = _MOST_OF_ONE // 1024 // 1024, MOST_BYTES // 1024 // 1024 // 1024
    return ReadError(
        f"这个文件解压后过大（单个上限 {one} MB、整包 {most} GB、压缩比 200 倍），不像是年度报告，可能有害，没有读取",
        f"this file unpacks to too much (limits: {one} MB each, {most} GB in all, 200 : 1), as no report does; "
        "it may do harm and was not read",
        place=name,
        code="expands-too-far",
    )
