"""Which inputs a path stands for: itself, the files of a folder, the reports inside of an archive.

Only names are gathered here; a file is opened and a member unpacked when it is read, so that a batch of thousands
takes no more memory than one of its reports.
"""

from __future__ import annotations

import os
from functools import partial
from io import BytesIO, FileIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from disclosure_rules.errors import DisclosureRulesError, ReadError
from disclosure_rules.foreign import system_words
from disclosure_rules.ingest.archives import Archive, is_archive
from disclosure_rules.ingest.reopened import ReopenedFile
from disclosure_rules.ingest.zips import EMPTY, MAGIC

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

__all__ = ["Input", "inputs", "inputs_of_bytes"]

# What systems and editors leave in folders: never a report, and nothing that its owner knows of.
_LEFTOVERS = frozenset(("__macosx", "thumbs.db", "desktop.ini"))
_HIDDEN = (".", "~$")


class _Member(NamedTuple):
    """A member of an archive; with the last one, what is unpacked of the archives named can be let go."""

    archive: Archive
    info: zipfile.ZipInfo
    ends: tuple[Archive, ...] = ()


class Input(NamedTuple):
    """One file that may be a report, or the place where none could be had.

    `name` is its path; within an archive `年报.zip!/长子县/2024.docx`. `relative` is its path within what was named, for
    results that go into a folder. `origin` is its path where it is a file: text, of which thousands are held. `body` is
    whose report somebody says it is, where a list of files does.
    """

    name: str
    relative: str
    origin: str | bytes | _Member | DisclosureRulesError
    body: str | None = None

    def source(self) -> Path | bytes:
        """The file, or the bytes of the member of an archive.

        Raises:
            ReadError: There is none; or the member is encrypted, damaged, too large or an archive by another name.
        """
        if isinstance(self.origin, DisclosureRulesError):
            raise self.origin
        if isinstance(self.origin, _Member):
            try:
                return self.origin.archive.read(self.origin.info, self.name)
            finally:
                for archive in self.origin.ends:
                    archive.rest()
        return Path(self.origin) if isinstance(self.origin, str) else self.origin


def inputs(path: Path) -> Iterator[Input]:
    """The inputs that `path` stands for, in the order of their names.

    Args:
        path: A report, an archive of reports, or a folder of both. A file that is missing is yielded as it is: whoever
            opens it is told.

    Returns:
        Inputs. A folder or an archive that gives none, or that cannot be opened, is one input with a problem.
    """
    try:
        is_folder = path.is_dir()
    except OSError:  # a name that no file can have: whoever opens it is told
        is_folder = False
    if not is_folder:
        yield from _of_file(path, path.name)
        return
    empty = True
    for file, problem in _within(path):
        relative = file.relative_to(path)
        if not _is_leftover(relative.parts):
            empty = False
            if problem is None:
                yield from _of_file(file, relative.as_posix())
            else:
                yield Input(str(file), relative.as_posix(), problem)
    if empty:
        yield Input(str(path), path.name, _nothing(str(path), "文件夹", "folder"))


def _within(folder: Path) -> Iterator[tuple[Path, ReadError | None]]:
    """Every file below a folder, and every folder below it that was not entered, with the reason; in order."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as problem:
        yield folder, _closed(folder, problem)
        return
    for entry in entries:
        here = folder / entry.name
        if not _is_folder(entry):
            if here.is_file():
                yield here, None
        elif entry.is_symlink():
            # A link may lead back to where it stands; what it leads to can be named itself.
            yield here, _link(here)
        else:
            yield from _within(here)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads nowhere
        return False


def inputs_of_bytes(data: bytes, name: str) -> Iterator[Input]:
    """The inputs that bytes stand for, such as those of standard input: one report, or an archive of them."""
    if data.startswith((MAGIC, EMPTY)) and is_archive(BytesIO(data)):
        yield from _of_archive(BytesIO(data), name, name)
    else:
        yield Input(name, name, data)


def _of_file(path: Path, relative: str) -> Iterator[Input]:
    stream = ReopenedFile(partial(FileIO, path))
    try:
        holds_files = stream.read(len(MAGIC)) in {MAGIC, EMPTY} and is_archive(cast("BinaryIO", stream))
    except OSError:
        holds_files = False
    if holds_files:
        yield from _of_archive(cast("BinaryIO", stream), str(path), relative)  # the archive keeps the stream
        return
    stream.close()
    name = str(path)
    yield Input(name, relative, name)


def _of_archive(stream: BinaryIO, name: str, relative: str) -> Iterator[Input]:
    try:
        archive = Archive(stream, name)
    except ReadError as problem:
        stream.close()
        yield Input(name, relative, problem)
        return
    yield from _members(archive, name, relative)


def _members(archive: Archive, name: str, relative: str, ends: tuple[Archive, ...] = ()) -> Iterator[Input]:
    """The files of an archive, and of those within it; `ends` are the archives that end with the last of them."""
    found = [pair for pair in archive.members() if not _is_leftover(pair[0].split("/"))]
    if not found:
        yield Input(name, relative, _nothing(name, "压缩包", "archive"))
    for place, (inner, info) in enumerate(found, 1):
        whole, path = f"{name}!/{inner}", f"{relative}/{inner}"
        ending = (archive, *ends) if place == len(found) else ()
        try:
            nested = archive.within(info, whole) if inner.lower().endswith(".zip") else None
        except ReadError as problem:
            yield Input(whole, path, problem)
            continue
        if nested is None:
            yield Input(whole, path, _Member(archive, info, ending))
        else:
            yield from _members(nested, whole, path, ending)
    archive.rest()


def _is_leftover(parts: tuple[str, ...] | list[str]) -> bool:
    return any(part.lower() in _LEFTOVERS or part.startswith(_HIDDEN) for part in parts)


def _nothing(name: str, zh: str, en: str) -> ReadError:
    return ReadError(
        f"{zh}里没有文件，请确认是否选错了",
        f"there is no file in this {en}; make sure it is the right one",
        place=name,
        code="no-files",
    )


def _closed(folder: Path, problem: OSError) -> ReadError:
    zh, en = system_words(problem)
    return ReadError(
        f"打不开文件夹（{zh}），其中的文件没有读取，请检查权限",
        f"the folder cannot be opened ({en}) and nothing in it was read; check the permissions",
        place=str(folder),
        code="cannot-open",
    )


def _link(folder: Path) -> ReadError:
    return ReadError(
        "这是指向另一个文件夹的链接，没有进入；需要检查时请直接指定那个文件夹",
        "this is a link to another folder, which was not entered; name that folder itself to check it",
        place=str(folder),
        code="link",
    )
