"""Verbs about the laws and notices that a report cites. What there is to cite is the registry's, in the packs."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import HAN, either, occurrences, sentence_around, spoken
from disclosure_rules.checks.registry import (
    DECREE,
    NOTICE,
    by_number,
    citation_of,
    has_lapsed,
)
from disclosure_rules.model.result import SATISFIED, CitedBasis, Evidence, Satisfied

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.checks.passages import Passage
    from disclosure_rules.checks.registry import Titled
    from disclosure_rules.model.pack import Instrument

__all__ = [
    "articles_of_old_law",
    "decree_misnumbered",
    "lapsed_cited",
    "notice_of_other_year",
    "number_garbled",
    "superseded_cited",
    "title_misquoted",
    "title_number_unlike",
]

_NEAR = 30


def superseded_cited(
    context: CheckContext, *, instrument: str, as_basis: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """A text that rests on an instrument, by number or by title, after another took its place.

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
    found = cited = False
    for passage in context.citing:
        cited = cited or next(_mentions(context, passage, new), None) is not None
        for start, end in _rested_on(context, passage, old, as_basis):
            found = True
            yield _evidence(passage, start, end, old, new)
    if cited and not found:
        yield SATISFIED


def lapsed_cited(
    context: CheckContext, *, as_basis: Sequence[str], ended_with: str, besides: Sequence[str] = ()
) -> Iterator[Evidence | Satisfied]:
    """A text that rests on any instrument of the registry that no longer governs the report year.

    The law of a finding is what took the instrument's place or repealed it, else its own term; the rule's citations
    hold for what lapsed together with `ended_with`.

    Args:
        context: The report.
        as_basis: Words that rest on what is cited (根据, 按照).
        ended_with: Id of the instrument with which, as the rule cites, older requirements lapsed.
        besides: Ids of instruments that have a rule of their own.
    """
    year = context.report.year
    if year is None:
        return
    found = right = False
    old = [entry for entry in context.instruments.values() if has_lapsed(entry, year)]
    valid = [entry for entry in context.instruments.values() if not has_lapsed(entry, year)]
    for passage in context.citing:
        right = right or any(next(_mentions(context, passage, entry), None) for entry in valid)
        for entry in old:
            if entry.id in besides:
                continue
            for start, end in _rested_on(context, passage, entry, as_basis):
                found = True
                yield _lapsed(context, passage, (start, end), entry, ended_with)
    if right and not found:
        yield SATISFIED


def _mentions(context: CheckContext, passage: Passage, instrument: Instrument) -> Iterator[tuple[int, int]]:
    """Where a passage names an instrument: by number, or by a title that no other instrument has."""
    text = passage.plain
    numbered: list[tuple[int, int]] = []
    if instrument.number is not None and "号" in text and _last_figure(instrument.number) in text:
        numbered = [match.span() for match in citation_of(instrument.number).finditer(text)]
        yield from numbered
    if "《" not in text:
        return
    for title in context.titles(passage):
        # A title with its own number behind it was told by the number.
        told = any(title.end <= start <= title.end + _NEAR for start, _ in numbered)
        if not told and instrument.id in context.named(title.words) and _is_alone(context, title, instrument):
            yield title.start, title.end


@cache
def _last_figure(number: str) -> str:
    """The figure before 号, for a quick look: most passages cite nothing."""
    figures: list[str] = re.findall(r"\d+", number)
    return figures[-1] if figures else ""


def _is_alone(context: CheckContext, title: Titled, instrument: Instrument) -> bool:
    """Whether a title can mean no other document than the instrument.

    The Regulations of 2007 and 2019 have one title; another number behind a title is that of another document; and the
    title of a yearly notice that names no year may have been used again, unless the registry knows what became of it.
    """
    if title.number is not None:
        return instrument in by_number(context.instruments, title.number)
    known = instrument.status != "unknown" or re.search(r"20\d{2}年", instrument.title) is not None
    return known and len(context.named(title.words)) == 1


def _rested_on(
    context: CheckContext, passage: Passage, instrument: Instrument, as_basis: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """The mentions of an instrument that the text rests on, one a sentence."""
    last = -1
    for start, end in sorted(_mentions(context, passage, instrument)):
        begin, stop = sentence_around(passage.read, start, end)
        if begin != last and any(word in passage.read[begin:start] for word in as_basis):
            last = begin
            yield start, stop


def _evidence(passage: Passage, start: int, end: int, old: Instrument, new: Instrument) -> Evidence:
    values = {**_quoted(passage, start, end, old), "successor": _name(new), "title": new.title}
    return Evidence(location=passage.place(start), values=values)


def _lapsed(
    context: CheckContext, passage: Passage, span: tuple[int, int], old: Instrument, ended_with: str
) -> Evidence:
    """The fault of resting on `old`, how it came to its end, and which instrument says so."""
    values = _quoted(passage, *span, old)
    after = context.instruments.get(old.replaced_by or old.repealed_by or "")
    basis: Instrument | None = after or old
    if after is not None:
        name = _name(after)
        repealed = old.replaced_by is None
        zh = f"已由{name}废止" if repealed else f"已被{name}取代"
        en = f"{name} repealed it" if repealed else f"{name} took its place"
    elif old.last_report_year is not None:
        year, until = old.last_report_year, context.instruments[ended_with].last_report_year
        basis = None if until is not None and year <= until else old
        zh, en = f"只适用于 {year} 年度及以前的报告", f"it is for reports up to {year}"
    else:
        zh, en = f"{old.valid_to} 起不再有效", f"it ended on {old.valid_to}"
    return Evidence(
        location=passage.place(span[0]),
        values={**values, "ended_zh": zh, "ended_en": en},
        basis=basis and CitedBasis(instrument=basis.id, number=basis.number, title=basis.title),
    )


def _quoted(passage: Passage, start: int, end: int, old: Instrument) -> dict[str, str]:
    begin, _ = sentence_around(passage.read, start, start + 1)
    return {"text": spoken(passage.printed, begin, end), "cited": _name(old)}


def _name(instrument: Instrument) -> str:
    return instrument.number or f"《{instrument.title}》"


def notice_of_other_year(
    context: CheckContext, *, words: Sequence[str], as_basis: Sequence[str], sections: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """A yearly notice of an earlier year as basis: 《…2022年政务公开工作要点》 in the report for 2023.

    Notices on annual reports are named by the report year or by the year in which the report is due.

    Args:
        context: The report.
        words: What makes a title a yearly one: 政务公开工作要点, 政府信息公开工作年度报告.
        as_basis: Words that rest on what is cited.
        sections: Sections looked at besides the introduction.
    """
    year = context.report.year
    if year is None:
        return
    found = right = False
    for passage in context.citing:
        if passage.section is not None and passage.section.key not in sections:
            continue
        for title in context.titles(passage):
            named = re.search(r"(20\d{2})年", title.words)
            if named is None or not any(word in title.words for word in words):
                continue
            begin, _ = sentence_around(passage.read, title.start, title.end)
            if not any(word in passage.read[begin : title.start] for word in as_basis):
                continue
            right = True
            if int(named[1]) < year:
                found = True
                values = {
                    "text": spoken(passage.printed, title.start, title.end),
                    "named": named[1],
                    "year": year,
                }
                yield Evidence(location=passage.place(title.start), values=values)
    if right and not found:
        yield SATISFIED


def title_misquoted(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """An instrument under a title that none has, as the registry lists them (`misquoted_as`)."""
    found = looked = False
    wrong = [(words, entry) for entry in context.instruments.values() for words in entry.misquoted_as]
    for passage in context.citing:
        looked = True
        for words, entry in wrong:
            for offset in occurrences(passage.read, words):
                found = True
                values = {
                    "cited": passage.printed[offset : offset + len(words)],
                    "correct": entry.title,
                }
                yield Evidence(location=passage.place(offset), values=values)
    if looked and not found:
        yield SATISFIED


def title_number_unlike(
    context: CheckContext, *, besides: Sequence[str] = ()
) -> Iterator[Evidence | Satisfied]:
    """A title with the number of another document behind it: 《…年度报告格式》的通知（国办公开办函〔2019〕60号）.

    Only titles and numbers that the registry has are judged; a short title (2022年政务公开工作要点) only beside a number
    of the same issuer, for others publish some of the same name. A number that is only garbled, with the right year and
    figure, is left to other rules where the instrument is in `besides`.

    Args:
        context: The report.
        besides: Ids of instruments whose garbled numbers have a rule of their own.
    """
    for passage in context.citing:
        for title in context.titles(passage):
            number = title.number
            if number is None:
                continue
            titles = [*context.named(title.words).values(), *_in_short(context, title.words, number)]
            numbers = by_number(context.instruments, number)
            if any(entry in numbers for entry in titles):
                yield SATISFIED
                continue
            known = [entry for entry in titles if entry.number is not None]
            if not known or any(entry.id in besides and _garbled(entry, number) for entry in known):
                continue
            values = {
                "title": spoken(passage.printed, title.start, title.end),
                "cited": number,
                "correct": "、".join(entry.number for entry in known if entry.number),
                "other": f"《{numbers[0].title}》" if numbers else None,
                "whose_zh": f"那是《{numbers[0].title}》的文号。" if numbers else "请对照原件核对。",
                "whose_en": f"That is the number of {numbers[0].title}." if numbers else "See the original.",
            }
            yield Evidence(location=passage.place(title.start), values=values)


def _in_short(context: CheckContext, words: str, number: str) -> Iterator[Instrument]:
    """The instruments that a title names in short, of the issuer whose mark its number has."""
    mark = NOTICE.match(number)
    for entry in context.instruments.values() if mark else ():
        own = NOTICE.match(entry.number or "")
        if own and mark and own[1] == mark[1] and entry.short and words.endswith(entry.short):
            yield entry


def _garbled(instrument: Instrument, number: str) -> bool:
    own, other = NOTICE.match(instrument.number or ""), NOTICE.match(number)
    return own is not None and other is not None and own.groups()[1:] == other.groups()[1:]


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
        parts = NOTICE.match(number or "")
        if number is None or parts is None:
            continue
        loose = re.compile(rf"国办{HAN}{{0,8}}\s?〔{parts[2]}〕\s?第?{parts[3]}\s?号")
        exact = citation_of(number)
        for passage in context.citing:
            text = passage.plain
            for match in loose.finditer(text):
                if exact.fullmatch(match[0]):
                    yield SATISFIED
                elif _stands_near(passage, match.start(), match.end(), near):
                    printed = passage.printed[match.start() : match.end()]
                    values = {"cited": printed, "correct": number}
                    yield Evidence(location=passage.place(match.start()), values=values)


def _stands_near(passage: Passage, start: int, end: int, words: Iterable[str]) -> bool:
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
    allowed = {match[1] for number in numbers if (match := DECREE.match(number))}
    pattern = re.compile(rf"{re.escape(name)}》?[^。；]{{0,{_NEAR}}}?国(?:务院)?令?\s?第?\s?(\d{{1,4}})\s?号")
    for passage in context.citing:
        for match in pattern.finditer(passage.plain):
            if match[1] in allowed:
                yield SATISFIED
            else:
                values = {"cited": match[1], "correct": numbers[0]}
                yield Evidence(location=passage.place(match.start(1)), values=values)


def articles_of_old_law(
    context: CheckContext, *, names: Sequence[str], articles: Sequence[str], near: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """An introduction that rests on articles by the numbers of an earlier version of the law.

    Args:
        context: The report.
        names: The law's name as it stands right before the article.
        articles: The numbers that dealt with the matter then and deal with another one now.
        near: Words of the matter, of which the sentence must have one: 年度报告.
    """
    named = either(names)
    # 《条例》第三十一条、第三十二条: whatever stands between is articles too.
    pattern = re.compile(
        rf"(?:{named})(?:（[^（）]{{0,20}}）|〔[^〔〕]{{0,20}}〕)?((?:第[一二三四五六七八九十百]{{1,5}}条[、和及与]?){{1,4}})"
    )
    for passage in context.citing:
        if passage.section is not None:
            continue
        for match in pattern.finditer(passage.read):
            start, end = sentence_around(passage.read, *match.span())
            if not any(word in passage.read[start:end] for word in near):
                continue
            old = [article for article in articles if article in match[1]]
            if old:
                yield Evidence(
                    location=passage.place(match.start(1)),
                    values={"articles": "、".join(old), "text": spoken(passage.printed, start, end)},
                )
            else:
                yield SATISFIED
