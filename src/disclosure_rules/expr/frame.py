"""One report, flattened for rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from disclosure_rules.model.location import Location
from disclosure_rules.model.note import HEADING_LOST
from disclosure_rules.model.report import Cell, CellStatus, Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.expr.slots import Slot

__all__ = ["Frame"]


class Frame:
    """The numbers of one report in the order of `Names`, and what is known of the things they came from.

    `numbers` holds int, Decimal or `UNKNOWN`; those of last year's report, where there is one, come after the
    report's own. Frames are made by `Names.frame`.
    """

    __slots__ = ("numbers", "previous", "report")

    def __init__(self, report: Report, numbers: Sequence[Any], previous: Report | None = None) -> None:
        self.report = report
        self.numbers = numbers
        self.previous = previous

    def _report(self, slot: Slot) -> Report:
        """The report that a thing belongs to."""
        if not slot.earlier:
            return self.report
        if self.previous is None:
            raise ValueError(f"{slot.path}: no report of last year")
        return self.previous

    def cell(self, slot: Slot) -> Cell | None:
        """The cell, or None where its table is not in the report or the slot is no cell."""
        table = self._report(slot).tables.get(slot.table) if slot.kind == "cell" and slot.table else None
        return table.cell(slot.position) if table is not None else None

    def presence(self, slot: Slot) -> bool | None:
        """Whether the thing is in the report; None where the reader or the recogniser could not tell.

        A section is unknown where not one section was recognised. One that was not found is unknown where the report
        has a numbered heading that fits no section: it may be that one under a name not known; and where its heading
        seems to be lost (note `heading-lost`). A table, and each of
        its cells, is unknown where a table was seen that could not be read (note `table-not-read`).
        """
        report = self._report(slot)
        if slot.kind == "section":
            keys = {section.key for section in report.sections} - {None}
            if slot.key in keys:
                return True
            doubtful = any(section.key is None and section.number for section in report.sections)
            return None if doubtful or not keys or _is_lost(report, slot.key) else False
        if slot.kind == "fact":
            return slot.key in report.facts
        if slot.kind == "year":
            return report.year is not None
        if slot.table not in report.tables:
            return None if any(note.code == "table-not-read" for note in report.notes) else False
        cell = self.cell(slot)
        return cell is None or cell.status is not CellStatus.ABSENT

    def blank(self, slot: Slot) -> bool | None:
        """Whether the cell is printed and empty; None where it is not in the report, so nobody can tell."""
        cell = self.cell(slot)
        if cell is None or cell.status is CellStatus.ABSENT:
            return None
        return cell.status is CellStatus.BLANK

    def place(self, slot: Slot) -> Location:
        """Where the thing stands: the page and line that the reader kept, and the keys of the layout."""
        keys = {"section": slot.section, "table": slot.table, "row": slot.row, "column": slot.column}
        known = {name: key for name, key in keys.items() if key is not None}
        return self._printed(slot).model_copy(update=known)

    def _printed(self, slot: Slot) -> Location:
        report = self._report(slot)
        if slot.kind == "section":
            section = report.section(slot.key)
            return section.location if section else Location()
        if slot.kind == "fact":
            fact = report.facts.get(slot.key)
            return fact.location if fact else Location()
        table = report.tables.get(slot.table) if slot.table else None
        if table is None:
            return Location()
        return table.cell(slot.position).location if slot.kind == "cell" else table.location


def _is_lost(report: Report, section: str | None) -> bool:
    """Whether the heading of a section seems to be lost while its text is there."""
    lost = (place.section for note in report.notes if note.code == HEADING_LOST for place in note.places)
    return section in lost
