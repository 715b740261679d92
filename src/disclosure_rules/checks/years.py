"""Verbs about the tables of two years. They run where the report of the year before is at hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from disclosure_rules.checks.figures import cell_numbers, cell_words
from disclosure_rules.model.location import Location
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied, Undecided
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.model.report import Number, Report

__all__ = ["cumulative_figure_fell", "figures_jumped", "figures_unchanged", "tables_identical"]


def figures_jumped(
    context: CheckContext, *, cells: Sequence[str], factor: int, least: int
) -> Iterator[Evidence | Satisfied | Undecided]:
    """Figures that are many times those of last year, or a small part of them.

    Args:
        context: The report and last year's.
        cells: What is compared: `requests.received.total`. A cell that one of the two forms lacks is left out.
        factor: How many times as large counts as a jump.
        least: The larger of the two must be so large: small numbers jump every year.
    """
    previous = context.previous
    if previous is None:
        return
    now = cell_numbers(context.layouts, context.report, cells)
    before = cell_numbers(context.layouts, previous, cells)
    for path, number in now.items():
        if path not in before:
            continue
        last = before[path]
        if number is None or last is None:
            yield Undecided(reason=_unknown(context, previous, path, number))
        elif max(number, last) >= least and max(number, last) >= factor * min(number, last):
            words = cell_words(context.layouts, context.report, path)
            values: dict[str, Number | str | None] = {
                "number": number,
                "last": last,
                "figure_zh": words.zh,
                "figure_en": words.en,
            }
            table, row, column = path.split(".")
            yield Evidence(location=Location(table=table, row=row, column=column), values=values)
        else:
            yield SATISFIED


def figures_unchanged(
    context: CheckContext, *, cells: Sequence[str], least: int
) -> Iterator[Evidence | Satisfied | Undecided]:
    """Large figures that are those of last year to the last digit, in a table that has changed otherwise.

    Args:
        context: The report and last year's.
        cells: What is compared: `proactive_disclosure.administrative_licensing.decisions`.
        least: How large a figure must be: small ones are often the same.
    """
    previous = context.previous
    if previous is None:
        return
    now = cell_numbers(context.layouts, context.report, cells)
    before = cell_numbers(context.layouts, previous, cells)
    if not any(number != before.get(path) for path, number in now.items()):
        return
    for path, number in now.items():
        if number is None or number < least or before.get(path) is None:
            continue
        table, row, column = path.split(".")
        if number == before[path]:
            words = cell_words(context.layouts, context.report, path)
            values = {"number": number, "figure_zh": words.zh, "figure_en": words.en}
            yield Evidence(location=Location(table=table, row=row, column=column), values=values)
        else:
            yield SATISFIED


def tables_identical(
    context: CheckContext, *, tables: Sequence[str], least: int
) -> Iterator[Evidence | Satisfied | Undecided]:
    """Tables of which every cell is as in last year's report.

    Args:
        context: The report and last year's.
        tables: Keys of the tables.
        least: How many different numbers above 0 the table must hold: a table of zeros, or of one request, is often
            the same.
    """
    previous = context.previous
    if previous is None:
        return
    for key in tables:
        now, last = context.report.tables.get(key), previous.tables.get(key)
        if now is None or last is None or now.form != last.form:
            continue
        location = now.location.model_copy(update={"table": key})
        pairs = list(zip(now.values, last.values, strict=True))
        if any(None not in pair and pair[0] != pair[1] for pair in pairs):
            yield SATISFIED
        elif any(None in pair for pair in pairs):
            yield Undecided(reason=_not_whole(context, key), location=location)
        elif len({number for number in now.values if number}) >= least:
            words = _title(context, key)
            yield Evidence(
                location=location, values={"cells": len(pairs), "table_zh": words.zh, "table_en": words.en}
            )


def cumulative_figure_fell(
    context: CheckContext, *, label: str, sections: Sequence[str]
) -> Iterator[Evidence | Satisfied | Undecided]:
    """A figure that adds up all years and is smaller than last year's: the statistics table of the years before 2019.

    The line of the table gives the year's figure and then the sum of all years. Where the two are printed without a
    gap, the year's own figure, known from the text, tells where the sum begins.

    Args:
        context: The report and last year's.
        label: The words before the two figures (主动公开文件数条), read without white space.
        sections: Keys of the sections in which the line may stand.
    """
    previous = context.previous
    if previous is None:
        return
    now, last = (_cumulative(report, label, sections) for report in (context.report, previous))
    if now is None or last is None:
        return
    location, number = now
    year = _disclosed(context.report)
    if number is None or last[1] is None:
        yield Undecided(
            reason=Text(
                zh="累计数与本年数连在一起，不能确定是哪个数",
                en="the sum of all years is printed together with the year's own figure and cannot be told from it",
            ),
            location=location,
        )
    elif number >= last[1] and (year is None or number == last[1] + year):
        yield SATISFIED
    else:
        yield Evidence(
            location=location,
            values={"number": number, "last": last[1], "year": year, "difference": number - last[1]},
        )


def _disclosed(report: Report) -> Number | None:
    fact = report.facts.get("disclosed")
    return fact.number if fact else None


def _cumulative(report: Report, label: str, sections: Sequence[str]) -> tuple[Location, int | None] | None:
    """Where the sum of all years stands, and the sum; None where the report has no such line."""
    pattern = re.compile(rf"{re.escape(label)}([0-9]{{1,12}})(?: +([0-9]{{1,12}}))?(?![0-9])")
    for section in report.sections:
        if section.key not in sections:
            continue
        for paragraph in section.paragraphs:
            plain = re.sub(r"(?<![0-9])\s+|\s+(?![0-9])", "", paragraph.text)
            match = pattern.search(plain)
            if match is None:
                continue
            if match[2] is not None:
                return paragraph.location, int(match[2])
            own = str(_disclosed(report) or "")
            rest = match[1].removeprefix(own) if own else ""
            return paragraph.location, int(rest) if rest and rest != match[1] else None
    return None


def _title(context: CheckContext, key: str) -> Text:
    layout = context.layouts.get(context.report.tables[key].form)
    spec = layout.table(key) if layout else None
    if spec is None:
        return Text(zh=key, en=key)
    return Text(zh=spec.title.zh, en=spec.title.en)


def _unknown(context: CheckContext, previous: Report, path: str, number: Number | None) -> Text:
    report, zh, en = (
        (context.report, "", "") if number is None else (previous, "上一年报告", "last year's report: ")
    )
    words = cell_words(context.layouts, report, path)
    return Text(zh=f"{zh}{words.zh}没有可用的数", en=f"{en}{words.en} has no number")


def _not_whole(context: CheckContext, key: str) -> Text:
    words = _title(context, key)
    return Text(
        zh=f"{words.zh}有单元格没有读出，不能确定是否与上一年完全相同",
        en=f"{words.en}: cells could not be read, so nobody can tell whether it is last year's",
    )
