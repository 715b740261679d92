"""A body of which something came in that is not its report of the year: nobody tells it that nothing did."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from docx import Document
from made_files import as_json
from test_batch_parts import report
from test_batch_workbook import _sheets

from disclosure_rules.cli.batch import command

if TYPE_CHECKING:
    from pathlib import Path

FINANCE, AUDIT, JUSTICE, CIVIL = (f"长子县{name}" for name in ("财政局", "审计局", "司法局", "民政局"))


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The result of a batch with a report, a damaged file, a report of last year, and nothing of a fourth body."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    whole = as_json(report(FINANCE, granted=1) | {"published": "2025-01-20"})
    for name in (f"{FINANCE}.json", f"{FINANCE} - 副本.json"):
        (tmp_path / "in" / name).write_bytes(whole)
    (tmp_path / "in" / f"{AUDIT}.docx").write_bytes(b"PK\x03\x04 cut off")
    last = report(JUSTICE, year=2023) | {"published": "2024-01-20"}
    (tmp_path / "in" / f"{JUSTICE}.json").write_bytes(as_json(last))
    roster = "\n".join(
        (
            "单位名称,类别,主管单位",
            *(f"{one},县直部门,长子县人民政府" for one in (FINANCE, AUDIT, JUSTICE, CIVIL)),
        )
    )
    (tmp_path / "名册.csv").write_text(roster, "utf-8")
    arguments = ["in", "--roster", "名册.csv", "--out", "out", "--jobs", "1", "--letters"]
    run = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert run.exception is None
    assert "名册 4 个单位，收到 1 个，另有 1 个的文件没有读出" in run.output
    return tmp_path / "out"


def test_a_file_that_cannot_be_read_is_told_at_its_body_which_is_not_told_as_missing(out: Path) -> None:
    told = json.loads((out / "batch.json").read_text("utf-8"))
    missing = [one["body"] for one in told["findings"] if one["rule"] == "cn/collection/report-missing"]
    assert missing == [JUSTICE, CIVIL]
    [open_one] = [one for one in told["open"] if one["rule"] == "cn/collection/report-missing"]
    assert (open_one["row"], open_one["files"]) == (3, [f"{AUDIT}.docx"])
    rows = [row for row in _sheets(out / "结果.xlsx")["各单位"][1:] if f"{AUDIT}.docx" in row]
    assert [(row[0], row[1]) for row in rows] == [(AUDIT, "没有读出")]
    assert "不完整或已损坏" in rows[0][12]
    assert rows[0][11] == "长子县人民政府"
    assert told["notes"] == []
    index = (out / "index.html").read_text("utf-8")
    assert index.count('class="state unread"') == 1
    assert index.count('class="state missing"') == 2
    letter = "\n".join(
        one.text for one in Document(str(out / "letters" / f"{AUDIT}（催报）.docx")).paragraphs
    )
    assert f"收到的文件“{AUDIT}.docx”不能读取" in letter
    assert "第四十九条" in letter
    assert "没有收到" not in letter


def test_a_report_of_another_year_is_told_at_its_body(out: Path) -> None:
    rows = {row[0]: row for row in _sheets(out / "结果.xlsx")["各单位"][1:] if row[1] == "未交"}
    assert rows[JUSTICE][12] == f"交来的是其他年度的报告：2023（{JUSTICE}.json）"
    assert rows[CIVIL][12] == ""
    index = (out / "index.html").read_text("utf-8")
    assert "交来的是2023年度的" in index
    letter = "\n".join(
        one.text for one in Document(str(out / "letters" / f"{JUSTICE}（催报）.docx")).paragraphs
    )
    assert f"目前没有收到你单位2024年度的报告；你单位交来的是2023年度的报告（{JUSTICE}.json）。" in letter


def test_days_of_publication_are_those_of_reports_of_the_year(out: Path) -> None:
    index = (out / "index.html").read_text("utf-8")
    assert "1月中旬：2 份" in index
    assert "更早：0 份" in index


def test_what_stands_in_two_copies_of_a_file_is_asked_for_once(out: Path) -> None:
    document = Document(str(out / "letters" / f"{FINANCE}.docx"))
    [table] = document.tables
    problems = [row.cells[2].text for row in table.rows[1:]]
    assert problems
    assert len(set(problems)) == len(problems)
    assert f"{FINANCE} - 副本.json、{FINANCE}.json" in "\n".join(one.text for one in document.paragraphs)
