"""The folder of letters: names that every system takes, and letters that the office has changed are never touched."""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from typing import TYPE_CHECKING

from disclosure_rules.errors import unwritable

if TYPE_CHECKING:
    from pathlib import Path

    from disclosure_rules.batch.store import Store
    from disclosure_rules.errors import UsageError

__all__ = ["LetterFolder", "file_name"]

_META = "letters"
_FORBIDDEN = frozenset('<>:"/\\|?*')
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
_MOST_BYTES = 180  # of a name; most systems take 255
_CONTROLS = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


class LetterFolder:
    """Writes letters into a folder, and keeps in the store which it wrote.

    Args:
        folder: The folder; it is made where it is missing.
        store: The run store.

    Raises:
        UsageError: The folder cannot be made.
    """

    def __init__(self, folder: Path, store: Store) -> None:
        self._folder = folder
        self._store = store
        self._before: dict[str, str] = json.loads(store.meta(_META) or "{}")
        self._now: dict[str, str] = {}
        self._names: set[str] = set()
        self._kept: list[str] = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise _unwritable(folder, problem) from problem

    def put(self, name: str, data: bytes) -> None:
        """Write a letter, unless the office has changed the one that is there.

        Raises:
            UsageError: It cannot be written.
        """
        file = self._folder / self._unique(name)
        made = hashlib.sha256(data).hexdigest()
        there = _sha256(file)
        self._now[file.name] = made
        if there == made:
            return
        if there is not None and there != self._before.get(file.name):
            self._kept.append(file.name)
            return
        draft = file.with_name(f".{os.getpid()}.draft")
        try:
            draft.write_bytes(data)
            draft.replace(file)
        except OSError as problem:
            raise _unwritable(file, problem) from problem
        finally:
            draft.unlink(missing_ok=True)

    def finish(self) -> tuple[str, ...]:
        """Take away letters of an earlier run for which there is no reason any more.

        Returns:
            The names of letters that the office has changed, which stay as they are.
        """
        for name, made in self._before.items():
            file = self._folder / name
            there = None if name in self._now else _sha256(file)
            if there == made:
                try:
                    file.unlink()
                except OSError as problem:
                    raise _unwritable(file, problem) from problem
            elif there is not None:
                self._kept.append(name)
        self._store.set_meta(_META, json.dumps(self._now, ensure_ascii=False, sort_keys=True))
        return tuple(self._kept)

    def _unique(self, name: str) -> str:
        """The name of a file that no other letter has, on systems too that do not tell A from a."""
        stem = file_name(name)
        number = 1
        while (taken := (stem if number == 1 else f"{stem}（{number}）")).casefold() in self._names:
            number += 1
        self._names.add(taken.casefold())
        return f"{taken}.docx"


def file_name(name: str) -> str:
    """A name as that of a file: without what a path or a terminal would take for something else, and not too long."""
    plain = "".join(
        "_" if character in _FORBIDDEN or unicodedata.category(character) in _CONTROLS else character
        for character in unicodedata.normalize("NFC", name)
    )
    short = plain.encode()[:_MOST_BYTES].decode(errors="ignore").strip(" .　")
    return f"_{short}" if short.split(".")[0].casefold() in _RESERVED else short or "未具名"


def _sha256(file: Path) -> str | None:
    """The hash of a file; None where there is none."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise _unwritable(file, problem) from problem


def _unwritable(file: Path, problem: OSError) -> UsageError:
    return unwritable(
        file,
        problem,
        "在 Word、WPS 中打开的请先关闭，检查磁盘空间和权限，再运行一次即可继续",
        "close it where it is open, check space and permissions, then run again to continue",
    )
