"""The YAML of a rule pack: what its scalars mean, and its mistakes as errors of the pack.

A scalar without quotes is an integer, a decimal, true, false or null where it is written plainly as one, and text
otherwise: `no`, `010`, `1_000` and `2024-01-31` are text.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from disclosure_rules.errors import PackError
from disclosure_rules.yaml_strict import YamlMistake, load, spots

__all__ = ["parse", "spots"]

_MOST_LEVELS = 24
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}


def parse(text: str, name: str) -> Any:  # noqa: ANN401  plain data
    """The data of a YAML text: dicts, tuples, text, int, Decimal, bool and None.

    Args:
        text: The text of the file.
        name: What places in messages begin with.

    Raises:
        PackError: The text is no YAML of the subset; the place has line and column.
    """
    try:
        return load(text, _plain, most_levels=_MOST_LEVELS)
    except YamlMistake as mistake:
        raise PackError(mistake.zh, mistake.en, place=mistake.at(name), code=mistake.code) from mistake


def _plain(value: str) -> Any:  # noqa: ANN401  plain data
    if value in _WORDS:
        return _WORDS[value]
    if value[0] in "-0123456789":
        if _INTEGER.fullmatch(value):
            return int(value)
        if _DECIMAL.fullmatch(value):
            return Decimal(value)
    return value
