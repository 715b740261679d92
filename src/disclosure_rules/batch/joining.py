"""Two files of one report put together: what one has and the other lacks; never what both have and differ in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from disclosure_rules.model.location import Location
from disclosure_rules.model.note import Note
from disclosure_rules.model.report import CellStatus, Paragraph
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.report import Fact, Number, Report, Section, Table

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
    """What `report` has, and beside it what only `other` has.

    Places in the other file are left to section, table, row and column: its pages and lines are not those of the report.
    """
    texts, others = texts_held(report, layouts), texts_held(other, layouts)
    tables, more = tables_held(report), tables_held(other)
    new_tables = {key: _moved(table) for key, table in more.items() if key not in tables}
    wanted = (others.keys() - texts.keys()) | {
        _section_of(key, table, layouts) for key, table in new_tables.items()
    }
    new_sections = [section for section in other.sections if section.key in wanted]
    changes: dict[str, Any] = {
        "tables": {**report.tables, **new_tables},
        "sections": _with(report, new_sections, layouts),
        "facts": {key: _moved_fact(fact) for key, fact in other.facts.items()} | dict(report.facts),
        "notes": report.notes,
    }
    for name in ("title", "body", "year", "period", "published"):
        changes[name] = getattr(report, name) or getattr(other, name)
    for name in ("titles", "bodies", "years", "regions", "closing"):
        changes[name] = getattr(report, name) or getattr(other, name)
    if report.layout_from in {"year", "none"} and other.layout_from in {"shown", "stated"}:
        own = tuple(note for note in report.notes if note.code not in {"layout-by-year", "layout-unknown"})
        changes |= {"layout": other.layout, "layout_from": other.layout_from, "notes": own}
    changes["notes"] = (*changes["notes"], *_notes(other))
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
            Paragraph(text=one.text, location=Location(section=section.key, paragraph=number))
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
        moved = {"paragraphs": paragraphs, "location": _placeless(section.location), "origin": None}
        sections.insert(at, section.model_copy(update=moved))
    return tuple(sections)


def _notes(other: Report) -> Iterator[Note]:
    """What is to be told of how the other file was read."""
    for note in other.notes:
        if note.code not in _OF_THE_FILE:
            yield note.model_copy(update={"places": tuple(map(_placeless, note.places))})


def _moved_fact(fact: Fact) -> Fact:
    return fact.model_copy(update={"location": _placeless(fact.location)})


def _moved(table: Table) -> Table:
    return table.model_copy(
        update={
            "location": _placeless(table.location),
            "details": {
                at: cell.model_copy(update={"location": _placeless(cell.location)})
                for at, cell in table.details.items()
            },
            "unplaced": tuple(
                one.model_copy(update={"location": _placeless(one.location)}) for one in table.unplaced
            ),
        }
    )


def _placeless(location: Location) -> Location:
    return location.model_copy(update={"page": None, "line": None, "pointer": None})
