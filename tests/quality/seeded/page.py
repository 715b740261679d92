"""A structured report as the web page that an office would post: so that a planted defect goes through a reader too."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

from seeded.bases import Plain, checker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from disclosure_rules.model.layout import TableSpec

_RELATION = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def page(report: Plain) -> bytes:
    """The page. What is no part of a document (the kind of the body) is left out."""
    body = [f"<h1>{escape(report['title'])}</h1>"] if report.get("title") else []
    if report.get("published"):
        body.append(f"<div>发布日期：{report['published']}</div>")
    body += _texts(report.get("introduction", ()))
    for section in report["sections"]:
        number = f"{section['number']}、" if section.get("number") else ""
        body.append(f"<p><strong>{number}{escape(section['heading'])}</strong></p>")
        body += _texts(section.get("paragraphs", ()))
        if section.get("key") in report["tables"]:
            body.append(_table(report, section["key"]))
    body += _texts(report.get("closing", ()))
    head = f'<head><meta charset="utf-8"><title>{escape(report.get("title") or "")}</title></head>'
    return f"<!DOCTYPE html><html>{head}<body>{chr(10).join(body)}</body></html>".encode()


def _texts(paragraphs: Iterable[str]) -> Iterator[str]:
    return (f"<p>{escape(text)}</p>" for text in paragraphs)


def _table(report: Plain, key: str) -> str:
    printed = report.get("printed", {}).get(key, {})
    spec = checker().layouts[printed.get("form", report["layout"])].table(key)
    assert spec is not None
    rows = report["tables"][key]
    made = {"proactive_disclosure": _proactive, "requests": _requests, "reviews_and_litigation": _reviews}[
        key
    ]
    lines = list(made(spec, rows, printed))
    lines += [[(1, 1, extra["value"]), (1, 3, "12")] for extra in printed.get("unplaced", ())]
    return (
        "<table>" + "".join(f"<tr>{''.join(_td(*cell) for cell in line)}</tr>" for line in lines) + "</table>"
    )


def _td(down: int, right: int, text: str) -> str:
    spans = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{right}"' if right > 1 else "")
    return f"<td{spans}>{escape(text)}</td>"


def shown(value: Any) -> str:
    """A cell as printed."""
    if isinstance(value, dict):
        return str(value["text"])
    return "" if value is None else str(value)


def _label(printed: Plain, row: Any) -> str:
    return str(printed.get("labels", {}).get(row.key, row.label.zh))


def _head(printed: Plain, column: Any) -> str:
    return str(printed.get("column_labels", {}).get(column.key, column.label.zh))


def _proactive(spec: TableSpec, rows: Plain, printed: Plain) -> Iterator[list[tuple[int, int, str]]]:
    for parent, group in groupby((row for row in spec.rows if row.key in rows), key=lambda row: row.parent):
        members = list(group)
        columns = [column for column in spec.columns if column.key in (members[0].columns or ())]
        width = 3 // len(columns)
        yield [(1, 4, parent or "")]
        yield [(1, 1, "信息内容"), *((1, width, _head(printed, column)) for column in columns)]
        for row in members:
            yield [
                (1, 1, _label(printed, row)),
                *((1, width, shown(rows[row.key].get(column.key))) for column in columns),
            ]


def _requests(spec: TableSpec, rows: Plain, printed: Plain) -> Iterator[list[tuple[int, int, str]]]:
    yield [(3, 3, _RELATION), (1, 7, "申请人情况")]
    columns = spec.columns
    yield [(2, 1, _head(printed, columns[0])), (1, 5, "法人或其他组织"), (2, 1, _head(printed, columns[-1]))]
    yield [(1, 1, _head(printed, column)) for column in columns[1:-1]]
    results = [row for row in spec.rows if row.parent and row.key in rows]
    told = False
    for row in (row for row in spec.rows if row.key in rows):
        values = [(1, 1, shown(rows[row.key].get(column.key))) for column in columns]
        if row.parent is None:
            yield [(1, 3, _label(printed, row)), *values]
            continue
        cells: list[tuple[int, int, str]] = [] if told else [(len(results), 1, "三、本年度办理结果")]
        told = True
        if row.parent.startswith("三"):
            yield [*cells, (1, 2, _label(printed, row)), *values]
            continue
        group = [other for other in results if other.parent == row.parent]
        above = [(len(group), 1, row.parent)] if row is group[0] else []
        yield [*cells, *above, (1, 1, _label(printed, row)), *values]


def _reviews(spec: TableSpec, rows: Plain, printed: Plain) -> Iterator[list[tuple[int, int, str]]]:
    held = [row for row in spec.rows if row.key in rows]
    suits = [row for row in held if row.parent]
    if len(held) > len(suits):
        yield [(2, 5, _label(printed, held[0])), (1, 5 * len(suits), "行政诉讼")]
    else:
        yield [(1, 5 * len(suits), "行政诉讼")]
    yield [(1, 5, _label(printed, row)) for row in suits]
    yield [(1, 1, _head(printed, column)) for _ in held for column in spec.columns]
    yield [(1, 1, shown(rows[row.key].get(column.key))) for row in held for column in spec.columns]
