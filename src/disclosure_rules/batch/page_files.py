"""The pages of reports as files: written whole, and known again, so that none is drawn twice."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.batch.index_lines import FOLDER, page_name
from disclosure_rules.batch.report_files import replaced
from disclosure_rules.errors import unwritable
from disclosure_rules.formatters.html import page_of
from disclosure_rules.formatters.html_words import pick
from disclosure_rules.formatters.markup import tag

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from disclosure_rules.batch.entries import Entry
    from disclosure_rules.formatters.markup import Markup
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult
    from disclosure_rules.model.text import Lang

__all__ = ["Drawer", "Page", "drawn_of", "pages_folder", "state_of"]


class Page(NamedTuple):
    """A page that was written.

    Attributes:
        file: Its file's name.
        drawn: What it was drawn from (`drawn_of`).
        state: By which it is seen that nobody has touched the file since (`state_of`).
    """

    file: str
    drawn: str
    state: str


def drawn_of(entry: Entry, lang: Lang, beside: Markup | None) -> str:
    """The fingerprint of all that a page shows.

    Args:
        entry: The report, as it is kept.
        lang: The language.
        beside: What the batch says of it.
    """
    seen = repr((entry.sha256, entry.run, lang, str(beside or "")))
    return hashlib.sha256(seen.encode()).hexdigest()


def state_of(file: Path) -> str | None:
    """How large a file is and when it was written; None where there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return f"{found.st_size} {found.st_mtime_ns}"


def pages_folder(out: Path) -> Path:
    """The folder of the pages, made where it is missing.

    Raises:
        UsageError: It cannot be made.
    """
    folder = out / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise unwritable(folder, problem) from problem
    return folder


class Drawer(NamedTuple):
    """Draws pages into a result folder, in a language; `layouts` are the known forms by id."""

    out: Path
    layouts: Mapping[str, Layout]
    lang: Lang

    def write(
        self, entry: Entry, checked: tuple[CheckResult, Report | None], beside: Markup | None = None
    ) -> Page:
        """Draw the page of a report and write it.

        Args:
            entry: The report, as it is kept.
            checked: Its result, and the report itself where there is one.
            beside: What the batch says of the report.

        Raises:
            UsageError: The page cannot be written.
        """
        name = page_name(entry.name, entry.body)
        file = self.out / FOLDER / name
        _write(file, page_of(checked, self.layouts, self.lang, back=_back(self.lang), beside=beside))
        return Page(name, drawn_of(entry, self.lang, beside), state_of(file) or "")


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
