"""Reports that come in several files: put together where they belong together, and never where that is not certain."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from made_files import LAYOUT, as_json, printed, tables_xlsx, text_docx

from disclosure_rules.batch import work
from disclosure_rules.batch.entries import unpacked
from disclosure_rules.batch.joining import differ, fill
from disclosure_rules.batch.judge import collection_context, judge
from disclosure_rules.batch.roster import read_roster
from disclosure_rules.batch.run import run_batch
from disclosure_rules.batch.runner import Runner
from disclosure_rules.batch.work import Choices, checker_for
from disclosure_rules.cli.batch import command
from disclosure_rules.formatters.html import page_of
from disclosure_rules.ingest.inputs import inputs
from disclosure_rules.model.report import Source
from disclosure_rules.model.result import CheckResult

if TYPE_CHECKING:
    from pathlib import Path

    from disclosure_rules.batch.store import Store

TABLES = ("proactive_disclosure", "requests", "reviews_and_litigation")
NOTICE = (
    "关于做好2024年度政府信息公开年报编制工作的通知\n各科室：\n请于1月10日前把有关材料报送办公室。\n".encode()
)
FINANCE = "长治市长子县财政局"


def report(name: str = FINANCE, *, granted: int = 3, year: int = 2024) -> dict[str, Any]:
    """A whole report; its text and figures agree. Two granted more or fewer and nothing adds up any more."""
    tables: dict[str, Any] = {spec.key: {} for spec in LAYOUT.tables}
    for spec in LAYOUT.tables:
        for row, column in spec.cells:
            tables[spec.key].setdefault(row, {})[column] = 0
    for row, number in (("received", 3), ("granted", granted), ("results_total", 3)):
        tables["requests"][row] |= {"natural_person": number, "total": number}
    tables["proactive_disclosure"]["administrative_licensing"]["decisions"] = 12
    texts = {
        "overview": [f"{year}年，{name}主动公开政府信息56条，收到政府信息公开申请3件。机构简介已经更新。"],
        "problems_and_improvements": ["主要问题是内容不够丰富。下一步将充实内容，改进工作。"],
        "other_matters": ["本年度没有收取信息处理费。"],
    }
    return {
        "title": f"{name}{year}年政府信息公开工作年度报告",
        "body": {"name": name},
        "year": year,
        "sections": [
            {
                "key": one.key,
                "number": "一二三四五六"[at],
                "heading": one.title.zh,
                "paragraphs": texts.get(one.key, []),
            }
            for at, one in enumerate(LAYOUT.sections)
        ],
        "tables": tables,
    }


def run(place: Path, files: dict[str, bytes], previous: dict[str, bytes] | None = None) -> Store:
    for side, given in (("in", files), ("last", previous or {})):
        for name, data in given.items():
            (place / side / name).parent.mkdir(parents=True, exist_ok=True)
            (place / side / name).write_bytes(data)
    runner = Runner(partial(ThreadPoolExecutor, 1), 1)
    last = place / "last" if previous else None
    return run_batch(list(inputs(place / "in")), place / "out", Choices(seconds=600), runner, last)


def roles(store: Store) -> dict[str, str]:
    return {part.name: part.role for part in store.parts()}


def rules(store: Store, name: str) -> list[str]:
    entry = store.entry("now", name)
    assert entry is not None
    return sorted(finding["rule"] for finding in json.loads(unpacked(entry.result or b""))["findings"])


def test_text_and_tables_in_two_files_are_one_report(tmp_path: Path) -> None:
    given = report(granted=1)  # a sum is wrong: found across the files
    files = {"财政局/正文.docx": text_docx(given), "财政局/附件：三张表.xlsx": tables_xlsx(given)}
    store = run(tmp_path / "a", files)
    whole = run(tmp_path / "b", {"全文.docx": printed(given, "docx")})
    assert roles(store) == {"财政局/正文.docx": "main", "财政局/附件：三张表.xlsx": "joined"}
    assert rules(store, "财政局/正文.docx") == rules(whole, "全文.docx")
    assert any("unequal" in rule for rule in rules(store, "财政局/正文.docx"))
    [only] = store.entries()
    told = json.loads(unpacked(only.result or b""))
    [note] = [note for note in told["notes"] if note["code"] == "files-joined"]
    assert "财政局/附件：三张表.xlsx" in note["message"]["zh"]
    places = [finding["location"] for finding in told["findings"]]
    assert {one["file"] for one in places if one["table"]} == {"财政局/附件：三张表.xlsx"}
    assert {one["file"] for one in places if not one["table"]} <= {None}
    broken = next(one for one in places if one["table"])
    assert broken["words"]["zh"].startswith(
        f"“附件：三张表.xlsx” 第 {broken['page']} 页 第 {broken['line']} 行 "
    )
    assert broken["words"]["en"].startswith(
        f"“附件：三张表.xlsx”, page {broken['page']}, line {broken['line']}, "
    )


@pytest.mark.parametrize("order", list(permutations(TABLES)))
def test_tables_in_three_workbooks_are_joined_whatever_their_order(
    tmp_path: Path, order: tuple[str, ...]
) -> None:
    files = {f"附件{at}.xlsx": tables_xlsx(report(), [key]) for at, key in enumerate(order, 1)}
    store = run(tmp_path, files | {"年报.docx": text_docx(report())})
    [only] = store.entries()
    assert (only.name, only.verdict) == ("年报.docx", "pass")
    assert sorted(json.loads(unpacked(only.report or b""))["tables"]) == list(TABLES)


def test_a_table_that_differs_is_a_version_and_no_report_without_text(tmp_path: Path) -> None:
    other = report(granted=1)
    files = {"财政局.docx": printed(report(), "docx"), "财政局附件.xlsx": tables_xlsx(other, ["requests"])}
    store = run(tmp_path, files)
    assert roles(store) == {"财政局附件.xlsx": "version"}
    assert rules(store, "财政局.docx") == rules(
        run(tmp_path / "b", {"财政局.docx": printed(report(), "docx")}), "财政局.docx"
    )
    assert not any(
        "missing" in rule.split("/")[-1] for rule in rules(store, "财政局附件.xlsx") if "aspects" not in rule
    )
    assert any("unequal" in rule for rule in rules(store, "财政局附件.xlsx"))
    (tmp_path / "名册.csv").write_text(f"单位名称\n{FINANCE}\n", "utf-8")
    checker = checker_for(Choices())
    judged = judge(collection_context(store, read_roster(tmp_path / "名册.csv"), checker), checker)
    assert [one.rule for one in judged.findings] == ["cn/collection/versions-differ"]


def test_what_repeats_the_report_or_holds_nothing_is_no_report(tmp_path: Path) -> None:
    files = {
        "财政局/年报.docx": printed(report(), "docx"),
        "财政局/附件/三张表.xlsx": tables_xlsx(report()),
        "财政局/编制通知.txt": NOTICE,
    }
    store = run(tmp_path, files)
    assert roles(store) == {"财政局/附件/三张表.xlsx": "same", "财政局/编制通知.txt": "attachment"}
    assert [entry.verdict for entry in store.entries()] == ["pass"]


def test_a_notice_without_a_report_beside_it_is_told_as_not_read(tmp_path: Path) -> None:
    [entry] = run(tmp_path, {"通知.txt": NOTICE}).entries()
    assert entry.status == "unreadable"


@pytest.mark.parametrize(
    "files",
    [
        {"甲.docx": FINANCE, "乙.docx": "长治市长子县审计局", "附件.xlsx": None},
        {"财政局.docx": FINANCE, "审计局附表.xlsx": None},
        {"2023.docx": FINANCE, "财政/附表.xlsx": None},
        {"财政局.docx": FINANCE, "壶关县财政局附表.xlsx": None},
        {"财政局.docx": FINANCE, "壶关县附表.xlsx": None},
    ],
    ids=["two reports in the folder", "another body", "another folder", "another county's", "another place"],
)
def test_tables_of_which_nobody_knows_whose_they_are_stay_alone(
    tmp_path: Path, files: dict[str, str | None]
) -> None:
    made = {name: text_docx(report(body)) if body else tables_xlsx(report()) for name, body in files.items()}
    store = run(tmp_path, made)
    [tables] = [name for name, body in files.items() if body is None]
    assert roles(store) == {tables: "alone"}
    entry = store.entry("now", tables)
    assert entry is not None
    assert (entry.status, json.loads(unpacked(entry.result or b""))["findings"]) == ("unreadable", [])


@pytest.mark.parametrize("name", ["长子县审计局", "长子县慈林镇人民政府"])
def test_in_a_folder_of_many_the_files_name_tells_whose_the_tables_are(tmp_path: Path, name: str) -> None:
    body = f"长治市{name}"
    files = {
        "长子县财政局.docx": text_docx(report()),
        f"{name}.docx": text_docx(report(body)),
        f"{name}附件.xlsx": tables_xlsx(report(body)),
    }
    parts = {part.name: part.main for part in run(tmp_path, files).parts()}
    assert parts == {f"{name}.docx": f"{name}.docx", f"{name}附件.xlsx": f"{name}.docx"}


def test_what_belongs_together_is_asked_again_when_a_file_changes_or_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"年报.docx": text_docx(report()), "附件.xlsx": tables_xlsx(report())}
    before = list(run(tmp_path, files).entries())
    judged: list[str] = []
    real = work._judged

    def noting(choices: Choices, run: str, task: work.Task, data: bytes, sha256: str) -> work.Done:
        judged.append(task.name)
        return real(choices, run, task, data, sha256)

    monkeypatch.setattr(work, "_judged", noting)
    assert list(run(tmp_path, files).entries()) == before
    assert judged == []
    changed = run(tmp_path, {"附件.xlsx": tables_xlsx(report(granted=1))})
    assert judged == ["附件.xlsx", "年报.docx"]
    assert [entry.verdict for entry in changed.entries()] == ["fail"]
    (tmp_path / "in" / "附件.xlsx").unlink()
    alone = run(tmp_path, {})
    assert roles(alone) == {}
    assert "cn/requests/table-missing" in rules(alone, "年报.docx")


def test_last_years_report_in_two_files_is_held_against_this_years(tmp_path: Path) -> None:
    last = report(year=2023)
    files = {"年报.docx": text_docx(last), "附件.xlsx": tables_xlsx(last)}
    store = run(tmp_path, {"2024.json": as_json(report())}, files)
    entry = store.entry("now", "2024.json")
    assert entry is not None
    told = json.loads(unpacked(entry.result or b""))
    assert told["previous"]["path"] == "年报.docx"
    assert not any(note["code"] == "previous-not-found" for note in told["notes"])


def test_the_command_tells_of_attachments_everywhere(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "财政局"
    folder.mkdir(parents=True)
    (folder / "年报.docx").write_bytes(text_docx(report()))
    (folder / "附件.xlsx").write_bytes(tables_xlsx(report()))
    (folder / "通知.txt").write_bytes(NOTICE)
    out = tmp_path / "out"
    ran = CliRunner().invoke(
        command, [str(folder.parent), "--out", str(out), "--jobs", "1"], standalone_mode=False
    )
    assert ran.return_value == 0, ran.output
    assert "检查了 3 个文件" in ran.output
    assert "2 个是附件：1 个与正文合在一起检查，0 个与正文相同，1 个没有年报的内容" in ran.output
    assert "附件 2 个" in (out / "index.html").read_text("utf-8")
    told = json.loads((out / "batch.json").read_text("utf-8"))["parts"]
    assert [(one["name"], one["role"]) for one in told] == [
        ("财政局/年报.docx", "main"),
        ("财政局/通知.txt", "attachment"),
        ("财政局/附件.xlsx", "joined"),
    ]


@pytest.mark.parametrize(("name", "main"), [("附件2023.xlsx", "去年.docx"), ("附件2024.xlsx", "今年.docx")])
def test_of_two_years_in_one_folder_the_files_name_tells_which(tmp_path: Path, name: str, main: str) -> None:
    files = {"去年.docx": text_docx(report(year=2023)), "今年.docx": text_docx(report())}
    parts = {part.name: part.main for part in run(tmp_path, files | {name: tables_xlsx(report())}).parts()}
    assert parts == {name: main, main: main}


def test_tables_that_name_their_body_and_year_are_joined_from_another_folder(tmp_path: Path) -> None:
    titled = report() | {"sections": [one | {"paragraphs": []} for one in report()["sections"]]}
    files = {
        "正文/今年.docx": text_docx(report()),
        "正文/去年.docx": text_docx(report(year=2023)),
        "表格/报表.xlsx": printed(titled, "xlsx"),
    }
    parts = {part.name: (part.main, part.role) for part in run(tmp_path, files).parts()}
    assert parts["表格/报表.xlsx"] == ("正文/今年.docx", "joined")


def test_of_two_reports_of_one_body_the_tables_are_of_the_one_that_lacks_them(tmp_path: Path) -> None:
    files = {
        "财政局.docx": text_docx(report()),
        "财政局再次.json": as_json(report()),
        "财政局附件.xlsx": tables_xlsx(report()),
    }
    assert roles(run(tmp_path, files)) == {"财政局.docx": "main", "财政局附件.xlsx": "joined"}


@pytest.mark.parametrize(
    ("one", "other", "are_other"),
    [
        ({"text": "l2", "status": "unreadable"}, {"text": "1Z", "status": "unreadable"}, True),
        ({"text": "l 2", "status": "unreadable"}, {"text": "l2", "status": "unreadable"}, False),
        ({"text": "l2", "status": "unreadable"}, {"status": "blank"}, True),
        ({"number": 12, "status": "inferred"}, {"number": 13, "status": "inferred"}, True),
        ({"number": 12, "status": "inferred"}, 12, False),
        ({"text": "—", "status": "mark"}, {"status": "blank"}, False),
        (0, {"status": "blank"}, True),
    ],
)
def test_cells_that_could_not_be_read_are_held_against_each_other_by_what_is_printed(
    one: object,
    other: object,
    are_other: bool,  # noqa: FBT001
) -> None:
    checker = checker_for(Choices())
    reports = []
    for cell in (one, other):
        given = report()
        given["tables"]["requests"]["granted"]["natural_person"] = cell
        reports.append(checker.load_report(json.dumps(given).encode(), name="a.json"))
    assert differ(*reports, checker.layouts) is are_other


def test_a_title_that_only_the_other_file_has_is_of_that_file() -> None:
    given = report()
    seen = {"value": given["title"], "source": "title", "text": given["title"], "line": 1}
    whole = checker_for(Choices()).load_report({**given, "candidates": {"titles": [seen]}}, name="附件.json")
    whole = whole.model_copy(update={"source": Source(path="附件.json")})
    bare = checker_for(Choices()).load_report({**given, "title": None, "candidates": {"titles": []}})
    joined = fill(bare, whole, checker_for(Choices()).layouts).report
    assert [(one.location.file, one.location.line) for one in joined.titles] == [("附件.json", 1)]


def test_a_text_in_the_other_file_is_told_with_that_file_and_shown_at_its_place(tmp_path: Path) -> None:
    given = report()
    text = given["sections"][4]
    text["paragraphs"] = ["主要问题是内容不够丰富。。下一步将充实内容，改进工作。"]
    text["paragraphs"] = [{"text": text["paragraphs"][0], "line": 2}]
    for section in given["sections"]:
        if section is not text and section["paragraphs"]:
            section["paragraphs"] = [{"text": section["paragraphs"][0], "line": 2}]
    rest = {**given, "sections": [one for one in given["sections"] if one is not text]}
    annex = {"body": given["body"], "year": 2024, "layout": "2021", "sections": [text]}
    store = run(tmp_path, {"正文.json": as_json(rest), "附件.json": as_json(annex)})
    assert roles(store) == {"正文.json": "main", "附件.json": "joined"}
    [entry] = store.entries()
    result = CheckResult.model_validate_json(unpacked(entry.result or b""))
    [found] = [one for one in result.findings if one.rule == "cn/document/mark-doubled"]
    assert found.location.file == "附件.json"
    assert found.location.words.zh.startswith("“附件.json” 第 2 行 「存在")
    kept = checker_for(Choices()).load_report(unpacked(entry.report or b"").encode(), name=entry.name)
    page = page_of((result, kept), checker_for(Choices()).layouts, "zh", back=None, beside=None)
    number = result.findings.index(found) + 1
    before = page[: page.index(f'id="f{number}"')]
    # Behind the heading of its own section, and no other one between.
    assert before.rindex("存在的主要问题及改进情况</h") > before.rindex("行政复议、行政诉讼情况</h")
    assert "其他需要报告的事项</h" not in before
