"""A batch by a profile: what it leaves out is not told, and its marks stand beside each body."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_rules.cli.main import main
from disclosure_rules.ingest.sheets_xlsx import read_xlsx

if TYPE_CHECKING:
    from pathlib import Path

PROFILES = """
[profiles.office]
ignore = [{rule = "cn/document/title-*", reason = "标题另行核对"}]

[profiles.office.scoring]
total = 20
items = [
  {title = {zh = "缺少表格", en = "tables"}, points = 5, rules = ["cn/*/table-missing"]},
  {title = {zh = "现场检查", en = "on the spot"}, points = 2},
]
"""
TITLE = "cn/document/title-nonstandard"


def _run(folder: Path, *more: str) -> tuple[dict[str, Any], list[list[str]]]:
    with pytest.raises(SystemExit):
        main(["batch", str(folder / "in"), "--out", str(folder / "out"), "--jobs", "1", *more])
    [line] = (folder / "out" / "results.jsonl").read_text("utf-8").splitlines()
    data = (folder / "out" / "结果.xlsx").read_bytes()
    [bodies] = [sheet.texts for sheet in read_xlsx(data, "结果.xlsx") if sheet.name == "各单位"]
    return json.loads(line), [[bodies.get((row, column), "") for column in range(14)] for row in range(2)]


def test_a_profile_decides_what_is_told_and_gives_the_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "disclosure-rules.toml").write_text(PROFILES, "utf-8")
    (tmp_path / "in").mkdir()
    report = {"title": "长子县财政局2024年年报", "body": "长子县财政局", "year": 2024, "layout": "2021"}
    (tmp_path / "in" / "a.json").write_text(json.dumps(report), "utf-8")

    plain, (heads, _) = _run(tmp_path)
    assert plain["score"] is None
    assert "得分" not in heads
    assert TITLE in {one["rule"] for one in plain["findings"]}

    # Into the same folder: the profile is one of the choices by which a report is judged anew.
    judged, (heads, row) = _run(tmp_path, "--profile", "office")
    assert TITLE not in {one["rule"] for one in judged["findings"]}
    assert judged["profile"] == "office"
    score = judged["score"]
    assert (score["least"], score["most"]) == (13, 15)
    assert row[heads.index("得分")] == "13～15"
    assert heads[heads.index("得分") + 1] == "公布日期"


def test_a_profile_that_does_not_exist_stops_before_anything_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(SystemExit) as left:
        main(["batch", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--profile", "nix"])
    assert left.value.code == 2
    assert "没有名为「nix」的检查方案" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
