"""JSON as handed in: RFC 8259 to the letter, numbers exact, no key twice.

The standard library's decoder does the work at C speed. Only when something is wrong, or a place is asked for, is
the text read a second time by `structured_places`, which knows lines and columns.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from disclosure_rules.errors import ReadError
from disclosure_rules.hookspecs import Reader
from disclosure_rules.ingest.structured_bytes import LARGEST, decode_structured
from disclosure_rules.ingest.structured_places import scan
from disclosure_rules.ingest.structured_values import exact_decimal
from disclosure_rules.model.document import StructuredInput

__all__ = ["JSON_READER", "read_json"]

# Counted before anything is built, in a large file only: an empty list costs 64 bytes for 3 of the file.
_LARGE = 2**20
_MOST_VALUES = 50_000


def read_json(data: bytes, name: str, largest: int = LARGEST) -> StructuredInput:
    """Read a structured report in JSON.

    Args:
        data: The file.
        name: What messages call it.
        largest: How many bytes there may be; a request holds whole documents.

    Returns:
        The data; numbers with a point are Decimal. `marks` are found when they are first asked for.

    Raises:
        ReadError: The file is not JSON, or not as it is allowed here; `code` says why.
    """
    text, encoding = decode_structured(data, name, largest)
    if len(text) > _LARGE and text.count(",") > _MOST_VALUES:
        scan(text, name, most_values=_MOST_VALUES)
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        scan(text, name)
        raise ReadError(
            "JSON 无法解析，请检查写法。",
            "the JSON cannot be parsed; check it.",
            place=name,
            code="json-syntax",
        ) from error
    if b"\\" in data and ("\\ud" in text or "\\uD" in text):
        scan(text, name)  # half of a surrogate pair is no character; the decoder lets it through
    if type(value) is not dict:
        raise ReadError(
            "内容不是 JSON 对象 {…}，不是结构化报告。请按 schemas/report.schema.json 填写。",
            "this is no JSON object {…}, so no structured report; write it by schemas/report.schema.json.",
            place=f"{name}:1:1",
            code="not-a-mapping",
        )
    return StructuredInput.model_construct(
        format="json",
        data=value,
        sha256=hashlib.sha256(data).hexdigest(),
        marks=_LazyMarks(text, name),
        encoding=encoding,
        notes=(),
    )


class _RefusedError(ValueError):
    """Found while decoding; the place and the words come from the scan."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RefusedError
    return found


def _constant(_: str) -> NoReturn:
    raise _RefusedError


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_float=exact_decimal, parse_constant=_constant)


class _LazyMarks(Mapping[str, tuple[int, int]]):
    """The places of all values, by JSON pointer, read from the text when first needed."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self._marks: dict[str, tuple[int, int]] | None = None

    def _found(self) -> dict[str, tuple[int, int]]:
        if self._marks is None:
            self._marks = scan(self._text, self._name)
        return self._marks

    def __getitem__(self, pointer: str) -> tuple[int, int]:
        return self._found()[pointer]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())


def _recognises(data: bytes) -> bool:
    return data[:65536].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


JSON_READER = Reader(suffixes=(".json",), recognises=_recognises, read=read_json)
