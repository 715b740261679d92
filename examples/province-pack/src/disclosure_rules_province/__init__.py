"""An example: a province's pack, a city's pack that builds on it, and the verb that one of its rules calls."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_rules import hookimpl

if TYPE_CHECKING:
    from disclosure_rules.hookspecs import Check


@hookimpl
def disclosure_rules_packs() -> list[Path]:
    """The folder that holds both packs."""
    return [Path(str(files(__package__))) / "rules"]


@hookimpl
def disclosure_rules_checks() -> dict[str, Check]:
    """The verb, under a name that begins with the package's own."""
    from disclosure_rules_province.verbs import term_unused  # noqa: PLC0415  loaded with the first check

    return {"province.term-unused": term_unused}
