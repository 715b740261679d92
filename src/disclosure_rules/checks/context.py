"""What a verb is given besides the parameters of its rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.pack import Instrument
    from disclosure_rules.model.report import Report
    from disclosure_rules.regions import RegionIndex

__all__ = ["CheckContext"]


@dataclass(frozen=True, slots=True)
class CheckContext:
    """One report and what is known around it.

    Attributes:
        report: The report.
        layout: The form that the report follows; None where it is not known.
        layouts: Every known form by id; a table may follow another one than the report.
        instruments: The registry of laws and notices by id, with numbers and years.
        regions: Administrative divisions; None where none were loaded.
        as_of: The day of the check where the caller states one; verbs never read the clock.
    """

    report: Report
    layout: Layout | None
    layouts: Mapping[str, Layout]
    instruments: Mapping[str, Instrument]
    regions: RegionIndex | None = None
    as_of: date | None = None
