"""Plain values as YAML that people can read and our own strict reader reads back."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["yaml_text"]

# What needs no quotes: no sign that YAML knows, no space at an end, and nothing that could be taken for a number,
# a date, null or a truth value. Everything else is written as a JSON string, which YAML reads alike.
_BARE = re.compile(
    r"[A-Za-z_\u3007\u4e00-\u9fff][A-Za-z0-9_\u3007\u4e00-\u9fff（）《》「」“”、，。；：？！・．\-.]*"
)
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
# A row of a table, or a place, is read at a glance; longer mappings are written one entry a line.
_MOST_IN_LINE = 200
# JSON leaves these as they are, YAML does not take them.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def yaml_text(
    value: dict[str, Any],
    top: Sequence[str] = (),
    beside: Mapping[tuple[str, ...], str] | None = None,
) -> str:
    """A mapping as YAML in block style.

    Args:
        value: Text, None, int, Decimal, lists and mappings.
        top: Lines of comment to begin with; each is one line.
        beside: A comment to stand beside a value, by the keys that lead to it; each is one line.
    """
    head = [f"# {line}".rstrip() for line in top]
    return "".join(f"{line}\n" for line in (*head, *_mapping(value, beside or {}, ())))


def _mapping(
    value: dict[str, Any], beside: Mapping[tuple[str, ...], str], path: tuple[str, ...]
) -> list[str]:
    lines: list[str] = []
    for key, item in value.items():
        name, here = _scalar(key), (*path, key)
        said = f"  # {beside[here]}" if here in beside else ""
        flow = _flow(item)
        if flow is not None:
            lines.append(f"{name}: {flow}{said}")
        elif isinstance(item, dict):
            lines += [f"{name}:{said}", *(f"  {line}" for line in _mapping(item, beside, here))]
        else:
            lines += [f"{name}:{said}", *(f"  {line}" for line in _sequence(item))]
    return lines


def _sequence(value: list[Any]) -> list[str]:
    lines: list[str] = []
    for item in value:
        flow = _flow(item)
        if flow is not None:
            lines.append(f"- {flow}")
        else:
            inner = _mapping(item, {}, ()) if isinstance(item, dict) else _sequence(item)
            lines += [f"- {inner[0]}", *(f"  {line}" for line in inner[1:])]
    return lines


def _flow(value: Any) -> str | None:  # noqa: ANN401  plain data
    """The value on one line, where it is short or cannot be broken."""
    if isinstance(value, dict):
        parts = [(key, _flow(item)) for key, item in value.items()]
        if any(part is None or part[0] in "{[" for _, part in parts if part != "{}"):
            return None
        text = "{" + ", ".join(f"{_scalar(key)}: {part}" for key, part in parts) + "}"
        return text if len(text) <= _MOST_IN_LINE or not value else None
    if isinstance(value, list):
        if any(isinstance(item, dict | list | str) for item in value) and value and not _is_pairs(value):
            return None
        return "[" + ", ".join(_flow(item) or "" for item in value) + "]"
    return _scalar(value)


def _is_pairs(value: list[Any]) -> bool:
    """Whether this is a list of pairs of numbers: offsets and lines."""
    return all(isinstance(item, list) and all(isinstance(part, int) for part in item) for item in value)


def _scalar(value: str | int | Decimal | None) -> str:
    if value is None:
        return "null"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int):
        return str(value)
    if _BARE.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False))
