"""Broken sums → the smallest set of cells that would make them hold. This room explains; it changes no data."""

from disclosure_rules.repair.causes import Causes, Telling, root_causes
from disclosure_rules.repair.hints import Hint, hints_of_last_year

__all__ = ["Causes", "Hint", "Telling", "hints_of_last_year", "root_causes"]
