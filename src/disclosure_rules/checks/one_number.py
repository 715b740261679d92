"""A verb about numbers that stand behind the titles of two documents."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import spoken
from disclosure_rules.checks.registry import by_number
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.checks.context import CheckContext

__all__ = ["number_of_two"]

# What titles of one office have in common: who issues, and what kind of document it is.
_ISSUER = re.compile(r"^.{0,30}?关于(?:印发|转发|做好|认真做好|进一步做好)?")
_KIND = re.compile(r"的?(?:通知|意见|函|决定|公告)$")
# Two titles of one document share most of their pairs of letters, also where one is cut short or has a slip.
_ALIKE = 0.5


def number_of_two(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """A number that the text gives to two documents, by titles that cannot be one.

    The numbers of the registry have rules of their own.
    """
    first: dict[str, str] = {}
    for passage in context.citing:
        for title in context.titles(passage):
            number = title.number
            if number is None or by_number(context.instruments, number):
                continue
            other = first.setdefault(number, title.words)
            if _are_alike(other, title.words):
                yield SATISFIED
                continue
            values = {
                "first": spoken(other, 0, len(other)),
                "other": spoken(title.words, 0, len(title.words)),
                "number": number,
            }
            yield Evidence(location=passage.place(title.start), values=values)


def _are_alike(one: str, other: str) -> bool:
    """Whether two titles may be of one document."""
    one, other = (_KIND.sub("", _ISSUER.sub("", title)) for title in (one, other))
    if one in other or other in one:
        return True
    pairs, others = ({*map("".join, pairwise(title))} for title in (one, other))
    return len(pairs & others) >= _ALIKE * min(len(pairs), len(others))
