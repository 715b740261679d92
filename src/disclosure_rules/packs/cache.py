"""Parsed YAML of packs, kept in the user's cache by content, so that a second run does not parse it again.

What is kept is plain data, validated by the models on every load as if it had just been parsed. A cache that cannot be
written or read is no error: the pack is parsed.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disclosure_rules.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["digest_of", "recall", "remember"]

_OFF = "DISCLOSURE_RULES_NO_CACHE"


def digest_of(texts: Mapping[str, str]) -> str:
    """The name of a pack's content: its files by relative name, whatever folder they lie in."""
    content = hashlib.sha256(VERSION.encode())
    for name in sorted(texts):
        content.update(f"\0{name}\0{len(texts[name])}\0".encode())
        content.update(texts[name].encode())
    return content.hexdigest()


def recall(digest: str) -> dict[str, Any] | None:
    """The parsed files of the content with this digest; None where they are not kept."""
    file = _file(digest)
    if file is None:
        return None
    try:
        kept = json.loads(file.read_bytes())
    except (OSError, ValueError):
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
                json.dump(parsed, stream, ensure_ascii=False)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError:
        return


def _file(digest: str) -> Path | None:
    if os.environ.get(_OFF):
        return None
    home = os.environ.get("XDG_CACHE_HOME")
    try:
        folder = Path(home) if home else Path.home() / ".cache"
    except RuntimeError:
        return None  # no home
    return folder / "disclosure-rules" / f"pack-{digest[:32]}.json"
