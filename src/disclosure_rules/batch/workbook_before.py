"""The workbook that is there when a batch is run again: what the office has filled in, of which nothing is lost."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.sheets_xlsx import read_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from disclosure_rules.batch.store import Store
    from disclosure_rules.ingest.sheets_cells import Sheet

__all__ = ["Before", "Kept", "Key", "workbook_before"]

_META = "workbook"
_STATE = ("处理情况", "state")
# By which a row is known again: by the headings of its sheet, in Chinese and English.
_KEYS = (
    (("文件", "file"), ("规则", "rule"), ("标识", "fingerprint")),
    (("单位", "body"), ("规则", "rule"), ("说明", "message")),
)

# Of a finding: file, rule and fingerprint. Of one between reports: body, rule and message.
Key = tuple[str, str, str]


class Kept(NamedTuple):
    """A workbook that somebody has changed: where it is kept as it was, and how many rows had been filled in."""

    file: Path
    filled: int


class Before:
    """The workbook of an earlier run.

    Attributes:
        states: What was filled in for each row.
    """

    def __init__(self, file: Path, states: Mapping[Key, str], *, changed: bool) -> None:
        self.states = states
        self._file = file
        self._changed = changed

    def give_way(self, store: Store, draft: Path) -> Kept | None:
        """See that a new workbook may take its place; where it was changed it is kept under another name.

        Args:
            store: The run, which knows its workbooks.
            draft: The new workbook, written.
        """
        kept = self._copied() if self._changed else None
        # Both are told as ours: a run may be killed before one takes the place of the other.
        ours = [_digest(one) for one in (self._file, draft) if one.exists()]
        store.set_meta(_META, json.dumps({"ours": ours, "filled": bool(self.states)}))
        return Kept(kept, len(self.states)) if kept else None

    def _copied(self) -> Path:
        own, number = _digest(self._file), 1
        while True:
            copy = self._file.with_name(f"{self._file.stem}（改动过，{number}）{self._file.suffix}")
            if not copy.exists():
                shutil.copy2(self._file, copy)
            elif _digest(copy) != own:
                number += 1
                continue
            return copy


def workbook_before(file: Path, store: Store) -> Before:
    """What there is of a workbook before it is written anew."""
    if not file.exists():
        return Before(file, {}, changed=False)
    known = json.loads(store.meta(_META) or '{"ours": [], "filled": false}')
    changed = _digest(file) not in known["ours"]
    states = dict(_filled_in(file)) if changed or known["filled"] else {}
    return Before(file, states, changed=changed)


def _filled_in(file: Path) -> Iterator[tuple[Key, str]]:
    try:
        sheets = read_xlsx(file.read_bytes(), file.name)
    except ReadError:  # somebody has put something else there: it is kept
        return
    for sheet in sheets:
        yield from _of_sheet(sheet)


def _of_sheet(sheet: Sheet) -> Iterator[tuple[Key, str]]:
    places = {text: column for (row, column), text in sheet.texts.items() if row == 0}
    state = next((places[one] for one in _STATE if one in places), None)
    for key in _KEYS:
        columns = [next((places[one] for one in names if one in places), None) for names in key]
        if state is not None and None not in columns:
            for (row, column), text in sheet.texts.items():
                if row and column == state and text.strip():
                    file, rule, what = (sheet.texts.get((row, one or 0), "") for one in columns)
                    yield (file, rule, what), text
            return


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
