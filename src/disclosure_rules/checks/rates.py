"""A verb about rates that the text gives: a part of a whole is never more than all of it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import spoken
from disclosure_rules.model.result import Evidence, Satisfied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.checks.context import CheckContext

__all__ = ["rates_above_whole"]

_WHOLE = 100


def rates_above_whole(context: CheckContext, *, names: Sequence[str]) -> Iterator[Evidence | Satisfied]:
    """Rates above 100 %: 办结率达到102%.

    Args:
        context: The report.
        names: Rates that are a part of a whole: 办结率, 满意率. One of growth or of a plan fulfilled may be above it.
    """
    pattern = re.compile(
        rf"(?:{'|'.join(map(re.escape, names))})[^\d，,。；;%％]{{0,8}}(\d{{1,6}}(?:\.\d{{1,4}})?)\s?[%％]"
    )
    for passage in context.passages():
        if "%" not in passage.read and "％" not in passage.read:
            continue
        for match in pattern.finditer(passage.plain):
            location = passage.place(match.start())
            if Decimal(match[1]) <= _WHOLE:
                yield Satisfied(location=location)
            else:
                values = {"text": spoken(passage.printed, *match.span()), "rate": match[1]}
                yield Evidence(location=location, values=values)
