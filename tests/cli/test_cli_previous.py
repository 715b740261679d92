"""`check --previous` as its user calls it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from disclosure_rules.cli import main
from disclosure_rules.formatters.wrapping import width

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "tests" / "data" / "reports"
LAST, NOW = (str(REPORTS / f"suqian-shizhengfu-{year}.txt") for year in (2023, 2024))


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def test_the_result_names_last_years_report(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    run("check", NOW, "--previous", LAST, "--show", "passed")
    out = capsys.readouterr().out
    assert "对照：2023 年报告《宿迁市2023年政府信息公开工作年度报告》" in out
    assert "cn/years/carry-over-differs" in out
    assert max(width(line) for line in out.splitlines() if not line.startswith("（")) <= 80
    run("check", NOW, "--previous", LAST, "--lang", "en")
    assert "Held against the report of 2023" in capsys.readouterr().out


def test_a_folder_does_as_well_and_json_follows_the_schema(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(LAST, tmp_path)
    run("check", NOW, "--previous", str(tmp_path), "--format", "json")
    results = json.loads(capsys.readouterr().out)
    schema = json.loads((ROOT / "schemas" / "result.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(results)
    (result,) = results["results"]
    assert result["previous"]["year"] == 2023
    assert result["previous"]["body"] == "宿迁市人民政府"
    assert result["previous"]["sha256"]


@pytest.mark.parametrize(
    ("previous", "words"),
    [
        (NOW, "核对2024年的报告要用2023年的"),
        (str(REPORTS / "shuyang-fagaiju-2023.html"), "不是「宿迁市人民政府」的"),
        ("missing.txt", "打不开文件"),
    ],
)
def test_another_report_is_refused_in_words(
    previous: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", NOW, "--previous", previous) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert captured.out == ""


def test_an_empty_folder_leaves_the_rules_open_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = run("check", NOW)
    capsys.readouterr()
    # Nothing that could raise an error stays open, so the verdict is that of the report alone.
    assert run("check", NOW, "--previous", str(tmp_path), "--show", "open") == alone
    out = capsys.readouterr().out
    assert "没有「宿迁市人民政府」2023年的报告" in out
    assert "cn/years/carry-over-differs" in out
    # Where warnings fail a report, what could have been one is missing: the check is not complete.
    words = tmp_path / "clean.yaml"
    shutil.copy(ROOT / "examples" / "suqian-shizhengfu-2024.yaml", words)
    run("check", str(words), "--previous", str(tmp_path), "--fail-on", "warning", "--format", "json")
    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert "cn/years/table-identical" in {rule["rule"] for rule in result["open"]}
