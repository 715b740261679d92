"""A report whose characters were recognised in a picture: what it says is kept, and none of its figures is evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.model.report import CellStatus

if TYPE_CHECKING:
    from disclosure_rules.model.report import Cell, Fact, Report, Table

__all__ = ["without_evidence"]


def without_evidence(report: Report) -> Report:
    """The same report with every cell `inferred` and without numbers: 1 and 7 are alike, a blank may be a faint 0.

    A person who has compared the extract with the document puts the numbers in.
    """
    return report.model_copy(
        update={
            "tables": {key: _table(table) for key, table in report.tables.items()},
            "facts": {key: _fact(fact) for key, fact in report.facts.items()},
        }
    )


def _table(table: Table) -> Table:
    details = {index: _cell(table.cell(index)) for index in range(len(table.values))}
    return table.model_copy(update={"values": (None,) * len(table.values), "details": details})


def _cell(cell: Cell) -> Cell:
    return cell.model_copy(update={"status": CellStatus.INFERRED, "number": None})


def _fact(fact: Fact) -> Fact:
    return fact.model_copy(update={"number": None, "parts": tuple(map(_fact, fact.parts))})
