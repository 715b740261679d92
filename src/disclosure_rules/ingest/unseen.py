"""What stands for something printed in a cell that is no text: a picture, a formula, a field without its result."""

from __future__ import annotations

__all__ = ["UNSEEN"]

# As Unicode has it for an object in a text. No number has it, so that a cell with it is never read as one, nor as blank.
UNSEEN = "\ufffc"
