"""The run store: what has been read and judged so far, in one SQLite file of the result folder.

Every chunk of reports is one transaction, so a run that is killed at any moment continues where the last one was
written, and nothing that was told as done is lost.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Literal

from disclosure_rules.batch.entries import Entry, Part, unpacked
from disclosure_rules.errors import UsageError
from disclosure_rules.foreign import system_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from disclosure_rules.batch.entries import Known, Side
    from disclosure_rules.batch.page_files import Page

__all__ = [
    "FILE",
    "JUDGED_BY",
    "SCORED",
    "Matched",
    "Store",
]

FILE = "run.sqlite"
JUDGED_BY = "judged_by"  # the meta key of the version and the rules of a run
SCORED = "scored"  # the meta key that says whether the profile of a run gives marks
_VERSION = 3
# A report, the rows of the roster that it may be of, whether that is doubtful, its body, year and kind.
Matched = tuple[str, str, int, str | None, int | None, str | None]
_COLUMNS = """
    side TEXT NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, run TEXT NOT NULL, status TEXT NOT NULL,
    verdict TEXT, body TEXT, region TEXT, kind TEXT, year INTEGER, facts TEXT NOT NULL, tables BLOB, shingles BLOB,
    result BLOB, report BLOB,
    PRIMARY KEY (side, name)
"""
# `entries` has the files as they were read, each by itself; `reports` is what is seen of them: those that belong together
# as the one report that they are.
_TABLES = f"""
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS entries ({_COLUMNS});
CREATE TABLE IF NOT EXISTS names (
    side TEXT NOT NULL, bare TEXT NOT NULL, year INTEGER NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (side, bare, year, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS joined ({_COLUMNS});
CREATE TABLE IF NOT EXISTS parts (
    side TEXT NOT NULL, name TEXT NOT NULL, main TEXT NOT NULL, role TEXT NOT NULL, taken TEXT NOT NULL,
    PRIMARY KEY (side, name)
) WITHOUT ROWID;
CREATE VIEW IF NOT EXISTS reports AS
    SELECT * FROM entries AS one WHERE NOT EXISTS
        (SELECT 1 FROM parts WHERE parts.side = one.side AND parts.name = one.name)
    UNION ALL SELECT * FROM joined;
CREATE TABLE IF NOT EXISTS pages (file TEXT PRIMARY KEY, drawn TEXT NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stated (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
"""  # noqa: S608  our own columns

_LARGE = frozenset(("tables", "shingles", "result", "report"))
_HEAD = ", ".join("NULL" if field in _LARGE else field for field in Entry._fields)


class Store:
    """The store of one result folder.

    Args:
        folder: The result folder, which must exist; None keeps everything in memory.
        read_only: Whether nothing shall be written, as from a worker.

    Raises:
        UsageError: The folder holds a store of another version, or one that cannot be opened.
    """

    def __init__(self, folder: Path | None, *, read_only: bool = False) -> None:
        self.path = folder / FILE if folder else None
        self._read_only = read_only
        mode = "ro" if read_only else "rwc"
        place = f"{self.path.absolute().as_uri()}?mode={mode}" if self.path else ":memory:"
        try:
            # Threads may read side by side: SQLite itself takes one at a time.
            self._db = sqlite3.connect(
                place, uri=True, timeout=30, isolation_level=None, check_same_thread=False
            )
            has_meta = self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
            found = self.meta("version") if has_meta else None
            if found == str(_VERSION) or (found is None and not read_only):
                self._open()
                return
        except sqlite3.Error as problem:
            raise _unusable(self.path, problem) from problem
        self._db.close()
        raise UsageError(
            f"{self.path} 是另一个版本（{found}）的运行记录，请换一个结果文件夹",
            f"{self.path} is a run of another version ({found}); take another result folder",
            code="other-version",
        )

    def _open(self) -> None:
        if not self._read_only:
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(_TABLES)
            self.set_meta("version", str(_VERSION))
        # Of this connection alone, and made now: to make a table ends what is being read.
        self._db.execute(
            "CREATE TEMP TABLE matched (name TEXT PRIMARY KEY, rows TEXT, doubtful INTEGER, body TEXT, year INTEGER,"
            " kind TEXT) WITHOUT ROWID"
        )

    def close(self) -> None:
        """Close the file, which is then one file again that can be copied, also to where nothing can be written."""
        if not self._read_only:
            with suppress(sqlite3.Error):  # somebody else has it open: what is written stands beside it
                self._db.execute("PRAGMA busy_timeout=0")
                self._db.execute("PRAGMA journal_mode=DELETE")
        self._db.close()

    def meta(self, key: str) -> str | None:
        """A fact about the run."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row and str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        """Keep a fact about the run.

        Raises:
            UsageError: The disk is full, or the file cannot be written.
        """
        try:
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
        except sqlite3.Error as problem:
            raise _unusable(self.path, problem) from problem

    def stated(self) -> dict[str, str]:
        """Whose report a list of files says that some inputs of this batch are, by name."""
        return dict(self._db.execute("SELECT name, body FROM stated").fetchall())

    def set_stated(self, stated: Mapping[str, str]) -> None:
        """Keep what a list of files says, in place of what was kept before."""
        with self.transaction():
            self._db.execute("DELETE FROM stated")
            self._db.executemany("INSERT INTO stated VALUES (?, ?)", stated.items())

    @contextmanager
    def transaction(self, kind: Literal["IMMEDIATE", "DEFERRED"] = "IMMEDIATE") -> Iterator[None]:
        """All or nothing; a `DEFERRED` one asks for nothing of the file before it writes there.

        Raises:
            UsageError: The disk is full, or the file cannot be written.
        """
        try:
            self._db.execute(f"BEGIN {kind}")
            yield
            self._db.execute("COMMIT")
        except sqlite3.Error as problem:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise _unusable(self.path, problem) from problem

    def write(self, entries: Iterable[Entry], names: Iterable[tuple[Side, str, int, str]] = ()) -> None:
        """Keep entries and under which names their bodies are looked for, in one transaction."""
        with self.transaction():
            for entry in entries:
                self._db.execute("DELETE FROM names WHERE side = ? AND name = ?", (entry.side, entry.name))
                self._put("entries", entry)
            self._db.executemany("INSERT OR REPLACE INTO names VALUES (?, ?, ?, ?)", names)

    def page(self, file: str) -> tuple[str, str] | None:
        """What a page was drawn from when it was written, and the state of its file then; None where it was not."""
        row = self._db.execute("SELECT drawn, state FROM pages WHERE file = ?", (file,)).fetchone()
        return row and (str(row[0]), str(row[1]))

    def write_pages(self, pages: Iterable[Page]) -> None:
        """Keep which pages were written."""
        with self.transaction():
            self._db.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", pages)

    def match(self, found: Iterable[Matched]) -> None:
        """Note which bodies the reports may be of while this store is open, also where it is only read."""
        with self.transaction("DEFERRED"):
            self._db.execute("DELETE FROM temp.matched")
            self._db.executemany("INSERT INTO temp.matched VALUES (?, ?, ?, ?, ?, ?)", found)

    def matched(self) -> Iterator[Matched]:
        """What `match` was told, in the order of names."""
        return iter(self._db.execute("SELECT * FROM temp.matched ORDER BY name"))

    def matched_of(self, name: str) -> Matched | None:
        """What `match` was told of a report."""
        row: Matched | None = self._db.execute(
            "SELECT * FROM temp.matched WHERE name = ?", (name,)
        ).fetchone()
        return row

    def known(self, side: Side, name: str) -> Known | None:
        """What has been done of an input; None for one that is new. What crashed or was too slow is tried again."""
        row: Known | None = self._db.execute(
            "SELECT sha256, run, body, year FROM entries WHERE side = ? AND name = ?"
            " AND status IN ('checked', 'unreadable')",
            (side, name),
        ).fetchone()
        return row

    def raw_names(self, side: Side) -> Iterator[str]:
        """The name of every file of a side that has been done, whatever became of it, in order."""
        rows = self._db.execute("SELECT name FROM entries WHERE side = ? ORDER BY name", (side,))
        return (str(name) for (name,) in rows)

    def forget(self, side: Side, names: Iterable[str]) -> None:
        """Take out inputs that are no longer there."""
        gone = [(side, name) for name in names]
        with self.transaction():
            self._db.executemany("DELETE FROM entries WHERE side = ? AND name = ?", gone)
            self._db.executemany("DELETE FROM names WHERE side = ? AND name = ?", gone)

    def entries(self, side: Side = "now") -> Iterator[Entry]:
        """Every entry of a side, in the order of names."""
        rows = self._db.execute("SELECT * FROM reports WHERE side = ? ORDER BY name", (side,))
        return (_entry(row) for row in rows)

    def heads(self, side: Side = "now") -> Iterator[Entry]:
        """Every entry of a side without what is large, in the order of names."""
        rows = self._db.execute(f"SELECT {_HEAD} FROM reports WHERE side = ? ORDER BY name", (side,))  # noqa: S608
        return (_entry(row) for row in rows)

    def head(self, name: str) -> Entry | None:
        """A report of this batch without what is large."""
        wanted = f"SELECT {_HEAD} FROM reports WHERE side = 'now' AND name = ?"  # noqa: S608  our own columns
        row = self._db.execute(wanted, (name,)).fetchone()
        return row and _entry(row)

    def raw_heads(self, side: Side, prefix: str = "") -> Iterator[Entry]:
        """Every file of a side as it was read by itself, without what is large, in the order of names."""
        rows = self._db.execute(
            f"SELECT {_HEAD} FROM entries WHERE side = ? AND name >= ? AND name < ? ORDER BY name",  # noqa: S608
            (side, prefix, prefix + "\U0010ffff"),
        )
        return (_entry(row) for row in rows)

    def raw_of_names(self, side: Side, bare_names: Iterable[str], region: str | None) -> list[Entry]:
        """The files of a side that name one of some bodies, and no other region, without what is large."""
        rows = self._db.execute(
            f"SELECT {_HEAD} FROM entries WHERE side = ?1 AND name IN (SELECT name FROM names WHERE side = ?1"  # noqa: S608
            " AND bare IN (SELECT value FROM json_each(?2))) AND (region IS NULL OR ?3 IS NULL OR region = ?3)"
            " ORDER BY name",
            (side, json.dumps(list(bare_names)), region),
        )
        return [_entry(row) for row in rows]

    def raw(self, side: Side, name: str) -> Entry | None:
        """A file as it was read by itself."""
        row = self._db.execute("SELECT * FROM entries WHERE side = ? AND name = ?", (side, name)).fetchone()
        return row and _entry(row)

    def parts(self, side: Side = "now") -> Iterator[Part]:
        """The files that belong together, in the order of names."""
        rows = self._db.execute(
            "SELECT name, main, role, taken FROM parts WHERE side = ? ORDER BY name", (side,)
        )
        return (
            Part(name, main, role, tuple(filter(None, taken.split(",")))) for name, main, role, taken in rows
        )

    def contents(self, name: str) -> tuple[str, ...]:
        """The hashes of the files that make up a report of this batch: its own, and of those put together with it."""
        rows = self._db.execute(
            "SELECT sha256 FROM entries WHERE side = 'now' AND (name = ?1 OR name IN (SELECT name FROM parts"
            " WHERE side = 'now' AND main = ?1 AND role = 'joined') OR name IN (SELECT main FROM parts"
            " WHERE side = 'now' AND name = ?1 AND role = 'version')) ORDER BY sha256",
            (name,),
        )
        return tuple(sha256 for (sha256,) in rows)

    def joined_run(self, side: Side, name: str) -> str | None:
        """The fingerprint of what a joined report was made of; None where there is none."""
        row = self._db.execute("SELECT run FROM joined WHERE side = ? AND name = ?", (side, name)).fetchone()
        return row and str(row[0])

    def unjoin(self, side: Side) -> None:
        """Take every file of a side for a report of its own again; what was joined is kept until `settle`."""
        with self.transaction():
            self._db.execute("DELETE FROM parts WHERE side = ?", (side,))

    def write_parts(self, side: Side, parts: Iterable[Part]) -> None:
        """Keep which files belong together."""
        rows = [(side, one.name, one.main, one.role, ",".join(one.taken)) for one in parts]
        with self.transaction():
            self._db.executemany("INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?)", rows)

    def write_joined(self, entry: Entry, names: Iterable[tuple[Side, str, int, str]]) -> None:
        """Keep a report that was put together."""
        with self.transaction():
            self._put("joined", entry)
            self._db.executemany("INSERT OR REPLACE INTO names VALUES (?, ?, ?, ?)", names)

    def settle(self, side: Side) -> None:
        """Take out joined reports whose files belong together no more."""
        with self.transaction():
            self._db.execute(
                "DELETE FROM joined WHERE side = ?1 AND name NOT IN"
                " (SELECT name FROM parts WHERE side = ?1 AND role IN ('main', 'version', 'alone'))",
                (side,),
            )

    def _put(self, table: Literal["entries", "joined"], entry: Entry) -> None:
        row = entry._replace(facts=json.dumps(entry.facts, ensure_ascii=False, sort_keys=True))  # type: ignore[arg-type]
        self._db.execute(f"INSERT OR REPLACE INTO {table} VALUES ({','.join('?' * len(row))})", row)  # noqa: S608

    def shingles(self) -> Iterator[tuple[str, bytes]]:
        """Name and shingles of every report of this batch, in the order of names."""
        return iter(
            self._db.execute(
                "SELECT name, shingles FROM reports WHERE side = 'now' AND shingles IS NOT NULL ORDER BY name"
            )
        )

    def shingles_of(self, name: str) -> bytes:
        """The shingles of a report of this batch."""
        row = self._db.execute(
            "SELECT shingles FROM reports WHERE side = 'now' AND name = ?", (name,)
        ).fetchone()
        return bytes(row[0])

    def facts(self, name: str) -> dict[str, Any]:
        """The facts of a report of this batch, as `batch.facts` writes them, its `sha256` and the `body` it gives."""
        row = self._db.execute(
            "SELECT facts, sha256, body FROM reports WHERE side = 'now' AND name = ?", (name,)
        ).fetchone()
        return {**json.loads(row[0]), "sha256": row[1], "body": row[2]} if row else {}

    def tables(self, name: str) -> Any:  # noqa: ANN401  plain data
        """The tables of a report of this batch, as `batch.facts` writes them."""
        row = self._db.execute(
            "SELECT tables FROM reports WHERE side = 'now' AND name = ?", (name,)
        ).fetchone()
        return json.loads(unpacked(row[0])) if row and row[0] else {}

    def entry(self, side: Side, name: str) -> Entry | None:
        """One entry by its name."""
        row = self._db.execute("SELECT * FROM reports WHERE side = ? AND name = ?", (side, name)).fetchone()
        return row and _entry(row)

    def of_body(self, side: Side, bare_names: Iterable[str], year: int, region: str | None) -> list[Entry]:
        """The entries of a year whose bodies have one of some names (`batch.matching.bare`), and no other region."""
        rows = self._db.execute(
            "SELECT * FROM reports WHERE side = ?1 AND name IN (SELECT name FROM names WHERE side = ?2 AND year = ?3"
            " AND bare IN (SELECT value FROM json_each(?4))) AND (region IS NULL OR ?5 IS NULL OR region = ?5)"
            " ORDER BY name",
            (side, side, year, json.dumps(list(bare_names)), region),
        )
        return [_entry(row) for row in rows]


def _entry(row: tuple[Any, ...]) -> Entry:
    entry = Entry(*row)
    return entry._replace(facts=json.loads(row[Entry._fields.index("facts")]))


def _unusable(path: Path | None, problem: sqlite3.Error) -> UsageError:
    zh, en = system_words(problem)
    return UsageError(
        f"运行记录 {path} 无法读写（{zh}）；请检查磁盘空间和权限，再运行一次即可继续",
        f"the run store {path} cannot be used ({en}); check space and permissions, then run again to continue",
        code="store-unusable",
    )
