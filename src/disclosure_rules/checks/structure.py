"""Verbs about the parts of a report: which there are, in which order, and what they hold."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import place_of, sentence_around, spoken
from disclosure_rules.model.location import Location
from disclosure_rules.model.report import CellStatus
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied, Undecided
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.checks.passages import Passage
    from disclosure_rules.model.layout import Layout, TableSpec
    from disclosure_rules.model.report import Report, Section

__all__ = [
    "announced_parts",
    "empty_sections",
    "extra_sections",
    "missing_table",
    "mixed_forms",
    "numbering",
    "order_of_sections",
    "repeated_sections",
    "section_says_only",
    "text_broken_off",
    "text_damage",
]

_DIGITS = {
    "零": 0,
    "〇": 0,
    **{sign: value for value, sign in enumerate("一二三四五六七八九", start=1)},
    "两": 2,
}
_COUNT = re.compile(r"(?<!第)([一二三四五六七八九十两]{1,3}|[0-9０-９]{1,2})\s*[个大]?\s*(?:部分|章节|章)")
_PARTS = re.compile(r"组成|构成|包括|分为|共|由")
_FEWEST_LABELS = 3
# What a cell that is printed may hold.
_LOST = Text(
    zh="全文在句子中间中断，后面还有几个部分无法知道",
    en="the text breaks off; how many parts followed is not known",
)
_PRINTED = {CellStatus.READ, CellStatus.BLANK, CellStatus.MARK}
_SUBHEADING = re.compile(r"\s*[（(][一二三四五六七八九十][）)]([^。，；\n]{2,24})")


def _ordinal(text: str) -> int | None:
    """一 … 九十九, or digits, as a number; None where it is neither."""
    text = text.strip("第部分（）() ．.、")
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text)
    left = _DIGITS.get(tens) if tens else 1
    right = _DIGITS.get(ones) if ones else 0
    return None if left is None or right is None else left * 10 + right


def _known(report: Report, layout: Layout) -> list[tuple[int, Section]]:
    """The sections that have a number in the form, with that number, in printed order."""
    numbers = {spec.key: spec.number for spec in layout.sections if spec.number is not None}
    return [
        (numbers[section.key], section)
        for section in report.sections
        if section.key is not None and section.key in numbers
    ]


def order_of_sections(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Sections that stand before one that the form puts ahead of them."""
    if context.layout is None:
        return
    known = _known(context.report, context.layout)
    moved = [
        (earlier, section) for (before, earlier), (number, section) in pairwise(known) if number < before
    ]
    for earlier, section in moved:
        yield Evidence(
            location=place_of(section), values={"heading": section.heading, "earlier": earlier.heading}
        )
    if len(known) > 1 and not moved:
        yield SATISFIED


def repeated_sections(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Sections of the form that stand in the report more than once."""
    seen: set[str] = set()
    found = False
    for section in context.report.sections:
        if section.key is None:
            continue
        if section.key in seen:
            found = True
            yield Evidence(location=place_of(section), values={"heading": section.heading})
        seen.add(section.key)
    if seen and not found:
        yield SATISFIED


def numbering(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Headings whose number does not follow the one before: left out (一、三) or used twice (二、二).

    Behind a wrong number the count may go on as if it were right: of 一、一、三 only the second is wrong.
    """
    numbered = [
        (number, section)
        for section in context.report.sections
        if section.number is not None and (number := _ordinal(section.number)) is not None
    ]
    wrong = False
    due = numbered[0][0] if numbered else 0
    for (before, _), (number, section) in pairwise(numbered):
        due += 1
        if number in (before + 1, due):
            due = number
        else:
            wrong = True
            values = {"heading": section.heading, "number": section.number, "expected": before + 1}
            yield Evidence(location=place_of(section), values=values)
    if len(numbered) > 1 and not wrong:
        yield SATISFIED


def extra_sections(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Top-level sections that the form does not have; those that follow each other are one finding.

    One within whose heading the text breaks off is none of them.
    """
    layout = context.layout
    if layout is None or not context.report.sections:
        return

    def is_extra(section: Section) -> bool:
        unknown = section.key is None or layout.section(section.key) is None
        return unknown and not _is_torn(context, section)

    found = False
    for extra, run in groupby(context.report.sections, is_extra):
        if extra:
            found = True
            first, *more = run
            heading = "」、「".join(section.heading for section in (first, *more))
            yield Evidence(location=place_of(first), values={"heading": heading})
    if not found:
        yield SATISFIED


def _is_torn(context: CheckContext, section: Section) -> bool:
    """Whether the text breaks off within the heading of a section."""
    broken = context.broken_off
    return broken is not None and broken.section is section and not section.paragraphs


def empty_sections(context: CheckContext) -> Iterator[Evidence | Satisfied | Undecided]:
    """Sections of the form with neither text nor a table under the heading; not one whose heading breaks off."""
    layout = context.layout
    if layout is None:
        return
    for section in context.report.sections:
        if section.key is None or layout.section(section.key) is None or _is_torn(context, section):
            continue
        spec = next((table for table in layout.tables if table.section == section.key), None)
        values = {"heading": section.heading}
        if any(paragraph.text.strip() for paragraph in section.paragraphs):
            yield SATISFIED
        elif spec is None:
            yield Evidence(location=place_of(section), values=values)
        elif spec.key in context.report.tables:
            yield SATISFIED
        elif _tables_unread(context.report):
            yield _unread_table(spec)
        else:
            yield Evidence(location=place_of(section), values=values)


def _tables_unread(report: Report) -> bool:
    return any(note.code == "table-not-read" for note in report.notes)


def _unread_table(spec: TableSpec) -> Undecided:
    return Undecided(
        reason=Text(
            zh=f"文件中有表格样的文字没有读成表，不能确定是否有{spec.title.zh}",
            en=f"text that looks like a table was not read as one, so whether {spec.title.en} is there is not known",
        )
    )


def missing_table(context: CheckContext, *, table: str) -> Iterator[Evidence | Satisfied | Undecided]:
    """A statistical table of the form that the report does not have.

    Undecided where the reader left table-like text unread, or where the words of the form's labels stand in
    the text: then the table may be there and only its cells were lost.

    Args:
        context: The report.
        table: Key of the table.
    """
    report, layout = context.report, context.layout
    spec = layout.table(table) if layout else None
    if layout is None or spec is None:
        return
    found = report.tables.get(table)
    if found is not None and _holds_cells(context, table):
        yield SATISFIED
        return
    if _tables_unread(report) or _labels_in_text(context, spec) >= _FEWEST_LABELS:
        yield _unread_table(spec)
        return
    section = report.section(spec.section)
    title = layout.section(spec.section)
    yield Evidence(
        location=place_of(section) if section else Location(section=spec.section),
        values={
            "table_zh": spec.title.zh,
            "table_en": spec.title.en,
            "section_zh": title.title.zh if title else None,
            "section_en": title.title.en if title else None,
        },
    )


def _holds_cells(context: CheckContext, key: str) -> bool:
    table = context.report.tables[key]
    return any(
        number is not None or table.cell(index).status is not CellStatus.ABSENT
        for index, number in enumerate(table.values)
    )


def _labels_in_text(context: CheckContext, spec: TableSpec) -> int:
    """How many printed labels of the table stand in the text, enumerators left out (一、, 1., （一）)."""
    labels = {
        re.sub(r"^[0-9一二三四五六七八九（）.、]+", "", row.label.zh).split("（")[0] for row in spec.rows
    }
    labels |= {column.label.zh.split("（")[0] for column in spec.columns}
    text = "\n".join(passage.read for passage in context.passages())
    return sum(1 for label in labels if len(label) > 3 and label in text)  # noqa: PLR2004  其他, 总计 prove nothing


def mixed_forms(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Tables that follow another form than the report."""
    report = context.report
    if context.layout is None or not context.layout.tables:
        return
    for key, table in report.tables.items():
        other = context.layouts.get(table.form)
        spec = other.table(key) if other else None
        if other is None or spec is None:
            continue
        unread = {index for index, cell in table.details.items() if cell.status not in _PRINTED}
        shown = [cell for index, cell in enumerate(spec.cells) if index not in unread]
        if not shown:
            continue  # nothing of it was read: it shows no form
        own = context.layout.table(key)
        # Table 4 is the same in the forms of 2019 and 2021: it follows both, as do rows that are the same in both.
        if own is spec or (own is not None and own.index.keys() >= set(shown)):
            yield SATISFIED
            continue
        values = {
            "table_zh": spec.title.zh,
            "table_en": spec.title.en,
            "form_zh": other.title.zh,
            "form_en": other.title.en,
            "layout_zh": context.layout.title.zh,
            "layout_en": context.layout.title.en,
        }
        yield Evidence(location=Location(table=key), values=values)


def announced_parts(context: CheckContext) -> Iterator[Evidence | Satisfied | Undecided]:
    """An introduction that announces another number of parts than the report has, or two numbers.

    What it announces first counts; a later number counts where its sentence speaks of the report. An annex (the form's
    `statistics`, or anything after the numbered sections) may be counted or not: both are usual. Where only parts of the
    form are missing that make up the difference, they are the fault, which other verbs tell. Of a text that breaks off
    nobody knows how many parts it had.
    """
    report = context.report
    sections = len(report.sections)
    if not sections:
        return
    annexes = sum(1 for section in report.sections if section.number is None)
    due = context.layout.sections if context.layout is not None else ()
    missing = sum(1 for spec in due if report.section(spec.key) is None)
    for number, (passage, match) in enumerate(_announcements(context)):
        announced = _ordinal(match[1])
        start, end = sentence_around(passage.read, match.start(), match.end())
        if number and "报告" not in passage.read[start:end]:
            continue
        if missing and announced == sections + missing:
            continue
        if context.broken_off is not None:
            yield Undecided(reason=_LOST, location=passage.place(match.start()))
            continue
        values = {"announced": announced, "found": sections, "text": match[0]}
        fits = announced is not None and sections - annexes <= announced <= sections
        yield SATISFIED if fits else Evidence(location=passage.place(match.start()), values=values)


def _announcements(context: CheckContext) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Where the text before the first section says of how many parts something consists."""
    for passage in context.passages():
        if passage.section is not None:
            continue
        for match in _COUNT.finditer(passage.read):
            around = passage.read[max(0, match.start() - 200) : match.end() + 2]
            if _PARTS.search(around) and _ordinal(match[1]) is not None:
                yield passage, match


def section_says_only(
    context: CheckContext, *, section: str, phrases: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """A section whose whole text is one of `phrases` (无, 无。, 暂无).

    Args:
        context: The report.
        section: Key of the section.
        phrases: What says nothing, without its full stop.
    """
    found = context.report.section(section)
    if found is None:
        return
    text = "".join(paragraph.text for paragraph in found.paragraphs).strip().rstrip("。.；;")
    if not text:
        return
    empty = text in phrases
    yield Evidence(location=place_of(found), values={"text": text}) if empty else SATISFIED


def text_broken_off(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """A text that ends within a sentence, the last parts of its form gone: a file sent or converted only in part."""
    last = context.broken_off
    if last is not None:
        end = len(last.read.rstrip())
        text = spoken(last.printed, max(0, end - 30), end)
        yield Evidence(location=last.place(end - 1), values={"text": text})
    elif context.layout is not None and context.report.sections:
        yield SATISFIED


def text_damage(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """A text in which a broken font mapping exchanged characters, as the reader noted (`font-damage`)."""
    if not any(passage.read for passage in context.passages()):
        return
    note = next((note for note in context.report.notes if note.code == "font-damage"), None)
    if note is None:
        yield SATISFIED
        return
    words = "、".join(note.words)
    place = note.places[0] if note.places else Location()
    yield Evidence(location=place, values={"count": note.count, "words": spoken(words, 0, len(words))})
