"""What offices and machines do to a batch: strange names, rosters by hand, full disks, folders that cannot be written."""

from __future__ import annotations

import io
import json
import os
import resource
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from disclosure_rules.batch.alone import alone
from disclosure_rules.batch.roster import read_roster

REPORT = Path(__file__).resolve().parents[1] / "data" / "reports" / "suqian-shizhengfu-2024.txt"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def _batch(
    folder: Path, out: Path, *more: str, most_bytes: int | None = None
) -> subprocess.CompletedProcess[str]:
    def limit() -> None:
        if most_bytes is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    command = [
        sys.executable,
        "-m",
        "disclosure_rules",
        "batch",
        str(folder),
        "--out",
        str(out),
        "--jobs",
        "1",
    ]
    return subprocess.run(  # noqa: S603  our own command
        [*command, *more], capture_output=True, text=True, check=False, preexec_fn=limit
    )


def test_names_with_newlines_and_bytes_that_are_no_text_are_kept_apart_and_stay_inside(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    names = ["两\n行.txt", "=HYPERLINK(1).txt", os.fsdecode(b"\xff\xfe.txt")]
    for name in names:
        shutil.copy(REPORT, folder / name)
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("../../外面.txt", REPORT.read_bytes())
    ran = _batch(folder, tmp_path / "out")
    assert "Traceback" not in ran.stderr
    lines = (tmp_path / "out" / "results.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 4
    assert len({json.loads(line)["source"]["path"] for line in lines}) == 4
    table = (tmp_path / "out" / "findings.csv").read_text("utf-8-sig")
    assert "\n=HYPERLINK" not in table
    assert not list(tmp_path.parent.rglob("外面.txt"))


def _workbook(rows: str, merged: str) -> bytes:
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="名册" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="b" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_roster_in_a_workbook_with_merged_cells_blank_rows_and_duplicates_is_read(tmp_path: Path) -> None:
    table = {
        1: {"A": "2024年年报名册"},
        2: {"A": "上级单位", "B": "单位名称", "C": "类别"},
        3: {"A": "长子县人民政府", "B": "长子县财政局", "C": "部门"},
        4: {"B": "长子县审计局", "C": "部门"},
        6: {"A": "长子县人民政府", "B": "长子县财政局"},
    }
    rows = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for column, text in cells.items()
        )
        + "</row>"
        for number, cells in table.items()
    )
    file = tmp_path / "名册.xlsx"
    file.write_bytes(_workbook(rows, '<mergeCell ref="A1:C1"/><mergeCell ref="A3:A4"/>'))
    roster = read_roster(file)
    assert [(entry.name, entry.parent, entry.row) for entry in roster.entries] == [
        ("长子县财政局", "长子县人民政府", 3),
        ("长子县审计局", "长子县人民政府", 4),
    ]
    assert [note.code for note in roster.notes] == ["roster-duplicate"]


def test_a_full_disk_is_told_and_the_run_goes_on_where_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(30):
        text = REPORT.read_text("utf-8")
        (folder / f"{number}.txt").write_text(f"{text}\n{number}", "utf-8")
    full = _batch(folder, tmp_path / "out", most_bytes=60_000)
    assert full.returncode == 2
    assert "Traceback" not in full.stderr
    assert "请检查磁盘空间和权限" in full.stderr
    _batch(folder, tmp_path / "out")
    _batch(folder, tmp_path / "alone")
    for name in ("results.jsonl", "findings.csv", "batch.json"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "alone" / name).read_bytes()


@pytest.mark.parametrize("what", ["a file in the way", "another version"])
def test_a_result_folder_that_cannot_be_used_is_told_and_left_as_it_is(tmp_path: Path, what: str) -> None:
    out = tmp_path / "out"
    if what == "a file in the way":
        out.write_text("mine", "utf-8")
    else:
        _batch(REPORT, out)
        subprocess.run(  # noqa: S603  our own command
            [
                sys.executable,
                "-c",
                "import sqlite3,sys; d=sqlite3.connect(sys.argv[1]); d.execute(\"update meta set value='0' where key='version'\"); d.commit()",
                str(out / "run.sqlite"),
            ],
            check=True,
        )
    before = out.read_bytes() if out.is_file() else (out / "run.sqlite").read_bytes()
    ran = _batch(REPORT, out)
    assert ran.returncode not in {0, 1}
    assert "Traceback" not in ran.stderr
    assert str(out) in ran.stderr
    assert before == (out.read_bytes() if out.is_file() else (out / "run.sqlite").read_bytes())


def test_a_second_run_into_the_same_folder_is_told_to_wait(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with alone(out):
        ran = _batch(REPORT, out)
        assert ran.returncode == 2
        assert "另一次运行正在使用" in ran.stderr
        assert not (out / "results.jsonl").exists()
    assert _batch(REPORT, out).returncode in {0, 1}


def test_the_first_files_that_could_not_be_read_are_named_with_the_reason(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    assert "文件夹里没有文件" in _batch(folder, tmp_path / "none").stdout
    for number in range(5):
        (folder / f"{number}.docx").touch()
    told = _batch(folder, tmp_path / "out").stdout.splitlines()
    assert told[0].endswith("5 个没有读出")
    assert [line.split("：")[0].strip() for line in told[1:4]] == ["0.docx", "1.docx", "2.docx"]
    assert all("文件是空的" in line for line in told[1:4])
    assert told[4] == "  另有 2 个，见结果"
