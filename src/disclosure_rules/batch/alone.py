"""One run at a time in a result folder: two at once would each take out what the other has read."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from disclosure_rules.errors import UsageError
from disclosure_rules.foreign import system_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["alone"]

_FILE = ".run.lock"  # empty: it is only there to be locked, by SQLite, which can do that on every system


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Keep a result folder, which is made where it is missing, for this process until the end, however it ends.

    Raises:
        UsageError: Another run has it.
    """
    out.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(out / _FILE, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as problem:
            zh, en = system_words(problem)
            raise UsageError(
                f"{out} 不能用作结果文件夹（{zh}）：另一次运行正在使用，请等它结束或换一个 --out；否则请检查权限",
                f"{out} cannot be the result folder ({en}): another run uses it, wait for its end or take another "
                "--out; else check permissions",
                code="result-in-use",
            ) from problem
        yield
