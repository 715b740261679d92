"""Where `rules/` and `schemas/` are: inside an installed package, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = ["letter_templates", "rules_folder", "schemas_folder"]

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent.parent / name


def rules_folder() -> Path:
    """The folder of the shipped rule packs, one subfolder a pack."""
    return _folder("rules")


def schemas_folder() -> Path:
    """The folder of the generated JSON Schemas."""
    return _folder("schemas")


def letter_templates() -> Path:
    """The folder of the letter templates of `batch`, which lie beside the code that fills them."""
    return _PACKAGE / "batch" / "templates"
