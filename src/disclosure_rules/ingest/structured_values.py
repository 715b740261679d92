"""The values of a structured report: what a scalar means where it stands.

YAML scalars arrive as text, because YAML itself would turn `no` into false, `010` into 8 and `1:30` into 90.
Only where a number is due is a scalar read as one, and only in the form that JSON writes too; whatever else stands
there is told to the author, since a structured report can be put right.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from disclosure_rules.ingest.structured_mistake import Mistake, Path
from disclosure_rules.model.limits import LARGEST_NUMBER
from disclosure_rules.numbers import read_number

if TYPE_CHECKING:
    from disclosure_rules.model.report import Number

__all__ = ["MOST_LEVELS", "Plain", "exact_decimal", "quoted", "shown", "typed"]

MOST_LEVELS = 100


class Plain(str):
    """A YAML scalar without quotes: its meaning depends on where it stands."""

    __slots__ = ()


_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,12})?")

# What stands below each kind of place, by key; `*` is any other key, and every item of a list.
_PLACE = {
    "page": "number",
    "line": "number",
    "paragraph": "number",
    "count": "number",
    "lines": "numbers",
    "*": "text",
}
_BELOW: dict[str, dict[str, str]] = {
    "report": {"year": "number", "tables": "tables", "facts": "facts", "*": "text"},
    "tables": {"*": "table"},
    "table": {"*": "row"},
    "row": {"*": "figure"},
    "facts": {"*": "figure"},
    "figure": {**_PLACE, "number": "number", "parts": "facts"},
    "numbers": {"*": "numbers"},
    "number": {"*": "number"},
    "text": _PLACE,
}
_NUMBER_KINDS = frozenset(("figure", "number", "numbers"))


def typed(value: Any, kind: str = "report", path: Path = ()) -> Any:  # noqa: ANN401  plain data of any shape
    """The same data with every scalar in its meaning: numbers exact, plain YAML scalars read.

    Args:
        value: Mappings, sequences and scalars.
        kind: What kind of place the value stands in; a key of `_BELOW`.
        path: Where it stands.

    Raises:
        Mistake: A plain scalar in the place of a number is none; a number is not finite; a key is no text; the
            data are nested too deeply; a text holds what is no character.
    """
    if isinstance(value, Mapping):
        below = _BELOW[kind]
        return {
            _key(key, path): typed(item, below.get(key, below["*"]), _deeper(path, key))
            for key, item in value.items()
        }
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        inner = _BELOW[kind]["*"] if kind in {"facts", "numbers"} else kind
        return [typed(item, inner, _deeper(path, place)) for place, item in enumerate(value)]
    if isinstance(value, Plain):
        return _plain(value, kind, path)
    if isinstance(value, str):
        return _characters(value, path)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise Mistake(
                path,
                "not-a-number",
                "数值不是有限数，请填写实际数字或 null。",
                "not finite; write a number or null.",
            )
        return exact_decimal(repr(value))
    return exact_decimal(str(value)) if isinstance(value, Decimal) and value.is_finite() else value


def _characters(value: str, path: Path) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Mistake(
            path,
            "lone-surrogate",
            "文字中有不成对的代理字符，不是有效字符，请改正。",
            "the text holds half of a surrogate pair, which is no character; correct it.",
        ) from None
    return str(value)


def _key(key: object, path: Path) -> str:
    if not isinstance(key, str):
        written, written_en = shown(key), quoted(key)
        raise Mistake(
            path,
            "key-not-text",
            f"键{written}不是文字，请改用文字键。",
            f"the key {written_en} is no text; use text.",
        )
    return _characters(key, path)


def _deeper(path: Path, step: str | int) -> Path:
    if len(path) >= MOST_LEVELS:
        raise Mistake(
            path[:4],
            "too-deep",
            f"嵌套超过 {MOST_LEVELS} 层，不是年度报告的数据，请检查文件。",
            f"nested more than {MOST_LEVELS} levels deep: no report is; check the file.",
        )
    return (*path, step)


def exact_decimal(written: str) -> Number:
    """The number of a JSON literal with a point or an exponent, exactly: `12.50` keeps its zero, `1e3` is 1000."""
    try:
        number = Decimal(written)
    except InvalidOperation as error:  # an exponent of more than eighteen digits
        raise ValueError(written) from error
    exponent = number.as_tuple().exponent
    # The bound comes first: int(Decimal("1e999999999")) would fill the memory.
    if isinstance(exponent, int) and exponent > 0 and number.copy_abs() <= LARGEST_NUMBER:
        return int(number)
    return number


def _plain(value: Plain, kind: str, path: Path) -> Number | str | None:
    if value in _NULLS:
        return None
    if kind not in _NUMBER_KINDS:
        return str(value)
    if _NUMBER.fullmatch(value):
        return Decimal(value) if "." in value else int(value)
    written, written_en = shown(str(value)), quoted(str(value))
    zh, en = _advice(str(value), wants_cell=kind == "figure")
    raise Mistake(
        path,
        "not-a-number",
        f"此处应为数字，写的是{written}。{zh}",
        f"a number is due here, not {written_en}; {en}",
    )


def _advice(written: str, *, wants_cell: bool) -> tuple[str, str]:
    number = read_number(written).number
    if number is not None and "万" not in written and "亿" not in written:
        return f"请写成 {number}。", f"write {number}."
    if not wants_cell:
        return "请写成不带引号和单位的数字。", "write a bare number, without quotes or unit."
    return (
        "请写成数字，如 10；空白写 null；要保留原文写成 {text: 原文}。",
        "write a number such as 10, null for a blank, or {text: …} to keep what is printed.",
    )


_LONGEST_SHOWN = 40
_MOST_BITS = 1024


def shown(value: object) -> str:
    """A value as a Chinese message may print it: short, on one line."""
    return f"「{_short(value)}」" if isinstance(value, str) else _short(value)


def quoted(value: object) -> str:
    """The same for an English message."""
    return f"'{_short(value)}'" if isinstance(value, str) else _short(value)


def _short(value: object) -> str:
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return "…"  # Python itself refuses to print the longest integers
    text = value if isinstance(value, str) else repr(value)
    start = "".join(character if character.isprintable() else "\ufffd" for character in text[:_LONGEST_SHOWN])
    return start if len(text) <= _LONGEST_SHOWN else start + "…"
