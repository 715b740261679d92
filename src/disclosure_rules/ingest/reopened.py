"""A file that is open only while something is read of it: a batch may have more archives than a process may hold."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Buffer

__all__ = ["ReopenedFile"]


class ReopenedFile(io.RawIOBase):
    """A file to read, which `rest` closes until the next reading; where it was, it goes on.

    Args:
        opening: Opens the file. Whoever reads it first is told where it cannot be opened.
    """

    def __init__(self, opening: Callable[[], io.FileIO | io.BytesIO]) -> None:
        super().__init__()
        self._opening = opening
        self._file: io.FileIO | io.BytesIO | None = None
        self._at = 0

    def rest(self) -> None:
        """Close the file until it is read again."""
        if self._file is not None:
            self._at = self._file.tell()
            self._file.close()
            self._file = None

    def _open(self) -> io.FileIO | io.BytesIO:
        if self._file is None:
            self._file = self._opening()
            self._file.seek(self._at)
        return self._file

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be sought in."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """As of any raw file."""
        return self._open().readinto(buffer) or 0

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """As of any file."""
        return self._open().seek(offset, whence)

    def close(self) -> None:
        """Close it for good."""
        self.rest()
        super().close()
