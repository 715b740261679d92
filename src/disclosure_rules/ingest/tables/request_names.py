"""What table 3 is known by: the labels of its rows and the names of its columns, in all its forms."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from disclosure_rules.ingest.tables.columns import ColumnNames
from disclosure_rules.ingest.tables.labels import MOST_LOOKED_UP, han, label, squeezed_label
from disclosure_rules.ingest.tables.rows import RowNames

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.ingest.tables.printed import PrintedRow
    from disclosure_rules.model.layout import TableSpec

__all__ = ["Requests"]

_FEW_NAMES = 2
_LONG_LABEL = 5


class Requests:
    """What table 3 is known by, in all its forms.

    Args:
        forms: The table of each form, by the id of the form.
    """

    def __init__(self, forms: Mapping[str, TableSpec]) -> None:
        self.forms = forms
        self.columns = ColumnNames([column for spec in forms.values() for column in spec.columns])
        self.rows = {form: RowNames(spec.rows) for form, spec in forms.items()}
        parents = {squeezed_label(row.parent) for spec in forms.values() for row in spec.rows if row.parent}
        self.groups = tuple(sorted(parents, key=len, reverse=True))
        self.order = tuple(column.key for column in next(iter(forms.values())).columns)
        self._knows = lru_cache(maxsize=MOST_LOOKED_UP)(self._likely_known)

    def is_label(self, text: str) -> bool:
        """Whether a text is the label of a row or a group of rows in any form."""
        return han(text) > 1 and self._knows(label(text).words)

    def is_row_label(self, text: str) -> bool:
        """Whether a text is the very label of a row in any form."""
        taken = label(text)
        return any(names.exact(taken) is not None for names in self.rows.values())

    def _likely_known(self, words: str) -> bool:
        return any(names.knows_words(words) for names in self.rows.values())

    def without_groups(self, text: str) -> str:
        """A label without the headings of groups that are printed before it in one cell."""
        clean = squeezed_label(text)
        for group in (*self.groups, *self.groups):
            if len(clean) > len(group):
                clean = clean.removeprefix(group)
        return clean

    def is_own_label(self, text: str) -> bool:
        """Whether a text is a label that no other table has: long enough, or with its number before it."""
        taken = label(text)
        return (han(text) >= _LONG_LABEL or taken.enumerator is not None) and self.is_label(text)

    def is_header(self, row: PrintedRow) -> bool:
        """Whether a row names columns."""
        if row.has_figures:
            return False
        named = {self.columns.key(cell.text) for cell in row.own} - {None}
        parents = any(self.columns.is_parent(cell.text) for cell in row.own)
        return len(named) + parents >= _FEW_NAMES

    def is_foreign_header(self, row: PrintedRow) -> bool:
        """Whether a row names as many columns as the form has, in words of its own (类别 | 数据1 | 数据2 … | 总计)."""
        if row.has_figures or len(row.printed) < len(self.order) or self.is_label(row.printed[0].text):
            return False
        names = {cell.text for cell in row.printed}
        return len(names) == len(row.printed) and all(han(name) > 1 for name in names)
