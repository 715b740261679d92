"""Two files of one report put together: what one has and the other lacks; never what both have and differ in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from disclosure_rules.model.note import Note
from disclosure_rules.model.report import Candidate, Cell, CellStatus, Fact, Paragraph, Period, Section
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.location import Location
    from disclosure_rules.model.report import Number, Report, Table

__all__ = [
    "ROLES",
    "Joined",
    "differ",
    "fill",
    "holds_nothing",
    "part_note",
    "tables_held",
    "texts_held",
    "words_of",
]

# What became of a file that belongs to a report, by its role (`batch.store.Part`).
ROLES = {
    "joined": Text(zh="与正文合在一起检查", en="judged together with the report"),
    "same": Text(zh="与正文相同，没有另外检查", en="repeats the report, not judged again"),
    "version": Text(zh="与正文不一致，另作一份检查", en="differs from the report, judged as a version"),
    "alone": Text(zh="只有表格，不知道是哪份报告的，没有检查", en="tables of an unknown report, not judged"),
    "attachment": Text(zh="附件，没有年报的内容", en="attachment with nothing of a report"),
}
# What a file says of itself because the other one has it.
_OF_THE_FILE = frozenset(
    (
        "title-not-found",
        "body-not-found",
        "year-not-found",
        "sections-not-found",
        "layout-by-year",
        "layout-unknown",
    )
)
_NOT_FILLED = frozenset((CellStatus.BLANK, CellStatus.ABSENT))
_SAYS_NOTHING = _NOT_FILLED | {CellStatus.MARK}
_Placed = TypeVar("_Placed", Candidate, Cell, Fact, Paragraph, Period, Section)


class Joined(NamedTuple):
    """A report and what of it came from the other file: keys of sections and tables. Nothing: it says no more."""

    report: Report
    taken: tuple[str, ...]


def texts_held(report: Report, layouts: Mapping[str, Layout]) -> dict[str, str]:
    """The text of each section that is no table's, without white space; sections without text are left out."""
    of_tables = {spec.section for layout in layouts.values() for spec in layout.tables}
    found = {
        section.key: "".join("".join(one.text for one in section.paragraphs).split())
        for section in reversed(report.sections)
        if section.key is not None and section.key not in of_tables
    }
    return {key: text for key, text in found.items() if text}


def tables_held(report: Report) -> dict[str, Table]:
    """The tables in which anything is filled in, be it read or not."""
    return {
        key: table
        for key, table in report.tables.items()
        if any(value is not None for value in table.values)
        or any(cell.status not in _NOT_FILLED for cell in table.details.values())
    }


def holds_nothing(report: Report, layouts: Mapping[str, Layout]) -> bool:
    """Whether nothing of a report is in it."""
    return not texts_held(report, layouts) and not tables_held(report)


def differ(report: Report, other: Report, layouts: Mapping[str, Layout]) -> bool:
    """Whether two files both have a text or a table, with different contents."""
    texts, others = texts_held(report, layouts), texts_held(other, layouts)
    tables, more = tables_held(report), tables_held(other)
    return any(texts[key] != others[key] for key in texts.keys() & others.keys()) or any(
        _are_other(tables[key], more[key]) for key in tables.keys() & more.keys()
    )


def fill(report: Report, other: Report, layouts: Mapping[str, Layout]) -> Joined:
    """What `report` has, and beside it what only `other` has, each place of which names the other file."""
    name = other.source.path or ""
    texts, others = texts_held(report, layouts), texts_held(other, layouts)
    tables, more = tables_held(report), tables_held(other)
    new_tables = {key: _moved(table, name) for key, table in more.items() if key not in tables}
    wanted = (others.keys() - texts.keys()) | {
        _section_of(key, table, layouts) for key, table in new_tables.items()
    }
    new_sections = [section for section in other.sections if section.key in wanted]
    changes: dict[str, Any] = {
        "tables": {**report.tables, **new_tables},
        "sections": _with(report, [_moved_section(one, name) for one in new_sections], layouts),
        "facts": {key: _moved_one(fact, name) for key, fact in other.facts.items()} | dict(report.facts),
        "notes": report.notes,
    }
    for key in ("title", "body", "year", "published"):
        changes[key] = getattr(report, key) or getattr(other, key)
    changes["period"] = report.period or (other.period and _moved_one(other.period, name))
    for key in ("titles", "bodies", "years", "regions", "closing"):
        changes[key] = getattr(report, key) or tuple(_moved_one(one, name) for one in getattr(other, key))
    if report.layout_from in {"year", "none"} and other.layout_from in {"shown", "stated"}:
        own = tuple(note for note in report.notes if note.code not in {"layout-by-year", "layout-unknown"})
        changes |= {"layout": other.layout, "layout_from": other.layout_from, "notes": own}
    changes["notes"] = (*changes["notes"], *_notes(other, name))
    taken = (*(section.key for section in new_sections if section.key in others), *new_tables)
    return Joined(report.model_copy(update=changes), tuple(filter(None, taken)))


def words_of(taken: Iterable[str], layouts: Mapping[str, Layout]) -> Text:
    """The titles of sections and tables, in words."""
    titles: dict[str, Text] = {}
    for layout in layouts.values():
        titles |= {section.key: section.title for section in layout.sections}
    told = [titles.get(key, Text(zh=key, en=key)) for key in taken]
    return Text(zh="".join(f"「{one.zh}」" for one in told), en=", ".join(one.en for one in told))


def part_note(words: Text) -> Note:
    """The note on a report that was put together of several files."""
    return Note(code="files-joined", message=words)


def _are_other(one: Table, other: Table) -> bool:
    return one.form != other.form or any(_said(one, at) != _said(other, at) for at in range(len(one.values)))


def _said(table: Table, at: int) -> Number | str | None:
    """What a cell says: its number, or what is printed where no number may be used; None where it says nothing."""
    value = table.values[at]
    cell = table.details.get(at)
    if value is not None or cell is None or cell.status in _SAYS_NOTHING:
        return value
    return "".join(cell.text.split()) if cell.number is None else cell.number


def _section_of(key: str, table: Table, layouts: Mapping[str, Layout]) -> str | None:
    spec = layouts[table.form].table(key)
    return spec.section if spec else None


def _with(report: Report, new: Iterable[Section], layouts: Mapping[str, Layout]) -> tuple[Section, ...]:
    """The sections, each new one before the first that comes after it in the form; to one that is there text is added."""
    layout = layouts.get(report.layout or "")
    order = {section.key: at for at, section in enumerate(layout.sections if layout else ())}
    sections = list(report.sections)
    for section in new:
        there = next((at for at, one in enumerate(sections) if one.key == section.key), None)
        before = len(sections[there].paragraphs) if there is not None else 0
        paragraphs = tuple(
            one.model_copy(update={"location": one.location.model_copy(update={"paragraph": number})})
            for number, one in enumerate(section.paragraphs, before + 1)
        )
        if there is not None:
            old = sections[there]
            sections[there] = old.model_copy(update={"paragraphs": (*old.paragraphs, *paragraphs)})
            continue
        place = order.get(section.key or "", len(order))
        at = next(
            (at for at, one in enumerate(sections) if order.get(one.key or "", -1) > place), len(sections)
        )
        sections.insert(at, section)
    return tuple(sections)


def _notes(other: Report, file: str) -> Iterator[Note]:
    """What is to be told of how the other file was read."""
    for note in other.notes:
        if note.code not in _OF_THE_FILE:
            yield note.model_copy(update={"places": tuple(_of_file(place, file) for place in note.places)})


def _moved_one(one: _Placed, file: str) -> _Placed:
    return one.model_copy(update={"location": _of_file(one.location, file)})


def _moved_section(section: Section, file: str) -> Section:
    paragraphs = tuple(_moved_one(one, file) for one in section.paragraphs)
    return _moved_one(section, file).model_copy(update={"paragraphs": paragraphs, "origin": None})


def _moved(table: Table, file: str) -> Table:
    return table.model_copy(
        update={
            "location": _of_file(table.location, file),
            "details": {at: _moved_one(cell, file) for at, cell in table.details.items()},
            "unplaced": tuple(_moved_one(one, file) for one in table.unplaced),
        }
    )


def _of_file(location: Location, file: str) -> Location:
    """A place that may have come from yet another file; a pointer leads into a file that nobody keeps."""
    return location.model_copy(update={"file": location.file or file, "pointer": None})
