"""A finding that somebody in charge accepts, with a reason, for these values and until a day."""

from __future__ import annotations

from typing import Literal

from disclosure_rules.model.text import Day, Frozen, Text

__all__ = ["Waived", "Waiver", "WaiverNote"]


class Waiver(Frozen):
    """One entry of `waivers.yaml`. It holds for the very values of the finding: other values void it.

    Attributes:
        rule: The rule's id.
        body: The body's name as the result gives it.
        year: The report year.
        finding: The finding's fingerprint, which `check --format json` gives: rule, place and values.
        reason: Why the finding is accepted.
        basis: What the acceptance rests on.
        approved_by: Who accepted it.
        expires: The last day on which it holds, ISO.
    """

    rule: str
    body: str
    year: int
    finding: str
    reason: str
    basis: str | None = None
    approved_by: str
    expires: Day


class Waived(Frozen):
    """Why a finding does not block."""

    reason: str
    basis: str | None = None
    approved_by: str
    expires: str


class WaiverNote(Frozen):
    """A waiver of the report that does not hold: expired, void as the values changed, refused, or without a finding."""

    state: Literal["expired", "void", "refused", "unused"]
    rule: str
    finding: str
    message: Text
