"""The hooks: every way in which a plugin, or a built-in, can add to the library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import pluggy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from disclosure_rules.model.document import Document, StructuredInput
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult, Evidence, Satisfied, Undecided
    from disclosure_rules.model.text import Lang

__all__ = ["Check", "Formatter", "Reader", "ReportFormatter", "hookimpl", "hookspec"]

hookspec = pluggy.HookspecMarker("disclosure_rules")
hookimpl = pluggy.HookimplMarker("disclosure_rules")

Check = Callable[..., "Iterator[Evidence | Satisfied | Undecided]"]
Formatter = Callable[["Iterable[CheckResult]", "Lang"], str]


class ReportFormatter(NamedTuple):
    """An output format that shows the reports beside their results.

    `write` takes results, each with its report or None where there is none at hand, and the known forms by id, which name
    the rows and columns of tables.
    """

    write: Callable[[Iterable[tuple[CheckResult, Report | None]], Mapping[str, Layout], Lang], str]


class Reader(NamedTuple):
    """How one format is read: file endings, a test of the first bytes, and the reading itself.

    Of a zip archive and of an OLE container (.doc, .xls) the test is given all bytes, since what is inside is listed
    at the end.

    `read` takes the whole input and a name for messages, and raises ReadError for what it cannot read.
    """

    suffixes: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes, str], Document | StructuredInput]


@hookspec
def disclosure_rules_packs() -> Iterable[Path]:  # type: ignore[empty-body]
    """Return folders of rule packs, each with a `pack.yaml`, or folders that hold such folders."""


@hookspec
def disclosure_rules_checks() -> dict[str, Check]:  # type: ignore[empty-body]
    """Return the verbs that rules may call with `check:`, by name."""


@hookspec
def disclosure_rules_readers() -> dict[str, Reader]:  # type: ignore[empty-body]
    """Return readers by format name (`docx`); the first whose test accepts the bytes reads them."""


@hookspec
def disclosure_rules_formatters() -> dict[str, Formatter | ReportFormatter]:  # type: ignore[empty-body]
    """Return formatters by name: results and a language in, text out; or a `ReportFormatter`."""
