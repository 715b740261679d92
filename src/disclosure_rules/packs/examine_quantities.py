"""What must hold of a pack's `quantities.yaml` beyond its own shape: nothing twice, every cell in some form."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_rules.errors import PackError
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.quantities import Vocabulary
    from disclosure_rules.packs.source import Source

__all__ = ["examine_quantities"]


def examine_quantities(
    source: Source, vocabulary: Vocabulary, forms: Mapping[str, Layout]
) -> Iterator[PackError]:
    """The mistakes of a vocabulary; `forms` are the layouts in which its cells are looked for."""
    seen: set[str] = set()
    known = _terms(forms)
    for place, topic in enumerate(vocabulary.topics):
        for index, quantity in enumerate(topic.quantities):
            at = ("topics", place, "quantities", index)
            if quantity.key in seen:
                yield source.error(
                    "duplicate-key",
                    f"「{quantity.key[:60]}」重复，请只保留一个",
                    f"'{quantity.key[:60]}' is there twice; keep one",
                    (*at, "key"),
                )
            seen.add(quantity.key)
            for option, terms in enumerate(quantity.equals):
                for position, term in enumerate(terms):
                    if term.removeprefix("-") not in known:
                        yield source.error(
                            "unknown-cell",
                            f"任何格式中都没有「{term[:80]}」",
                            f"no form has '{term[:80]}'",
                            (*at, "equals", option, position),
                        )


def _terms(forms: Mapping[str, Layout]) -> set[str]:
    """Every `table.row.column`, and `table.row` and `table.group` for rows with a total."""
    known: set[str] = set()
    for layout in forms.values():
        for table in layout.tables:
            known |= {f"{table.key}.{row}.{column}" for row, column in table.cells}
            totals = [row for row in table.rows if (row.key, "total") in table.index]
            known |= {f"{table.key}.{name}" for row in totals for name in (row.key, *row.groups)}
    return known
