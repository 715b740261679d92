"""The bars on root causes, on part of what `make root-causes` plants; the page tells the whole."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def _tool() -> Any:  # noqa: ANN401  a module
    spec = importlib.util.spec_from_file_location("root_causes", ROOT / "tools" / "root_causes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["root_causes"] = module
    spec.loader.exec_module(module)
    return module


def test_what_the_sums_settle_is_found_exactly_and_the_rest_is_listed() -> None:
    tool = _tool()
    measure = tool.Measure()
    alone: dict[str, list[bool]] = {}
    first: dict[str, list[bool]] = {}
    for number, planted in enumerate(measure.slips()):
        if planted.table != "requests" or "blanks" in planted.group or number % 17:
            continue
        verdict = measure.verdict(planted)
        assert verdict.listed or planted.kind != "off by one", planted
        first.setdefault(planted.kind, []).append(verdict.first)
        if verdict.answers == 1:
            alone.setdefault(planted.group.rsplit(", ", 1)[1], []).append(verdict.first)
    assert {group: all(found) for group, found in alone.items()} == {
        "one cell": True,
        "two cells": True,
        "one request misfiled": True,
    }
    assert all(len(found) > 20 for found in alone.values())
    pairs = first["two slips anywhere"]
    assert sum(pairs) >= 0.9 * len(pairs)
    singles = [found for kind in tool.SINGLE for found in first[kind]]
    assert len(singles) > 100
    assert all(singles)


def test_the_page_tells_what_was_measured_with_these_bars() -> None:
    text = (ROOT / "docs" / "root-cause.md").read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| table 3")]
    exactly = {(row[0], row[1]): row[6].removesuffix(" %") for row in rows if "blanks" not in row[0]}
    first = {(row[0], row[1]): float(row[10].removesuffix(" %")) for row in rows if "blanks" not in row[0]}
    whole = [where for where, kind in first if kind == "all"]
    # Both forms: one cell, two cells and misfiled requests of tables alone, the last two with the text as well.
    assert len(whole) == 10
    for where in whole:
        assert float(exactly[where, "all"]) == 100
        if where.endswith("one cell"):
            assert first[where, "all"] >= 99
        elif where.endswith("two cells"):
            assert first[where, "two slips anywhere"] >= 90
