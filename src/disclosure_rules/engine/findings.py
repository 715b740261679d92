"""Evidence + rule → Finding: identity, severity, wording and law are added here and nowhere else."""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.model.result import CitedBasis, Finding, Place
from disclosure_rules.model.rule import YearSpan
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.engine.words import Teller
    from disclosure_rules.model.pack import EffectiveRule, Instrument
    from disclosure_rules.model.report import Number
    from disclosure_rules.model.result import Evidence
    from disclosure_rules.model.rule import Rule

__all__ = ["Registry", "fill", "make_finding", "printed"]

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def printed(value: Number | str | None) -> str | None:
    """A value as a person reads it; None stays None."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return None if value is None else str(value)


def fill(template: str, values: Mapping[str, str | None]) -> str:
    """`template` with each `{name}` replaced by its value; a value not known is shown as a dash.

    Only names are looked up: there is no format language that a pack could abuse.
    """
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]) or "—", template)


class Registry(NamedTuple):
    """The instruments by id, and the report year that they are cited for; None where it is not known."""

    instruments: Mapping[str, Instrument]
    year: int | None

    def cite(self, rule: Rule) -> tuple[CitedBasis, ...]:
        """The citations of a rule that govern reports of the year; all of them where none does."""
        found = [(basis, self.instruments[basis.instrument]) for basis in rule.basis]
        governing = [(basis, instrument) for basis, instrument in found if self._governs(instrument)]
        return tuple(
            CitedBasis(
                instrument=basis.instrument,
                number=instrument.number,
                title=instrument.title,
                article=basis.article,
                quote=basis.says,
            )
            for basis, instrument in governing or found
        )

    def _governs(self, instrument: Instrument) -> bool:
        span = YearSpan.model_construct(start=instrument.first_report_year, end=instrument.last_report_year)
        return self.year is None or self.year in span


def make_finding(
    effective: EffectiveRule,
    evidence: Evidence,
    labels: Mapping[str, Text],
    teller: Teller,
    registry: Registry,
) -> Finding:
    """The finding that `evidence` makes under a rule.

    Args:
        effective: The rule in force.
        evidence: Where and which values.
        labels: Words for the rule's `each` variables.
        teller: Tells places in words.
        registry: What citations resolve in.
    """
    rule = effective.rule
    place = teller.words(teller.place(evidence.location))
    values = {name: printed(value) for name, value in evidence.values.items()}
    zh = {**values, **{name: text.zh for name, text in labels.items()}}
    en = {**values, **{name: text.en for name, text in labels.items()}}
    suggestion = rule.suggestion and Text(zh=fill(rule.suggestion.zh, zh), en=fill(rule.suggestion.en, en))
    return Finding(
        rule=rule.id,
        pack=effective.pack,
        severity=rule.severity,
        title=rule.title,
        message=Text(zh=fill(rule.message.zh, zh), en=fill(rule.message.en, en)),
        suggestion=suggestion,
        location=place,
        values=values,
        basis=registry.cite(rule) if evidence.basis is None else (evidence.basis,),
        tier=rule.tier,
        fingerprint=_fingerprint(rule.id, place, values),
    )


def _fingerprint(rule: str, place: Place, values: Mapping[str, str | None]) -> str:
    # Lines and pages are left out: a finding stays the same finding when the text above it grows.
    keys = (place.section, place.table, place.row, place.column)
    content = json.dumps([rule, keys, sorted(values.items())], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()[:16]
