"""The figures of the narrative, with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.model.report import Fact, Section

__all__ = ["find_facts"]


def find_facts(sections: Sequence[Section]) -> dict[str, Fact]:
    """The figures that the sections state, by key of the layout."""
    del sections
    return {}
