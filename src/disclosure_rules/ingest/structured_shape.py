"""The shape of a structured report: validation by the wire model, told in words a clerk can act on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from disclosure_rules.foreign import allowed_words
from disclosure_rules.ingest.structured_mistake import Mistake, Path, suggestion
from disclosure_rules.ingest.structured_values import quoted, shown
from disclosure_rules.model import structured as wire
from disclosure_rules.model.limits import LARGEST_NUMBER, MOST_DECIMALS

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["shaped"]

# What is due in a place: the first pattern that fits the path; `*` fits any one step.
_DUE: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("tables", "*", "*", "*"),
        "数字、null（空白）或 {text, status, number}",
        "a number, null (blank) or {text, status, number}",
    ),
    (("tables", "*", "*"), "一行：{列: 值}", "a row: {column: value}"),
    (("tables", "*"), "一张表：{行: {列: 值}}", "a table: {row: {column: value}}"),
    (("facts", "*"), "数字或 {text, number, unit, parts}", "a number or {text, number, unit, parts}"),
    (("facts", "*", "parts", "*"), "数字或 {key, text, number}", "a number or {key, text, number}"),
    (("year",), "四位年份，如 2024", "a year of four digits, such as 2024"),
    (("layout",), '格式名，如 "2021"', 'the name of a form, such as "2021"'),
    (("body",), "机关名称或 {name, kind, region}", "the body's name or {name, kind, region}"),
    (("body", "region"), '六位行政区划代码，如 "320000"', 'a GB/T 2260 code of six digits, such as "320000"'),
    (("published",), "日期，如 2025-01-20", "a date such as 2025-01-20"),
    (("period", "*"), "日期，如 2024-01-01", "a date such as 2024-01-01"),
    (("introduction",), "文字或段落列表", "text or a list of paragraphs"),
    (("closing",), "文字或段落列表", "text or a list of paragraphs"),
    (("introduction", "*"), "一段文字或 {text, line}", "a paragraph or {text, line}"),
    (("closing", "*"), "一段文字或 {text, line}", "a paragraph or {text, line}"),
    (("sections",), "章节列表，或 {键: 文字或段落列表}", "a list of sections, or {key: text or paragraphs}"),
    (
        ("sections", "*"),
        "{key, number, heading, paragraphs} 或段落",
        "{key, number, heading, paragraphs} or paragraphs",
    ),
    (("sections", "*", "paragraphs"), "文字或段落列表", "text or a list of paragraphs"),
    (("sections", "*", "paragraphs", "*"), "一段文字或 {text, line}", "a paragraph or {text, line}"),
    (("sections", "*", "*"), "一段文字或 {text, line}", "a paragraph or {text, line}"),
)

_BY_TYPE = {
    "string_type": ("文字", "text"),
    "int_type": ("整数", "a whole number"),
    "tuple_type": ("列表", "a list"),
    "dict_type": ("「键: 值」的结构", "a mapping of keys to values"),
    "model_type": ("「键: 值」的结构", "a mapping of keys to values"),
    "greater_than_equal": ("大小合理的数", "a number in range"),
    "less_than_equal": ("大小合理的数", "a number in range"),
}


def shaped(data: Mapping[str, Any]) -> wire.StructuredReport:
    """The report in its shape.

    Raises:
        Mistake: The first thing that does not fit.
    """
    try:
        return wire.StructuredReport.model_validate(data)
    except ValidationError as error:
        raise _mistake(error.errors(include_url=False), data) from None


def _mistake(errors: Sequence[ErrorDetails], data: Mapping[str, Any]) -> Mistake:
    """The error that says most.

    A value of several allowed shapes gives one error for each; the shape it comes nearest to is the one whose
    error lies deepest in the data.
    """
    # The errors of one value stand together: the first mistake is among the first errors.
    places = [(_real(error["loc"], data), error) for error in errors[:_MOST_ERRORS]]
    outer = {path[:length] for path, _ in places for length in range(len(path))}
    inner = [place for place in places if place[0] not in outer]
    path, error = min(inner, key=lambda place: _RANK.get(place[1]["type"], 2))
    return _told(path, error, data)


_MOST_ERRORS = 1000
# Among errors of one place: a key that is wrong or missing says that a mapping was meant.
_RANK = {"extra_forbidden": 0, "missing": 1}


def _real(loc: Sequence[str | int], data: Any) -> Path:  # noqa: ANN401  plain data
    """The path of an error in the data; pydantic also names the shapes it tried, which are no steps."""
    path: list[str | int] = []
    value = data
    for step in loc:
        if isinstance(value, Mapping):
            found = step in value
        else:
            found = isinstance(value, list) and isinstance(step, int) and step < len(value)
        if found:
            value = value[step]
            path.append(step)
    return tuple(path)


def _told(path: Path, error: ErrorDetails, data: Mapping[str, Any]) -> Mistake:
    kind = error["type"]
    if kind == "extra_forbidden":
        zh, en = suggestion(str(path[-1]), _siblings(path, error))
        key, key_en = shown(str(path[-1])), quoted(str(path[-1]))
        return Mistake(path, "unknown-key", f"没有名为{key}的键，{zh}", f"there is no key {key_en}; {en}")
    if kind == "missing":
        key, key_en = shown(str(error["loc"][-1])), quoted(str(error["loc"][-1]))
        return Mistake(path, "missing-key", f"缺少{key}，请补上。", f"{key_en} is missing; add it.")
    value: Any = data
    for step in path:
        value = value[step]
    due_zh, due_en = _due(path, error)
    if _is_large(value):
        return Mistake(
            path,
            "number-too-large",
            "数值超过 10 的 15 次方或小数超过 12 位，请核对单位和数字。",
            "the number exceeds 10 to the 15th or has more than 12 decimals; check unit and digits.",
        )
    written, written_en = shown(value), quoted(value)
    advice_zh, advice_en = "", ""
    if isinstance(value, str) and "数字" in due_zh:
        advice_zh = "数字不要加引号；要保留原文写成 {text: 原文}。"
        advice_en = " Write numbers without quotes; to keep what is printed, write {text: …}."
    return Mistake(
        path,
        "wrong-shape",
        f"此处应为{due_zh}，写的是{written}。{advice_zh}",
        f"due here is {due_en}, not {written_en}.{advice_en}",
    )


def _is_large(value: object) -> bool:
    """Whether a number was refused for its size or its fineness."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    fine = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return (
        not isinstance(fine, int) or fine < -MOST_DECIMALS or not -LARGEST_NUMBER <= value <= LARGEST_NUMBER
    )


def _due(path: Path, error: ErrorDetails) -> tuple[str, str]:
    for pattern, zh, en in _DUE:
        if len(pattern) == len(path) and all(p in {"*", step} for p, step in zip(pattern, path, strict=True)):
            return zh, en
    words = allowed_words(error)
    if words:
        return f"以下之一：{'、'.join(words)}", f"one of {', '.join(words)}"
    return _BY_TYPE.get(error["type"], ("另一种值", "another kind of value"))


def _siblings(path: Path, error: ErrorDetails) -> list[str]:
    """The keys that are known where an unknown one stands."""
    named = next(
        (str(step) for step in reversed(error["loc"][:-1]) if str(step).startswith("Structured")), None
    )
    model: type[BaseModel] = wire.StructuredReport
    if named is not None:
        model = getattr(wire, named)
    elif len(path) > 1:
        model = _MODELS.get(str(path[0]), wire.StructuredReport)
    return [field.alias or name for name, field in model.model_fields.items()]


_MODELS: dict[str, type[BaseModel]] = {
    "period": wire.StructuredPeriod,
    "sections": wire.StructuredSection,
    "printed": wire.StructuredPrinted,
    "notes": wire.StructuredNote,
    "candidates": wire.StructuredCandidates,
}
