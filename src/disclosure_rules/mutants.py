"""A report with one thing changed: what shows whether an example can fail at all."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["mutants"]

_MOST = 400
_LEFT_OUT = object()


def mutants(report: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Copies of a structured report (plain values), each changed in one place; at most a few hundred.

    A number is changed by one, a text emptied, an entry left out.
    """
    yield from islice(_changed(report), _MOST)


def _changed(value: Any) -> Iterator[Any]:  # noqa: ANN401  plain data
    if isinstance(value, dict):
        for key, inner in value.items():
            rest = {other: kept for other, kept in value.items() if other != key}
            yield from (
                rest if new is _LEFT_OUT else {**value, key: new} for new in (*_changed(inner), _LEFT_OUT)
            )
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            before, after = tuple(value[:index]), tuple(value[index + 1 :])
            yield from (
                (*before, *after) if new is _LEFT_OUT else (*before, new, *after)
                for new in (*_changed(inner), _LEFT_OUT)
            )
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from (value + 1, value - 1)
    elif isinstance(value, str) and value:
        yield ""
