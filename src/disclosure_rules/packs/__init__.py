"""YAML → RuleSet: strict loading, resolution, lint.

`find_packs` and `packs_for` say what there is and what a report needs, `load_packs` loads it, `resolve` says
what is in force.
"""

from __future__ import annotations

from disclosure_rules.packs.find import find_packs, packs_for
from disclosure_rules.packs.load import load_examples, load_manifest, load_pack, load_packs
from disclosure_rules.packs.resolve import resolve

__all__ = ["find_packs", "load_examples", "load_manifest", "load_pack", "load_packs", "packs_for", "resolve"]
