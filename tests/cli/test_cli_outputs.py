"""Outputs as other programs meet them: nothing that could not be read is missing, and bytes are UTF-8 everywhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from disclosure_rules.cli import main
from disclosure_rules.formatters.wrapping import width
from sample_report import unbalanced

ROOT = Path(__file__).resolve().parents[2]
CHECK = [sys.executable, "-m", "disclosure_rules", "check"]
REPORT = unbalanced()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "年报.json").write_text(json.dumps(REPORT, ensure_ascii=False), "utf-8")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    return tmp_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


@pytest.mark.parametrize("files", [["坏.docx"], ["年报.json", "坏.docx"]])
def test_a_file_that_could_not_be_read_is_in_every_format(
    here: Path, files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    forms = ("json", "jsonl", "sarif", "junit", "github", "markdown", "html")
    outputs = [word for form in forms for word in ("--output", f"{form}=out/{form}")]
    assert run("check", *files, *outputs) == 2
    assert "坏.docx：文件不完整或已损坏" in capsys.readouterr().err
    told = {form: (here / "out" / form).read_text("utf-8") for form in forms}
    results = json.loads(told["json"])["results"]
    assert [one["source"]["path"] for one in results] == files
    assert results[-1]["verdict"] == "incomplete"
    assert json.loads(told["json"])["summary"]["incomplete"] == 1
    assert [json.loads(line)["source"]["path"] for line in told["jsonl"].splitlines()] == files
    [sarif] = json.loads(told["sarif"])["runs"]
    assert sarif["invocations"][0]["executionSuccessful"] is False
    assert "damaged-archive" in {
        one["descriptor"]["id"] for one in sarif["invocations"][0]["toolExecutionNotifications"]
    }
    assert ET.fromstring(told["junit"]).get("errors") == "1"  # noqa: S314  our own output
    assert "::error file=坏.docx,title=damaged-archive" in told["github"]
    for form in ("markdown", "html"):
        assert "文件不完整或已损坏" in told[form]


def test_findings_of_a_structured_report_have_their_lines(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A code host shows a finding beside the line that is to be changed."""
    text = json.dumps(REPORT, ensure_ascii=False, indent=1)
    (here / "年报.json").write_text(text, "utf-8")
    due = 1 + text.splitlines().index('   "results_total": {') + 1
    run("check", "年报.json", "--format", "github", "--output", "sarif=s")
    [told] = [line for line in capsys.readouterr().out.splitlines() if "cn/requests/unbalanced" in line]
    assert f",line={due}," in told
    [found] = [
        one
        for one in json.loads((here / "s").read_bytes())["runs"][0]["results"]
        if one["ruleId"] == "cn/requests/unbalanced"
    ]
    assert found["locations"][0]["physicalLocation"]["region"] == {"startLine": due}


def test_lines_are_those_of_the_file_and_not_of_the_one_it_was_extracted_from(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = ROOT / "examples" / "zhangzi-zhujianju-2019.txt"
    run("extract", str(text), "-o", "年报.yaml")
    run("check", "年报.yaml", "--format", "github")
    told = capsys.readouterr().out
    lines = (here / "年报.yaml").read_text("utf-8").splitlines()
    [line] = re.findall(r"line=(\d+),title=引用了已被修改的公开原则", told)
    assert "以公开为原则" in lines[int(line) - 1]
    assert "line=164," not in told  # of the text
    run("check", str(text), "--format", "github")
    assert "line=164," in capsys.readouterr().out


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", ["json", "junit", "csv"])
def test_what_programs_read_is_utf_8_whatever_the_locale(form: str) -> None:
    told = subprocess.run(  # noqa: S603  our own interpreter
        [*CHECK, "年报.json", "--format", form], capture_output=True, check=False,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"},
    )  # fmt: skip
    text = told.stdout.decode("utf-8")
    assert "年报.json" in text
    if form == "json":
        json.loads(text)
    if form == "junit":
        ET.fromstring(told.stdout)  # noqa: S314  our own output


@pytest.mark.usefixtures("here")
def test_an_extract_can_be_checked_again_whatever_the_locale(here: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "disclosure_rules", "extract", "年报.json"], capture_output=True, check=True,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"},
    )  # fmt: skip
    (here / "again.yaml").write_bytes(told.stdout)
    assert run("check", "again.yaml") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux")
def test_a_name_that_is_no_utf_8_breaks_no_output(tmp_path: Path) -> None:
    name = os.path.join(os.fsencode(tmp_path), "年报.json".encode("gbk"))  # noqa: PTH118  bytes
    with open(name, "w", encoding="utf-8") as file:  # noqa: PTH123  the same
        json.dump(REPORT, file)
    outputs = [word for form in ("json", "sarif", "html", "junit") for word in ("--output", f"{form}={form}")]
    told = subprocess.run(  # noqa: S603
        [*CHECK, name, "--format", "json", *outputs, "--attest", "record"], capture_output=True, check=False, cwd=tmp_path
    )  # fmt: skip
    assert (told.returncode, told.stderr) == (1, b"")
    assert os.fsencode(json.loads(told.stdout)["results"][0]["source"]["path"]) == name
    [artifact] = json.loads((tmp_path / "sarif").read_bytes())["runs"][0]["artifacts"]
    assert artifact["location"]["uri"].endswith("/%C4%EA%B1%A8.json")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_lists_of_rules_fit_a_terminal(
    lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    run("check", "年报.json", "--lang", lang, "--show", "open", "--show", "passed")
    lines = capsys.readouterr().out.splitlines()
    assert max(map(width, lines)) <= 80
    [read] = [line for line in lines if line.startswith(("读取", "Reading"))]
    assert ("，" in read) == (lang == "zh")


@pytest.mark.usefixtures("here")
def test_two_formats_do_not_share_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "年报.json", "--output", "json=a", "--output", "sarif=./a") == 2
    assert "写了两次" in capsys.readouterr().err


def test_one_output_that_cannot_be_written_keeps_no_other_from_it(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "folder").mkdir()
    assert (
        run(
            "check",
            "年报.json",
            "--output",
            "html=folder",
            "--output",
            "json=年报.json/x",
            "--output",
            "csv=a.csv",
        )
        == 2
    )
    assert "folder 无法写入" in capsys.readouterr().err
    assert (here / "a.csv").is_file()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_a_pipe_is_written_to_and_not_replaced_and_a_link_stays_one(here: Path) -> None:
    """Root's /dev/null would be a file after `--output json=/dev/null`."""
    os.mkfifo(here / "pipe")
    (here / "target.json").write_text("old")
    (here / "link.json").symlink_to("target.json")
    with subprocess.Popen(["cat", "pipe"], stdout=subprocess.PIPE) as reader:  # noqa: S607
        assert run("check", "年报.json", "--output", "jsonl=pipe", "--output", "json=link.json") == 1
        assert reader.stdout is not None
        assert json.loads(reader.stdout.read())["verdict"] == "fail"
    assert (here / "pipe").is_fifo()
    assert (here / "link.json").is_symlink()
    assert json.loads((here / "target.json").read_bytes())["summary"]["fail"] == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize("unbuffered", [{}, {"PYTHONUNBUFFERED": "1"}])
@pytest.mark.parametrize("stream", ["full", "closed"])
def test_files_are_written_though_nobody_reads_the_rest(
    here: Path, stream: str, unbuffered: dict[str, str]
) -> None:
    if stream == "full":
        out = os.open("/dev/full", os.O_WRONLY)
    else:
        reader, out = os.pipe()
        os.close(reader)
    # Without a buffer every write fails at once; with one the last of them fails when the process ends.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    told = subprocess.run(  # noqa: S603
        [*CHECK, "年报.json", "--output", "json=a.json", "--attest", "b.json"],
        stdout=out, stderr=subprocess.PIPE, check=False, env={**environment, **unbuffered},
    )  # fmt: skip
    os.close(out)
    assert told.returncode == 2
    assert "程序内部出错" not in told.stderr.decode()
    assert b"Exception ignored" not in told.stderr
    assert json.loads((here / "a.json").read_bytes())["summary"]["fail"] == 1
    assert json.loads((here / "b.json").read_bytes())["reports"][0]["verdict"] == "fail"


@pytest.mark.parametrize(
    ("words", "chinese", "english"),
    [
        (["chekc"], "是否指 check", "did you mean check"),
        (["frobnicate"], "disclosure-rules --help", "disclosure-rules --help"),
        (["check"], "缺少 FILE|DIR|ZIP", "Missing argument"),
        (["check", "a", "--yeer", "3"], "没有选项 --yeer，是否指 --year", "No such option"),
        (["check", "a", "--as-of", "1.1.2026"], "--as-of 写作 2026-11-27", "--as-of"),
        (["check", "a", "--show", "all"], "--show 只能是 open、passed、known", "--show"),
        (["check", "a", "--year", "1999"], "--year 的值有误", "2008"),
        (["annotate", "a"], "缺少 -o / --output", "Missing option"),
        (["check", "a", "--year"], "选项 --year 的用法有误", "requires an argument"),
    ],
)
def test_a_wrong_command_line_is_told_in_both_languages_with_where_to_look(
    words: list[str], chinese: str, english: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert chinese in first
    assert english in second
    assert "--help" in first or "是否指" in first
