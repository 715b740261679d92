"""The choices of a run."""

from __future__ import annotations

from disclosure_rules.model.rule import Severity
from disclosure_rules.model.text import Frozen

__all__ = ["Profile"]


class Profile(Frozen):
    """What blocks: a report with a finding of severity `fail_on` or above fails."""

    name: str = "default"
    fail_on: Severity = Severity.ERROR
