"""Parsed YAML of packs, kept in the user's cache by content, so that a second run does not parse it again.

What is kept is plain data: every load validates it and holds it against the rules for packs, as if it had just been
parsed. A cache that cannot be read or written is no error: the pack is parsed.
"""

from __future__ import annotations

import json
import os
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disclosure_rules.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["recall", "remember"]

_OFF = "DISCLOSURE_RULES_NO_CACHE"
# Text in a pack cannot hold this character, so nothing else is taken for a decimal.
_DECIMAL = "\0decimal:"


def recall(digest: str) -> dict[str, Any] | None:
    """The parsed files of the content with this digest, by name; None where they are not kept."""
    file = _file(digest)
    if file is None:
        return None
    try:
        kept = _thawed(json.loads(file.read_bytes()))
    except (OSError, ValueError, ArithmeticError, RecursionError):
        return None
    return kept if isinstance(kept, dict) else None


def remember(digest: str, parsed: Mapping[str, Any]) -> None:
    """Keep the parsed files of a content, all at once or not at all."""
    file = _file(digest)
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".pack-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(json.dumps(parsed, ensure_ascii=False, default=_frozen))
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError:
        return


def _frozen(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{_DECIMAL}{value}"
    raise TypeError(f"{type(value).__name__} is nothing that a pack holds")


def _thawed(value: Any) -> Any:  # noqa: ANN401  plain data
    """What the parser gave: lists were tuples, and decimals are exact."""
    kind = type(value)
    if kind is str:
        return Decimal(value.removeprefix(_DECIMAL)) if value.startswith(_DECIMAL) else value
    if kind is dict:
        for key, inner in value.items():
            # Nearly all are words as they are, and a call for each of 9,000 is what takes time here.
            if type(inner) is not str or inner.startswith(_DECIMAL):
                value[key] = _thawed(inner)
        return value
    if kind is list:
        return tuple(
            [
                inner if type(inner) is str and not inner.startswith(_DECIMAL) else _thawed(inner)
                for inner in value
            ]
        )
    return value


def _file(digest: str) -> Path | None:
    if os.environ.get(_OFF):
        return None
    home = os.environ.get("XDG_CACHE_HOME")
    try:
        folder = Path(home) if home else Path.home() / ".cache"
    except RuntimeError:
        return None  # no home
    return folder / "disclosure-rules" / VERSION / f"pack-{digest[:32]}.json"
