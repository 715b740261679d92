"""A structured report in YAML: scalars stay text (`Plain` where they have no quotes) until it is known what is due."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from disclosure_rules.errors import ReadError
from disclosure_rules.hookspecs import Reader
from disclosure_rules.ingest.structured_bytes import decode_structured
from disclosure_rules.ingest.structured_mistake import pointer_of
from disclosure_rules.ingest.structured_values import MOST_LEVELS, Plain
from disclosure_rules.model.document import StructuredInput
from disclosure_rules.yaml_strict import YamlMistake, load

if TYPE_CHECKING:
    from disclosure_rules.yaml_strict import Path

__all__ = ["YAML_READER", "read_yaml"]

# A real report has about five hundred; each costs memory and time.
_MOST_VALUES = 50_000

_FIRST_KEYS = (
    rb"title|body|year|layout|layout_from|period|published|introduction|sections|closing|tables|printed|facts|notes"
    rb"|candidates"
)
_LOOKS_LIKE_YAML = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:---[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*)?"
    rb"[\"']?(?:" + _FIRST_KEYS + rb")[\"']?[ \t]*:(?:[ \t\r\n]|$)"
)
_LOOKED_AT = 65536


def read_yaml(data: bytes, name: str) -> StructuredInput:
    """Read a structured report in YAML.

    Args:
        data: The file.
        name: What messages call it.

    Returns:
        The data as written, with the place of every entry: of its key in a mapping, of itself in a list.

    Raises:
        ReadError: The file is no YAML that is allowed here; `code` says why.
    """
    text, encoding = decode_structured(data, name)
    marks: dict[Path, tuple[int, int]] = {}
    try:
        root = load(text, Plain, most_levels=MOST_LEVELS, most_values=_MOST_VALUES, marks=marks)
    except YamlMistake as mistake:
        raise ReadError(
            f"{mistake.zh}。", f"{mistake.en}.", place=mistake.at(name), code=mistake.code
        ) from mistake
    if not isinstance(root, dict):
        raise ReadError(
            "内容不是「键: 值」的结构，不是结构化报告。请按 schemas/report.schema.json 填写，如 title: …。",
            "this is no mapping of keys to values, so no structured report; write it by schemas/report.schema.json.",
            place=name,
            code="not-a-mapping",
        )
    return StructuredInput.model_construct(
        format="yaml",
        data=root,
        sha256=hashlib.sha256(data).hexdigest(),
        marks={pointer_of(path): place for path, place in marks.items()},
        encoding=encoding,
        notes=(),
    )


def _recognises(data: bytes) -> bool:
    start = data[:_LOOKED_AT]
    match = _LOOKS_LIKE_YAML.match(start)
    # A second `---` is the end of the front matter of a Markdown text, not a report in YAML.
    return match is not None and b"\n---" not in start[match.end() :]


YAML_READER = Reader(suffixes=(".yaml", ".yml"), recognises=_recognises, read=read_yaml)
