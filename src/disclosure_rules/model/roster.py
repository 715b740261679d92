"""Who should have reported: the roster of a batch."""

from __future__ import annotations

from disclosure_rules.model.body import BodyKind
from disclosure_rules.model.note import Note
from disclosure_rules.model.text import Frozen

__all__ = ["Roster", "RosterEntry"]


class RosterEntry(Frozen):
    """One body that reports.

    Attributes:
        row: The row of the file it stands in, from 1.
        name: Its name in full.
        other_names: Other names that reports and files give it.
        kind: The kind of body; None where the roster does not say.
        region: GB/T 2260 code; None where the roster does not say.
        parent: The name of the body above it.
        due: The day by which its report is due, ISO; `--01-31` where the roster names no year.
        aggregates: Names of the bodies whose figures its report adds up, its own among them where they are.
    """

    row: int
    name: str
    other_names: tuple[str, ...] = ()
    kind: BodyKind | None = None
    region: str | None = None
    parent: str | None = None
    due: str | None = None
    aggregates: tuple[str, ...] = ()


class Roster(Frozen):
    """The bodies in the order of the file, and what of it could not be used, each with its row."""

    entries: tuple[RosterEntry, ...]
    notes: tuple[Note, ...] = ()
