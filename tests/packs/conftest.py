"""A small valid pack in a temporary folder, to be broken one thing at a time, and one that extends it."""

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
rumour:
  title: 传闻
  tier: C
  evidence: made up for the tests
"""
LAYOUT = """\
id: "2021"
title: {zh: 2021年格式, en: Form of 2021}
from_year: 2021
to_year: 2030
basis: [guide]
sections:
  - key: requests
    title: {zh: 申请情况, en: Requests}
tables:
  - key: requests
    title: {zh: 表三, en: Table 3}
    section: requests
    columns:
      - {key: natural_person, label: {zh: 自然人, en: Natural person}, groups: [applicants]}
      - {key: total, label: {zh: 总计, en: Total}}
    rows:
      - {key: received, label: {zh: 本年新收, en: Received}, columns: [natural_person, total]}
      - {key: carried_in, label: {zh: 上年结转, en: Carried in}}
      - {key: results_total, label: {zh: 总计, en: Total}}
      - {key: carried_out, label: {zh: 结转下年度, en: Carried out}}
facts:
  - {key: consultations, title: {zh: 咨询数, en: Consultations}}
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
suggestion: {zh: 核对该列, en: Compare the column}
examples:
  pass:
    - {name: 相等, report: {year: 2021}}
  fail:
    - {name: 不等, report: {year: 2021}, finds: [requests.results_total.total]}
"""
LATE = """\
id: cn-zz/publication/late
title: {zh: 公布迟, en: Late}
severity: warning
basis: [{instrument: guide}]
check: later-than
params: {month: 3, day: 31}
message: {zh: 迟, en: Late}
suggestion: {zh: 尽快公布, en: Publish}
examples:
  pass: [{name: 按时, document: 按时}]
  fail: [{name: 迟, document: 迟, finds: ["line:1"]}]
"""
CHILD = """\
id: cn-yy
title: {zh: 下级, en: Child}
version: "1"
extends: cn-zz
regions: ["14"]
"""

Write = Callable[..., Path]
# A new text, None for no file, or (old, new) to be replaced in the valid text.
Change = str | bytes | tuple[str, str] | None


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests leave no trace in the user's cache; those of the cache have their own."""
    monkeypatch.setenv("DISCLOSURE_RULES_NO_CACHE", "1")


@pytest.fixture
def pack(tmp_path: Path) -> Write:
    """Writes the pack, changed as said by relative path, and returns its folder."""

    def write(changes: dict[str, Change] | None = None) -> Path:
        texts = {
            "pack.yaml": PACK,
            "instruments.yaml": INSTRUMENTS,
            "layouts/2021.yaml": LAYOUT,
            "requests/unbalanced.yaml": RULE,
            "publication/late.yaml": LATE,
        }
        return _write(tmp_path / "rules" / "cn-zz", texts, changes or {})

    return write


@pytest.fixture
def child(pack: Write, tmp_path: Path) -> Write:
    """Writes a pack that extends the other, with these entries of `overrides.yaml`; returns its folder."""

    def write(overrides: str = "", changes: dict[str, Change] | None = None) -> Path:
        if not (tmp_path / "rules" / "cn-zz").exists():
            pack()
        texts = {"pack.yaml": CHILD}
        if overrides:
            texts["overrides.yaml"] = f"overrides:\n{overrides}\n"
        return _write(tmp_path / "rules" / "cn-yy", texts, changes or {})

    return write


def _write(folder: Path, texts: dict[str, str], changes: dict[str, Change]) -> Path:
    files: dict[str, str | bytes | None] = dict(texts)
    for name, change in changes.items():
        if isinstance(change, tuple):
            old, new = change
            assert old in texts[name]
            files[name] = texts[name].replace(old, new)
        else:
            files[name] = change
    for name, text in files.items():
        if text is not None:
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder
