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


def test_single_slips_in_table_3_are_found_exactly_and_pairs_nearly_always() -> None:
    tool = _tool()
    measure = tool.Measure()
    scores: dict[str, list[bool]] = {}
    for number, planted in enumerate(measure.slips()):
        if planted.table != "requests" or "blanks" in planted.group or number % 12:
            continue
        verdict = measure.verdict(planted)
        assert "listed" in verdict or planted.kind != "off by one", planted
        scores.setdefault(planted.kind, []).append("first" in verdict)
    pairs = scores.pop("two slips anywhere")
    assert sum(pairs) >= 0.9 * len(pairs)
    assert len(pairs) > 20
    singles = [found for kind in tool.SINGLE for found in scores[kind]]
    assert len(singles) > 100
    assert all(singles)


def test_the_page_tells_what_was_measured_with_these_bars() -> None:
    text = (ROOT / "docs" / "root-cause.md").read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| table 3")]
    share = {(row[0], row[1]): float(row[4].removesuffix(" %")) for row in rows}
    whole = [where for where, kind in share if kind == "all" and "blanks" not in where]
    assert len(whole) == 4  # both forms, one and two cells
    for where in whole:
        if where.endswith("one cell"):
            assert share[where, "all"] >= 99
        else:
            assert share[where, "two slips anywhere"] >= 90
