"""What the top of the index says of the bodies of a batch, counted as they pass; the bodies are kept nowhere."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from disclosure_rules.model.rule import Severity

if TYPE_CHECKING:
    from disclosure_rules.batch.index_lines import BodyLine

__all__ = ["ASKED", "MOST_NAMED", "Most", "Seen"]

ASKED = len(Severity) - 1  # severities that ask for something: a note does not
MOST_NAMED = 1000  # bodies of a list at the top; the table of bodies has them all


class Most:
    """The bodies of a list, of which the first in its order are kept and all are counted.

    Args:
        by_counts: Whether those with most findings come first, the gravest before all; else they stay as they come.
    """

    def __init__(self, *, by_counts: bool = False) -> None:
        self.number = 0
        self._by_counts = by_counts
        self._kept: list[BodyLine] = []

    def add(self, one: BodyLine) -> None:
        """Count a body, and keep it where it is among the first."""
        self.number += 1
        if self._by_counts or len(self._kept) < MOST_NAMED:
            self._kept.append(one)
        if len(self._kept) > 2 * MOST_NAMED:
            self._kept = self.first(MOST_NAMED)

    def first(self, number: int) -> list[BodyLine]:
        """The first bodies of the list, at most so many and at most `MOST_NAMED`."""
        if self._by_counts:
            self._kept.sort(key=lambda one: one.line.counts if one.line else (), reverse=True)
        return self._kept[: min(number, MOST_NAMED)]


class Seen:
    """What the top of the index says of the bodies, which themselves are kept nowhere."""

    def __init__(self, late: frozenset[str]) -> None:
        self._late = late
        self.bodies = 0
        self.states: Counter[str] = Counter()
        self.days: Counter[tuple[str, bool]] = Counter()
        self.missing, self.tardy, self.unread = Most(), Most(), Most()
        self.wrong, self.to_mend = Most(by_counts=True), Most(by_counts=True)

    def add(self, one: BodyLine) -> None:
        """Count a body to all that it belongs to."""
        tardy = one.file in self._late
        self.bodies += 1
        self.states[one.state] += 1
        if one.published and one.of_the_year:
            self.days[one.published, tardy] += 1
        for found, belongs in (
            (self.missing, one.state == "missing"),
            (self.tardy, tardy),
            (self.unread, one.state in {"unread", "doubtful"}),
            (self.wrong, bool(one.line and one.line.counts[0])),
            (self.to_mend, bool(one.line and any(one.line.counts[:ASKED]))),
        ):
            if belongs:
                found.add(one)
