"""Links of a workbook, from a file's name to the page of its report.

A link is a formula in its cell and not a relation beside the sheet: relations are kept in memory until a workbook is
closed, Excel reads 65,530 of them at most, and they stay where they are when a sheet is sorted.
"""

from __future__ import annotations

import re

from disclosure_rules.batch.index_lines import way_to

__all__ = ["LONGEST", "Link", "formula", "linked"]

LONGEST = 2_000  # characters that are shown as a link; Excel's own limit of a whole formula is 8,192
# Excel's own limit of one text within a formula is 255 characters, of which a quotation mark takes two. Texts are parted
# before a bracket as well, so that no name is taken for a function: not by Excel, nor by XlsxWriter.
_PIECES = re.compile(r"\n|\(?[^(\n]{1,120}|\(")


class Link(str):
    """A file's name that leads to the page of its report."""

    __slots__ = ("page",)

    page: str


def linked(shown: str, name: str, body: str | None) -> Link:
    """A file's name as it is shown, which leads to the page of a report."""
    link = Link(shown)
    link.page = way_to(name, body)
    return link


def formula(page: str, shown: str) -> str:
    """The formula of a cell that shows a text and leads to a page beside the workbook.

    Args:
        page: The page, as `page_name` names it: letters, digits and `-`.
        shown: Any text.
    """
    pieces = ("CHAR(10)" if one == "\n" else _quoted(one) for one in _PIECES.findall(shown))
    return f"=HYPERLINK({_quoted(page)},{'&'.join(pieces)})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
