"""The lines of a structured report at which its findings stand, for formats that mark lines in files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_rules.ingest.sniff import file_bytes
from disclosure_rules.ingest.structured_json import read_json
from disclosure_rules.ingest.structured_yaml import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.model.document import StructuredInput
    from disclosure_rules.model.location import Location
    from disclosure_rules.model.result import CheckResult

__all__ = ["with_lines"]

_READERS = {"json": read_json, "yaml": read_yaml}


def with_lines(result: CheckResult, source: Path | bytes) -> CheckResult:
    """The result with lines of its own file, where that is structured; any other result as it is.

    A place that the file states of the document that it was extracted from is one in that document: its page and line are
    left out.
    """
    reader = _READERS.get(result.source.format)
    if reader is None or not result.findings:
        return result
    data = file_bytes(source) if isinstance(source, Path) else source
    read = reader(data, result.source.path or "")
    findings = tuple(
        finding.model_copy(
            update={
                "location": finding.location.model_copy(
                    update={"line": _line(read, finding.location), "page": None}
                )
            }
        )
        for finding in result.findings
    )
    return result.model_copy(update={"findings": findings})


def _line(read: StructuredInput, location: Location) -> int | None:
    return next((read.marks[one][0] for one in _pointers(read, location) if one in read.marks), None)


def _pointers(read: StructuredInput, location: Location) -> Iterator[str]:
    """The JSON pointers of a place and of what it lies in, the most exact first."""
    if location.pointer is not None:
        yield location.pointer
    if location.table is not None:
        steps = [
            "/tables",
            *(one for one in (location.table, location.row, location.column) if one is not None),
        ]
        yield from ("/".join(steps[:length]) for length in range(len(steps), 1, -1))
    sections = read.data.get("sections")
    for number, section in enumerate(sections if isinstance(sections, (list, tuple)) else ()):
        if location.section is not None and section.get("key") == location.section:
            if location.paragraph is not None:
                yield f"/sections/{number}/paragraphs/{location.paragraph - 1}"
            yield f"/sections/{number}"
