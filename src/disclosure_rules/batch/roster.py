"""The roster of a batch, from .xlsx, .xls, .ods or .csv, as offices keep it: a title above, merged cells, blank rows."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING

from disclosure_rules.batch.matching import Matcher
from disclosure_rules.batch.roster_columns import column_of, columns_of, day, kind, names
from disclosure_rules.errors import ReadError
from disclosure_rules.foreign import system_words
from disclosure_rules.ingest.encoding import decode
from disclosure_rules.ingest.sheets import SHEETS_READER, read_sheets
from disclosure_rules.model.location import Location
from disclosure_rules.model.note import Note
from disclosure_rules.model.roster import Roster, RosterEntry
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from disclosure_rules.model.body import BodyKind

__all__ = ["read_roster", "with_due_days"]

_REGION = re.compile(r"[0-9]{6}")  # GB/T 2260
_MOST_BYTES = 50_000_000
_MOST_ROWS = 200_000
_HEAD = 20  # the heading stands within so many rows


def read_roster(path: Path) -> Roster:
    """Read who should have reported.

    Args:
        path: A workbook, the first sheet of which with a column of names counts, or a CSV file.

    Returns:
        The bodies in the order of the file. Blank rows are passed over; a name that stands twice, a kind, region or day
        that cannot be read and a heading that is not known are notes.

    Raises:
        ReadError: The file cannot be read, or has no column of names.
    """
    try:
        data = path.read_bytes()
    except OSError as problem:
        zh, en = system_words(problem)
        raise ReadError(
            f"名册无法读取（{zh}），请检查路径",
            f"the roster cannot be read ({en}); check the path",
            place=str(path),
            code="unreadable-file",
        ) from problem
    if len(data) > _MOST_BYTES:
        raise ReadError(
            "名册超过 50 MB，请确认是否选错了文件",
            "the roster is larger than 50 MB; make sure it is the right file",
            place=str(path),
            code="too-large",
        )
    for rows in _tables(data, str(path)):
        head = _heading(rows)
        if head is not None:
            return _with_own_names(_roster(rows, *head))
    raise ReadError(
        "名册中没有“单位名称”一列，请在表头写明：单位名称、其他名称、类别、行政区划代码、上级单位、报送期限、汇总范围",
        "the roster has no column of names: its heading must say 单位名称 or the like",
        place=str(path),
        code="no-names",
    )


def _tables(data: bytes, name: str) -> Iterator[list[tuple[int, list[str]]]]:
    """Each table of the file: rows of texts with their numbers, a merged cell in every row and column that it covers."""
    if not SHEETS_READER.recognises(data):
        text = decode(data, name).text
        dialect = "excel-tab" if text.count("\t") > text.count(",") else "excel"
        yield [(number, row) for number, row in enumerate(csv.reader(StringIO(text), dialect), start=1)]
        return
    for block in read_sheets(data, name).blocks:
        if block.grid is None:
            continue
        rows: dict[int, dict[int, str]] = {}
        lines: dict[int, int] = {}
        for cell in block.grid.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                lines.setdefault(row, (cell.location.line or cell.row + 1) + row - cell.row)
                for column in range(cell.column, cell.column + cell.column_span):
                    rows.setdefault(row, {})[column] = cell.text
        yield [
            (lines[row], [cells.get(column, "") for column in range(max(cells) + 1)])
            for row, cells in sorted(rows.items())
        ]


def _heading(rows: list[tuple[int, list[str]]]) -> tuple[int, dict[str, int], list[str]] | None:
    """Where the data begin, the place of each column, and the headings that are not known; None without names."""
    for index, (_, row) in enumerate(rows[:_HEAD]):
        heads = [text.strip() for text in row]
        start = index + 1
        # A heading of two rows: what spans both stands in both, and below what spans several columns each has its own.
        while start < len(rows) and _goes_on(heads, below := rows[start][1]):
            heads = [text.strip() or heads[place] for place, text in enumerate(below[: len(heads)])]
            start += 1
        columns = columns_of(heads)
        if "name" in columns and (len(columns) > 1 or sum(1 for text in heads if text) == 1):
            used = {heads[place] for place in columns.values()}
            return start, columns, [text for text in dict.fromkeys(heads) if text and text not in used]
    return None


def _goes_on(heads: list[str], below: list[str]) -> bool:
    """Whether a row is the rest of a heading: the heading of the names spans it."""
    return any(
        column_of(text) == "name" and place < len(below) and below[place].strip() == text
        for place, text in enumerate(heads)
    )


def _roster(
    rows: list[tuple[int, list[str]]], start: int, columns: Mapping[str, int], unknown: list[str]
) -> Roster:
    entries: list[RosterEntry] = []
    unread: dict[str, list[tuple[int, str]]] = {}
    for number, row in rows[start : start + _MOST_ROWS]:
        cells = {key: row[place].strip() if place < len(row) else "" for key, place in columns.items()}
        if cells["name"]:
            entries.append(_entry(number, cells, unread))
        elif any(cells.values()):
            unread.setdefault("name", []).append((number, "、".join(filter(None, cells.values()))))
    notes: list[Note] = []
    if unknown:
        words = "名册中有的列没有使用", "columns that were not used"
        notes.append(_note("roster-heading", *words, (), unknown))
    for key, found in unread.items():
        lines = tuple(line for line, _ in found)
        notes.append(_note(f"roster-{key}", *_UNREAD[key], lines, [text for _, text in found]))
    # Two regions may each have a body of one name.
    counted = Counter((entry.name, entry.region) for entry in entries)
    again = [entry for entry in entries if counted[entry.name, entry.region] > 1]
    if again:
        places = tuple(entry.row for entry in again)
        twice = list(dict.fromkeys(entry.name for entry in again))
        notes.append(
            _note(
                "roster-duplicate",
                "名册中有单位列了不止一次，以第一次为准",
                "bodies are listed more than once; the first counts",
                places,
                twice,
            )
        )
    first: dict[tuple[str, str | None], RosterEntry] = {}
    for entry in entries:
        first.setdefault((entry.name, entry.region), entry)
    return Roster(entries=tuple(first.values()), notes=tuple(notes))


def with_due_days(roster: Roster, year: int | None) -> tuple[RosterEntry, ...]:
    """The bodies, with days of no year as those of the year after the reports'; left out where that is not known."""
    return tuple(
        entry.model_copy(update={"due": f"{year + 1}{entry.due[1:]}" if year is not None else None})
        if entry.due is not None and entry.due.startswith("--")
        else entry
        for entry in roster.entries
    )


def _with_own_names(roster: Roster) -> Roster:
    """The roster with superiors and parts named as it names them: 长子县政府 in these columns is its 长子县人民政府.

    A superior that it does not have is noted where it has others: what is below it is added up nowhere. That of the
    highest body is not missed.
    """
    matcher = Matcher(roster)

    @cache
    def own(name: str) -> str | None:
        match = matcher.match([name], None, "")
        return match.entry.name if match.entry and not match.doubtful else None

    parents = {entry.row: entry.parent and own(entry.parent) for entry in roster.entries}
    superiors = set(filter(None, parents.values()))
    entries: list[RosterEntry] = []
    outside: list[tuple[int, str]] = []
    for entry in roster.entries:
        parent, parts = parents[entry.row], tuple(own(name) or name for name in entry.aggregates)
        entries.append(entry.model_copy(update={"parent": parent or entry.parent, "aggregates": parts}))
        if entry.parent and parent is None and superiors and entry.name not in superiors:
            outside.append((entry.row, entry.parent))
    notes = roster.notes
    if outside:
        zh, en = (
            "有的上级单位不在名册中，其下级不参与汇总核对",
            "nothing is added up for superiors not in the roster",
        )
        rows = tuple(row for row, _ in outside)
        notes += (_note("roster-superior", zh, en, rows, [name for _, name in outside]),)
    return Roster(entries=tuple(entries), notes=notes)


def _entry(number: int, cells: Mapping[str, str], unread: dict[str, list[tuple[int, str]]]) -> RosterEntry:
    """A row with a name; what of it cannot be read goes to `unread`."""
    read_kind: BodyKind | None = kind(cells.get("kind", ""))
    due = day(cells.get("due", ""))
    digits = cells.get("region", "").split(".")[0]
    region = digits if _REGION.fullmatch(digits) else None
    for key, value in (("kind", read_kind), ("due", due), ("region", region)):
        if cells.get(key) and value is None:
            unread.setdefault(key, []).append((number, cells[key]))
    return RosterEntry(
        row=number,
        name=cells["name"],
        other_names=names(cells.get("other_names", "")),
        kind=read_kind,
        region=region,
        parent=cells.get("parent") or None,
        due=due,
        aggregates=names(cells.get("aggregates", "")),
    )


_UNREAD = {
    "name": ("有的行没有单位名称，没有使用", "rows without a name were not used"),
    "kind": ("有的单位类别不认识，按名称判断", "kinds not known; the name decides"),
    "due": (
        "有的期限没有读出，或有两种读法（没有年份的下半年日期、起止两个日期），当作没有填",
        "days that could not be read, or may be read in two ways, count as not given",
    ),
    "region": ("有的行政区划不是六位代码，没有使用", "regions that are no code of six digits were not used"),
}
_MOST = 20


def _note(code: str, zh: str, en: str, rows: tuple[int, ...], words: list[str]) -> Note:
    return Note(
        code=code,
        message=Text(zh=zh, en=en),
        count=len(rows) or len(words),
        places=tuple(Location(line=row) for row in rows[:_MOST]),
        words=tuple(dict.fromkeys(words))[:_MOST],
    )
