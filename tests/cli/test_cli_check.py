"""The command as its user calls it: what it prints, and the exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest

from disclosure_rules.cli import main
from disclosure_rules.formatters.wrapping import width

ROOT = Path(__file__).resolve().parents[2]
ZHANGZI = str(ROOT / "examples" / "zhangzi-zhujianju-2019.txt")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def test_a_real_report_is_told_in_chinese_within_80_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run("check", ZHANGZI) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "长子县住建局2019年度政务信息公开工作报告\n2019 年 · 2008 版式 · 山西省长治市长子县"
    )
    assert "由标题中的「长子县」识别" in out
    assert "依据" in out
    assert "建议" in out
    assert "结论：通过" in out
    assert max(width(line) for line in out.splitlines()) <= 80
    assert "\x1b" not in out


def test_english_is_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", ZHANGZI, "--lang", "en") == 0
    assert "Verdict: passed" in capsys.readouterr().out


def test_json_follows_the_schema_and_is_the_same_byte_for_byte(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", ZHANGZI, "--format", "json") == 0
    first = capsys.readouterr().out
    run("check", ZHANGZI, "--format", "json")
    assert capsys.readouterr().out == first
    schema = json.loads((ROOT / "schemas" / "result.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(first))


def test_fail_on_decides_what_blocks(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", ZHANGZI, "--fail-on", "explain") == 1
    assert "结论：不通过" in capsys.readouterr().out


def test_open_rules_block_a_pass_when_they_could_raise_what_blocks(tmp_path: Path) -> None:
    report = tmp_path / "a.yaml"
    report.write_text("title: 某县2024年政府信息公开工作年度报告\nyear: 2024\nlayout: '2021'\n", "utf-8")
    assert run("check", str(report)) in {1, 2}


BAD = {
    "empty.txt": (b"", "空", "empty"),
    "blank.txt": (b"\xef\xbb\xbf \n\n", "空", "empty"),
    "junk.txt": (bytes(range(256)) * 20, "", ""),
    "novel.txt": ("那是最美好的时代，那是最糟糕的时代。\n".encode() * 30, "不像", "annual report"),
    "anchor.yaml": (b"a: &a 1\nb: *a\n", "anchor.yaml:1:4", "anchors"),
    "typo.yaml": (b"titel: x\n", "typo.yaml:1:1", "title"),
    "comma.json": (b'{"title": "x",}', "comma.json:1:", "comma"),
    "scan.pdf": (b"%PDF-1.4 x", "PDF", "PDF"),
    "rich.doc": (b"{\\rtf1 x}", "RTF", "RTF"),
    "two.zip": (b"PK\x03\x04" + bytes(600), "压缩结构错误", "zip structure"),
    "two.rar": (b"Rar!\x1a\x07\x00" + bytes(600), "解压", "unpack"),
    "office.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Office", "Office"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gives_a_clear_sentence_and_exit_2(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, zh, en = BAD[name]
    (tmp_path / name).write_bytes(content)
    for lang in ("zh", "en"):
        assert run("check", str(tmp_path / name), "--lang", lang) == 2
        told = capsys.readouterr()
        first, second = told.err.splitlines()
        chinese, english = (first, second) if lang == "zh" else (second, first)
        # The place leads the first line only.
        assert zh in chinese or zh in first
        assert en in english
        assert "Traceback" not in told.err
        assert told.out == ""


def test_an_empty_folder_is_told_as_such(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", str(tmp_path)) == 2
    assert "文件夹里没有文件" in capsys.readouterr().err


def test_a_file_that_is_missing_does_not_stop_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "missing.txt", ZHANGZI) == 2
    told = capsys.readouterr()
    assert "missing.txt" in told.err
    assert "结论：通过" in told.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("check", ZHANGZI, "--format", "xlsxx"),
        ("check", ZHANGZI, "--region", "999999"),
        ("check", ZHANGZI, "--pack", "cn-nowhere"),
        ("check", ZHANGZI, "--year", "1850"),
        ("schema", "nothing"),
        ("rules", "show", "cn/requests/unbalnced"),
        ("rules", "test", "cn/requests/unbalnced"),
        ("nonsense",),
    ],
)
def test_wrong_arguments_are_told_and_exit_2(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    assert capsys.readouterr().err


def test_what_the_caller_knows_overrules_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    run(
        "check",
        ZHANGZI,
        "--format",
        "json",
        "--year",
        "2021",
        "--region",
        "350128",
        "--body-kind",
        "township",
    )
    report = json.loads(capsys.readouterr().out)["results"][0]["report"]
    assert (report["year"], report["body"]["region"], report["body"]["kind"]) == (2021, "350128", "township")


def test_standard_input_is_read_as_dash() -> None:
    text = Path(ZHANGZI).read_bytes()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "disclosure_rules", "check", "-"]
    done = subprocess.run(command, input=text, capture_output=True, check=False, env=environment)  # noqa: S603  our own
    assert done.returncode == 0, done.stderr.decode()
    assert "长子县住建局" in done.stdout.decode()


def test_extract_and_check_again_finds_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("check", ZHANGZI, "--format", "json")
    direct = json.loads(capsys.readouterr().out)["results"][0]
    for form in ("yaml", "json"):
        target = tmp_path / f"report.{form}"
        assert run("extract", ZHANGZI, "--format", form, "-o", str(target)) == 0
        run("check", str(target), "--format", "json")
        again = json.loads(capsys.readouterr().out)["results"][0]
        for key in ("report", "findings", "open", "outcomes", "passed", "verdict"):
            assert again[key] == direct[key], (form, key)


def test_extract_does_not_overwrite_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "kept.yaml"
    target.write_text("precious", "utf-8")
    assert run("extract", ZHANGZI, "-o", str(target)) == 2
    assert target.read_text("utf-8") == "precious"
    assert "--force" in capsys.readouterr().err
    assert run("extract", ZHANGZI, "-o", str(target), "--force") == 0
    assert target.read_text("utf-8") != "precious"


def test_schemas_are_listed_and_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("schema") == 0
    names = capsys.readouterr().out.split()
    assert {"report", "rule", "pack", "layout", "result", "overrides", "instruments"} <= set(names)
    assert run("schema", "report") == 0
    assert json.loads(capsys.readouterr().out)["$id"] == "report.schema.json"


def test_a_folder_is_extracted_file_by_file_and_one_bad_file_stops_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox, outbox = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    for name in ("zhangzi-zhujianju-2019.txt", "suqian-shizhengfu-2024.yaml"):
        (inbox / name).write_bytes((ROOT / "examples" / name).read_bytes())
    (inbox / "bad.txt").write_bytes(b"")
    assert run("extract", str(inbox), "-o", str(outbox)) == 2
    told = capsys.readouterr().err
    assert "bad.txt" in told
    assert "读出 2 份，1 份未能读取" in told
    names = sorted(path.name for path in outbox.iterdir())
    assert names == ["suqian-shizhengfu-2024.yaml.yaml", "zhangzi-zhujianju-2019.txt.yaml"]
    for name in names:
        assert run("check", str(outbox / name)) == 0
    assert run("extract", str(inbox)) == 2
    assert "-o" in capsys.readouterr().err


def test_a_zip_is_checked_report_by_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = tmp_path / "年报.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.write(ZHANGZI, "长子县/2019.txt")
        made.writestr("长子县/空.txt", b"")
        made.write(ROOT / "tests" / "data" / "reports" / "template-blank-2021.docx", "空表.docx")
    assert run("check", str(archive), "--format", "json") == 2
    told = capsys.readouterr()
    paths = [result["source"]["path"] for result in json.loads(told.out)["results"]]
    assert paths == [f"{archive}!/空表.docx", f"{archive}!/长子县/2019.txt", f"{archive}!/长子县/空.txt"]
    assert f"{archive}!/长子县/空.txt：文件是空的" in told.err
    assert told.err.endswith("检查了 2 份，1 份未能读取（见前面）\n")
    target = tmp_path / "out"
    assert run("extract", str(archive), "-o", str(target)) == 2
    assert (target / "年报.zip" / "长子县" / "2019.txt.yaml").is_file()
    assert run("check", str(target / "年报.zip" / "长子县")) == 0
    capsys.readouterr()
    run("check", str(archive))
    assert f"文件：{archive.name}" in capsys.readouterr().out.replace(str(tmp_path) + "/", "").replace(
        "\n", ""
    )


def test_timings_go_to_standard_error_slowest_first_and_leave_the_result_as_it_is() -> None:
    command = [sys.executable, "-m", "disclosure_rules", "check", "--format", "json", ZHANGZI]
    plain, timed = (
        subprocess.run([*command, *more], capture_output=True, encoding="utf-8", check=False)  # noqa: S603  our own
        for more in ((), ("--timings",))
    )
    assert timed.stdout == plain.stdout
    *rows, total = [line.split(" ms  ") for line in timed.stderr.splitlines()]
    assert total[1] == "合计 total"
    assert {"expressions", "cn/document/body-name-short"} <= {name for _, name in rows}
    times = [float(time) for time, _ in rows]
    assert times == sorted(times, reverse=True)
