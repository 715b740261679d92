"""The short way from plain data to Report, for what portals send: whole tables of numbers, paragraphs of text.

A report of the usual shape needs no model to be told so. Whatever is not plainly usual is left to
`structured_checked`, which gives the same Report for the usual and tells what is wrong with the rest.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from types import NoneType
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from disclosure_rules.ingest.structured_forms import by_year
from disclosure_rules.model.limits import LARGEST_NUMBER, MOST_DECIMALS
from disclosure_rules.model.location import Location
from disclosure_rules.model.report import Report, Source, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.report import Number

__all__ = ["build_usual"]

_KEYS = frozenset(
    (
        *("$schema", "title", "body", "year", "layout", "period", "published"),
        *("introduction", "sections", "closing", "tables", "facts"),
    )
)
_SECTION_KEYS = frozenset(("key", "number", "heading", "paragraphs"))
_PERIOD_KEYS = frozenset(("from", "to"))
_BODY_KEYS = frozenset(("name", "kind", "region"))
_NUMBERS = frozenset((int, Decimal, NoneType))
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_REGION = re.compile(r"[0-9]{6}")


class _UnusualError(Exception):
    """Something that the thorough way has to look at."""


def build_usual(data: Mapping[str, Any], layouts: Mapping[str, Layout], source: Source) -> Report | None:
    """The Report of a structured report of the usual shape; None for any other, right or wrong.

    Usual are: a stated form or a report year that tells it, tables whole and of that form, numbers or null in
    every cell, sections with key and heading, paragraphs as text.
    """
    if not data.keys() <= _KEYS:
        return None
    try:
        return _build(data, layouts, source)
    except (_UnusualError, KeyError, ValidationError):
        return None


def _build(data: Mapping[str, Any], layouts: Mapping[str, Layout], source: Source) -> Report:
    year, stated, tables = data.get("year"), data.get("layout"), data.get("tables")
    if (
        type(year) is not int
        or not _FIRST_YEAR <= year <= _LAST_YEAR
        or type(tables) is not dict
        or not tables
    ):
        raise _UnusualError
    layout = by_year(layouts, year) if stated is None else layouts[stated] if type(stated) is str else None
    if layout is None:
        raise _UnusualError
    title, published = _text_or_none(data.get("title")), _text_or_none(data.get("published"))
    _demand(published is None or _DATE.fullmatch(published))
    name, body, region = _body(data.get("body"))
    keys = frozenset([section.key for section in layout.sections])
    # One call for the whole tree: pydantic makes the small models faster than Python can call for each.
    return Report.model_validate(
        {
            "source": source,
            "title": title,
            "body": body,
            "year": year,
            "layout": layout.id,
            "layout_from": "shown" if stated is None else "stated",
            "period": _period(data.get("period")),
            "published": published,
            "introduction": _paragraphs(data.get("introduction", ()), "introduction"),
            "sections": [_section(section, keys) for section in _list(data.get("sections", ()))],
            "closing": _paragraphs(data.get("closing", ()), "closing"),
            "tables": {key: _table(key, table, layout) for key, table in tables.items()},
            "facts": _facts(data.get("facts", {}), layout),
            "titles": _stated(title),
            "bodies": _stated(name),
            "years": _stated(str(year)),
            "regions": _stated(region),
        }
    )


def _demand(usual: object) -> None:
    if not usual:
        raise _UnusualError


def _text_or_none(value: Any) -> str | None:  # noqa: ANN401  plain data
    _demand(value is None or type(value) is str)
    return value  # type: ignore[no-any-return]


def _list(value: Any) -> list[Any] | tuple[()]:  # noqa: ANN401  plain data
    _demand(type(value) is list or value == ())
    return value  # type: ignore[no-any-return]


def _stated(value: str | None) -> list[dict[str, Any]]:
    return [] if value is None else [{"value": value, "source": "stated", "text": value}]


def _period(value: Any) -> dict[str, str | None] | None:  # noqa: ANN401  plain data
    if value is None:
        return None
    _demand(type(value) is dict and value.keys() <= _PERIOD_KEYS)
    start, end = value.get("from"), value.get("to")
    for date in (start, end):
        _demand(date is None or (type(date) is str and _DATE.fullmatch(date)))
    return {"start": start, "end": end}


def _facts(value: Any, layout: Layout) -> dict[str, dict[str, Any]]:  # noqa: ANN401  plain data
    _demand(type(value) is dict and value.keys() <= {fact.key for fact in layout.facts})
    for number in value.values():
        _demand(type(number) is int and -LARGEST_NUMBER <= number <= LARGEST_NUMBER)
    return {key: {"key": key, "text": str(number), "number": number} for key, number in value.items()}


def _body(value: Any) -> tuple[str | None, dict[str, Any] | None, str | None]:  # noqa: ANN401  plain data
    """The name, the body and the code of its region."""
    if value is None:
        return None, None, None
    if type(value) is str:
        return value, {"name": value}, None
    _demand(type(value) is dict and value.keys() <= _BODY_KEYS)
    name, kind, region = value["name"], value.get("kind"), value.get("region")
    _demand(type(name) is str and (kind is None or type(kind) is str))
    _demand(region is None or (type(region) is str and _REGION.fullmatch(region)))
    known = None if region is None else {"code": region, "name": ""}
    return name, {"name": name, "kind": kind, "region": known}, region


def _section(value: Any, keys: frozenset[str]) -> dict[str, Any]:  # noqa: ANN401  plain data
    _demand(type(value) is dict and value.keys() <= _SECTION_KEYS)
    key, heading, number = value["key"], value["heading"], value.get("number")
    _demand(
        type(key) is str and key in keys and type(heading) is str and (number is None or type(number) is str)
    )
    return {
        "key": key,
        "heading": heading,
        "number": number,
        "paragraphs": _paragraphs(value.get("paragraphs", ()), key),
        "location": _place(key, None),
    }


def _paragraphs(value: Any, section: str | None) -> list[dict[str, Any]]:  # noqa: ANN401  plain data
    texts = _list(value)
    _demand(not texts or set(map(type, texts)) == {str})
    return [{"text": text, "location": _place(section, number)} for number, text in enumerate(texts, 1)]


@lru_cache(maxsize=512)
def _place(section: str | None, paragraph: int | None) -> Location:
    """Places are the same in every report of this shape."""
    return Location(section=section, paragraph=paragraph)


def _table(key: str, rows: Any, layout: Layout) -> Table:  # noqa: ANN401  plain data
    spec = layout.table(key)
    if spec is None:
        raise _UnusualError
    _demand(type(rows) is dict and len(rows) == len(spec.rows) and set(map(type, rows.values())) == {dict})
    values = spec.pick(rows)
    # Every cell was found; if nothing else is there, the counts agree.
    _demand(len(values) == sum(map(len, rows.values())))
    _demand_numbers(values)
    return Table.model_construct(
        key=key,
        form=layout.id,
        values=values,
        details={},
        heading=None,
        labels={},
        unplaced=(),
        location=_table_place(key),
    )


@lru_cache(maxsize=64)
def _table_place(key: str) -> Location:
    return Location(table=key)


def _demand_numbers(values: tuple[Number | None, ...]) -> None:
    kinds = set(map(type, values))
    _demand(kinds <= _NUMBERS)
    if Decimal in kinds:
        _demand(all(_is_short(value) for value in values if type(value) is Decimal))
    numbers = [value for value in values if value is not None] if NoneType in kinds else values
    if numbers:
        _demand(min(numbers) >= -LARGEST_NUMBER and max(numbers) <= LARGEST_NUMBER)  # type: ignore[type-var,operator]


def _is_short(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and -MOST_DECIMALS <= exponent <= 0
