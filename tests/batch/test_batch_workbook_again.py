"""A workbook in which the office has worked: a later run loses nothing of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from made_files import as_json
from test_batch_parts import report
from test_batch_workbook import _sheets

from disclosure_rules.cli.batch import command

if TYPE_CHECKING:
    from pathlib import Path

BODY = "长子县财政局"
STATE = 9  # the column 处理情况 of the findings


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_bytes(as_json(report(BODY, granted=1)))
    (tmp_path / "名册.csv").write_text(f"单位名称\n{BODY}\n长子县审计局\n", "utf-8")
    return tmp_path


def _run() -> str:
    run = CliRunner().invoke(
        command, ["in", "--roster", "名册.csv", "--out", "out", "--jobs", "1"], standalone_mode=False
    )
    assert run.exception is None
    return run.output


def _fill(file: Path, sheet: str, cell: str, words: str) -> None:
    """Write into an empty cell, as Excel does."""
    with ZipFile(file) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    row = re.sub(r"[A-Z]", "", cell)
    text = parts[sheet].decode()
    column = re.sub(r"\d", "", cell)
    before, end, after = text.partition(f'<c r="{chr(ord(column) + 1)}{row}"')
    assert end
    parts[sheet] = f'{before}<c r="{cell}" t="inlineStr"><is><t>{words}</t></is></c>{end}{after}'.encode()
    with ZipFile(file, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)


def test_what_was_filled_in_is_taken_over_and_the_changed_workbook_is_kept(place: Path) -> None:
    assert "改动过" not in _run()
    file = place / "out" / "结果.xlsx"
    first = _sheets(file)
    _fill(file, "xl/worksheets/sheet3.xml", "J2", "已改正")
    _fill(file, "xl/worksheets/sheet4.xml", "G2", "待处理")
    changed = file.read_bytes()
    assert _sheets(file)["问题"][1][STATE] == "已改正"

    said = _run()
    kept = place / "out" / "结果（改动过，1）.xlsx"
    assert f"原样留作 {kept.relative_to(place)}" in said
    assert "2 处" in said
    assert kept.read_bytes() == changed
    second = _sheets(file)
    assert second["问题"][1][STATE] == "已改正"
    assert second["批次问题"][1][6] == "待处理"
    assert [row[:STATE] for row in second["问题"]] == [row[:STATE] for row in first["问题"]]

    # Nobody has touched the new one: it is written again without another copy, and with what stood in it.
    assert "改动过" not in _run()
    assert sorted(one.name for one in (place / "out").glob("*.xlsx")) == [file.name, kept.name]
    assert _sheets(file) == second


def test_what_was_filled_in_for_a_finding_of_other_values_is_kept_but_not_taken_over(place: Path) -> None:
    _run()
    file = place / "out" / "结果.xlsx"
    broken = next(row for row, cells in enumerate(_sheets(file)["问题"], 1) if "unequal" in cells[STATE + 1])
    _fill(file, "xl/worksheets/sheet3.xml", f"J{broken}", "不是问题")
    (place / "in" / "a.json").write_bytes(as_json(report(BODY, granted=2)))
    assert "改动过" in _run()
    assert not any(row[STATE] for row in _sheets(file)["问题"][1:])
    assert _sheets(place / "out" / "结果（改动过，1）.xlsx")["问题"][broken - 1][STATE] == "不是问题"


def test_something_else_in_its_place_is_kept_too(place: Path) -> None:
    _run()
    file = place / "out" / "结果.xlsx"
    for number, data in enumerate((b"notes", b"other notes"), 1):
        file.write_bytes(data)
        assert "改动过" in _run()
        assert (place / "out" / f"结果（改动过，{number}）.xlsx").read_bytes() == data
