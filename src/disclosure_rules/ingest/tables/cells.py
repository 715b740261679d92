"""From printed cells to the table of a form: every cell of it with its status, its number, its text and its place."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.tables.runs import separate, split_run
from disclosure_rules.model.location import Location
from disclosure_rules.model.report import Candidate, CellStatus, Number, Table
from disclosure_rules.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_rules.ingest.tables.printed import PrintedRow
    from disclosure_rules.model.layout import TableSpec

__all__ = [
    "Value",
    "as_inferred",
    "build_table",
    "in_unit",
    "place_of",
    "run_values",
    "unplaced_row",
    "unread",
    "value_of",
]

_LONGEST = 200
_YUAN = {"万元": 10**4, "亿元": 10**8}
_NUMBERS = re.compile(r"\d\s{0,9}\n\s{0,9}\d")
_PRINTED_UNIT = re.compile(r"[(（](?:单位[:：]?)?\s{0,4}(亿元|万元|元)[)）]")


class Value(NamedTuple):
    """What a cell of a table says, before its place in the form is known."""

    text: str
    status: CellStatus
    number: Number | None = None
    location: Location = Location()


def value_of(text: str, location: Location) -> Value:
    """Read a printed cell; one that begins with `=` is a formula whose result was not stored.

    Figures in two paragraphs are two numbers, or one that somebody has broken: which, the cell does not say.
    """
    printed = text.strip()
    if "\n" in printed and _NUMBERS.search(printed):
        return unread(printed, location)
    if printed.startswith("="):
        return Value(printed[:_LONGEST], CellStatus.NOT_CALCULATED, None, location)
    reading = read_number(printed)
    return Value(printed[:_LONGEST], reading.status, reading.number, location)


def in_unit(value: Value, unit: str | None) -> Value:
    """A value in the unit of its column.

    `3.2万元` is 32,000 in a column of 元. `32000元` in one of 万元 is left unread: whether the unit or the number is the
    mistake, only a person can say.
    """
    if unit is None or value.status is not CellStatus.READ or not value.text or value.text[-1].isdigit():
        return value
    reading = read_number(value.text)
    if reading.number is None or reading.unit == unit:
        return value
    if unit == "元" and reading.unit in _YUAN:
        return value._replace(number=_whole(Decimal(reading.number) * _YUAN[reading.unit]))
    if unit == "万元" and reading.unit is None and reading.note == "multiplied":
        return value._replace(number=_whole(Decimal(reading.number) / _YUAN["万元"]))
    if reading.unit is not None:
        return value._replace(status=CellStatus.UNREADABLE, number=None)
    return value


def under_unit(value: Value, printed: str, unit: str | None) -> Value:
    """A value below the name of a column that prints a unit of its own: 477.35 below 采购总金额（万元）.

    Args:
        value: What the cell says.
        printed: The name of the column as printed.
        unit: The unit of the form.
    """
    named = _PRINTED_UNIT.search(printed)
    if not named or named[1] == unit or not value.number or not value.text[-1:].isdigit():
        return in_unit(value, unit)
    return in_unit(value._replace(text=value.text + named[1]), unit)._replace(text=value.text)


def _whole(exact: Decimal) -> Number:
    return int(exact) if exact == int(exact) else exact


def unread(text: str, location: Location) -> Value:
    """A cell of which something is printed that could not be told apart."""
    return Value(text[:_LONGEST], CellStatus.UNREADABLE, None, location)


def run_values(text: str, location: Location, groups: Sequence[int]) -> list[Value]:
    """The values of figures printed as one run.

    Args:
        text: The run.
        location: Its place.
        groups: How many numbers each group has, the last of which is the sum of the others.

    Returns:
        `read` values where blanks set all numbers apart, `inferred` ones where only one split adds up, else
        `unreadable` ones. An inferred value keeps its digits in the text and gives no number: a wrong sum would
        otherwise be made right.
    """
    count = sum(groups)
    numbers = separate(text, count)
    if numbers is not None:
        return [Value(str(number), CellStatus.READ, number, location) for number in numbers]
    numbers = split_run(text, groups)
    if numbers is None:
        return [unread(text, location)] * count
    return [Value(str(number), CellStatus.INFERRED, None, location) for number in numbers]


def place_of(location: Location, spec: TableSpec, row: str | None, column: str | None) -> Location:
    """A place in the document, with the keys of the table added."""
    return Location.model_validate(_place(location, spec, row, column))


def _place(location: Location, spec: TableSpec, row: str | None, column: str | None) -> dict[str, object]:
    return {
        "section": spec.section,
        "table": spec.key,
        "row": row,
        "column": column,
        "page": location.page,
        "line": location.line,
        "paragraph": location.paragraph,
        "pointer": location.pointer,
    }


def unplaced_row(source: str, text: str, location: Location, spec: TableSpec) -> Candidate:
    """A printed row or column that fits none of the form."""
    return Candidate(
        value=text[:_LONGEST],
        source=source,
        text=text[: 2 * _LONGEST],
        location=place_of(location, spec, None, None),
    )


def build_table(  # noqa: PLR0913 -- what a table consists of
    spec: TableSpec,
    form: str,
    values: Mapping[tuple[str, str], Value],
    *,
    labels: Mapping[str, str],
    column_labels: Mapping[str, str],
    unplaced: Sequence[Candidate],
    first: PrintedRow,
) -> Table:
    """Put a table together.

    Args:
        spec: The table of the form.
        form: The id of the form.
        values: What was found for the cells of the form; a cell without one is absent.
        labels: The printed labels of rows that differ from those of the form, by key.
        column_labels: The same of columns.
        unplaced: What fits nowhere.
        first: The first row of the table as printed, for its place.

    Returns:
        The table: numbers of read cells only, and a detail for every cell.
    """
    numbers, details = _cells(spec, values, column_labels, first.location)
    # One call for the whole tree: pydantic makes the small models faster than Python can call for each.
    return Table.model_validate(
        {
            "key": spec.key,
            "form": form,
            "values": numbers,
            "details": details,
            "labels": dict(labels),
            "column_labels": dict(column_labels),
            "unplaced": tuple(unplaced),
            "location": _place(first.location, spec, None, None),
        }
    )


def as_inferred(table: Table) -> Table:
    """The same table, its cells kept as printed and without a number that a rule could use.

    A cell that was not found is no missing one: where cells are not set apart, a blank leaves no trace.
    """
    details = {
        index: cell.model_copy(update={"status": CellStatus.INFERRED, "number": None})
        if cell.status is not CellStatus.UNREADABLE
        else cell
        for index, cell in enumerate(map(table.cell, range(len(table.values))))
    }
    return table.model_copy(update={"values": (None,) * len(table.values), "details": details})


def _cells(
    spec: TableSpec,
    values: Mapping[tuple[str, str], Value],
    column_labels: Mapping[str, str],
    nowhere: Location,
) -> tuple[tuple[Number | None, ...], dict[int, dict[str, object]]]:
    """The numbers of the cells in the order of the form, and everything that is known of each."""
    units = {column.key: column.unit for column in spec.columns}
    numbers: list[Number | None] = []
    details: dict[int, dict[str, object]] = {}
    for index, (row, column) in enumerate(spec.cells):
        value = values.get((row, column)) or Value("", CellStatus.ABSENT, None, nowhere)
        if units[column] is not None or column in column_labels:
            value = under_unit(value, column_labels.get(column, ""), units[column])
        number = value.number if value.status is CellStatus.READ else None
        numbers.append(number)
        details[index] = {
            "text": value.text,
            "status": value.status,
            "number": number,
            "location": _place(value.location, spec, row, column),
        }
    return tuple(numbers), details
