"""`disclosure-rules annotate`: the copy, the exit codes, and what is refused in plain words."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from disclosure_rules.cli import main

REPORTS = Path(__file__).resolve().parents[1] / "data" / "reports"
BLANK = REPORTS / "template-blank-2021.docx"


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as stopped:
        main([str(one) for one in arguments])
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def test_the_copy_has_the_verdict_and_a_comment_for_each_finding_and_the_exit_code_is_that_of_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = BLANK.read_bytes()
    for more in ((), ("--year", "2024", "--region", "140428", "--profile", "strict")):
        target = tmp_path / f"批注{len(more)}.docx"
        told = run("check", BLANK, "--format", "json", *more)
        capsys.readouterr()
        assert run("annotate", BLANK, "-o", target, *more) == told
        out = capsys.readouterr().out
        comments = [comment.text for comment in Document(BytesIO(target.read_bytes())).comments]
        assert out == f"{target}：{len(comments) - 1} 个问题都有批注，文档开头的批注是检查结论\n"
        assert comments[0].startswith("检查结论：")
        assert all(
            text.startswith("【") and "\n位置：" in text and "\n依据：" in text for text in comments[1:]
        )
    assert BLANK.read_bytes() == before


def test_last_years_report_is_held_against_it(tmp_path: Path) -> None:
    last = tmp_path / "2020.json"
    last.write_text('{"title": "x", "body": "甲局", "year": 2020, "layout": "2021"}', "utf-8")
    assert run("annotate", BLANK, "-o", tmp_path / "批注.docx", "--year", "2024", "--previous", last) == 2
    assert not (tmp_path / "批注.docx").exists()  # of another year: told as in check


def test_nothing_is_overwritten_unasked_and_the_input_never(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "年报.docx"
    shutil.copy(BLANK, own)
    there = tmp_path / "有了.docx"
    there.write_bytes(b"mine")
    assert run("annotate", own, "-o", there) == 2
    assert there.read_bytes() == b"mine"
    assert "--force" in capsys.readouterr().err
    assert run("annotate", own, "-o", own, "--force") == 2
    assert own.read_bytes() == BLANK.read_bytes()
    assert "不改原文件" in capsys.readouterr().err
    run("annotate", own, "-o", there, "--force")
    assert there.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    "name", ["hongze-quzhengfu-2024.pdf", "suqian-shizhengfu-2024.txt", "pingtan-guanweihui-2022.html"]
)
def test_other_formats_are_told_what_to_use_instead(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("annotate", REPORTS / name, "-o", tmp_path / "批注.docx") == 2
    told = capsys.readouterr().err
    assert "--output html=" in told
    assert ("PDF" in told) == name.endswith(".pdf")
    assert not (tmp_path / "批注.docx").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", BLANK.read_bytes()[:9000]])
def test_what_is_damaged_is_told(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "坏.docx"
    file.write_bytes(content)
    assert run("annotate", file, "-o", tmp_path / "批注.docx") == 2
    assert run("annotate", tmp_path / "没有.docx", "-o", tmp_path / "批注.docx") == 2
    assert run("annotate", tmp_path, "-o", tmp_path / "批注.docx") == 2
    assert not (tmp_path / "批注.docx").exists()
