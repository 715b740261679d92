"""The guide for the clerk of a superior office: every command of the page runs, in its order, on what it says to prepare."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_files import as_json
from xlsxwriter import Workbook

from disclosure_rules.batch import work
from disclosure_rules.cli.main import command
from disclosure_rules.packs.waivers import read_waivers
from sample_report import unbalanced

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "batch.zh-CN.md").read_text("utf-8")
COMMANDS = re.findall(r"^\$ disclosure-rules (.+)$", PAGE, re.MULTILINE)
REPORTS = ROOT / "tests" / "data" / "reports"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the page says to prepare, the roster with every heading that it names."""
    monkeypatch.chdir(tmp_path)
    for name in ("收到", "去年", "再次收到"):
        (tmp_path / name).mkdir()
    for name in ("收到", "再次收到"):
        (tmp_path / name / "财政局.json").write_bytes(as_json(unbalanced()))
        shutil.copy(REPORTS / "suqian-shizhengfu-2024.txt", tmp_path / name)
    shutil.copy(REPORTS / "suqian-shizhengfu-2023.txt", tmp_path / "去年")
    heads = re.findall(r"^   \| ([^|（ ]+?)(?:（或[^）]*）)? \|", PAGE, re.MULTILINE)[2:]
    assert heads[0] == "单位名称"
    rows = (
        ("长子县财政局", "县财政局、财政局", "部门", "长子县人民政府", "1月31日前", ""),
        ("长子县人民政府", "", "政府", "", "次年1月31日", "长子县财政局"),
        ("宿迁市人民政府", "", "", "", "2025-01-31", ""),
    )
    with Workbook(tmp_path / "名册.xlsx") as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(([*heads], *rows)):
            sheet.write_row(line, 0, row)
    (tmp_path / "waivers.yaml").write_text(re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0], "utf-8")
    return tmp_path


def _run(words: str) -> str:
    work.store_of.cache_clear()  # as in a process of its own
    run = CliRunner().invoke(command, shlex.split(words), standalone_mode=False)
    assert run.exception is None, words
    return run.stdout


def test_every_command_of_the_page_runs(desk: Path) -> None:
    assert len(COMMANDS) >= 8
    told = {words: _run(words) for words in COMMANDS}
    assert all(told.values())
    [first, *_] = told.values()
    assert "名册 3 个单位，收到 2 个" in first
    assert "没有使用" not in first  # every heading of the page is known
    [held] = [out for words, out in told.items() if "--waivers" in words]
    assert "豁免：1 条生效，0 条不生效" in held
    [since] = [out for words, out in told.items() if "--since" in words]
    assert "与上次相比：" in since
    assert {one.name for one in (desk / "结果" / "letters").iterdir()} >= {
        "长子县财政局.docx",
        "长子县人民政府（催报）.docx",
    }


def test_the_columns_that_the_page_says_to_copy_make_a_waiver(desk: Path) -> None:
    _run(COMMANDS[0])
    lines = (desk / "结果" / "results.jsonl").read_text("utf-8").splitlines()
    found = {(one["rule"], one["fingerprint"]) for line in lines for one in json.loads(line)["findings"]}
    assert {(one.rule, one.finding) for one in read_waivers(desk / "waivers.yaml")} <= found
