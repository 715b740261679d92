"""Verbs about data of persons that must not stand in a published report."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import sentence_around
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.checks.context import CheckContext

__all__ = ["identity_numbers", "phones_of_persons"]

# Letter first, then what stands before it: a search that begins by looking back is several times as slow.
_IDENTITY = re.compile(r"[1-8](?<![0-9A-Za-z][1-8])[0-9]{16}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"1(?<!\d1)[3-9]\d{9}(?!\d)")
# GB 11643-1999: weights of the first 17 digits, and the check character by the remainder of their sum by 11.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_OLDEST = 1900


def identity_numbers(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Numbers of identity cards: 18 digits with a possible day of birth and the right check digit. Messages mask them."""
    looked = found = False
    for passage in context.passages():
        looked = True
        for match in _IDENTITY.finditer(passage.plain):
            if _is_identity(match[0]):
                found = True
                values = {"number": f"{match[0][:4]}{'*' * 12}{match[0][-2:]}"}
                yield Evidence(location=passage.place(match.start()), values=values)
    if looked and not found:
        yield SATISFIED


def _is_identity(number: str) -> bool:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return born.year >= _OLDEST and _CHECK[total % 11] == number[-1].upper()


def phones_of_persons(
    context: CheckContext, *, persons: Sequence[str], offices: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """Mobile numbers in a sentence on an applicant; those of contact lines are left out.

    Args:
        context: The report.
        persons: Words for private persons: 申请人, 当事人.
        offices: Words of lines that give a number on purpose: 联系电话, 监督电话.
    """
    looked = found = False
    for passage in context.passages():
        if passage.section is None:
            continue
        looked = True
        for match in _MOBILE.finditer(passage.plain):
            start, end = sentence_around(passage.read, match.start(), match.end())
            sentence = passage.read[start:end]
            if any(word in sentence for word in persons) and not any(word in sentence for word in offices):
                found = True
                values = {"number": f"{match[0][:3]}{'*' * 4}{match[0][-4:]}"}
                yield Evidence(location=passage.place(match.start()), values=values)
    if looked and not found:
        yield SATISFIED
