"""Broken sums → the smallest set of cells that would make them hold. This room explains; it changes no data."""

from disclosure_rules.repair.causes import Causes, root_causes

__all__ = ["Causes", "root_causes"]
