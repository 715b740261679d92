"""`check --attest` and `verify`: a record is repeated by itself, and what has changed since is told in words."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from disclosure_rules.cli import main
from sample_report import unbalanced

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "attestation.schema.json").read_bytes())


def _report(body: str) -> str:
    return json.dumps(unbalanced(body=body), ensure_ascii=False)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "甲").mkdir()
    for name, body in (("a", "长子县财政局"), ("b", "长子县教育局"), ("c", "长子县民政局")):
        (tmp_path / "甲" / f"{name}.json").write_text(_report(body), "utf-8")
    return tmp_path


def run(command: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(command.split())
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def _verified(command: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    code = run(f"verify r.json {command}")
    return code, capsys.readouterr().out


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "options",
    [
        "",
        "--profile strict",
        "--fail-on note",
        "--year 2023 --region 440100 --body-kind government",
        "--as-of 2021-01-01",
        "--pack cn-gd --no-pack cn-sx",
        "--profile cn-fj/licheng-2020",
    ],
)
def test_options_are_repeated_from_the_record(options: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(f"check 甲 --attest r.json {options}")
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(Path("r.json").read_bytes()))
    code, out = _verified("甲", capsys)
    assert (code, out.count("：与记录一致")) == (0, 3)


def test_reports_are_found_by_content_wherever_they_lie(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("check 甲 --attest r.json")
    shutil.copytree(here / "甲", here / "乙")
    (here / "乙" / "a.json").rename(here / "乙" / "z.json")
    assert _verified("乙", capsys)[0] == 0
    (here / "乙" / "b.json").unlink()
    (here / "乙" / "z.json").write_text(
        _report("长子县财政局").replace('"total": 1}', '"total": 0}'), "utf-8"
    )
    (here / "乙" / "新.json").write_text(_report("长子县水利局"), "utf-8")
    code, out = _verified("乙", capsys)
    assert code == 1
    assert "乙/c.json：与记录一致" in out
    assert "乙/z.json：与记录不同\n  文件内容与记录的不是同一份\n  错误：记录为 3，现在为 2" in out
    assert "乙/新.json：记录中没有这份报告" in out
    assert "「长子县教育局」：没有给出" in out


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--profile strict", "检查方案：记录为 default，现在为 strict"),
        ("--fail-on warning", "检查方案 default 的内容与记录时不同"),
        ("--year 2023", "--year：记录为 无，现在为 2023"),
        ("--as-of 2021-01-01", "--as-of：记录为 无，现在为 2021-01-01"),
        ("--no-pack cn-sx", "规则包 cn-sx：记录为 2026.1，现在为 无"),
    ],
)
def test_what_is_asked_otherwise_is_told(
    options: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run("check 甲/a.json --attest r.json")
    code, out = _verified(f"甲/a.json {options}", capsys)
    assert code == 1
    assert words in out


def test_a_pack_that_changed_is_told_by_its_version_or_without(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    county = here / "county"
    county.mkdir()
    manifest = 'id: county\ntitle: {zh: 一, en: a}\nversion: "1"\nextends: cn\n'
    change = "overrides:\n  - {rule: cn/requests/unbalanced, severity: warning, reason: 试行}\n"
    (county / "pack.yaml").write_text(manifest, "utf-8")
    (county / "overrides.yaml").write_text(change, "utf-8")
    run("check 甲/a.json --pack ./county --attest r.json")
    assert "county" not in json.loads((here / "r.json").read_bytes())["choices"]["packs"]
    assert _verified("甲/a.json --pack ./county", capsys)[0] == 0
    (county / "overrides.yaml").write_text(change.replace("试行", "试行一年"), "utf-8")
    (county / "pack.yaml").write_text(manifest.replace('"1"', '"2"'), "utf-8")
    code, out = _verified("甲/a.json --pack ./county", capsys)
    assert (code, "规则包 county：记录为 1，现在为 2" in out) == (1, True)
    (county / "pack.yaml").write_text(manifest, "utf-8")
    (county / "overrides.yaml").write_text(change.replace("warning", "note"), "utf-8")
    code, out = _verified("甲/a.json --pack ./county", capsys)
    assert code == 1
    assert "适用的规则与记录时不同" in out


@pytest.mark.usefixtures("here")
def test_files_of_the_check_are_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    Path("w.yaml").write_text(
        'waivers: [{rule: cn/x/y, body: 长子县财政局, year: 2024, finding: a, reason: b, approved_by: c, expires: "2030-01-01"}]\n',
        "utf-8",
    )
    run("check 甲/a.json --waivers w.yaml --as-of 2026-11-27 --attest r.json")
    assert "检查时用了 --waivers，请给出同一份" in _verified("甲/a.json", capsys)[1]
    # The day of the check is in the record: waivers expire by it, not by today.
    assert _verified("甲/a.json --waivers w.yaml", capsys)[0] == 0


@pytest.mark.usefixtures("here")
def test_what_is_no_record_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("{}", "[]", "", '{"schema": "disclosure-rules/attestation/1"}', "\xff"):
        Path("r.json").write_text(text, "latin-1")
        assert run("verify r.json 甲/a.json") == 2
        assert "不是 check --attest 写出的检查记录" in capsys.readouterr().err
