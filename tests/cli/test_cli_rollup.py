"""`disclosure-rules rollup` after a batch: sums, what is missing, and never a lower bound as if it were a sum."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_rules.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def _report(body: str, upheld: int) -> dict[str, Any]:
    row = {"upheld": upheld, "corrected": 0, "other": 0, "pending": 0, "total": upheld}
    none = dict.fromkeys(row, 0)
    rows = {"review": row, "litigation_direct": none, "litigation_after_review": none}
    return {"body": body, "year": 2024, "layout": "2021", "tables": {"reviews_and_litigation": rows}}


@pytest.fixture
def result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, (body, upheld) in enumerate(
        (("长子县人民政府", 6), ("长子县财政局", 3), ("长子县审计局", 2))
    ):
        (folder / f"{number}.json").write_text(json.dumps(_report(body, upheld), ensure_ascii=False), "utf-8")
    rows = "单位名称,上级单位,汇总范围\n长子县人民政府,,长子县财政局、长子县审计局\n长子县财政局,,\n长子县审计局,,\n"
    (tmp_path / "名册.csv").write_text(rows, "utf-8")
    run(
        "batch",
        str(folder),
        "--out",
        str(tmp_path / "out"),
        "--roster",
        str(tmp_path / "名册.csv"),
        "--jobs",
        "1",
    )
    capsys.readouterr()
    return tmp_path


def test_the_sums_beside_the_superiors_own_figures(result: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roster = str(result / "名册.csv")
    assert run("rollup", str(result / "out"), "--roster", roster, "--body", "长子县人民政府") == 0
    told = capsys.readouterr().out
    assert "汇总 2 / 2 个单位" in told
    assert "行政复议 · 结果维持：5（本级报告为 6）" in told
    assert (
        run("rollup", str(result / "out"), "--roster", roster, "--body", "长子县人民政府", "--format", "json")
        == 0
    )
    values = json.loads(capsys.readouterr().out)
    assert values["complete"] is True
    cell = next(one for one in values["tables"]["reviews_and_litigation"] if one["column"] == "upheld")
    assert (cell["sum"], cell["lower_bound"], cell["own"]) == (5, False, 6)


def test_a_sum_with_a_part_missing_is_a_lower_bound(result: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "单位名称,汇总范围\n长子县人民政府,长子县财政局、长子县审计局、长子县统计局\n长子县财政局,\n长子县审计局,\n长子县统计局,\n"
    (result / "名册.csv").write_text(rows, "utf-8")
    arguments = ("--roster", str(result / "名册.csv"), "--body", "长子县人民政府")
    assert run("rollup", str(result / "out"), *arguments) == 2
    told = capsys.readouterr().out
    assert "缺：长子县统计局" in told
    assert "行政复议 · 结果维持：至少 5" in told


def test_a_body_that_the_roster_lacks_is_told(result: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run("rollup", str(result / "out"), "--roster", str(result / "名册.csv"), "--body", "某县人民政府")
        == 2
    )
    assert "名册中没有「某县人民政府」" in capsys.readouterr().err
