"""The drawing of who may import whom is that which `lint-imports` enforces."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_guide_draws_the_layers_that_are_enforced() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = project["tool"]["importlinter"]["contracts"]
    guide = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")
    drawing = guide.partition("## Who may import whom")[2].partition("```text\n")[2].partition("```")[0]
    drawn = [re.split(r" {2,}", line)[0] for line in drawing.splitlines()]
    assert drawn == contract["layers"]
