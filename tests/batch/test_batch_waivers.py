"""Waivers in a batch: held for the report that each is about, told whether they hold, and in everything that comes out."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from made_files import as_json, tables_xlsx, text_docx
from test_batch_parts import FINANCE, report

from disclosure_rules.batch import work
from disclosure_rules.cli.main import command
from disclosure_rules.ingest.sheets_xlsx import read_xlsx

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from disclosure_rules.batch.work import Choices, Done, Task

AUDIT = "长治市长子县审计局"


@pytest.fixture
def judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were judged since it was cleared: two reports, each with broken sums."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name in (FINANCE, AUDIT):
        (tmp_path / "in" / f"{name}.json").write_bytes(as_json(report(name, granted=1)))
    names: list[str] = []
    real = work._judged

    def noting(choices: Choices, run: str, task: Task, data: bytes, sha256: str) -> Done:
        names.append(task.name)
        return real(choices, run, task, data, sha256)

    monkeypatch.setattr(work, "_judged", noting)
    return names


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workers are threads of this process."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415
    from functools import partial  # noqa: PLC0415

    from disclosure_rules.batch.runner import Runner  # noqa: PLC0415
    from disclosure_rules.cli import batch  # noqa: PLC0415

    monkeypatch.setattr(batch, "processes", lambda _count: Runner(partial(ThreadPoolExecutor, 1), 1))


def _batch(*options: str) -> tuple[int, str]:
    work.store_of.cache_clear()  # as in a process of its own
    run = CliRunner().invoke(command, ["batch", "in", "--out", "out", *options], standalone_mode=False)
    assert run.exception is None
    return run.return_value, run.stdout


def _results(place: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (place / "out" / "results.jsonl").read_text("utf-8").splitlines()]


def _entries(result: dict[str, Any], **changes: object) -> list[dict[str, Any]]:
    """A waiver for each finding of a result that a letter would ask to mend."""
    told = {
        "body": result["report"]["body"]["name"],
        "year": 2024,
        "reason": "台账已说明",
        "approved_by": "县政府办",
    }
    return [
        {**told, "rule": one["rule"], "finding": one["fingerprint"], "expires": "2027-06-30", **changes}
        for one in result["findings"]
        if one["severity"] != "note"
    ]


def _write(place: Path, waivers: Sequence[dict[str, Any]]) -> None:
    (place / "w.yaml").write_text(json.dumps({"waivers": waivers}, ensure_ascii=False), "utf-8")


def test_a_waiver_costs_its_report_another_check_and_no_other(tmp_path: Path, judged: list[str]) -> None:
    _batch()
    before = (tmp_path / "out" / "results.jsonl").read_bytes()
    finance = next(one for one in _results(tmp_path) if one["report"]["body"]["name"] == FINANCE)
    _write(tmp_path, _entries(finance))
    judged.clear()
    on = ("--waivers", "w.yaml", "--as-of", "2027-06-30")
    code, told = _batch("--waivers", "w.yaml")
    assert judged == [f"{FINANCE}.json"]
    assert f"豁免：{len(_entries(finance))} 条生效，0 条不生效" in told
    verdicts = {one["report"]["body"]["name"]: one["verdict"] for one in _results(tmp_path)}
    assert verdicts == {FINANCE: "pass", AUDIT: "fail"}
    assert code == 1
    # The same list again: nothing to do. Without it: the one report again, and the very same result as before.
    judged.clear()
    _batch("--waivers", "w.yaml")
    assert judged == []
    _batch()
    assert judged == [f"{FINANCE}.json"]
    assert (tmp_path / "out" / "results.jsonl").read_bytes() == before
    # The day of the law asks everything anew; the day on which a waiver ends, its report alone.
    _batch(*on)
    judged.clear()
    assert "0 条不生效" in _batch(*on)[1]
    assert judged == []


def test_the_day_on_which_it_ends_costs_one_check(
    tmp_path: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from disclosure_rules.cli import batch  # noqa: PLC0415  the module beside the command

    class Day(batch.date):
        shown = "2027-06-29"

        @classmethod
        def today(cls) -> Day:
            return cls.fromisoformat(cls.shown)

    monkeypatch.setattr(batch, "date", Day)
    _batch()
    finance = next(one for one in _results(tmp_path) if one["report"]["body"]["name"] == FINANCE)
    _write(tmp_path, _entries(finance))
    for day, again, told in (
        ("2027-06-29", [f"{FINANCE}.json"], "0 条不生效"),
        ("2027-06-30", [], "0 条不生效"),
        ("2027-07-01", [f"{FINANCE}.json"], "0 条生效"),
        ("2027-07-02", [], "0 条生效"),
    ):
        judged.clear()
        Day.shown = day
        assert told in _batch("--waivers", "w.yaml")[1], day
        assert judged == again, day


def test_a_report_in_two_files_is_decided_anew(tmp_path: Path, judged: list[str]) -> None:
    for file in (tmp_path / "in").iterdir():
        file.unlink()
    given = report(granted=1)
    (tmp_path / "in" / "正文.docx").write_bytes(text_docx(given))
    (tmp_path / "in" / "附件.xlsx").write_bytes(tables_xlsx(given))
    _batch()
    [result] = _results(tmp_path)
    assert result["verdict"] == "fail"
    _write(tmp_path, _entries(result))
    judged.clear()
    _batch("--waivers", "w.yaml")
    [result] = _results(tmp_path)
    assert all(one["waived"] for one in result["findings"] if one["severity"] == "error")
    assert set(judged) == {"正文.docx"}  # read alone, and with its tables; those are kept


def test_everything_that_comes_out_tells_of_waivers(tmp_path: Path, judged: list[str]) -> None:
    _batch("--letters")
    assert len(list((tmp_path / "out" / "letters").iterdir())) == 2
    finance = next(one for one in _results(tmp_path) if one["report"]["body"]["name"] == FINANCE)
    holding = _entries(finance)
    others = [
        {**holding[0], "finding": "0" * 16},
        {**holding[0], "rule": "cn/overview/missing", "finding": "1" * 16},
        {**holding[0], "body": "长子县民政局"},
    ]
    _write(tmp_path, [*holding, *others])
    told = _batch("--letters", "--waivers", "w.yaml")[1]
    assert judged
    assert f"豁免：{len(holding)} 条生效，3 条不生效" in told
    assert "长子县民政局 2024" in told
    out = tmp_path / "out"
    states = [one["state"] for one in json.loads((out / "batch.json").read_text("utf-8"))["waivers"]]
    assert states == [*["holds"] * len(holding), "void", "unused", "no-report"]
    with (out / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if any("已豁免：台账已说明" in cell for cell in row)]
    assert len(rows) == len(holding)
    sheets = {sheet.name: sheet.texts for sheet in read_xlsx((out / "结果.xlsx").read_bytes(), "x")}
    words = [text for (row, column), text in sorted(sheets["豁免"].items()) if column == 2 and row]
    assert words == [
        *["生效"] * len(holding),
        "已失效：数值与批准时不同",
        "未用上：没有这个问题",
        "不属于本批任何一份报告",
    ]
    assert sum("已豁免：台账已说明" in text for text in sheets["问题"].values()) == len(holding)
    overview = {
        text: sheets["概况"].get((row, 1)) for (row, column), text in sheets["概况"].items() if not column
    }
    assert (overview["其中已豁免"], overview["不生效的豁免"]) == (str(len(holding)), "3")
    index = (out / "index.html").read_text("utf-8")
    assert index.count("不属于本批任何一份报告") == 1
    [page] = [one.read_text("utf-8") for one in (out / "reports").iterdir() if "财政局" in one.name]
    assert "台账已说明" in page
    # What is waived is asked of nobody: the letter of the one body goes.
    assert [one.name for one in (out / "letters").iterdir()] == [f"{AUDIT}.docx"]
