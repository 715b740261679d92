"""What of XlsxWriter, an extra, writes our workbooks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from disclosure_rules.errors import UsageError

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["sheet_class", "workbook_class"]


def workbook_class() -> type[Workbook]:
    """What writes workbooks.

    Raises:
        UsageError: XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415  an extra
    except ImportError as missing:
        raise UsageError(
            "写 Excel 结果需要：pip install 'disclosure-rules[batch]'",
            "the workbook needs: pip install 'disclosure-rules[batch]'",
            code="missing-extra",
        ) from missing
    found: type[Workbook] = Workbook
    return found


@cache
def sheet_class() -> type[Worksheet]:
    """Sheets that take our formulas as they are.

    XlsxWriter looks for thirty functions in each, which takes longer than to write a row: ours calls none of them.
    Where it has no such step any more, this changes nothing.
    """
    from xlsxwriter.worksheet import Worksheet  # noqa: PLC0415  an extra

    class Sheet(Worksheet):  # type: ignore[misc]
        def _prepare_formula(self, formula: str, *_more: object, **_others: object) -> str:
            return formula.removeprefix("=")

    return Sheet
