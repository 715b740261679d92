"""Regenerate `schemas/` from the models: `make schemas`."""

from pathlib import Path

from disclosure_rules.packs.schemas import write

write(Path(__file__).resolve().parent.parent / "schemas")
