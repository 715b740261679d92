"""`waivers.yaml`, read as strictly as a pack: file, line and the likely intention of every mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.model.text import Frozen
from disclosure_rules.model.waiver import Waiver
from disclosure_rules.packs.source import Source, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from disclosure_rules.errors import PackError

__all__ = ["WaiversFile", "read_waivers"]


class WaiversFile(Frozen):
    """`waivers.yaml`: the findings that somebody in charge accepts."""

    waivers: tuple[Waiver, ...]


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a file.

    Raises:
        PackError: The file cannot be read, or an entry is not as it must be.
    """
    place = str(path)
    text, _ = read_text(path, place)
    source = Source.parse(path, place, text)
    problems: list[PackError] = []
    file = source.model(WaiversFile, source.data, problems)
    if problems:
        raise problems[0]
    return file.waivers if file else ()
