"""Letters of a batch: who gets one, what it says, and what is never overwritten."""

from __future__ import annotations

import json
import shutil
import sys
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from made_files import as_json
from test_batch_parts import report

from disclosure_rules.batch.letter_folder import LetterFolder, file_name
from disclosure_rules.batch.store import Store
from disclosure_rules.cli import main
from disclosure_rules.resources import letter_templates

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "tests" / "data" / "reports"
sys.path.insert(0, str(ROOT / "tools"))

import make_letter_templates  # noqa: E402  a script of the project

HOSTILE = "甲/../乙\n丙\x01局"


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as stopped:
        main([str(one) for one in arguments])
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Suqian's report with two slips, a clean body, a report of last year, a broken file, and a hostile name."""
    place = tmp_path_factory.mktemp("batch")
    reports = place / "in"
    reports.mkdir()
    run("extract", REPORTS / "suqian-shizhengfu-2024.txt", "-o", place / "suqian.yaml")
    text = (place / "suqian.yaml").read_text("utf-8")
    assert text.count("3440") > 0
    (reports / "suqian.yaml").write_text(text.replace("number: 3440", "number: 3404", 1), "utf-8")
    shutil.copy(REPORTS / "shuyang-fagaiju-2023.html", reports)
    (reports / "长子县民政局.json").write_text("{", "utf-8")
    hostile = {"title": "x", "body": HOSTILE, "year": 2024, "layout": "2021"}
    (reports / "hostile.json").write_text(json.dumps(hostile), "utf-8")
    (place / "名册.csv").write_text(
        "单位名称,报送期限\n宿迁市人民政府,2025-03-31\n长子县审计局,2025-01-31\n沭阳县发展和改革局,\n长子县民政局,\n",
        "utf-8",
    )
    return place


def _batch(folder: Path, out: Path, *more: str | Path) -> int:
    return run(
        "batch",
        folder / "in",
        "--roster",
        folder / "名册.csv",
        "--out",
        out,
        "--jobs",
        "1",
        "--letters",
        *more,
    )


def _text(file: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)


def test_each_body_with_something_to_mend_gets_a_letter_and_each_missing_one_a_reminder(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _batch(folder, tmp_path, "--office", "江苏省某办公室", "--reply-by", "2025-04-10") == 2
    assert f"整改函 2 封，催报函 3 封，在 {tmp_path / 'letters'}" in capsys.readouterr().out
    files = {file.name for file in (tmp_path / "letters").iterdir()}
    assert files == {
        "宿迁市人民政府.docx",
        "甲_.._乙_丙_局.docx",
        "长子县审计局（催报）.docx",
        "沭阳县发展和改革局（催报）.docx",
        "长子县民政局（催报）.docx",
    }
    letter = _text(tmp_path / "letters" / "宿迁市人民政府.docx")
    assert "宿迁市人民政府：" in letter
    assert "于2025年4月10日前将修改后的报告重新报送" in letter
    assert "江苏省某办公室" in letter
    assert "（suqian.yaml）" in letter
    late = _text(tmp_path / "letters" / "长子县审计局（催报）.docx")
    assert "目前没有收到你单位2024年度的报告" in late
    assert "应于2025年1月31日前报送" in late
    other = _text(tmp_path / "letters" / "沭阳县发展和改革局（催报）.docx")
    assert "2023" in other
    assert "应于　　年　　月　　日前报送" in other
    unread = _text(tmp_path / "letters" / "长子县民政局（催报）.docx")
    assert "收到的文件“长子县民政局.json”不能读取" in unread
    assert "没有收到" not in unread
    for file in files:
        assert "{{" not in _text(tmp_path / "letters" / file)


def test_one_slip_is_one_item_with_its_sums_under_it_and_the_numbers_agree(
    folder: Path, tmp_path: Path
) -> None:
    _batch(folder, tmp_path)
    document = Document(str(tmp_path / "letters" / "宿迁市人民政府.docx"))
    (table,) = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["序号", "位置", "问题", "依据", "建议"]
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, len(rows))]
    slips = [row for row in rows[1:] if row[2].startswith("【错误】")]
    assert len(slips) == 1
    assert slips[0][2].startswith("【错误】表三")
    assert "3440（现为 3404）" in slips[0][2]
    assert "由此不符的有 2 处：\n·" in slips[0][2]
    assert "国办公开办函〔2021〕30号" in slips[0][3]
    whole = "\n".join(paragraph.text for paragraph in document.paragraphs)
    warned, explain = (sum(f"【{word}】" in row[2] for row in rows) for word in ("警告", "说明"))
    assert (
        f"有{len(rows) - 1}项内容需要改正或者说明，其中错误1项、警告{warned}项、需要说明{explain}项" in whole
    )
    results = [json.loads(line) for line in (tmp_path / "results.jsonl").read_text("utf-8").splitlines()]
    (result,) = (one for one in results if one["source"]["path"] == "suqian.yaml")
    told = [one for one in result["findings"] if one["severity"] != "note"]
    assert len(told) == len(rows) - 1 + 1  # the slip explains two findings
    for finding in told:
        assert any(finding["message"]["zh"] in row[2] for row in rows), finding["rule"]


def test_the_first_row_is_repeated_on_every_page() -> None:
    for kind in ("letter", "reminder"):
        data = (letter_templates() / f"{kind}.docx").read_bytes()
        body = getattr(make_letter_templates, kind)()
        made = make_letter_templates.docx(body)
        assert _members(data) == _members(made), "run tools/make_letter_templates.py"
    (table,) = Document(str(letter_templates() / "letter.docx")).tables
    assert "tblHeader" in table.rows[0]._tr.xml
    assert "cantSplit" in table.rows[1]._tr.xml


def _members(data: bytes) -> dict[str, bytes]:
    from zipfile import ZipFile  # noqa: PLC0415  here only

    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_second_run_gives_the_same_bytes_and_touches_no_letter_that_was_changed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _batch(folder, tmp_path / "one")
    _batch(folder, tmp_path / "two")
    letters = tmp_path / "one" / "letters"
    before = {file.name: file.read_bytes() for file in letters.iterdir()}
    assert before == {file.name: file.read_bytes() for file in (tmp_path / "two" / "letters").iterdir()}
    changed, stale = letters / "宿迁市人民政府.docx", letters / "长子县审计局（催报）.docx"
    changed.write_bytes(b"with a number of the office")
    own = letters / "自己写的.docx"
    own.write_bytes(b"of the office")
    roster = folder / "名册.csv"
    shorter = tmp_path / "名册.csv"
    shorter.write_text(roster.read_text("utf-8").replace("长子县审计局,2025-01-31\n", ""), "utf-8")
    capsys.readouterr()
    run(
        "batch",
        folder / "in",
        "--roster",
        shorter,
        "--out",
        tmp_path / "one",
        "--letters",
        "--reply-by",
        "2025-05-01",
    )
    assert "没有覆盖也没有删除，请核对：宿迁市人民政府.docx" in capsys.readouterr().out
    assert changed.read_bytes() == b"with a number of the office"
    assert own.read_bytes() == b"of the office"
    assert not stale.exists()
    assert "2025年5月1日" in _text(letters / "长子县民政局（催报）.docx")


def test_the_template_of_the_office_is_used_and_a_wrong_one_stops_the_run_before_it_begins(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = tmp_path / "模板.docx"
    assert run("letter-template", "-o", template) == 0
    assert "{{单位名称}}" in capsys.readouterr().out
    assert run("letter-template", "-o", template) == 2
    assert "--force" in capsys.readouterr().err
    document = Document(str(template))
    document.paragraphs[0].insert_paragraph_before("某办函：{{单位名称}}")
    document.save(str(template))
    _batch(folder, tmp_path / "out", "--letter-template", template)
    assert "某办函：宿迁市人民政府" in _text(tmp_path / "out" / "letters" / "宿迁市人民政府.docx")
    document.paragraphs[0].insert_paragraph_before("{{文号}}")
    document.save(str(template))
    capsys.readouterr()
    assert _batch(folder, tmp_path / "none", "--letter-template", template) == 2
    assert "没有占位符「文号」，可用的有：单位名称" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
    (tmp_path / "坏.docx").write_bytes(b"no document")
    assert _batch(folder, tmp_path / "none", "--reminder-template", tmp_path / "坏.docx") == 2
    assert not (tmp_path / "none").exists()


def test_the_office_may_stand_in_the_configuration(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "disclosure-rules.toml").write_text('office = "某市人民政府办公室"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    _batch(folder, tmp_path / "out")
    assert "某市人民政府办公室" in _text(tmp_path / "out" / "letters" / "宿迁市人民政府.docx")
    (tmp_path / "disclosure-rules.toml").write_text("office = 3\n", "utf-8")
    assert _batch(folder, tmp_path / "out") == 2


@pytest.mark.parametrize("option", [("--office", "某办"), ("--reply-by", "2025-04-01")])
def test_what_belongs_to_letters_is_not_taken_in_silence_without_them(
    option: tuple[str, str], folder: Path, tmp_path: Path
) -> None:
    assert run("batch", folder / "in", "--out", tmp_path / "out", *option) == 2


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\nb\u2028c\u202ed", "a_b_c_d"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        (" . ", "未具名"),
        ("", "未具名"),
        ("局" * 200, "局" * 60),
    ],
)
def test_a_name_is_that_of_a_file_in_the_folder(name: str, file: str) -> None:
    assert file_name(name) == file


def test_two_bodies_of_one_name_have_two_letters(tmp_path: Path) -> None:
    into = LetterFolder(tmp_path, Store(None))
    for name in ("财政局", "财政局", "A局", "a局"):
        into.put(name, name.encode())
    assert into.finish() == ()
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "A局.docx",
        "a局（2）.docx",
        "财政局.docx",
        "财政局（2）.docx",
    ]


def test_letters_with_nothing_but_what_many_have_are_counted_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A practice of a whole province is no reason for a letter to each of its bodies."""
    (tmp_path / "in").mkdir()
    for number in range(12):
        made = report(f"长子县第{number}街道办事处", granted=1 if number == 0 else 3)
        del made["sections"][5]
        (tmp_path / "in" / f"{number}.json").write_bytes(as_json(made))
    run("batch", tmp_path / "in", "--out", tmp_path / "out", "--jobs", "1", "--letters")
    said = capsys.readouterr().out
    assert "整改函 12 封，催报函 0 封" in said
    assert "其中 11 封只有超过五分之一的报告都有的问题" in said
