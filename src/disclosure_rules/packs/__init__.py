"""YAML → RulePack → RuleSet."""

from disclosure_rules.packs.library import Library

__all__ = ["Library"]
