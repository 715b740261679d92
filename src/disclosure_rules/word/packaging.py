"""A package written anew with some parts changed; every other part has the bytes it had."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from disclosure_rules.ingest.zips import open_zip

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["rewritten"]

_NEW = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip archive can hold: the same input gives the same bytes


def rewritten(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """A copy of a package.

    Args:
        data: The package, which was read before and found sound.
        changed: Parts by name that take the place of those there, or are added at the end in this order.

    Returns:
        The copy: parts in their order, with their times and ways of packing.
    """
    stream = BytesIO()
    with open_zip(BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        there = set()
        for info in old.infolist():
            there.add(info.filename)
            content = changed.get(info.filename)
            new.writestr(_copied(info), old.read(info) if content is None else content)
        for name, content in changed.items():
            if name not in there:
                added = zipfile.ZipInfo(name, _NEW)
                added.create_system = 3  # whatever machine writes it
                added.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(added, content)
    return stream.getvalue()


def _copied(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    copied = zipfile.ZipInfo(info.filename, info.date_time)
    stored = info.compress_type == zipfile.ZIP_STORED
    copied.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    copied.external_attr = info.external_attr
    copied.create_system = info.create_system
    copied.comment = info.comment
    return copied
