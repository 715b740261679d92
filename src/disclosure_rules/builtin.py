"""What the library itself contributes, by the hooks that everybody uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.hookspecs import hookimpl
from disclosure_rules.resources import rules_folder

if TYPE_CHECKING:
    from pathlib import Path

    from disclosure_rules.hookspecs import Check, Formatter, Reader

__all__: list[str] = []


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
    from disclosure_rules.ingest.conversion import conversion_reader  # noqa: PLC0415
    from disclosure_rules.ingest.docx import DOCX_READER  # noqa: PLC0415
    from disclosure_rules.ingest.html import HTML_READER  # noqa: PLC0415
    from disclosure_rules.ingest.mhtml import MHTML_READER  # noqa: PLC0415
    from disclosure_rules.ingest.ocr import image_reader  # noqa: PLC0415
    from disclosure_rules.ingest.pdf import pdf_reader  # noqa: PLC0415
    from disclosure_rules.ingest.sheets import SHEETS_READER  # noqa: PLC0415
    from disclosure_rules.ingest.structured_json import JSON_READER  # noqa: PLC0415
    from disclosure_rules.ingest.structured_yaml import YAML_READER  # noqa: PLC0415
    from disclosure_rules.ingest.text import TEXT_READER  # noqa: PLC0415

    return {
        "convert": conversion_reader(allowed=False),  # before JSON: an RTF begins with a brace
        "pdf": pdf_reader(),
        "image": image_reader(None),
        "json": JSON_READER,
        "docx": DOCX_READER,
        "sheets": SHEETS_READER,
        "yaml": YAML_READER,
        "mhtml": MHTML_READER,
        "html": HTML_READER,
        "text": TEXT_READER,
    }


@hookimpl
def disclosure_rules_formatters() -> dict[str, Formatter]:
    """The output formats of `formatters/`."""
    from disclosure_rules.formatters.github import to_github  # noqa: PLC0415
    from disclosure_rules.formatters.json import to_json  # noqa: PLC0415
    from disclosure_rules.formatters.junit import to_junit  # noqa: PLC0415
    from disclosure_rules.formatters.lines import to_csv, to_jsonl  # noqa: PLC0415
    from disclosure_rules.formatters.markdown import to_markdown  # noqa: PLC0415
    from disclosure_rules.formatters.sarif import to_sarif  # noqa: PLC0415
    from disclosure_rules.formatters.text import to_text  # noqa: PLC0415

    return {
        "text": to_text,
        "json": to_json,
        "jsonl": to_jsonl,
        "csv": to_csv,
        "sarif": to_sarif,
        "junit": to_junit,
        "github": to_github,
        "markdown": to_markdown,
    }
