"""The small report that many tests check: requests that do not balance, and nothing else."""

from __future__ import annotations

from typing import Any

__all__ = ["unbalanced"]


def unbalanced(carried_out: int = 1, **others: object) -> dict[str, Any]:
    """A report of 长子县财政局 for 2024 as plain values, made anew for each caller, who may change it.

    Args:
        carried_out: Requests carried over to the next year; with 0 the sums are right.
        others: More keys of the report, or other values of those that it has.
    """
    requests = {
        "received": {"total": 3},
        "carried_in": {"total": 0},
        "results_total": {"total": 3},
        "carried_out": {"total": carried_out},
    }
    report = {"body": "长子县财政局", "year": 2024, "layout": "2021", "tables": {"requests": requests}}
    return {**report, **others}
