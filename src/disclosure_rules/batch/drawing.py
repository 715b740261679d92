"""What a worker does for the pages of a batch that were not drawn when their reports were judged: out of the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.batch.entries import unpacked
from disclosure_rules.batch.page_files import Drawer
from disclosure_rules.batch.work import checker_for, store_of
from disclosure_rules.errors import ReadError
from disclosure_rules.model.result import CheckResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.batch.entries import Entry
    from disclosure_rules.batch.page_files import Page
    from disclosure_rules.batch.work import Choices
    from disclosure_rules.formatters.markup import Markup
    from disclosure_rules.model.report import Report
    from disclosure_rules.pipeline import Checker

__all__ = ["PageTask", "draw"]


class PageTask(NamedTuple):
    """A page to draw: the report's name, and what the batch says of it."""

    name: str
    beside: Markup | None


def draw(out: str, choices: Choices, tasks: Sequence[PageTask]) -> list[Page]:
    """Draw and write some pages.

    Args:
        out: The result folder.
        choices: The choices of the run: the language, and which forms are known.
        tasks: The pages.

    Raises:
        UsageError: A page cannot be written.
    """
    store, checker = store_of(out), checker_for(choices)
    drawer = Drawer(Path(out), checker.layouts, choices.lang)
    drawn = []
    for task in tasks:
        entry = store.entry("now", task.name)
        if entry is None:
            raise KeyError(task.name)  # nothing is taken out of a store while it is drawn
        result = CheckResult.model_validate_json(unpacked(entry.result or b""))
        drawn.append(drawer.write(entry, (result, _kept(entry, checker)), task.beside))
    return drawn


def _kept(entry: Entry, checker: Checker) -> Report | None:
    """The report of an entry; None where there is none, or where it cannot be read back."""
    if entry.report is None:
        return None
    try:
        return checker.load_report(unpacked(entry.report).encode(), name=entry.name)
    except ReadError:  # its findings are told all the same, and one report stops nothing
        return None
