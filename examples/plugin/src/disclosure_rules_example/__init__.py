"""An example plugin: a verb in Python, and a pack with two rules that are still YAML."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_rules import hookimpl

if TYPE_CHECKING:
    from disclosure_rules.hookspecs import Check


@hookimpl
def disclosure_rules_packs() -> list[Path]:
    """The folder of this plugin's pack."""
    return [Path(str(files(__package__))) / "rules"]


@hookimpl
def disclosure_rules_checks() -> dict[str, Check]:
    """The verb, under a name that begins with the plugin's own."""
    from disclosure_rules_example.verbs import too_few_characters  # noqa: PLC0415  loaded with the first check

    return {"example.too-few-characters": too_few_characters}
