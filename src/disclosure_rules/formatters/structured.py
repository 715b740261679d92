"""A Report as a structured report: what `extract` prints, and what `check` reads back to the same findings.

Everything that a rule can look at is written. Places are written where they say more than where the value stands:
the line of a paragraph, but not the section it is listed under.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from disclosure_rules.formatters.structured_comments import comments_on
from disclosure_rules.formatters.structured_yaml import yaml_text
from disclosure_rules.model.location import Location
from disclosure_rules.model.report import Cell, CellStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from disclosure_rules.model.body import PublicBody
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.note import Note
    from disclosure_rules.model.report import Candidate, Fact, Number, Paragraph, Report, Section, Table
    from disclosure_rules.model.text import Lang

__all__ = ["to_compact_json", "to_json", "to_structured", "to_yaml"]

_NOWHERE = Location()
_ABSENT = Cell(text="", status=CellStatus.ABSENT)


def to_structured(report: Report, layouts: Mapping[str, Layout]) -> dict[str, Any]:
    """The report as plain values, by `schemas/report.schema.json`.

    Args:
        report: The report.
        layouts: The known forms, by id: they name the rows and columns of the tables.

    Returns:
        Mappings, lists, text, None, int and Decimal.

    Raises:
        KeyError: A table of the report has a form that is not among `layouts`.
    """
    written: dict[str, Any] = {
        "title": report.title,
        "body": _body(report.body),
        "year": report.year,
        "layout": report.layout,
        "layout_from": None if report.layout_from == "stated" else report.layout_from,
        "period": _period(report),
        "published": report.published,
        "introduction": _paragraphs(report.introduction, "introduction"),
        "sections": [_section(section) for section in report.sections],
        "closing": _paragraphs(report.closing, "closing"),
        "tables": {key: _rows(table, layouts) for key, table in report.tables.items()},
        "printed": {
            key: printed
            for key, table in report.tables.items()
            if (printed := _printed(table, report.layout))
        },
        "facts": {key: _fact(fact) for key, fact in report.facts.items()},
        "notes": [_note(note) for note in report.notes],
        "candidates": _candidates(report),
    }
    return {key: value for key, value in written.items() if value not in (None, [], {})}


def to_json(report: Report, layouts: Mapping[str, Layout]) -> str:
    """The report as JSON text; arguments and errors are those of `to_structured`."""
    return _json(to_structured(report, layouts), "") + "\n"


def to_compact_json(report: Report, layouts: Mapping[str, Layout]) -> str:
    """The same as JSON on as few lines as can be, several times as fast: for what only programs read."""
    data = to_structured(report, layouts)
    try:
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_same_digits)
    except ValueError:  # a Decimal, which `json` cannot write with every digit
        return _json(data, "")


def _same_digits(number: Decimal) -> float:
    """The float that is written with the digits of a Decimal.

    Raises:
        ValueError: There is none.
    """
    same = float(number)
    if repr(same) != format(number, "f"):
        raise ValueError(number)
    return same


def to_yaml(report: Report, layouts: Mapping[str, Layout], lang: Lang = "zh") -> str:
    """The report as YAML text with comments in `lang`; arguments and errors are those of `to_structured`."""
    return yaml_text(to_structured(report, layouts), *comments_on(report, layouts, lang))


def _json(value: Any, indent: str) -> str:  # noqa: ANN401  plain data
    """JSON with every digit of a Decimal, which `json` cannot write; rows of a table on one line each."""
    inner = indent + "  "
    if isinstance(value, dict) and value:
        if not any(isinstance(item, dict | list) for item in value.values()):
            return (
                "{" + ", ".join(f"{_json(key, '')}: {_json(item, '')}" for key, item in value.items()) + "}"
            )
        members = [f"{inner}{_json(key, '')}: {_json(item, inner)}" for key, item in value.items()]
        return "{\n" + ",\n".join(members) + f"\n{indent}}}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(inner + _json(item, inner) for item in value) + f"\n{indent}]"
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value, ensure_ascii=False)


def _place(location: Location, **known: str | int | None) -> dict[str, Any]:
    """What the place says beyond what is `known`; a None that would be filled from there is written."""
    # Fields as pydantic keeps them: a place stands at every paragraph and cell, and to compare models takes long.
    return {name: value for name, value in location.__dict__.items() if value != known.get(name)}


def _body(body: PublicBody | None) -> dict[str, Any] | None:
    if body is None:
        return None
    region = None if body.region is None else body.region.code
    return {"name": body.name} | _filled({"kind": body.kind, "region": region})


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _period(report: Report) -> dict[str, Any] | None:
    period = report.period
    if period is None:
        return None
    text = {"text": period.text} if period.text else {}
    return {"from": period.start, "to": period.end} | text | _place(period.location)


def _paragraphs(given: Iterable[Paragraph], section: str | None) -> list[str | dict[str, Any]]:
    return [_paragraph(paragraph, section, number) for number, paragraph in enumerate(given, 1)]


def _paragraph(paragraph: Paragraph, section: str | None, number: int) -> str | dict[str, Any]:
    place = _place(paragraph.location, section=section, paragraph=number)
    lines = {"lines": [list(pair) for pair in paragraph.lines]} if paragraph.lines else {}
    return {"text": paragraph.text} | place | lines if place or lines else paragraph.text


def _section(section: Section) -> dict[str, Any]:
    head = _filled({"key": section.key, "number": section.number, "heading": section.heading})
    place = _place(section.location, section=section.key)
    paragraphs = _paragraphs(section.paragraphs, section.key)
    return head | place | ({"paragraphs": paragraphs} if paragraphs else {})


def _rows(table: Table, layouts: Mapping[str, Layout]) -> dict[str, dict[str, Any]]:
    spec = layouts[table.form].table(table.key)
    if spec is None:
        raise KeyError(table.key)
    rows: dict[str, dict[str, Any]] = {}
    for place, (row, column) in enumerate(spec.cells):
        detail = table.details.get(place)
        if detail is None:
            rows.setdefault(row, {})[column] = table.values[place]
        elif detail != _ABSENT:  # a reader takes what is left out for absent
            known = {"section": spec.section, "table": table.key, "row": row, "column": column}
            rows.setdefault(row, {})[column] = _cell(detail, known)
    return rows


def _cell(cell: Cell, known: Mapping[str, str]) -> dict[str, Any]:
    """A cell with its place; a printed text or a status that its number says as well is left out."""
    written: dict[str, Any] = {}
    if cell.number is None:
        written["text"] = cell.text
    elif cell.text != str(cell.number):
        written |= {"text": cell.text, "number": cell.number}
    else:
        written["number"] = cell.number
    if cell.number is None or cell.status is not CellStatus.READ:
        written["status"] = cell.status.value
    if written.get("text") == "" and cell.number is None:
        del written["text"]
    return written | _place(cell.location, **known)


def _printed(table: Table, layout: str | None) -> dict[str, Any]:
    """What a table says beside its cells; its form only where it is not that of the report."""
    return (
        _filled({"form": table.form if table.form != layout else None, "heading": table.heading})
        | ({"labels": dict(table.labels)} if table.labels else {})
        | ({"column_labels": dict(table.column_labels)} if table.column_labels else {})
        | ({"unplaced": [_candidate(item) for item in table.unplaced]} if table.unplaced else {})
        | _place(table.location, table=table.key)
    )


def _fact(fact: Fact) -> Number | dict[str, Any]:
    parts = [_part(part) for part in fact.parts]
    place = _place(fact.location)
    if (
        fact.number is not None
        and fact.unit is None
        and not place
        and not parts
        and fact.text == str(fact.number)
    ):
        return fact.number
    written: dict[str, Any] = {"text": fact.text, "number": fact.number, "unit": fact.unit}
    return written | place | ({"parts": parts} if parts else {})


def _part(fact: Fact) -> Number | dict[str, Any]:
    written = _fact(fact)
    if not fact.key:
        return written
    return {"key": fact.key} | (written if isinstance(written, dict) else {"number": written})


def _candidate(candidate: Candidate) -> dict[str, Any]:
    text = {"text": candidate.text} if candidate.text else {}
    return {"value": candidate.value, "source": candidate.source} | text | _place(candidate.location)


def _note(note: Note) -> dict[str, Any]:
    written: dict[str, Any] = {"code": note.code, "message": {"zh": note.message.zh, "en": note.message.en}}
    if note.count != 1:
        written["count"] = note.count
    if note.places:
        written["places"] = [_place(place) for place in note.places]
    if note.words:
        written["words"] = list(note.words)
    return written


def _candidates(report: Report) -> dict[str, Any]:
    """What was seen, where it differs from what the report states anyway."""
    region = report.body.region if report.body is not None else None
    stated = {
        "titles": (report.titles, report.title),
        "bodies": (report.bodies, None if report.body is None else report.body.name),
        "years": (report.years, None if report.year is None else str(report.year)),
        "regions": (report.regions, None if region is None else region.code),
    }
    return {
        key: [_candidate(item) for item in seen]
        for key, (seen, value) in stated.items()
        if not _follows(seen, value)
    }


def _follows(seen: Iterable[Candidate], value: str | None) -> bool:
    """Whether a reader would find the same candidates in the statement alone."""
    found = [(item.value, item.source, item.text, item.location) for item in seen]
    return found == ([] if value is None else [(value, "stated", value, _NOWHERE)])
