"""What a figure of the running text is once it was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from disclosure_rules.checks.passages import Passage
    from disclosure_rules.model.location import Location
    from disclosure_rules.model.report import Number

__all__ = ["Mention", "Scope", "When"]


class Scope(StrEnum):
    """Whose figure it is."""

    REPORT = "report"  # that of the whole report: comparable with its tables
    OFFICE = "office"  # that of the government's own office, in a report for a whole area
    FILED = "filed"  # that of cases filed with the office (备案)
    PART = "part"  # that of a named unit, a channel or a part of the year


class When(StrEnum):
    """The year it is about, seen from the report's."""

    THIS = "this"
    LAST = "last"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Mention:
    """One figure in a paragraph.

    Attributes:
        passage: The paragraph.
        start: Offset of the figure in the printed paragraph.
        end: Offset behind its measure word.
        number: The exact number; None where the text says about how many (3万余件) or it cannot be read.
        unit: The measure word, `%` for shares; empty where none is printed.
        quantity: Key of `quantities.yaml`; None where the wording does not place it. Such a figure must not be used.
        column: Key of a column or a group of columns of the quantity's table (自然人); None for the total.
        when: The year it is about.
        scope: Whose figure it is.
        denied: There was none, in words (未收到申请); `number` is 0.
        margin: How far the printed digits leave the number open: 1.2万件 is anything from 11,500 to 12,500.
        topic: The topic whose things it counts, also where the quantity is not certain (主动公开规章13件).
    """

    passage: Passage
    start: int
    end: int
    number: Number | None
    unit: str
    quantity: str | None
    column: str | None = None
    when: When = When.THIS
    scope: Scope = Scope.REPORT
    denied: bool = False
    margin: Number = 0
    topic: str | None = None

    @property
    def comparable(self) -> bool:
        """Whether it is an exact figure of a known quantity of this year for the whole report."""
        return (
            self.quantity is not None
            and self.number is not None
            and self.when is When.THIS
            and self.scope is Scope.REPORT
        )

    @property
    def location(self) -> Location:
        """Where it stands."""
        return self.passage.place(self.start)

    @property
    def words(self) -> str:
        """The clause around it as printed, cut where it is long: what messages quote."""
        text = self.passage.printed
        marks = "，。；！？\n"
        begin = max(text.rfind(mark, max(0, self.start - _REACH), self.start) for mark in marks) + 1
        return " ".join(text[max(begin, self.start - _REACH) : self.end].split())


_REACH = 40
