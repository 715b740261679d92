"""At which place of a report each finding is shown: a cell, a row, a paragraph, a heading, or the report as a whole."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.model.layout import TableSpec
    from disclosure_rules.model.location import Location
    from disclosure_rules.model.report import Paragraph, Report
    from disclosure_rules.model.result import CheckResult, Finding

__all__ = ["CLOSING", "INTRODUCTION", "TABLES", "TITLE", "WHOLE", "Noted", "Spot", "place_findings"]

_FEWEST = 2  # characters of a passage that is marked: a single one stands anywhere


class Spot(NamedTuple):
    """A place of a report that findings are shown at.

    Attributes:
        part: The number of a section, or one of the parts below; `TABLES` for all that is in a table.
        paragraph: The number of a paragraph of it, from 0; None for its heading.
        table: The key of a table; the rest is then that of a cell, of a row, or None for the table.
        row: The key of a row.
        column: The key of a column.
    """

    part: int
    paragraph: int | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None


TABLES, WHOLE, TITLE, INTRODUCTION, CLOSING = -5, -4, -3, -2, -1
_NAMED = {"introduction": INTRODUCTION, "closing": CLOSING}


class Noted(NamedTuple):
    """A finding with the number it has on the page, and the passage of its paragraph that it is about."""

    number: int
    finding: Finding
    passage: str | None = None


def place_findings(
    result: CheckResult, report: Report, specs: Mapping[str, TableSpec]
) -> dict[Spot, list[Noted]]:
    """Every finding of a result, once, at the nearest place that the page shows.

    Args:
        result: The result.
        report: The report it is of.
        specs: Table key → the specification its rows follow.
    """
    places = _Places(report, specs)
    found: dict[Spot, list[Noted]] = defaultdict(list)
    for number, finding in enumerate(result.findings, 1):
        spot, passage = places.of(finding)
        found[spot].append(Noted(number, finding, passage))
    return found


class _Places:
    """The places of one report."""

    def __init__(self, report: Report, specs: Mapping[str, TableSpec]) -> None:
        self._report = report
        self._specs = specs
        self._sections: dict[str, int] = {}
        for number, section in enumerate(report.sections):
            if section.key is not None:
                self._sections.setdefault(section.key, number)
        self._headings = {_number(section.location) for section in report.sections}
        self._parts: dict[int, tuple[Paragraph, ...]] = {
            INTRODUCTION: report.introduction,
            **{number: section.paragraphs for number, section in enumerate(report.sections)},
            CLOSING: report.closing,
        }

    def of(self, finding: Finding) -> tuple[Spot, str | None]:
        """The spot of a finding, and the passage it is about where that is a paragraph."""
        location = finding.location
        if location.table is not None:
            spot = self._in_table(location)
            if spot is not None:
                return spot, None
        spec = self._specs.get(location.table or "")
        key = location.section or (spec.section if spec else None)
        part = _NAMED.get(key or "", self._sections.get(key or ""))
        if key is None and self._is_title(finding):
            return Spot(TITLE), None
        if key is None or part is not None:
            found = self._paragraph(finding, part)
            if found is not None:
                return found
        return Spot(WHOLE if part is None else part), None

    def _in_table(self, location: Location) -> Spot | None:
        key = location.table or ""
        spec = self._specs.get(key)
        if spec is None or key not in self._report.tables:
            return None
        row, column = location.row, location.column
        if row not in spec.order[0]:
            row = column = None
        elif (row, column or "") not in spec.index:
            column = None
        return Spot(TABLES, None, key, row, column)

    def _is_title(self, finding: Finding) -> bool:
        line = finding.location.line
        if line is not None:
            place = finding.location.file, line
            return any((seen.location.file, seen.location.line) == place for seen in self._report.titles)
        title = self._report.title
        return title is not None and title in finding.values.values()

    def _paragraph(self, finding: Finding, part: int | None) -> tuple[Spot, str | None] | None:
        """The paragraph of a finding within a part, or in any part; None where that is its heading, or not known.

        Several paragraphs may stand on one line of a file, and on a page: it is about the one that has its words.
        """
        parts = self._parts if part is None else {part: self._parts[part]}
        location = finding.location
        here = [
            (Spot(number, place), paragraph)
            for number, paragraphs in parts.items()
            for place, paragraph in enumerate(paragraphs)
            if _holds(paragraph, place, location)
        ]
        said = [(spot, words) for spot, paragraph in here if (words := _passage(paragraph.text, finding))]
        if said:
            return max(said, key=lambda one: len(one[1]))
        number = _number(location)
        if number == (None, None) or not here or number in self._headings:
            return None
        return here[0][0], None


def _number(location: Location) -> tuple[int | None, int | None]:
    return location.line, location.paragraph


def _holds(paragraph: Paragraph, place: int, location: Location) -> bool:
    """Whether a place may be in a paragraph, the one with number `place` of its part."""
    own = paragraph.location
    if location.line is not None:
        return location.line == own.line or any(location.line == line for _, line in paragraph.lines)
    if location.paragraph is not None:
        return location.paragraph == (own.paragraph or place + 1)
    return location.page is None or own.page in {None, location.page}


def _passage(paragraph: str, finding: Finding) -> str | None:
    """The longest of the finding's values that the paragraph has in words; bare numbers stand anywhere."""
    said = (
        value
        for value in finding.values.values()
        if value and len(value) >= _FEWEST and value in paragraph and not value.isdecimal()
    )
    return max(said, key=len, default=None)
