"""What a structured report (YAML or JSON) may contain: the source of `schemas/report.schema.json`.

Everything is optional; what is missing is for rules to find. Which rows and columns a table has is the layouts'
knowledge and is checked after these shapes.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, Strict

from disclosure_rules.model.body import BodyKind
from disclosure_rules.model.limits import LARGEST_NUMBER, MOST_DECIMALS
from disclosure_rules.model.location import Location
from disclosure_rules.model.report import CellStatus
from disclosure_rules.model.text import Frozen, Text

__all__ = [
    "StructuredBody",
    "StructuredCandidate",
    "StructuredCandidates",
    "StructuredCell",
    "StructuredFact",
    "StructuredNote",
    "StructuredParagraph",
    "StructuredPart",
    "StructuredPeriod",
    "StructuredPrinted",
    "StructuredReport",
    "StructuredSection",
]

Number = (
    Annotated[int, Strict(), Field(ge=-LARGEST_NUMBER, le=LARGEST_NUMBER)]
    | Annotated[Decimal, Strict(), Field(ge=-LARGEST_NUMBER, le=LARGEST_NUMBER, decimal_places=MOST_DECIMALS)]
)
Count = Annotated[int, Strict(), Field(ge=1, le=LARGEST_NUMBER)]
Offset = Annotated[int, Strict(), Field(ge=0, le=LARGEST_NUMBER)]
IsoDate = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class Spot(Frozen):
    """Where something stood in the document it was read from. What is left out follows from where it stands here."""

    section: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    page: Count | None = None
    line: Count | None = None
    paragraph: Count | None = None
    pointer: str | None = None
    file: str | None = None

    def location(self, default: Location) -> Location:
        """The place stated here, completed from `default`; a stated null clears what `default` says."""
        stated = {
            name: getattr(self, name) for name in Location.model_fields if name in self.model_fields_set
        }
        return default.model_copy(update=stated) if stated else default


class StructuredCell(Spot):
    """A cell that says more than its number. Without `status`, the printed `text` is read for a number."""

    text: str = ""
    status: CellStatus | None = None
    number: Number | None = None


Cell = Number | StructuredCell | None


class StructuredParagraph(Spot):
    """A paragraph with its place; `lines` are pairs of (offset in the text, line of the document)."""

    text: str
    lines: tuple[tuple[Offset, Count], ...] = ()


Paragraphs = tuple[str | StructuredParagraph, ...]


class StructuredSection(Spot):
    """A section. Without `heading` it counts as headed by the standard title of its key."""

    key: str | None = None
    number: str | None = Field(default=None, description="the enumerator as printed (一)")
    heading: str | None = None
    paragraphs: str | Paragraphs = ()


class StructuredCandidate(Spot):
    """A value seen somewhere in the document, with the words it was read from."""

    value: str
    source: str
    text: str = ""


class StructuredCandidates(Frozen):
    """Everything seen that could be title, body, year or region; written by `extract`."""

    titles: tuple[StructuredCandidate, ...] | None = None
    bodies: tuple[StructuredCandidate, ...] | None = None
    years: tuple[StructuredCandidate, ...] | None = None
    regions: tuple[StructuredCandidate, ...] | None = None


class StructuredPrinted(Spot):
    """How a table was printed: its form, heading, row and column labels, and rows that fit nowhere."""

    form: str | None = None
    heading: str | None = None
    labels: dict[str, str] = Field(default_factory=dict)
    column_labels: dict[str, str] = Field(default_factory=dict)
    unplaced: tuple[StructuredCandidate, ...] = ()


class StructuredFact(Spot):
    """A figure of the narrative. Without `number`, the `text` is read for one."""

    text: str | None = None
    number: Number | None = None
    unit: str | None = None
    parts: tuple[Number | StructuredPart, ...] = ()


class StructuredPart(StructuredFact):
    """One of the figures that a figure is made up of; `key` is its printed label."""

    key: str = ""


class StructuredPeriod(Spot):
    """The statistics period; an end is null where it could not be read."""

    start: IsoDate | None = Field(default=None, alias="from")
    end: IsoDate | None = Field(default=None, alias="to")
    text: str = ""


class StructuredNote(Frozen):
    """A remark of the reader of the document."""

    code: str
    message: str | Text | None = None
    count: Count = 1
    places: tuple[Spot, ...] = ()
    words: tuple[str, ...] = ()


class StructuredBody(Frozen):
    """Who reports; `region` is a GB/T 2260 code."""

    name: str
    kind: BodyKind | None = None
    region: (
        Annotated[int, Strict(), Field(ge=100000, le=999999)]
        | Annotated[str, Field(pattern=r"^[0-9]{6}$")]
        | None
    ) = None


class StructuredReport(Frozen):
    """A structured report."""

    schema_: str | None = Field(default=None, alias="$schema", description="for editors; not read")
    title: str | None = None
    body: str | StructuredBody | None = None
    year: (
        Annotated[int, Strict(), Field(ge=1900, le=2999)]
        | Annotated[str, Field(pattern=r"^[12][0-9]{3}$")]
        | None
    ) = None
    layout: Annotated[int, Strict()] | str | None = None
    layout_from: Literal["stated", "shown", "year", "none"] | None = Field(
        default=None, description="how the form was found; written by extract"
    )
    period: StructuredPeriod | None = None
    published: IsoDate | None = None
    introduction: str | Paragraphs = ()
    sections: tuple[StructuredSection, ...] | dict[str, str | Paragraphs | StructuredSection | None] = ()
    closing: str | Paragraphs = ()
    tables: dict[str, dict[str, dict[str, Cell]]] = Field(default_factory=dict)
    printed: dict[str, StructuredPrinted] = Field(default_factory=dict)
    facts: dict[str, Number | StructuredFact] = Field(default_factory=dict)
    notes: tuple[StructuredNote, ...] = ()
    candidates: StructuredCandidates = StructuredCandidates()
