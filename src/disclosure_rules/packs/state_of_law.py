"""The law as it stood on a day: what was issued later is not known yet, and what ended later has not ended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from disclosure_rules.model.pack import EffectiveRule, Instrument

__all__ = ["law_on"]

_YEAR_OF_NUMBER = re.compile(r"〔(\d{4})〕")


def law_on(
    day: date | None, rules: Mapping[str, EffectiveRule], instruments: Mapping[str, Instrument]
) -> tuple[Mapping[str, EffectiveRule], Mapping[str, Instrument]]:
    """The rules and the registry as they stood on a day; without a day as they are.

    Rules stay that rest on something that had been issued by then, without what they cite besides. An instrument whose
    day of issue nobody saw counts as issued, unless the year of its number tells otherwise. Every instrument stays
    known, without what befell it after the day.
    """
    if day is None:
        return rules, instruments
    registry = {key: _on(day, instrument, instruments) for key, instrument in instruments.items()}
    return _rules_on(day, rules, instruments), registry


def _rules_on(
    day: date, rules: Mapping[str, EffectiveRule], instruments: Mapping[str, Instrument]
) -> dict[str, EffectiveRule]:
    found: dict[str, EffectiveRule] = {}
    for key, effective in rules.items():
        basis = effective.rule.basis
        known = tuple(entry for entry in basis if not _is_later(instruments.get(entry.instrument), day))
        if len(known) == len(basis):
            found[key] = effective
        elif known:
            rule = effective.rule.model_copy(update={"basis": known})
            found[key] = effective.model_copy(update={"rule": rule})
    return found


def _is_later(instrument: Instrument | None, day: date) -> bool:
    if instrument is None:
        return False
    begun = instrument.issued or instrument.valid_from
    if begun is not None:
        return begun > day.isoformat()
    year = _YEAR_OF_NUMBER.search(instrument.number or "")
    return year is not None and int(year[1]) > day.year


def _on(day: date, instrument: Instrument, instruments: Mapping[str, Instrument]) -> Instrument:
    changes: dict[str, object] = {}
    for field in ("replaced_by", "repealed_by"):
        after = getattr(instrument, field)
        if after is not None and _is_later(instruments.get(after), day):
            # Up to which report year it goes was said by what came after it.
            changes |= {field: None, "last_report_year": None, "valid_to": None}
    if instrument.valid_to is not None and instrument.valid_to >= day.isoformat():
        changes["valid_to"] = None
    return instrument.model_copy(update=changes) if changes else instrument
