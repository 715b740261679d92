"""Results as GitHub workflow commands: an annotation a finding, at the line where a text document has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.model.result import UNREAD
from disclosure_rules.model.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from disclosure_rules.model.result import CheckResult
    from disclosure_rules.model.text import Lang

__all__ = ["to_github"]

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.EXPLAIN: "notice",
    Severity.NOTE: "notice",
}


def to_github(results: Iterable[CheckResult], lang: Lang = "zh") -> str:
    """One command a line."""
    return "".join(f"{line}\n" for result in results for line in _commands(result, lang))


def _commands(result: CheckResult, lang: Lang) -> Iterator[str]:
    path = result.source.path or ""
    if result.source.format == UNREAD:
        yield from (_command("error", path, None, note.code, note.message(lang)) for note in result.notes)
    for finding in result.findings:
        if finding.waived is not None or finding.baseline == "unchanged":
            continue
        place = finding.location
        line = place.line if place.page is None else None
        words = f"{place.words(lang)}：{finding.message(lang)}"
        title = f"{finding.title(lang)} ({finding.rule})"
        yield _command(_COMMANDS[finding.severity], path, line, title, words)
    yield from (_command("warning", path, None, one.rule, one.message(lang)) for one in result.waivers)
    yield from (_command("error", path, None, fault.rule, fault.message(lang)) for fault in result.faults)


def _command(name: str, path: str, line: int | None, title: str, message: str) -> str:
    at = f",line={line}" if line is not None else ""
    return f"::{name} file={_property(path)}{at},title={_property(title)}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
