"""What the figures of the text say of the cells of the tables, for whoever looks for a wrong cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.checks.agreement import amounts_of
from disclosure_rules.checks.mentions import Scope, When

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.checks.formulas import Amount
    from disclosure_rules.model.report import Number

__all__ = ["Statement", "statements"]


class Statement(NamedTuple):
    """A figure of the text that counts things of the tables.

    `sums` are the sums of cells that it may be, each of cells `table.row.column` with their signs; `margin` is how far
    the printed digits leave it open; `words` is its clause.
    """

    sums: tuple[dict[str, int], ...]
    number: Number
    margin: Number
    words: str


def statements(context: CheckContext) -> Iterator[Statement]:
    """The figures of this year whose wording places them for certain; denials and parts of the whole are left out.

    What the government's own office received, or was filed, may be another number than the table's. Where it is the
    same, that is no accident.
    """
    for mention in context.mentions:
        if (
            mention.quantity is None
            or mention.number is None
            or mention.denied
            or mention.when is not When.THIS
            or mention.scope is Scope.PART
        ):
            continue
        sums = tuple(_cells(one) for one in amounts_of(context, mention))
        if sums:
            yield Statement(sums, mention.number, mention.margin, mention.words)


def _cells(one: Amount) -> dict[str, int]:
    return {
        f"{term.spec.key}.{row}.{column}": term.sign
        for term in one.terms
        for row in term.rows
        for column in term.columns
    }
