"""What a worker does for the pages of a batch: some reports out of the store, their pages, and a line of each."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from functools import cache
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.batch.index_lines import FOLDER, Line, page_name
from disclosure_rules.batch.report_files import replaced
from disclosure_rules.batch.store import unpacked
from disclosure_rules.batch.work import checker_for, store_of
from disclosure_rules.errors import ReadError
from disclosure_rules.formatters.html import page_of
from disclosure_rules.formatters.html_words import pick
from disclosure_rules.formatters.markup import tag
from disclosure_rules.model.result import CheckResult
from disclosure_rules.model.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.batch.store import Entry
    from disclosure_rules.batch.work import Choices
    from disclosure_rules.formatters.markup import Markup
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.text import Lang, Text
    from disclosure_rules.pipeline import Checker

__all__ = ["Drawn", "PageTask", "draw"]


class PageTask(NamedTuple):
    """A page to draw: the number of the report in the order of names, its name, and what the batch says of it."""

    number: int
    name: str
    beside: Markup | None


class Drawn(NamedTuple):
    """A page that is written, and what the index needs of its report.

    Attributes:
        page: The page's file name.
        line: What became of the report.
        severities: How many of its findings are of each severity.
        rules: Each rule that found something: id, title, severity, number of the first finding, how many.
    """

    page: str
    line: Line
    severities: Counter[Severity]
    rules: tuple[tuple[str, Text, Severity, int, int], ...]


def draw(out: str, choices: Choices, lang: Lang, tasks: Sequence[PageTask]) -> list[Drawn]:
    """Draw and write some pages.

    Args:
        out: The result folder.
        choices: The choices of the run: which forms are known.
        lang: The language.
        tasks: The pages.

    Raises:
        UsageError: A page cannot be written.
    """
    store, checker = store_of(out), checker_for(choices)
    drawn = []
    for task in tasks:
        entry = store.entry("now", task.name)
        if entry is None:
            raise KeyError(task.name)  # nothing is taken out of a store while it is drawn
        result = CheckResult.model_validate_json(unpacked(entry.result or b""))
        name = page_name(entry.name, entry.body)
        page = page_of(
            (result, _kept(entry, checker)), checker.layouts, lang, back=_back(lang), beside=task.beside
        )
        _write(Path(out) / FOLDER / name, page)
        drawn.append(_told(name, entry, result))
    return drawn


def _write(file: Path, page: str) -> None:
    """Write a page, unless it is there already: to take the place of a file costs more than to draw it."""
    with suppress(OSError):
        if file.read_bytes() == page.encode():
            return
    with replaced(file) as stream:
        stream.write(page)


@cache
def _back(lang: Lang) -> Markup:
    link = tag("a", pick(lang, "← 全部单位", "← all bodies"), href="../index.html")
    return tag("nav", link, class_="back", aria_label=pick(lang, "返回", "back"))


def _kept(entry: Entry, checker: Checker) -> Report | None:
    """The report of an entry; None where there is none, or where it cannot be read back."""
    if entry.report is None:
        return None
    try:
        return checker.load_report(unpacked(entry.report).encode(), name=entry.name)
    except ReadError:  # its findings are told all the same, and one report stops nothing
        return None


def _told(page: str, entry: Entry, result: CheckResult) -> Drawn:
    line = Line(
        entry.name,
        entry.body,
        intern(entry.status),
        intern(result.verdict),
        tuple(result.counts[severity] for severity in Severity),
    )
    severities = Counter(finding.severity for finding in result.findings)
    return Drawn(page, line, severities, tuple(_rules(result)))


def _rules(result: CheckResult) -> Iterator[tuple[str, Text, Severity, int, int]]:
    times = Counter(finding.rule for finding in result.findings)
    for number, finding in enumerate(result.findings, 1):
        if times[finding.rule]:
            yield finding.rule, finding.title, finding.severity, number, times.pop(finding.rule)
