"""Who reports: kinds of bodies and administrative regions."""

from __future__ import annotations

from typing import Literal

from disclosure_rules.model.text import Frozen

__all__ = ["BODY_KINDS", "BodyKind", "PublicBody", "Region"]

BodyKind = Literal[
    "government",
    "department",
    "township",
    "subdistrict",
    "authorized_organization",
    "vertical_agency",
    "development_zone",
]
BODY_KINDS: tuple[BodyKind, ...] = (
    "government",
    "department",
    "township",
    "subdistrict",
    "authorized_organization",
    "vertical_agency",
    "development_zone",
)


class Region(Frozen):
    """An administrative division: GB/T 2260 code of six digits and its names from the province down."""

    code: str
    name: str
    path: tuple[str, ...] = ()


class PublicBody(Frozen):
    """The body that reports. `kind` and `region` are None where the name does not tell them."""

    name: str
    kind: BodyKind | None = None
    region: Region | None = None
