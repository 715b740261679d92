"""A manifest: a list of paths, one a line, as an office has it of its own system; in CSV with the body beside each."""

from __future__ import annotations

import csv
import posixpath
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from disclosure_rules.batch.roster_columns import column_of, plain
from disclosure_rules.errors import ReadError
from disclosure_rules.foreign import system_words
from disclosure_rules.ingest.encoding import decode
from disclosure_rules.model.location import Location
from disclosure_rules.model.note import Note
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Line", "Manifest", "read_manifest"]

_PATHS = frozenset(
    ("路径", "文件", "文件路径", "文件名", "文件名称", "报告", "报告文件", "path", "file", "filename")
)
_QUOTES = (('"', '"'), ("'", "'"), ("“", "”"))  # Windows copies a path with quotes around it
# What is told of the lines, by the code of the note, in Chinese and in English.
_TOLD = {
    "manifest-missing": (
        "清单中有路径不存在，这些文件没有检查",
        "paths of the manifest do not exist and were not checked",
    ),
    "manifest-duplicate": (
        "清单中有路径写了不止一次，只检查一次",
        "paths listed more than once are checked once",
    ),
    "manifest-two-bodies": (
        "清单把同一个文件写给几个单位，以第一次为准",
        "the manifest gives one file to several bodies; the first counts",
    ),
}
_MOST = 20  # lines that a note names


class Line(NamedTuple):
    """One path of a manifest.

    Attributes:
        path: The path to open, or why it is not followed.
        name: The path as it is called in the results, with `/`.
        body: Whose report it is said to be; None where the manifest does not say.
        is_folder: Whether it is a folder.
    """

    path: Path | ReadError
    name: str
    body: str | None = None
    is_folder: bool = False


class Manifest(NamedTuple):
    """The paths in the order of the file, and what else is to be told of it."""

    lines: tuple[Line, ...]
    notes: tuple[Note, ...] = ()


def read_manifest(file: Path) -> Manifest:
    """Read a list of paths.

    Args:
        file: A text of one path a line, in UTF-8 or GBK; blank lines and those that begin with `#` are passed over.
            A `.csv` has the path in its first column and the body's name in its second, or columns that say so.

    Returns:
        Each path once, relative ones below the manifest's folder. One that is missing is there too: whoever opens it is
        told. One that climbs out of the folder by `..` is a problem and not opened. Repeated ones are noted.

    Raises:
        ReadError: The file cannot be read, is no text, or names no path.
    """
    text = _text(file)
    rows = _of_csv(text) if file.suffix.lower() == ".csv" else _of_text(text)
    lines: dict[str, Line] = {}
    told: dict[str, list[tuple[int, str]]] = {code: [] for code in _TOLD}
    for number, written, body in rows:
        line = _line(file.parent, written, body)
        before = lines.setdefault(line.name, line)
        if before is line and isinstance(line.path, Path) and not _is(line.path, "exists"):
            told["manifest-missing"].append((number, written))
        if before is not line:
            told["manifest-duplicate"].append((number, written))
            if body and before.body and body != before.body:
                told["manifest-two-bodies"].append((number, f"{written}（{before.body}、{body}）"))
            elif body and not before.body:
                lines[line.name] = line
    if not lines:
        raise ReadError(
            "清单里没有路径；请每行写一个文件或文件夹",
            "the manifest names no path; write one file or folder a line",
            place=str(file),
            code="no-paths",
        )
    notes = (_note(code, *_TOLD[code], found) for code, found in told.items() if found)
    return Manifest(tuple(lines.values()), tuple(notes))


def _text(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError as problem:
        zh, en = system_words(problem)
        raise ReadError(
            f"清单无法读取（{zh}），请检查路径",
            f"the manifest cannot be read ({en}); check the path",
            place=str(file),
            code="unreadable-file",
        ) from problem
    return decode(data, str(file)).text


def _of_text(text: str) -> Iterator[tuple[int, str, str | None]]:
    for number, line in enumerate(text.splitlines(), start=1):
        written = _unquoted(line.strip())
        if written and not written.startswith("#"):
            yield number, written, None


def _of_csv(text: str) -> Iterator[tuple[int, str, str | None]]:
    """The rows of a table: number, path, body. A first row that names its columns is a heading."""
    dialect = "excel-tab" if text.count("\t") > text.count(",") else "excel"
    of_path, of_body, heading = 0, 1, True
    for number, row in enumerate(csv.reader(StringIO(text), dialect), start=1):
        if not any(cell.strip() for cell in row) or row[0].lstrip().startswith("#"):
            continue
        if heading:
            heading = False
            found = [at for at, cell in enumerate(row) if plain(cell) in _PATHS]
            if found:
                of_path = found[0]
                named = [at for at, cell in enumerate(row) if at != of_path and column_of(cell) == "name"]
                of_body = named[0] if named else len(row)
                continue
        written = _unquoted(row[of_path].strip()) if of_path < len(row) else ""
        body = row[of_body].strip() if of_body < len(row) else ""
        if written:
            yield number, written, body or None


def _unquoted(text: str) -> str:
    for left, right in _QUOTES:
        if len(text) > 1 and text.startswith(left) and text.endswith(right):
            return text[1:-1].strip()
    return text


def _line(folder: Path, written: str, body: str | None) -> Line:
    """A path as it was written; Windows writes backslashes between its parts."""
    slashed = (
        written if "\\" not in written or _is(folder / written, "exists") else written.replace("\\", "/")
    )
    name = posixpath.normpath(slashed)
    if name == ".." or name.startswith("../"):
        problem = ReadError(
            "清单中的这个路径用 ../ 走出了清单所在的文件夹，没有读取；请写完整路径，或把清单放到上一级文件夹",
            "this path of the manifest climbs out of its folder and was not read; write it in full, or move the manifest",
            place=written,
            code="outside-manifest",
        )
        return Line(problem, name, body)
    # An absolute path stays what it is: it was written in full, and nobody slips into one.
    return Line(folder / name, name.strip("/") or "/", body, is_folder=_is(folder / name, "is_dir"))


def _is(path: Path, what: Literal["exists", "is_dir"]) -> bool:
    """What a path is; a name that no file can have is nothing, and whoever opens it is told."""
    try:
        return path.exists() if what == "exists" else path.is_dir()
    except OSError:
        return False


def _note(code: str, zh: str, en: str, found: list[tuple[int, str]]) -> Note:
    return Note(
        code=code,
        message=Text(zh=zh, en=en),
        count=len(found),
        places=tuple(Location(line=number) for number, _ in found[:_MOST]),
        words=tuple(words for _, words in found[:_MOST]),
    )
