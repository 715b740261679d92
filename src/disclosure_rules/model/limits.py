"""How large and how fine a number of a report may be."""

from __future__ import annotations

__all__ = ["LARGEST_NUMBER", "MOST_DECIMALS"]

# More than any office can have handled, and small enough that every reader of JSON keeps it exact (below 2**53).
LARGEST_NUMBER = 10**15
# The finest amount in a real report has six (4166.241619).
MOST_DECIMALS = 12
