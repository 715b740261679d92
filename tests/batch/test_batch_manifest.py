"""A list of paths: what is on it is read, and what is wrong with it is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from disclosure_rules.batch.gather import gather
from disclosure_rules.batch.manifest import read_manifest
from disclosure_rules.batch.matching import Matcher
from disclosure_rules.cli.main import main
from disclosure_rules.errors import ReadError
from disclosure_rules.model.roster import Roster, RosterEntry


def _folder(place: Path) -> Path:
    for name in ("长子县/财政局.txt", "长子县/审计局.txt", "壶关县/教育局.txt"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(name, "utf-8")
    return place


def _names(manifest: Path) -> list[str]:
    return [one.relative for one in gather([], read_manifest(manifest))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_paths_comments_blank_lines_and_what_windows_writes(tmp_path: Path, encoding: str) -> None:
    _folder(tmp_path)
    lines = ["# 第一批", "", "长子县\\财政局.txt", f'"{tmp_path / "壶关县"}"', "  ./长子县/审计局.txt  "]
    (tmp_path / "清单.txt").write_text("\r\n".join(lines), encoding)
    whole = f"{tmp_path / '壶关县'}/教育局.txt".strip("/")
    assert _names(tmp_path / "清单.txt") == ["长子县/财政局.txt", whole, "长子县/审计局.txt"]


def test_what_is_missing_or_outside_is_an_input_that_tells_why(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "in")
    (tmp_path / "秘密.txt").write_text("不该读", "utf-8")
    (folder / "清单.txt").write_text(
        "没有.docx\n../秘密.txt\n长子县/../../秘密.txt\n长子县/财政局.txt\n", "utf-8"
    )
    found = list(gather([], read_manifest(folder / "清单.txt")))
    assert [one.relative for one in found] == ["没有.docx", "../秘密.txt", "长子县/财政局.txt"]
    with pytest.raises(ReadError) as outside:
        found[1].source()
    assert outside.value.code == "outside-manifest"
    assert found[0].source() == folder / "没有.docx"  # whoever opens it is told


def test_a_path_twice_is_one_input_and_told_with_its_line(tmp_path: Path) -> None:
    _folder(tmp_path)
    (tmp_path / "清单.txt").write_text("长子县/财政局.txt\n长子县/./财政局.txt\n长子县\n", "utf-8")
    read = read_manifest(tmp_path / "清单.txt")
    assert [(note.code, note.places[0].line) for note in read.notes] == [("manifest-duplicate", 2)]
    assert [one.relative for one in gather([], read)] == ["长子县/财政局.txt", "长子县/审计局.txt"]


@pytest.mark.parametrize(
    "table",
    ["长子县/财政局.txt,长子县财政局\n", "序号,单位名称,文件路径\n1,长子县财政局,长子县/财政局.txt\n2,空,\n"],
)
def test_a_table_names_the_body_beside_the_path(tmp_path: Path, table: str) -> None:
    _folder(tmp_path)
    (tmp_path / "清单.csv").write_text(table, "gbk")
    [one] = gather([], read_manifest(tmp_path / "清单.csv"))
    assert (one.relative, one.body) == ("长子县/财政局.txt", "长子县财政局")


def test_one_file_given_to_two_bodies_is_told(tmp_path: Path) -> None:
    _folder(tmp_path)
    (tmp_path / "清单.csv").write_text(
        "长子县/财政局.txt,长子县财政局\n长子县/财政局.txt,长子县审计局\n", "utf-8"
    )
    read = read_manifest(tmp_path / "清单.csv")
    assert [note.code for note in read.notes] == ["manifest-duplicate", "manifest-two-bodies"]
    assert [line.body for line in read.lines] == ["长子县财政局"]


@pytest.mark.parametrize("content", [b"# \xe6\xb2\xa1\n\n", b"PK\x03\x04\x00\x00\x00\x01\x02\x00"])
def test_a_list_without_a_path_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "清单.txt").write_bytes(content)
    with pytest.raises(ReadError):
        read_manifest(tmp_path / "清单.txt")


def test_folders_with_files_of_one_name_lose_none(tmp_path: Path) -> None:
    for name in ("甲/2024", "乙/2024", "丙"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "年报.txt").write_text(name, "utf-8")
    found = list(gather([tmp_path / "甲/2024", tmp_path / "乙/2024", tmp_path / "丙"]))
    assert len({one.relative for one in found}) == 3
    assert found[2].relative == "丙/年报.txt"
    assert [one.relative for one in gather([tmp_path / "丙"])] == ["年报.txt"]


def test_the_list_is_believed_but_for_another_body_of_the_roster() -> None:
    names = ("长子县财政局", "长子县审计局")
    matcher = Matcher(Roster(entries=tuple(RosterEntry(row=at, name=one) for at, one in enumerate(names, 2))))
    told = [
        matcher.match(said, None, "x.txt", stated="长子县财政局")
        for said in ([], ["长子县财务管理局"], ["长子县财政局"], ["长子县审计局"])
    ]
    assert [(one.by, [entry.row for entry in one.entries], one.doubtful) for one in told] == [
        ("list", [2], False),
        ("list", [2], False),
        ("report", [2], False),
        ("report", [3, 2], True),
    ]


def test_the_command_takes_a_list_and_tells_what_it_could_not_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Path(__file__).resolve().parents[1] / "data" / "reports" / "suqian-shizhengfu-2024.txt"
    (tmp_path / "a.txt").write_bytes(report.read_bytes().replace("宿迁".encode(), "某某".encode()))
    (tmp_path / "名册.csv").write_text("单位名称\n宿迁市人民政府\n", "utf-8")
    (tmp_path / "清单.csv").write_text("文件,单位\na.txt,宿迁市人民政府\na.txt,\n没有.docx,\n", "utf-8")
    out = tmp_path / "out"
    words = ["batch", "--manifest", str(tmp_path / "清单.csv"), "--roster", str(tmp_path / "名册.csv")]
    with pytest.raises(SystemExit) as left:
        main([*words, "--out", str(out), "--jobs", "1"])
    assert left.value.code == 2
    assert "收到 1 个" in capsys.readouterr().out
    told = json.loads((out / "batch.json").read_text("utf-8"))
    assert "manifest-duplicate" in [note["code"] for note in told["notes"]]
    assert "没有.docx" in (out / "results.jsonl").read_text("utf-8")
    with pytest.raises(SystemExit) as left:
        main(["batch", "--out", str(out)])
    assert left.value.code == 2


def test_a_folder_beside_a_list_loses_none_and_takes_none_twice(tmp_path: Path) -> None:
    for name in ("甲/年报.txt", "乙/甲/年报.txt"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(name, "utf-8")
    (tmp_path / "清单.csv").write_text("甲/年报.txt,甲局\n", "utf-8")
    (tmp_path / "乙" / "清单.txt").write_text("甲/年报.txt\n", "utf-8")
    both = gather([tmp_path / "甲"], read_manifest(tmp_path / "清单.csv"))
    assert [(one.relative, one.body) for one in both] == [("甲/年报.txt", "甲局")]
    other = gather([tmp_path / "甲"], read_manifest(tmp_path / "乙" / "清单.txt"))
    assert len({one.relative for one in other}) == 2
    assert {one.source() for one in other} == {
        tmp_path / "甲" / "年报.txt",
        tmp_path / "乙" / "甲" / "年报.txt",
    }


def test_a_batch_is_judged_by_the_law_of_the_day_asked_for(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    cited = {
        "title": "长子县财政局2019年政府信息公开工作年度报告",
        "year": 2019,
        "layout": "2019",
        "introduction": ["根据国务院令第492号的规定编制。"],
    }
    (folder / "a.json").write_text(json.dumps(cited), "utf-8")
    told = []
    # The new Regulation is of 3 April 2019; the second run is into the same folder and must judge anew.
    for day in ("2019-04-02", "2019-04-03"):
        with pytest.raises(SystemExit):
            main(["batch", str(folder), "--as-of", day, "--out", str(out), "--jobs", "1"])
        result = json.loads((out / "results.jsonl").read_text("utf-8"))
        assert result["rules"]["as_of"] == day
        told.append("cn/document/regulation-superseded" in {one["rule"] for one in result["findings"]})
    assert told == [False, True]


def test_missing_paths_are_told_by_name_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "在.txt").write_text("x", "utf-8")
    listed = tmp_path / "清单.txt"
    listed.write_text("在.txt\n不在.docx\n../外面.docx\n没有的文件夹/\n不在.docx\n", "utf-8")
    notes = {note.code: note for note in read_manifest(listed).notes}
    missing = notes["manifest-missing"]
    assert missing.words == ("不在.docx", "没有的文件夹/")
    assert [place.line for place in missing.places] == [2, 4]
