"""The hooks: every way in which a plugin, or a built-in, can add to the library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import pluggy

if TYPE_CHECKING:
    from pathlib import Path

    from disclosure_rules.model.document import Document, StructuredInput
    from disclosure_rules.model.result import CheckResult, Evidence, Satisfied, Undecided
    from disclosure_rules.model.text import Lang

__all__ = ["Check", "Formatter", "Reader", "hookimpl", "hookspec"]

hookspec = pluggy.HookspecMarker("disclosure_rules")
hookimpl = pluggy.HookimplMarker("disclosure_rules")

Check = Callable[..., "Iterator[Evidence | Satisfied | Undecided]"]
Formatter = Callable[["Iterable[CheckResult]", "Lang"], str]


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
def disclosure_rules_formatters() -> dict[str, Formatter]:  # type: ignore[empty-body]
    """Return formatters by name: results and a language in, text out."""
