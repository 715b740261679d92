"""The verbs that rules call with `check:`. Each yields what it saw; the law and the words are the rule's.

A verb yields `Evidence` for a fault, `Satisfied` for a demand that was looked at and is met, and `Undecided` for one
that could not be decided. Where it yields nothing, the rule does not apply to the report: silence is never a pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from disclosure_rules.hookspecs import Check

__all__ = ["built_in_checks"]


def built_in_checks() -> dict[str, Check]:
    """Every verb of this room by the name that rules call it by: its function's name with hyphens."""
    from disclosure_rules.checks import (  # noqa: PLC0415  nothing is loaded before a run needs it
        agreement,
        bare_headings,
        cells,
        citations,
        collection,
        contacts,
        dates,
        deadlines,
        doubling,
        fees,
        headings,
        identity,
        likeness,
        listing,
        narrative,
        one_number,
        pasting,
        places,
        privacy,
        proportions,
        rates,
        reuse,
        rollup,
        structure,
        tables,
        topics,
        wording,
        years,
    )

    modules = (
        *(structure, topics, headings, bare_headings, cells, tables, identity, dates, deadlines),
        *(narrative, agreement, listing, proportions, rates, fees),
        *(citations, one_number, wording, doubling, pasting, places, contacts, privacy),
        *(years, reuse, collection, rollup, likeness),
    )
    return {name.replace("_", "-"): getattr(module, name) for module in modules for name in module.__all__}
