"""A report as it was recognised: sections, tables, facts and the evidence for who, when and what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from operator import itemgetter
from typing import Literal

from disclosure_rules.model.body import PublicBody
from disclosure_rules.model.location import Location
from disclosure_rules.model.note import Note
from disclosure_rules.model.text import Frozen

__all__ = [
    "Candidate",
    "Cell",
    "CellStatus",
    "Fact",
    "Number",
    "Paragraph",
    "Period",
    "Report",
    "Section",
    "Source",
    "Table",
]

Number = int | Decimal


class CellStatus(StrEnum):
    """What is known of a cell. Only `read` gives a number that rules may use."""

    READ = "read"
    BLANK = "blank"
    MARK = "mark"  # / — 无: the author says there is nothing to fill in
    UNREADABLE = "unreadable"
    INFERRED = "inferred"  # worked out from other cells, or recognised in a picture: never evidence
    ABSENT = "absent"  # the row, the column or the table is not there
    NOT_CALCULATED = "not_calculated"  # a formula without a stored value


class Cell(Frozen):
    """One cell: the printed text, the exact number where one was read, and the place."""

    text: str
    status: CellStatus
    number: Number | None = None
    location: Location = Location()


class Candidate(Frozen):
    """A value that was seen somewhere, with the words it was read from."""

    value: str
    source: str
    text: str = ""
    location: Location = Location()


_BLANK = Cell(text="", status=CellStatus.BLANK)  # one for all: a form left empty has hundreds


class Table(Frozen):
    """One of the statistical tables, in the row and column order of the layout `form`.

    `values[i]` is the number of the i-th cell of that form, or None where no rule may use one; `details` holds
    every cell that says more than its number (another status, a printed text, a place). A cell with neither is
    blank. `unplaced` lists printed rows or columns that fit no row of the form, with their place. `labels` and
    `column_labels` hold the printed labels of rows and columns, by key, where they are not the form's.
    """

    key: str
    form: str
    values: tuple[Number | None, ...]
    details: Mapping[int, Cell] = {}
    heading: str | None = None
    labels: Mapping[str, str] = {}
    column_labels: Mapping[str, str] = {}
    unplaced: tuple[Candidate, ...] = ()
    location: Location = Location()

    def cell(self, index: int) -> Cell:
        """The i-th cell of the form."""
        detail = self.details.get(index)
        if detail is not None:
            return detail
        number = self.values[index]
        if number is None:
            return _BLANK
        return Cell(text=str(number), status=CellStatus.READ, number=number)


class Paragraph(Frozen):
    """A paragraph as printed. `lines` is that of `Block`; `origin` is the paragraph of the file, where those count."""

    text: str
    location: Location = Location()
    lines: tuple[tuple[int, int], ...] = ()
    origin: int | None = None

    def location_at(self, offset: int) -> Location:
        """The place of the character at `offset`."""
        at = bisect_right(self.lines, offset, key=itemgetter(0))
        line = self.lines[at - 1][1] if at else self.location.line
        return (
            self.location if line == self.location.line else self.location.model_copy(update={"line": line})
        )


class Section(Frozen):
    """A top-level section as printed; `key` is None where the heading is no section of the layout.

    `origin` is the paragraph of the file that holds the heading, where a reader counts paragraphs.
    """

    key: str | None
    heading: str
    number: str | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    location: Location = Location()
    origin: int | None = None


class Fact(Frozen):
    """A figure of the narrative. `parts` are the figures that the sentence lists as making it up."""

    key: str
    text: str
    number: Number | None
    unit: str | None = None
    location: Location = Location()
    parts: tuple[Fact, ...] = ()


class Period(Frozen):
    """The statistics period as printed, ISO dates; None where one end could not be read."""

    start: str | None
    end: str | None
    text: str = ""
    location: Location = Location()


class Source(Frozen):
    """The input a report came from."""

    path: str | None = None
    sha256: str | None = None
    format: str = "dict"
    encoding: str | None = None


class Report(Frozen):
    """What was recognised of one annual report; what was not is in `notes` and in sections without a key.

    `titles`, `bodies`, `years` and `regions` keep every candidate with its source; that they differ is itself
    evidence. `facts` maps a key of the layout (`disclosed`, `consultations` …) to the figure of the narrative.
    """

    source: Source = Source()
    title: str | None = None
    body: PublicBody | None = None
    year: int | None = None
    layout: str | None = None
    layout_from: Literal["stated", "shown", "year", "none"] = "none"
    period: Period | None = None
    published: str | None = None
    introduction: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: tuple[Paragraph, ...] = ()
    tables: Mapping[str, Table] = {}
    facts: Mapping[str, Fact] = {}
    titles: tuple[Candidate, ...] = ()
    bodies: tuple[Candidate, ...] = ()
    years: tuple[Candidate, ...] = ()
    regions: tuple[Candidate, ...] = ()
    notes: tuple[Note, ...] = ()

    def section(self, key: str) -> Section | None:
        """The first section with this key."""
        return next((section for section in self.sections if section.key == key), None)
