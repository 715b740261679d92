"""What must hold of a layout beyond its own shape: nothing named twice, everything referred to there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.packs.source import Source, Steps, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_rules.errors import PackError
    from disclosure_rules.model.layout import ColumnSpec, Layout, RowSpec, TableSpec

__all__ = ["examine_layout"]


def examine_layout(
    source: Source, layout: Layout, due: str, instruments: Mapping[str, object]
) -> Iterator[PackError]:
    """The mistakes of a layout.

    Args:
        source: The file.
        layout: The layout in it.
        due: The id that the file's name gives it.
        instruments: The registry that `basis` refers to.
    """
    if layout.id != due:
        yield source.error(
            "id-not-path",
            f"格式编号应与文件名一致：写「{due}」",
            f"the id is the file's name: write '{due}'",
            ("id",),
        )
    if layout.from_year is not None and layout.to_year is not None and layout.from_year > layout.to_year:
        yield source.error(
            "years-reversed", "from_year 晚于 to_year", "`from_year` is later than `to_year`", ("to_year",)
        )
    for index, cited in enumerate(layout.basis):
        if cited not in instruments:
            yield _unknown(source, cited, instruments, ("basis", index), "unknown-instrument")
    sections = [section.key for section in layout.sections]
    yield from _twice(source, sections, ("sections",))
    yield from _twice(source, [table.key for table in layout.tables], ("tables",))
    yield from _twice(source, [fact.key for fact in layout.facts], ("facts",))
    for index, table in enumerate(layout.tables):
        if table.section not in sections:
            yield _unknown(source, table.section, sections, ("tables", index, "section"), "unknown-section")
        yield from _table(source, table, ("tables", index))


def _table(source: Source, table: TableSpec, at: Steps) -> Iterator[PackError]:
    columns = [column.key for column in table.columns]
    yield from _twice(source, [row.key for row in table.rows], (*at, "rows"))
    yield from _twice(source, columns, (*at, "columns"))
    for index, row in enumerate(table.rows):
        for position, column in enumerate(row.columns or ()):
            if column not in columns:
                place = (*at, "rows", index, "columns", position)
                yield _unknown(source, column, columns, place, "unknown-column")
    sides: tuple[tuple[str, Sequence[RowSpec | ColumnSpec]], ...] = (
        ("rows", table.rows),
        ("columns", table.columns),
    )
    for what, specs in sides:
        keys = {spec.key for spec in specs}
        for index, spec in enumerate(specs):
            for position, group in enumerate(spec.groups):
                if group in keys:
                    yield source.error(
                        "group-is-key",
                        f"分组「{group[:60]}」与同名的行或列混淆，请改名",
                        f"the group '{group[:60]}' has the name of a row or column; rename it",
                        (*at, what, index, "groups", position),
                    )


def _unknown(source: Source, wrong: str, known: Iterable[str], at: Steps, code: str) -> PackError:
    zh, en = suggestion(wrong, known)
    return source.error(code, f"没有「{wrong[:60]}」{zh}", f"there is no '{wrong[:60]}'{en}", at)


def _twice(source: Source, keys: Iterable[str], at: Steps) -> Iterator[PackError]:
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if key in seen:
            yield source.error(
                "duplicate-key",
                f"「{key[:60]}」在 {at[-1]} 中重复，请只保留一个",
                f"'{key[:60]}' is in `{at[-1]}` twice; keep one",
                (*at, index, "key"),
            )
        seen.add(key)
