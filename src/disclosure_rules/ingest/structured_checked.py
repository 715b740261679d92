"""The thorough way from plain data to Report: every shape, every place, every mistake told."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from disclosure_rules.ingest.structured_forms import Forms, Seen, decide
from disclosure_rules.ingest.structured_mistake import Mistake, Path, suggestion
from disclosure_rules.ingest.structured_shape import shaped
from disclosure_rules.ingest.structured_values import quoted, shown, typed
from disclosure_rules.ingest.tables.cells import in_unit, value_of
from disclosure_rules.model import structured as wire
from disclosure_rules.model.body import PublicBody, Region
from disclosure_rules.model.location import Location
from disclosure_rules.model.note import Note
from disclosure_rules.model.report import (
    Candidate,
    Cell,
    CellStatus,
    Fact,
    Number,
    Paragraph,
    Period,
    Report,
    Section,
    Source,
    Table,
)
from disclosure_rules.model.text import Text
from disclosure_rules.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from disclosure_rules.model.layout import Layout, TableSpec

__all__ = ["build_checked"]

_ABSENT = Cell(text="", status=CellStatus.ABSENT)
_MOST_LINES = 50_000


def build_checked(data: Mapping[str, Any], layouts: Mapping[str, Layout], source: Source) -> Report:
    """Make a Report, checking everything.

    Raises:
        Mistake: The first thing that is no part of a structured report.
    """
    report = shaped(typed(data))
    year = None if report.year is None else int(report.year)
    sections = _sections(report, layouts)
    forms = _forms(report, layouts, sections, year)
    return Report(
        source=source,
        title=report.title,
        body=_body(report.body),
        year=year,
        layout=None if forms.layout is None else forms.layout.id,
        layout_from=forms.layout_from,
        period=_period(report.period),
        published=report.published,
        introduction=_paragraphs(report.introduction, "introduction"),
        sections=tuple(_headed(section, forms.layout, layouts) for section in sections),
        closing=_paragraphs(report.closing, "closing"),
        tables=_tables(report, forms),
        facts=_facts(report.facts, layouts),
        notes=tuple(map(_note, report.notes)),
        **_candidates(report, year),
    )


def _forms(
    report: wire.StructuredReport,
    layouts: Mapping[str, Layout],
    sections: Iterable[wire.StructuredSection],
    year: int | None,
) -> Forms:
    seen = Seen(
        stated=None if report.layout is None else str(report.layout),
        stated_forms={
            key: printed.form for key, printed in report.printed.items() if printed.form is not None
        },
        tables=report.tables,
        sections=[section.key for section in sections if section.key is not None],
        year=year,
    )
    forms = decide(layouts, seen)
    # `extract` says how it found the form, so that its output is judged as the document was.
    if report.layout_from == "none":
        return forms._replace(layout=None, layout_from="none")
    if report.layout is not None and report.layout_from is not None:
        return forms._replace(layout_from=report.layout_from)
    return forms


def _body(body: str | wire.StructuredBody | None) -> PublicBody | None:
    if body is None or isinstance(body, str):
        return None if body is None else PublicBody(name=body)
    region = None if body.region is None else Region(code=str(body.region), name="")
    return PublicBody(name=body.name, kind=body.kind, region=region)


def _period(period: wire.StructuredPeriod | None) -> Period | None:
    if period is None:
        return None
    return Period(start=period.start, end=period.end, text=period.text, location=period.location(Location()))


def _paragraphs(
    given: str | Iterable[str | wire.StructuredParagraph], section: str | None
) -> tuple[Paragraph, ...]:
    """The paragraphs of a list, or the lines of one text.

    Raises:
        Mistake: One text of more lines than any report has.
    """
    if isinstance(given, str):
        if given.count("\n") > _MOST_LINES:
            raise Mistake(
                (section,) if section in {"introduction", "closing"} else ("sections",),
                "too-many-values",
                f"文字超过 {_MOST_LINES} 行，不是一份年度报告，请检查文件。",
                f"a text of more than {_MOST_LINES} lines: this is not one annual report; check the file.",
            )
        given = [line for line in given.replace("\r\n", "\n").split("\n") if line.strip()]
    found: list[Paragraph] = []
    for number, paragraph in enumerate(given, start=1):
        place = Location(section=section, paragraph=number)
        if isinstance(paragraph, str):
            found.append(Paragraph(text=paragraph, location=place))
        else:
            found.append(
                Paragraph(text=paragraph.text, location=paragraph.location(place), lines=paragraph.lines)
            )
    return tuple(found)


def _sections(report: wire.StructuredReport, layouts: Mapping[str, Layout]) -> list[wire.StructuredSection]:
    """The sections as a list, in their order, their keys known.

    Raises:
        Mistake: A key that no layout has; a section with neither key nor heading.
    """
    if isinstance(report.sections, tuple):
        paths: list[Path] = [("sections", place) for place in range(len(report.sections))]
        sections = list(report.sections)
    else:
        paths = [("sections", key) for key in report.sections]
        sections = [_keyed(key, given) for key, given in report.sections.items()]
    known = dict.fromkeys(section.key for layout in layouts.values() for section in layout.sections)
    for path, section in zip(paths, sections, strict=True):
        if section.key is None:
            if section.heading is None:
                raise Mistake(
                    path,
                    "missing-key",
                    "缺少 key 或 heading，请补上。",
                    "key or heading is missing; add one.",
                )
        elif section.key not in known:
            zh, en = suggestion(section.key, known)
            key, key_en = shown(section.key), quoted(section.key)
            raise Mistake(
                path, "unknown-section", f"没有名为{key}的章节，{zh}", f"there is no section {key_en}; {en}"
            )
    return sections


def _keyed(
    key: str, given: str | tuple[str | wire.StructuredParagraph, ...] | wire.StructuredSection | None
) -> wire.StructuredSection:
    if isinstance(given, wire.StructuredSection):
        if given.key not in {None, key}:
            raise Mistake(
                ("sections", key, "key"),
                "wrong-shape",
                f"与所在的键{shown(key)}不一致，请删去。",
                f"this disagrees with the key {quoted(key)} above; remove it.",
            )
        return given.model_copy(update={"key": key})
    return wire.StructuredSection(key=key, paragraphs=() if given is None else given)


def _headed(section: wire.StructuredSection, layout: Layout | None, layouts: Mapping[str, Layout]) -> Section:
    """The section; without a printed heading it counts as headed by the standard title of its key."""
    heading = section.heading
    if heading is None:
        key = section.key or ""
        titles = (
            spec.title.zh for form in (layout, *layouts.values()) if form and (spec := form.section(key))
        )
        heading = next(titles)
    return Section(
        key=section.key,
        heading=heading,
        number=section.number,
        paragraphs=_paragraphs(section.paragraphs, section.key),
        location=section.location(Location(section=section.key)),
    )


def _tables(report: wire.StructuredReport, forms: Forms) -> dict[str, Table]:
    for key in report.printed:
        if key not in report.tables:
            zh, en = suggestion(key, report.tables)
            raise Mistake(
                ("printed", key),
                "unknown-table",
                f"tables 中没有{shown(key)}，{zh}",
                f"tables has no {quoted(key)}; {en}",
            )
    return {
        key: _table(key, rows, forms.tables[key], report.printed.get(key, wire.StructuredPrinted()))
        for key, rows in report.tables.items()
    }


def _table(
    key: str, rows: Mapping[str, Mapping[str, wire.Cell]], form: Layout, printed: wire.StructuredPrinted
) -> Table:
    spec = form.table(key)
    if spec is None:
        msg = f"form {form.id} was chosen for a table {key} that it does not have"
        raise AssertionError(msg)
    values, details = _cells(spec, rows)
    return Table(
        key=key,
        form=form.id,
        values=values,
        details=details,
        heading=printed.heading,
        labels=printed.labels,
        column_labels=printed.column_labels,
        unplaced=tuple(map(_candidate, printed.unplaced)),
        location=printed.location(Location(table=key)),
    )


def _cells(
    spec: TableSpec, rows: Mapping[str, Mapping[str, wire.Cell]]
) -> tuple[tuple[Number | None, ...], dict[int, Cell]]:
    values: list[Number | None] = []
    details: dict[int, Cell] = {}
    units = {column.key: column.unit for column in spec.columns}
    for place, (row, column) in enumerate(spec.cells):
        columns = rows.get(row, {})
        given = columns.get(column)
        if isinstance(given, wire.StructuredCell):
            default = Location(section=spec.section, table=spec.key, row=row, column=column)
            cell = _cell(given, ("tables", spec.key, row, column), default, units[column])
            details[place] = cell
            values.append(cell.number if cell.status is CellStatus.READ else None)
        else:
            values.append(given)
            if column not in columns:
                details[place] = _ABSENT
    return tuple(values), details


_WITH_NUMBER = frozenset((CellStatus.READ, CellStatus.INFERRED))


def _cell(given: wire.StructuredCell, path: Path, default: Location, unit: str | None) -> Cell:
    """A cell that says more than its number; without one its text is read as in a document, in the column's unit.

    Raises:
        Mistake: Its status and its number contradict each other.
    """
    status, number = given.status, given.number
    if status is None and number is not None:
        status = CellStatus.READ
    elif status is None or (status is CellStatus.READ and number is None):
        reading = in_unit(value_of(given.text, default), unit)
        if status is CellStatus.READ and reading.number is None:
            raise Mistake(
                path,
                "cell-contradicts",
                f"status 为 read，但{shown(given.text)}不是数字，又没有 number。请填 number 或改 status。",
                f"status is read, but {quoted(given.text)} is no number and `number` is missing; give one or the other.",
            )
        status, number = reading.status, reading.number
    elif number is not None and status not in _WITH_NUMBER:
        raise Mistake(
            path,
            "cell-contradicts",
            f"status 为 {status} 的单元格不能有 number，请删去其一。",
            f"a cell whose status is {status} has no number; remove one of them.",
        )
    text = given.text or ("" if number is None or "text" in given.model_fields_set else str(number))
    return Cell(text=text, status=status, number=number, location=given.location(default))


def _facts(
    given: Mapping[str, Number | wire.StructuredFact], layouts: Mapping[str, Layout]
) -> dict[str, Fact]:
    """The figures of the narrative, by key.

    A reader of documents may report figures that no rule names yet, so a new key is no mistake; one that is a
    letter away from a known one is.
    """
    known = dict.fromkeys(fact.key for layout in layouts.values() for fact in layout.facts)
    for key in given:
        near = get_close_matches(key, known, n=1, cutoff=0.85) if len(key) <= 80 and key not in known else []  # noqa: PLR2004
        if near:
            raise Mistake(
                ("facts", key),
                "unknown-fact",
                f"没有名为{shown(key)}的数据，是否应为「{near[0]}」？",
                f"there is no fact {quoted(key)}; did you mean '{near[0]}'?",
            )
    return {key: _fact(key, fact) for key, fact in given.items()}


def _fact(key: str, given: Number | wire.StructuredFact) -> Fact:
    if not isinstance(given, wire.StructuredFact):
        return Fact(key=key, text=str(given), number=given)
    number, unit = given.number, given.unit
    if "number" not in given.model_fields_set and given.text is not None:
        reading = read_number(given.text)
        number = reading.number
        unit = unit if "unit" in given.model_fields_set else reading.unit
    text = given.text if given.text is not None else "" if number is None else str(number)
    parts = tuple(
        _fact(part.key if isinstance(part, wire.StructuredPart) else "", part) for part in given.parts
    )
    return Fact(
        key=key, text=text, number=number, unit=unit, location=given.location(Location()), parts=parts
    )


def _candidate(given: wire.StructuredCandidate) -> Candidate:
    return Candidate(
        value=given.value, source=given.source, text=given.text, location=given.location(Location())
    )


def _note(given: wire.StructuredNote) -> Note:
    message = given.message if given.message is not None else given.code
    return Note(
        code=given.code,
        message=message if isinstance(message, Text) else Text(zh=message, en=message),
        count=given.count,
        places=tuple(place.location(Location()) for place in given.places),
        words=given.words,
    )


def _candidates(report: wire.StructuredReport, year: int | None) -> dict[str, tuple[Candidate, ...]]:
    """What was seen as title, body, year and region; where nothing is listed, what the report states."""
    body = report.body
    stated = {
        "titles": report.title,
        "bodies": body.name if isinstance(body, wire.StructuredBody) else body,
        "years": None if year is None else str(year),
        "regions": str(body.region)
        if isinstance(body, wire.StructuredBody) and body.region is not None
        else None,
    }
    found = {}
    for name, value in stated.items():
        given = getattr(report.candidates, name)
        if given is not None:
            found[name] = tuple(map(_candidate, given))
        else:
            found[name] = () if value is None else (Candidate(value=value, source="stated", text=value),)
    return found
