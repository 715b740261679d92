"""What the recognition of tables has to say about its own work, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.model.note import Note
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.model.layout import TableSpec
    from disclosure_rules.model.location import Location

__all__ = ["about", "table_note"]

_MOST_PLACES = 20
# What happened to a number of rows or cells: (Chinese, English), filled in with count and table.
_SENTENCES = {
    "row-realigned": (
        "{table}有 {count} 行因合并单元格有误而错位，已按该行自己的末尾单元格对应各列；请核对。",
        "{count} rows of {table} were shifted by wrong merged cells and read by their own last cells; check them.",
    ),
    "row-not-fitted": (
        "{table}有 {count} 行的单元格与表头各列对应不上，未读取。",
        "{count} rows of {table} have cells that do not fit the columns of its header; they were not read.",
    ),
    "row-repeated": (
        "{table}有 {count} 行的名称重复出现，无法确定以哪一行为准，未读取。",
        "{count} rows of {table} carry a label that is there twice; which one counts is not known, none was read.",
    ),
    "row-without-label": (
        "{table}有 {count} 行数字旁没有行名，未作为数据使用。",
        "{count} rows of figures in {table} have no label of their own; they were not used as data.",
    ),
    "table-debris": (
        "{table}各行之间有 {count} 行零散的文字（行名的片段等），不作为标题和正文。",
        "{count} lines between the rows of {table} (pieces of labels and the like) are no headings and no prose.",
    ),
    "row-unplaced": (
        "{table}有 {count} 行不是格式规定的行，已单独列出。",
        "{count} rows of {table} are none of the form and are listed apart.",
    ),
    "column-unplaced": (
        "{table}有 {count} 列不是格式规定的列，已单独列出。",
        "{count} columns of {table} are none of the form and are listed apart.",
    ),
    "columns-by-position": (
        "{table}没有可用的表头，各列按规定的次序对应；合计列与各列之和相符，才作此对应。",
        "{table} has no usable header; its columns were taken in the order of the form, since the totals bear it out.",
    ),
    "columns-out-of-order": (
        "{table}各列的次序与格式不同，已按列名对应；请核对列名。",
        "The columns of {table} stand in another order than the form's; they were taken by their names: check these.",
    ),
    "columns-nought": (
        "{table}没有可用的表头：全是 0 的行推断为 0（仅供参考，不参与核算），其余的行数字与列的对应无从证实，未读取。",
        "{table} has no usable header: rows of nothing but 0 are inferred and take no part in sums; no other was read.",
    ),
    "columns-unknown": (
        "{table}没有可用的表头，数字与列的对应无从证实，未读取。",
        "{table} has no usable header and nothing bears out which column is which; none was read.",
    ),
    "cells-inferred": (
        "{table}有 {count} 行的数字连在一起，按“各列之和等于总计”只有一种拆法；拆得的数仅供参考，不参与核算。",
        "The figures of {count} rows of {table} run together; only one split adds up. It takes no part in sums.",
    ),
    "cells-told-apart": (
        "{table}有 {count} 行的数字连在一起，只有一种拆法（0 后面必是另一个数）；拆得的数仅供参考，不参与核算。",
        "The figures of {count} rows of {table} run together; only one split is possible. It takes no part in sums.",
    ),
    "cells-run-together": (
        "{table}有 {count} 行的数字连在一起，拆法不唯一，未读取。",
        "The figures of {count} rows of {table} run together and can be split in more than one way; not read.",
    ),
    "label-misprinted": (
        "{table}有 {count} 行的名称与格式不同，已按相近的名称对应。",
        "{count} labels of {table} differ from the form; they were taken for the nearest name.",
    ),
    "label-joined": (
        "{table}有 {count} 行的名称分在几行里，合起来正是格式规定的名称，已连接；请核对。",
        "The labels of {count} rows of {table} stand in several rows; together they are those of the form; check them.",
    ),
    "table-inferred": (
        "{table}的单元格没有逐格分开（只按版面排列，或几行挤在一格里），已按行名和数字的个数推断读取；数字仅供参考，不参与核算。",
        "The cells of {table} are not set apart; they were told by labels and counts, and take no part in sums.",
    ),
    "table-repeated": (
        "{table}另有 {count} 处，只读取第一处。",
        "{table} is there {count} times more; only the first was read.",
    ),
    "table-contradicted": (
        "{table}另有 {count} 处，数字与第一处不同，无法确定以哪一处为准；第一处的数字仅供参考，不参与核算。",
        "{table} is there {count} times more with other numbers; those of the first take no part in sums.",
    ),
}
_OTHERS = {
    "statistics-2008": (
        "文中有旧格式的《政府信息公开情况统计表》（指标名称、计量单位），不属于表二至表四，未作为数据使用。",
        "The statistics table of the earlier form (指标名称, 计量单位) is none of tables 2 to 4; it was not used.",
    ),
    "table-too-large": (
        "有 {count} 个表格过大，不是年度报告的统计表，未读取。",
        "{count} grids are too large for a table of an annual report and were not read.",
    ),
}


def about(code: str, spec: TableSpec, places: Sequence[Location], words: Sequence[str] = ()) -> list[Note]:
    """A remark on a table; none where there is no place for it."""
    if not places:
        return []
    zh, en = _SENTENCES[code]
    count = len(places)
    return [
        Note(
            code=code,
            message=Text(
                zh=zh.format(table=spec.title.zh, count=count), en=en.format(table=spec.title.en, count=count)
            ),
            count=count,
            places=tuple(places[:_MOST_PLACES]),
            words=tuple(words[:_MOST_PLACES]),
        )
    ]


def table_note(code: str, places: Sequence[Location]) -> list[Note]:
    """A remark on grids that are no table of a form; none where there is no place for it."""
    if not places:
        return []
    zh, en = _OTHERS[code]
    return [
        Note(
            code=code,
            message=Text(zh=zh.format(count=len(places)), en=en.format(count=len(places))),
            count=len(places),
            places=tuple(places[:_MOST_PLACES]),
        )
    ]
