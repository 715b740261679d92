"""Verbs about a statistical table as a whole: its printed labels, its units, and what a body cannot have."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import HAN, sentence_around, spoken
from disclosure_rules.model.location import Location
from disclosure_rules.model.report import CellStatus
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied, Undecided
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.model.body import BodyKind, PublicBody
    from disclosure_rules.model.layout import ColumnSpec, TableSpec
    from disclosure_rules.model.report import Cell, Number, Table

__all__ = [
    "amount_unit_unlike_text",
    "amount_unlikely",
    "labels_misprinted",
    "rows_unforeseen",
    "rules_beyond_power",
    "tables_all_zero",
    "unit_in_cell",
]

_ENUMERATOR = re.compile(r"^[0-9一二三四五六七八九十（）()、.．\s]+")
_AMOUNT = re.compile(r"(\d[\d,，]{0,18}(?:\.\d{1,8})?)\s?(万|亿)?元")
# 采购总金额（万元）: a unit that is said is no other name.
_UNIT = re.compile(r"\s?[(（](?:单位[:：]?)?[^()（）]{0,4}元[)）]\s?$")
_TEN_THOUSAND = 10_000
_HAN = re.compile(HAN)
_FIGURE = re.compile(r"\d[\d,.]{0,15}")
_LABEL = 4
_CLAUSE = re.compile("[，。；;\n]")


def _tables(context: CheckContext) -> Iterator[tuple[Table, TableSpec]]:
    for key, table in context.report.tables.items():
        layout = context.layouts.get(table.form)
        spec = layout.table(key) if layout else None
        if spec is not None:
            yield table, spec


def labels_misprinted(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Rows and columns whose printed label is not the form's: 其他法律行政止公开, or 规范性文件 in the form of 2021."""
    for table, spec in _tables(context):
        location = table.location.model_copy(update={"table": spec.key})
        columns = {
            key: printed
            for key, printed in table.column_labels.items()
            if _UNIT.sub("", printed) != spec.column(key).label.zh
        }
        for key, printed in table.labels.items():
            yield _label(location.model_copy(update={"row": key}), printed, spec.row(key).label)
        for key, printed in columns.items():
            yield _label(location.model_copy(update={"column": key}), printed, spec.column(key).label)
        if not table.labels and not columns:
            yield SATISFIED


def _label(location: Location, printed: str, label: Text) -> Evidence:
    return Evidence(
        location=location,
        values={
            "printed": spoken(printed, 0, len(printed)),
            "label_zh": _ENUMERATOR.sub("", label.zh) or label.zh,
            "label_en": label.en,
        },
    )


def rows_unforeseen(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Printed rows that the form does not have, told by a label and figures of their own: 9.属于工作秘密 | 0 | 0.

    A piece of a row that a reader could not place has no label of four characters and is left out.
    """
    for table, spec in _tables(context):
        found = False
        for row in table.unplaced:
            label, *cells = (part.strip() for part in row.value.split("|"))
            if (
                row.source == "row"
                and len(_HAN.findall(label)) >= _LABEL
                and any(map(_FIGURE.fullmatch, cells))
            ):
                found = True
                values = {
                    "printed": spoken(label, 0, len(label)),
                    "table_zh": spec.title.zh,
                    "table_en": spec.title.en,
                }
                yield Evidence(location=row.location.model_copy(update={"table": spec.key}), values=values)
        if not found:
            yield SATISFIED


def rules_beyond_power(
    context: CheckContext, *, row: str, offices: Sequence[str], national: Sequence[str]
) -> Iterator[Evidence | Satisfied | Undecided]:
    """Government rules (规章) made by a body that cannot make any.

    Ministries, and the governments of provinces and of cities with districts make rules (Legislation Law Art. 91,
    93); the office of such a government may report its government's.

    Args:
        context: The report.
        row: Key of the row in table 2.
        offices: Endings of the names of governments' offices.
        national: Beginnings of the names of bodies of the State Council.
    """
    report, body = context.report, context.report.body
    table = report.tables.get("proactive_disclosure")
    layout = context.layouts.get(table.form) if table else None
    spec = layout.table("proactive_disclosure") if layout else None
    if table is None or spec is None or body is None or body.kind is None:
        return
    able = _may_make_rules(body, offices, national)
    if able is None:
        yield Undecided(
            reason=Text(
                zh="没有识别出行政区划，不能确定该机关能否制定规章，请用 --region 指明",
                en="the region is not known, so whether the body can make rules is not; state it with --region",
            )
        )
        return
    if able:
        return
    yield from _numbers_above_zero(table, spec, row, body.name)


def _may_make_rules(body: PublicBody, offices: Sequence[str], national: Sequence[str]) -> bool | None:
    if any(body.name.startswith(start) for start in national):
        return True
    stands_for_government = body.kind == "government" or any(body.name.endswith(end) for end in offices)
    if not stands_for_government:
        return False
    if body.region is None:
        return None
    return body.region.code.endswith("00")


def _numbers_above_zero(
    table: Table, spec: TableSpec, row: str, name: str
) -> Iterator[Evidence | Satisfied | Undecided]:
    cells = [(column, table.cell(index)) for (key, column), index in spec.index.items() if key == row]
    above = [(column, cell) for column, cell in cells if cell.number is not None and cell.number > 0]
    if above:
        named = "、".join(f"{spec.column(column).label.zh} {cell.number} 件" for column, cell in above)
        english = ", ".join(f"{spec.column(column).label.en} {cell.number}" for column, cell in above)
        column, cell = above[0]
        yield Evidence(
            location=cell.location.model_copy(update={"table": spec.key, "row": row, "column": column}),
            values={"figures_zh": named, "figures_en": english, "body": name},
        )
    elif any(cell.status is CellStatus.UNREADABLE for _, cell in cells):
        yield Undecided(
            reason=Text(zh="规章一行的数字没有读出", en="the figures of the row on rules could not be read"),
            location=Location(table=spec.key, row=row),
        )
    elif any(cell.number is not None for _, cell in cells):
        yield SATISFIED


def tables_all_zero(
    context: CheckContext, *, tables: Sequence[str], phrases: Sequence[str], of: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """Tables that hold nothing but 0 in a report whose text nowhere says that there were no requests.

    Args:
        context: The report.
        tables: Keys of the tables, all of which must be there and read in full.
        phrases: Words of a clause that says so: 未收到, 0件.
        of: What the clause must speak of: 申请. That nobody was held to account (未发生责任追究) tells nothing.
    """
    found = [context.report.tables.get(key) for key in tables]
    if any(table is None for table in found):
        return
    numbers = [
        number
        for table in found
        if table
        for index, number in enumerate(table.values)
        if number is not None or table.cell(index).status is not CellStatus.ABSENT
    ]
    if any(number for number in numbers):
        yield SATISFIED
        return
    if not numbers or any(number is None for number in numbers):
        return
    clauses = (clause for passage in context.passages() for clause in _CLAUSE.split(passage.read))
    none = re.compile(
        "|".join(("(?<![0-9.])" if one[0].isdecimal() else "") + re.escape(one) for one in phrases)
    )
    if any(none.search(clause) and any(word in clause for word in of) for clause in clauses):
        yield SATISFIED
    else:
        yield Evidence(values={"cells": len(numbers)})


def unit_in_cell(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Amounts printed with another unit than the one that the form prints over them: 300元 where 万元 is meant."""
    for table, spec in _tables(context):
        for cell, column, row in _money(table, spec):
            unit = re.search(r"(?:万|亿)?元", cell.text)
            if unit is not None and unit[0] != column.unit:
                values = {"text": cell.text, "unit": column.unit, "printed": unit[0]}
                yield Evidence(location=Location(table=spec.key, row=row, column=column.key), values=values)
            elif cell.number is not None:
                yield SATISFIED


def _money(table: Table, spec: TableSpec) -> Iterator[tuple[Cell, ColumnSpec, str]]:
    money = {column.key: column for column in spec.columns if column.unit == "万元"}
    if money:
        for (row, key), index in spec.index.items():
            if key in money:
                yield table.cell(index), money[key], row


def amount_unit_unlike_text(context: CheckContext, *, words: Sequence[str]) -> Iterator[Evidence | Satisfied]:
    """An amount that the table gives in yuan though its column is in 10,000 yuan, as the text shows.

    Args:
        context: The report.
        words: Words by which the text speaks of the amount: 行政事业性收费.
    """
    for table, spec in _tables(context):
        for cell, column, row in _money(table, spec):
            if not cell.number:
                continue
            for text, yuan in _amounts(context, words):
                if yuan == cell.number and yuan >= _TEN_THOUSAND:
                    right = Decimal(yuan) / _TEN_THOUSAND
                    values: Mapping[str, Number | str] = {
                        "number": cell.number,
                        "text": text,
                        "right": f"{right.normalize():f}",
                    }
                    yield Evidence(
                        location=Location(table=spec.key, row=row, column=column.key), values=values
                    )
                    break
                if yuan == cell.number * _TEN_THOUSAND:
                    yield SATISFIED
                    break


def _amounts(context: CheckContext, words: Sequence[str]) -> Iterator[tuple[str, Decimal]]:
    """The amounts in yuan of sentences that hold one of the words."""
    for passage in context.passages():
        if not any(word in passage.read for word in words):
            continue
        for match in _AMOUNT.finditer(passage.plain):
            start, end = sentence_around(passage.read, match.start(), match.end())
            if any(word in passage.read[start : match.start()] for word in words):
                scale = {"万": _TEN_THOUSAND, "亿": 10**8}.get(match[2] or "", 1)
                digits = re.sub("[,，]", "", match[1])
                yield spoken(passage.printed, start, end), Decimal(digits) * scale


def amount_unlikely(
    context: CheckContext, *, most: Mapping[BodyKind, int], counties: int
) -> Iterator[Evidence | Satisfied]:
    """An amount in 10,000 yuan so large for the body that it is probably in yuan.

    Args:
        context: The report.
        most: Kind of body → the most that is likely.
        counties: The most that is likely for anybody of a county, whatever its kind.
    """
    body = context.report.body
    if body is None or body.kind is None:
        return
    limits = [most[body.kind]] if body.kind in most else []
    if body.region is not None and not body.region.code.endswith("00"):
        limits.append(counties)
    if not limits:
        return
    for table, spec in _tables(context):
        for cell, column, row in _money(table, spec):
            if cell.number is None:
                continue
            if cell.number > min(limits):
                yuan = Decimal(cell.number) / _TEN_THOUSAND
                yield Evidence(
                    location=Location(table=spec.key, row=row, column=column.key),
                    values={"number": cell.number, "right": f"{yuan.normalize():f}"},
                )
            else:
                yield SATISFIED
