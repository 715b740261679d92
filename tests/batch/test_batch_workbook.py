"""The workbook of a batch, read back by our own reader of workbooks."""

from __future__ import annotations

import json
import re
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import pytest

from disclosure_rules.batch import workbook, workbook_columns
from disclosure_rules.batch.judge import collection_context, judge
from disclosure_rules.batch.pages import write_pages
from disclosure_rules.batch.report_files import Batch, results
from disclosure_rules.batch.roster import read_roster
from disclosure_rules.batch.run import run_batch
from disclosure_rules.batch.runner import Runner
from disclosure_rules.batch.work import Choices, checker_for
from disclosure_rules.batch.workbook import write_workbook
from disclosure_rules.batch.workbook_links import formula
from disclosure_rules.cli.batch import command
from disclosure_rules.errors import UsageError
from disclosure_rules.ingest.inputs import inputs
from disclosure_rules.ingest.sheets_xlsx import read_xlsx

REPORTS = Path(__file__).resolve().parents[1] / "data" / "reports"
HOSTILE = '=HYPERLINK("x","y")\x01'


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("suqian-shizhengfu-2024.txt", "shuyang-fagaiju-2023.html"):
        shutil.copy(REPORTS / name, folder)
    (folder / "坏.json").write_text("{", "utf-8")
    hostile = {"title": HOSTILE, "body": "@cmd", "year": 2024, "layout": "2021"}
    (folder / "hostile.json").write_text(json.dumps(hostile), "utf-8")
    roster = tmp_path / "名册.csv"
    roster.write_text("单位名称,报送期限\n宿迁市人民政府,2025-03-31\n长子县审计局,\n", "utf-8")
    choices = Choices(seconds=600)
    runner = Runner(partial(ThreadPoolExecutor, 1), 1)
    store = run_batch(list(inputs(folder)), tmp_path / "out", choices, runner)
    checker, known = checker_for(choices), read_roster(roster)
    context = collection_context(store, known, checker)
    return Batch(store, context, judge(context, checker), known.notes)


def _sheets(file: Path) -> dict[str, list[list[str]]]:
    found = {}
    for sheet in read_xlsx(file.read_bytes(), file.name):
        rows = max((row for row, _ in sheet.texts), default=-1) + 1
        columns = max((column for _, column in sheet.texts), default=-1) + 1
        found[sheet.name] = [
            [sheet.texts.get((row, column), "") for column in range(columns)] for row in range(rows)
        ]
    return found


def test_every_body_every_file_and_every_finding_has_its_row(batch: Batch, tmp_path: Path) -> None:
    file = tmp_path / "结果.xlsx"
    write_workbook(file, batch, results(batch.store), "zh")
    sheets = _sheets(file)
    assert list(sheets) == ["概况", "各单位", "问题", "批次问题", "规则频次"]
    bodies = {(row[0], row[1]): row[2] for row in sheets["各单位"][1:]}
    assert bodies["宿迁市人民政府", "已交"] == "suqian-shizhengfu-2024.txt"
    assert ("长子县审计局", "未交") in bodies
    assert bodies["沭阳县发展和改革局", "不在名册中"] == "shuyang-fagaiju-2023.html"
    assert bodies["", "没有读出"] == "坏.json"
    findings = sum(
        len(json.loads(text)["findings"])
        for text in (_result(entry.result) for entry in batch.store.entries())
    )
    assert len(sheets["问题"]) == 1 + findings
    assert findings > 5
    assert len(sheets["批次问题"]) == 1 + len(batch.judged.findings) + len(batch.judged.open)
    assert {row[0] for row in sheets["规则频次"][1:]} == {row[3] for row in sheets["问题"][1:]}
    overview = {row[0]: row[1] for row in sheets["概况"][1:]}
    assert (overview["名册单位"], overview["已收到"], overview["没有读出"], overview["没有收到报告"]) == (
        "2",
        "1",
        "1",
        "1",
    )


def test_a_file_leads_to_the_page_of_its_report(batch: Batch, tmp_path: Path) -> None:
    runner = Runner(partial(ThreadPoolExecutor, 1), 1)
    write_pages(tmp_path / "out", batch, Choices(seconds=600), runner)
    write_workbook(tmp_path / "out" / "结果.xlsx", batch, results(batch.store), "zh")
    targets = {page for page, _ in _links(tmp_path / "out" / "结果.xlsx")}
    pages = {f"reports/{page.name}" for page in (tmp_path / "out" / "reports").iterdir()}
    assert targets == pages


def _links(file: Path) -> set[tuple[str, str]]:
    """Where the links of a workbook lead, and what they show: every formula that it has is one."""
    found = set()
    with ZipFile(file) as book:
        for name in book.namelist():
            for text in re.findall(r"<f>(.*?)</f>", book.read(name).decode(), re.DOTALL):
                match = re.fullmatch(r'HYPERLINK\("(reports/[\w-]+\.html)",(.+)\)', unescape(text))
                assert match, text
                pieces = re.findall(r'(?:^|&)(?:"((?:[^"]|"")*)"|(CHAR\(10\)))(?=&|$)', match[2])
                assert "&".join("CHAR(10)" if line else f'"{one}"' for one, line in pieces) == match[2]
                shown = ("\n" if line else one.replace('""', '"') for one, line in pieces)
                found.add((match[1], "".join(shown)))
    return found


@pytest.mark.parametrize(
    "shown",
    [
        'a"b.json',
        "SORT(各县).docx",
        "甲\n＋ 乙(1).xlsx",
        '"&HYPERLINK("x","y")&"',
        "长" * 300,
        "((",
        '"' * 250,
    ],
)
def test_a_name_in_a_link_stays_the_text_that_it_is(shown: str, tmp_path: Path) -> None:
    from xlsxwriter import Workbook  # noqa: PLC0415  an extra

    with Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_formula(0, 0, formula("reports/甲-1.html", shown), None, shown)
    assert _links(tmp_path / "a.xlsx") == {("reports/甲-1.html", shown)}
    assert _sheets(tmp_path / "a.xlsx")["Sheet1"] == [[shown]]
    assert all(
        len(one) <= 255 for one in re.findall(r'"((?:[^"]|"")*)"', formula("p", shown))
    )  # Excel's limit


def _result(packed: bytes | None) -> str:
    from disclosure_rules.batch.entries import unpacked  # noqa: PLC0415  only here

    return unpacked(packed or b"")


def test_what_a_report_holds_is_text_and_the_same_run_gives_the_same_bytes(
    batch: Batch, tmp_path: Path
) -> None:
    one, other = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_workbook(one, batch, results(batch.store), "zh")
    write_workbook(other, batch, results(batch.store), "zh")
    assert one.read_bytes() == other.read_bytes()
    assert {shown for _, shown in _links(one)} == {entry.name for entry in batch.store.heads()}
    assert any("@cmd" in row for row in _sheets(one)["各单位"])


def test_what_finds_no_room_is_told_and_still_counted(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_workbook(tmp_path / "a.xlsx", batch, results(batch.store), "zh")
    monkeypatch.setattr(workbook, "_MOST_ROWS", 3)
    monkeypatch.setattr(workbook, "_LONGEST", 12)
    write_workbook(tmp_path / "b.xlsx", batch, results(batch.store), "zh")
    whole, full = _sheets(tmp_path / "a.xlsx"), _sheets(tmp_path / "b.xlsx")
    left_out = len(whole["问题"]) - 1 - 3
    assert full["问题"][-1][0].startswith(f"行数已达上限，另有 {left_out} 行")
    assert len(full["问题"]) == 1 + 3 + 1
    # How often each rule speaks is counted over all rows, not over those that found room.
    assert [row[1:3] for row in full["规则频次"][1:4]] == [row[1:3] for row in whole["规则频次"][1:4]]
    messages = [(one[5], other[5]) for one, other in zip(whole["问题"][1:4], full["问题"][1:4], strict=True)]
    assert all(cut == f"{text[:12]}……（已截断）" for text, cut in messages)


def test_without_the_extra_the_command_to_install_is_told_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UsageError) as caught:
        command.main(["--out", str(tmp_path / "out"), str(REPORTS)], standalone_mode=False)
    assert caught.value.code == "missing-extra"
    assert "disclosure-rules[batch]" in caught.value.zh
    assert not (tmp_path / "out").exists()


def test_english_headings(batch: Batch, tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", batch, results(batch.store), "en")
    assert list(_sheets(tmp_path / "a.xlsx")) == [
        "overview",
        "bodies",
        "findings",
        "between reports",
        "how often",
    ]


def test_a_row_is_as_high_as_its_longest_text() -> None:
    columns = workbook_columns.columns(("甲", "a", 10), ("乙", "b", 20))
    heights = [
        workbook._height(row, columns)
        for row in ([1, "短"], ["十个字十个字十个字十", None], ["a\nb\nc", None], ["字" * 9000, ""])
    ]
    assert heights == [15.0, 45.0, 45.0, 409.0]


def test_the_remarks_say_how_a_report_writes_its_body_and_whose_it_may_be(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for body in ("长子县住建局", "长子县农业局", "财政局", "长子县司法局"):
        given = {"title": f"{body}2024年年报", "body": body, "year": 2024, "layout": "2021"}
        (folder / f"{ord(body[-2])}.json").write_text(json.dumps(given), "utf-8")
    (folder / "坏.json").write_text("{", "utf-8")
    names = ("住房和城乡建设局", "农业农村局", "财政局", "司法局")
    roster = tmp_path / "名册.csv"
    roster.write_text("\n".join(("单位名称", *(f"长子县{name}" for name in names), "壶关县财政局")), "utf-8")
    store = run_batch(
        list(inputs(folder)), tmp_path / "out", Choices(), Runner(partial(ThreadPoolExecutor, 1), 1)
    )
    checker = checker_for(Choices())
    context = collection_context(store, read_roster(roster), checker)
    batch = Batch(store, context, judge(context, checker), ())
    write_workbook(tmp_path / "a.xlsx", batch, results(store), "zh")
    sheets = _sheets(tmp_path / "a.xlsx")
    told = {row[0]: (row[1], row[12]) for row in sheets["各单位"][1:]}
    assert told["长子县住房和城乡建设局"] == ("已交", "报告中写作“长子县住建局”")
    assert told["长子县司法局"] == ("已交", "")
    ask = "不能确定是不是这个单位的报告，请核对"
    assert told["长子县农业农村局"] == told["壶关县财政局"] == ("存疑", ask)
    assert told["长子县农业局"] == ("不能确定是谁的", "可能是：长子县农业农村局")
    assert told["财政局"] == ("不能确定是谁的", "可能是：长子县财政局、壶关县财政局")
    state, why = told[""]
    assert state == "没有读出"
    assert why
    undecided = {row[0]: row[2] for row in sheets["批次问题"][1:] if row[1] == "未能判断"}
    assert undecided == dict.fromkeys(("长子县农业农村局", "长子县财政局", "壶关县财政局"), "没有收到报告")
    assert {row[0] for row in sheets["问题"][1:]} >= {"长子县住房和城乡建设局", "长子县农业局"}
