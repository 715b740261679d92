"""A result with what its broken sums come from: the engine's instances and findings, handed to `repair`."""

from __future__ import annotations

__all__ = ["with_root_causes"]
