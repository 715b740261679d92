"""A small valid pack in a temporary folder, to be broken one thing at a time."""

from collections.abc import Callable
from pathlib import Path

import pytest

PACK = """\
id: cn-zz
title: {zh: 测试规则包, en: Test pack}
version: "1.0"
"""
INSTRUMENTS = """\
guide:
  title: 指南
  tier: A
  evidence: made up for the tests
"""
RULE = """\
id: cn-zz/requests/unbalanced
title: {zh: 不平衡, en: Unbalanced}
severity: error
basis:
  - {instrument: guide, article: 第一条}
applies: {layouts: ["2021"]}
each: {column: requests.columns}
let:
  incoming: requests.received[column] + requests.carried_in[column]
assert: incoming == requests.results_total[column] + requests.carried_out[column]
at: requests.results_total[column]
message: {zh: "「{column}」列共 {incoming} 件", en: "{column}: {incoming}"}
examples:
  pass: []
"""


@pytest.fixture
def pack(tmp_path: Path) -> Callable[..., Path]:
    """Writes the pack, with files replaced or added by relative path, and returns its folder."""

    def write(**files: str) -> Path:
        folder = tmp_path / "rules" / "cn-zz"
        content = {"pack.yaml": PACK, "instruments.yaml": INSTRUMENTS, "requests/unbalanced.yaml": RULE}
        content |= {name.replace("__", "/"): text for name, text in files.items()}
        for name, text in content.items():
            file = folder / (name if name.endswith(".yaml") else name + ".yaml")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return folder

    return write
