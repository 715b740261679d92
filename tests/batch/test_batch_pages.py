"""The pages of a batch, read as a browser reads them."""

from __future__ import annotations

import json
import os
import shutil
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "formatters"))
from html_read import parsed, refuse_what_acts

from disclosure_rules.batch import index_lines
from disclosure_rules.batch.entries import Entry, packed, unpacked
from disclosure_rules.batch.index import write_index
from disclosure_rules.batch.index_lines import Gathered, page_name
from disclosure_rules.batch.judge import collection_context, judge
from disclosure_rules.batch.pages import write_pages
from disclosure_rules.batch.report_files import Batch, results
from disclosure_rules.batch.roster import read_roster
from disclosure_rules.batch.run import run_batch
from disclosure_rules.batch.runner import Runner
from disclosure_rules.batch.work import Choices, checker_for
from disclosure_rules.ingest.inputs import inputs
from disclosure_rules.model.result import CheckResult

if TYPE_CHECKING:
    from disclosure_rules.model.text import Lang

REPORTS = Path(__file__).resolve().parents[1] / "data" / "reports"
HOSTILE = '<script>alert(1)</script></style>"onload=x\u202e../../etc'
CHOICES = Choices(seconds=600)


def _batch(tmp_path: Path) -> Batch:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("suqian-shizhengfu-2024.txt", "shuyang-fagaiju-2023.html", "shanghai-kewei-2024.txt"):
        shutil.copy(REPORTS / name, folder)
    (folder / "坏.json").write_text("{", "utf-8")
    totals = {"received": 3, "carried_in": 0, "results_total": 3, "carried_out": 1}
    hostile = {
        "title": HOSTILE,
        "body": HOSTILE,
        "year": 2024,
        "layout": "2021",
        "published": "2025-06-30",
        "tables": {"requests": {row: {"total": number} for row, number in totals.items()}},
    }
    (folder / f"{'长' * 60}<b>.json").write_text(json.dumps(hostile), "utf-8")
    if os.name != "nt":
        (folder / "a\n..\\#?%2e.json").write_text(json.dumps(hostile | {"body": "甲"}), "utf-8")
    roster = tmp_path / "名册.csv"
    roster.write_text("单位名称,报送期限\n宿迁市人民政府,2024-12-31\n长子县审计局<i>,\n", "utf-8")
    runner = Runner(partial(ThreadPoolExecutor, 1), 1)
    store = run_batch(list(inputs(folder)), tmp_path / "out", CHOICES, runner)
    checker, known = checker_for(CHOICES), read_roster(roster)
    context = collection_context(store, known, checker)
    return Batch(store, context, judge(context, checker), known.notes)


def _written(tmp_path: Path, batch: Batch, lang: Lang = "zh") -> tuple[Path, LexborHTMLParser]:
    out = tmp_path / "out"
    choices = CHOICES._replace(lang=lang)
    write_pages(out, batch, choices, Runner(partial(ThreadPoolExecutor, 1), 1))
    gathered = Gathered()
    for _ in gathered.on_the_way(results(batch.store)):
        pass
    write_index(out / "index.html", batch, gathered, lang)
    index = LexborHTMLParser((out / "index.html").read_text("utf-8"))
    refuse_what_acts(index, scripts=1)
    return out, index


def _shown(words: str) -> str:
    """Words as a page shows them: marks that would turn the direction of writing are told by number."""
    return words.replace("\u202e", "U+202E")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_finding_is_in_its_reports_page_and_linked_from_the_index(tmp_path: Path, lang: Lang) -> None:
    batch = _batch(tmp_path)
    out, index = _written(tmp_path, batch, lang)
    entries = list(batch.store.entries())
    assert len(list((out / "reports").iterdir())) == len(entries)
    links = {link.attributes["href"] for link in index.css("a")}
    told = 0
    for entry in entries:
        file = f"reports/{page_name(entry.name, entry.body)}"
        assert file in links
        page = parsed((out / file).read_text("utf-8"))
        assert page.css_first("nav a").attributes["href"] == "../index.html"
        result = CheckResult.model_validate_json(unpacked(entry.result or b""))
        for number, finding in enumerate(result.findings, 1):
            assert _shown(finding.message(lang)) in page.css_first(f"#f{number}").text()
        for rule in {finding.rule for finding in result.findings}:
            first = [finding.rule for finding in result.findings].index(rule) + 1
            [where] = [one for one in index.css("details.rule") if one.css_first("code").text() == rule]
            assert f"{file}#f{first}" in {one.attributes["href"] for one in where.css("a")}
        told += len(result.findings)
    assert told > 10
    spoken = index.body.text()
    for finding in batch.judged.findings:
        assert _shown(finding.message(lang)) in spoken
        for name in finding.files[:1]:
            [of] = [entry for entry in entries if entry.name == name]
            page = parsed((out / "reports" / page_name(of.name, of.body)).read_text("utf-8"))
            assert _shown(finding.message(lang)) in page.body.text()
    assert batch.judged.findings


def test_the_index_arrives_wherever_it_leads(tmp_path: Path) -> None:
    out, index = _written(tmp_path, _batch(tmp_path))
    pages = {path.name: LexborHTMLParser(path.read_text("utf-8")) for path in (out / "reports").iterdir()}
    for link in index.css("a"):
        file, _, anchor = (link.attributes["href"] or "").partition("#")
        tree = pages[file.removeprefix("reports/")] if file else index
        assert not anchor or tree.css(f"#{anchor}"), link.html
    ids = [one.attributes["id"] for one in index.css("[id]")]
    assert len(ids) == len(set(ids))
    levels = [int(one.tag[1]) for one in index.css("h1, h2, h3")]
    assert levels == [1, *[2] * (len(levels) - 1)]


def test_what_matters_first_stands_first(tmp_path: Path) -> None:
    batch = _batch(tmp_path)
    _, index = _written(tmp_path, batch)
    groups = {one.css_first("h2").text(): [li.text() for li in one.css("li")] for one in index.css(".group")}
    assert groups["1未交"] == ["长子县审计局<i>"]
    assert "坏.json" in groups[next(title for title in groups if "没有读出" in title)]
    wrong = [entry for entry in batch.store.entries() if entry.verdict == "fail"]
    assert len(groups[f"{len(wrong)}有错误"]) == len(wrong) > 0
    rows = index.css(".bodies tbody tr")
    assert [row.attributes["data-s"] for row in rows].count("fail") == len(wrong)
    assert {row.css_first("th").text() for row in rows} >= {
        "宿迁市人民政府",
        "长子县审计局<i>",
        _shown(HOSTILE),
        "坏.json",
    }
    # The columns of the timeline say in words what their bars show.
    published = [entry.facts.get("published") for entry in batch.store.entries()]
    told = [one.text() for one in index.css(".timeline .spoken")]
    assert any(one.startswith(f"6月下旬：{published.count('2025-06-30')} 份") for one in told)
    assert len(told) == 20


def test_without_script_all_is_there_and_nothing_is_hidden(tmp_path: Path) -> None:
    _, index = _written(tmp_path, _batch(tmp_path))
    assert [one.attributes.get("id") for one in index.css("[hidden]")] == [
        "tools"
    ]  # what only the script can do


def test_a_rule_of_very_many_reports_names_the_first_and_says_how_many_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_lines, "_MOST_LISTED", 1)
    batch = _batch(tmp_path)
    told = [
        {finding["rule"] for finding in json.loads(unpacked(entry.result or b""))["findings"]}
        for entry in batch.store.entries()
    ]
    _, index = _written(tmp_path, batch)
    listed = {
        str(rule.css_first("p code").text()): rule
        for rule in index.css("details.rule")
        if rule.css("ul.many")
    }
    assert listed.keys() == set().union(*told)
    for rule, part in listed.items():
        count = sum(rule in one for one in told)
        assert len(part.css("ul.many > li")) == 1
        assert (f"另有 {count - 1} 份" in part.text()) == (count > 1)


def test_the_same_run_gives_the_same_pages_and_those_of_reports_that_are_gone_go(tmp_path: Path) -> None:
    batch = _batch(tmp_path)
    out, _ = _written(tmp_path, batch)
    before = {path: path.read_bytes() for path in (out / "reports").iterdir()}
    gone = [out / "reports" / "旧-0123456789ab.html", out / "reports" / ".旧-0123456789ab.html.77"]
    for path in gone:
        path.write_text("old", "utf-8")
    own = out / "reports" / "说明.html"
    own.write_text("of the office", "utf-8")
    _written(tmp_path, batch)
    assert {path: path.read_bytes() for path in before} == before
    assert own.read_text("utf-8") == "of the office"
    assert not any(path.exists() for path in gone)


def test_a_report_that_cannot_be_read_back_stops_nothing(tmp_path: Path) -> None:
    batch = _batch(tmp_path)
    [entry] = [one for one in batch.store.entries() if one.name == "suqian-shizhengfu-2024.txt"]
    batch.store.write([entry._replace(report=packed('{"no": "report"}'))])
    out, _ = _written(tmp_path, batch)
    page = parsed((out / "reports" / page_name(entry.name, entry.body)).read_text("utf-8"))
    result = CheckResult.model_validate_json(unpacked(entry.result or b""))
    assert len(page.css(".found")) == len(result.findings) > 0
    assert "报告原文不在手边" in page.body.text()


class _Dying(ThreadPoolExecutor):
    """Dies as a pool of processes does of which one is killed."""

    def submit(self, _fn: object, /, *_args: object, **_kwargs: object) -> Future[object]:
        broken: Future[object] = Future()
        broken.set_exception(BrokenProcessPool("killed"))
        return broken


def test_pages_whose_worker_dies_are_drawn_all_the_same(tmp_path: Path) -> None:
    batch = _batch(tmp_path)
    out, _ = _written(tmp_path, batch)
    alone = {path.name: path.read_bytes() for path in (out / "reports").iterdir()}
    shutil.rmtree(out / "reports")
    write_pages(out, batch, CHOICES, Runner(partial(_Dying, 1), 1))
    assert {path.name: path.read_bytes() for path in (out / "reports").iterdir()} == alone


@given(body=st.none() | st.text(), name=st.text(min_size=1))
def test_a_page_has_a_harmless_name_of_its_own(body: str | None, name: str) -> None:
    entry = Entry("now", name.encode("utf-8", "backslashreplace").decode(), "", "", "checked", body=body)
    told = page_name(entry.name, entry.body)
    assert len(told.encode()) <= 200
    assert all(letter.isalnum() or letter in "-." for letter in told)
    assert not told.startswith((".", "-"))
    assert told.count(".") == 1
    assert told != page_name(entry.name + "x", entry.body)
