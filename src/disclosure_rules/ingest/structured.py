"""A structured report: from plain data to Report."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Any

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.structured_mistake import Mistake
from disclosure_rules.ingest.structured_usual import build_usual
from disclosure_rules.model.report import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.model.document import StructuredInput
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.report import Report

__all__ = ["build_from_mapping", "build_report"]


def build_report(source: StructuredInput, layouts: Mapping[str, Layout], *, path: str | None) -> Report:
    """Make a Report of a structured report as it was read.

    Args:
        source: What `read_json` or `read_yaml` returned.
        layouts: The known forms, by id, oldest first.
        path: The file it came from; messages begin with it.

    Raises:
        ReadError: Something in it is no part of a structured report (`code` says what), or it holds neither a
            title nor sections nor tables (`no-report-content`).
    """
    data, name = source.data, path or f"<{source.format}>"
    empty = not (data.get("title") or data.get("sections") or data.get("tables"))
    if empty and not _near_a_report(data):
        raise _no_report(name)
    origin = Source(path=path, sha256=source.sha256, format=source.format, encoding=source.encoding)
    usual = build_usual(data, layouts, origin)
    if usual is not None:
        return usual
    report = _build(data, layouts, origin, name, source.marks)
    if empty:
        raise _no_report(name)
    return report


def build_from_mapping(
    data: Mapping[str, Any], layouts: Mapping[str, Layout], *, name: str = "<dict>"
) -> Report:
    """Make a Report of plain values: for tests, examples of rules, and programs that hold the data already.

    Args:
        data: A structured report, or any part of one. A float counts as the decimal number that Python prints.
        layouts: The known forms, by id, oldest first.
        name: What messages call it.

    Raises:
        ReadError: Something in it is no part of a structured report.
    """
    origin = Source()
    return build_usual(data, layouts, origin) or _build(data, layouts, origin, name, {})


def _build(
    data: Mapping[str, Any],
    layouts: Mapping[str, Layout],
    origin: Source,
    name: str,
    marks: Mapping[str, tuple[int, int]],
) -> Report:
    # Imported here: the models of the other shapes take longer to import than a usual report takes to check.
    from disclosure_rules.ingest.structured_checked import build_checked  # noqa: PLC0415

    try:
        return build_checked(data, layouts, origin)
    except Mistake as mistake:
        raise mistake.error(name, marks) from None


_KEYS = (
    "title",
    "body",
    "year",
    "layout",
    "period",
    "published",
    "introduction",
    "sections",
    "closing",
    "tables",
    "facts",
)
_LOOKED_AT = 20


def _near_a_report(data: Mapping[str, Any]) -> bool:
    """Whether a report was meant: a key of one is there, or a slip of the hand away."""
    keys = [key for key in islice(data, _LOOKED_AT) if len(key) <= _LOOKED_AT]
    return any(get_close_matches(key, _KEYS, n=1, cutoff=0.75) for key in keys)


def _no_report(name: str) -> ReadError:
    return ReadError(
        "没有标题（title）、章节（sections）或表格（tables），不是年度报告的结构化数据，请检查是否选错了文件。",
        "there is no title, no section and no table, so this is no structured annual report; check the file.",
        place=name,
        code="no-report-content",
    )
