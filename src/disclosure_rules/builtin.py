"""What the library itself contributes, by the hooks that everybody uses."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from disclosure_rules.hookspecs import Reader, ReportFormatter, hookimpl
from disclosure_rules.resources import rules_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from disclosure_rules.hookspecs import Check, Formatter
    from disclosure_rules.model.document import Document, StructuredInput
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult
    from disclosure_rules.model.text import Lang

__all__: list[str] = []

# Format, in the order in which they are asked → endings, module and name of its reader, and what its files start with.
# A module is imported when its test is asked; the first that accepts ends the asking, so that a run does not pay for
# the formats after its own.
_ANY = (b"",)
_READERS: dict[str, tuple[tuple[str, ...], str, str, tuple[bytes, ...]]] = {
    "convert": (
        (".doc", ".wps", ".rtf", ".odt"),
        "conversion",
        "CONVERSION_READER",  # before JSON: an RTF begins with a brace
        (b"PK", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"<", b"\xef\xbb\xbf<"),
    ),
    "image": (
        (".png", ".jpg", ".jpeg", ".bmp"),
        "ocr",
        "IMAGE_READER",
        (b"\x89PNG", b"\xff\xd8\xff", b"BM"),
    ),
    "json": ((".json",), "structured_json", "JSON_READER", _ANY),
    "docx": ((".docx", ".docm"), "docx", "DOCX_READER", (b"PK",)),
    "ofd": ((".ofd",), "ofd", "OFD_READER", (b"PK",)),
    "sheets": (
        (".xlsx", ".xlsm", ".xls", ".et", ".ods"),
        "sheets",
        "SHEETS_READER",
        (b"PK", b"\xd0\xcf\x11\xe0"),
    ),
    "yaml": ((".yaml", ".yml"), "structured_yaml", "YAML_READER", _ANY),
    "mhtml": ((".mht", ".mhtml"), "mhtml", "MHTML_READER", _ANY),
    "html": ((".html", ".htm", ".shtml"), "html", "HTML_READER", _ANY),
    "text": ((".txt", ".md"), "text", "TEXT_READER", _ANY),
}

# Name of an output format → module and function.
_FORMATTERS = {
    "text": ("text", "to_text"),
    "json": ("json", "to_json"),
    "jsonl": ("lines", "to_jsonl"),
    "csv": ("lines", "to_csv"),
    "sarif": ("sarif", "to_sarif"),
    "junit": ("junit", "to_junit"),
    "github": ("github", "to_github"),
    "markdown": ("markdown", "to_markdown"),
}


@hookimpl
def disclosure_rules_packs() -> list[Path]:
    """The shipped packs."""
    return [rules_folder()]


@hookimpl
def disclosure_rules_checks() -> dict[str, Check]:
    """The verbs of `checks/`."""
    from disclosure_rules.checks import built_in_checks  # noqa: PLC0415  loaded when a run needs it

    return built_in_checks()


@hookimpl
def disclosure_rules_readers() -> dict[str, Reader]:
    """Structured reports first: their test is strict; text last: it accepts what nothing else does."""
    from disclosure_rules.ingest.pdf import pdf_reader  # noqa: PLC0415

    later = {
        key: Reader(suffixes, _recognises(module, reader, starts), _read(module, reader))
        for key, (suffixes, module, reader, starts) in _READERS.items()
    }
    return {"pdf": pdf_reader(), **later}


@cache
def _reader(module: str, name: str) -> Reader:
    found: Reader = getattr(import_module(f"disclosure_rules.ingest.{module}"), name)
    return found


def _recognises(module: str, name: str, starts: tuple[bytes, ...]) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(starts) and _reader(module, name).recognises(head)


def _read(module: str, name: str) -> Callable[[bytes, str], Document | StructuredInput]:
    return lambda data, called: _reader(module, name).read(data, called)


@hookimpl
def disclosure_rules_formatters() -> dict[str, Formatter | ReportFormatter]:
    """The output formats of `formatters/`."""
    plain = {name: _formatter(module, function) for name, (module, function) in _FORMATTERS.items()}
    return {**plain, "html": ReportFormatter(_html)}


def _html(
    checked: Iterable[tuple[CheckResult, Report | None]], layouts: Mapping[str, Layout], lang: Lang
) -> str:
    from disclosure_rules.formatters.html import to_html  # noqa: PLC0415  a run writes one or two formats

    return to_html(checked, layouts, lang)


def _formatter(module: str, function: str) -> Formatter:
    """A format whose module is imported when it is written: a run writes one or two of them."""

    def write(results: Iterable[CheckResult], lang: Lang) -> str:
        written: str = getattr(import_module(f"disclosure_rules.formatters.{module}"), function)(
            results, lang
        )
        return written

    return write
