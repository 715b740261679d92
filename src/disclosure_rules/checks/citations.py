"""Verbs about the laws and notices that a report cites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import sentence_around, spoken
from disclosure_rules.model.result import Evidence, Satisfied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.checks.passages import Passage

__all__ = ["decree_misnumbered", "number_garbled", "superseded_cited"]

_NOTICE = re.compile(r"^(\D+)〔(\d{4})〕(\d+)号$")
_DECREE = re.compile(r"^国务院令第(\d+)号$")
_NEAR = 30


def _citation(number: str) -> re.Pattern[str]:
    """A pattern of the ways in which a number is written: spaces, 第, 国务院492号令 for 国务院令第492号."""
    decree = _DECREE.match(number)
    if decree is not None:
        return re.compile(rf"国(?:务院)?令?\s?第?\s?{decree[1]}\s?号")
    notice = _NOTICE.match(number)
    if notice is None:
        return re.compile(re.escape(number))
    return re.compile(rf"{re.escape(notice[1])}\s?〔{notice[2]}〕\s?第?{notice[3]}\s?号")


def superseded_cited(
    context: CheckContext, *, instrument: str, as_basis: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """A text that rests on an instrument by number after another took its place.

    A report that cites the successor, and not the old one, is right; one that cites neither is not judged.

    Args:
        context: The report.
        instrument: Id of the superseded instrument; the registry has its number and its successor.
        as_basis: Words that rest on what is cited (根据, 按照); a mention without one in its sentence is history.
    """
    old = context.instruments[instrument]
    new = context.instruments.get(old.replaced_by or "")
    if old.number is None or new is None or new.number is None:
        return
    wrong, right = _citation(old.number), _citation(new.number)
    found = cited = False
    for passage in context.passages():
        text = passage.plain
        cited = cited or right.search(text) is not None
        for match in wrong.finditer(text):
            start, end = sentence_around(text, match.start(), match.end())
            if any(word in text[start : match.start()] for word in as_basis):
                found = True
                values = {
                    "text": spoken(passage.printed, start, end),
                    "cited": old.number,
                    "successor": new.number,
                    "title": new.title,
                }
                yield Evidence(location=passage.place(match.start()), values=values)
    if cited and not found:
        yield Satisfied()


def number_garbled(
    context: CheckContext, *, instruments: Sequence[str], near: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """A notice cited with its year and number but another issuer's mark: 国办发〔2021〕30号 for 国办公开办函〔2021〕30号.

    Args:
        context: The report.
        instruments: Ids of the notices.
        near: Words that show the notice is meant; a citation without one within a few characters is of another document.
    """
    for key in instruments:
        number = context.instruments[key].number
        parts = _NOTICE.match(number or "")
        if number is None or parts is None:
            continue
        loose = re.compile(rf"国办[一-鿿]{{0,8}}\s?〔{parts[2]}〕\s?第?{parts[3]}\s?号")
        exact = _citation(number)
        for passage in context.passages():
            text = passage.plain
            for match in loose.finditer(text):
                if exact.fullmatch(match[0]):
                    yield Satisfied(location=passage.place(match.start()))
                elif _stands_near(passage, match.start(), match.end(), near):
                    printed = passage.printed[match.start() : match.end()]
                    values = {"cited": printed, "correct": number}
                    yield Evidence(location=passage.place(match.start()), values=values)


def _stands_near(passage: Passage, start: int, end: int, words: Sequence[str]) -> bool:
    around = passage.read[max(0, start - 2 * _NEAR) : end + 2 * _NEAR]
    return any(word in around for word in words)


def decree_misnumbered(
    context: CheckContext, *, name: str, instruments: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """A decree number beside a regulation's name that is none of the regulation's.

    Args:
        context: The report.
        name: The regulation's name as it is printed before the number.
        instruments: Ids of its versions, the one in force first.
    """
    numbers = [context.instruments[key].number or "" for key in instruments]
    allowed = {match[1] for number in numbers if (match := _DECREE.match(number))}
    pattern = re.compile(rf"{re.escape(name)}》?[^。；]{{0,{_NEAR}}}?国(?:务院)?令?\s?第?\s?(\d{{1,4}})\s?号")
    for passage in context.passages():
        for match in pattern.finditer(passage.plain):
            location = passage.place(match.start(1))
            if match[1] in allowed:
                yield Satisfied(location=location)
            else:
                values = {"cited": match[1], "correct": numbers[0]}
                yield Evidence(location=location, values=values)
