"""A run held against an earlier one: what is new, mended, still there, and what nobody can say."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_rules.batch.entries import unpacked
from disclosure_rules.batch.judge import Judged, collection_context, judge
from disclosure_rules.batch.roster import read_roster
from disclosure_rules.batch.run import run_batch
from disclosure_rules.batch.runner import Runner
from disclosure_rules.batch.since import Change, changes, earlier_run, other_rules
from disclosure_rules.batch.store import Store
from disclosure_rules.batch.work import Choices, checker_for
from disclosure_rules.cli.main import main
from disclosure_rules.errors import UsageError
from disclosure_rules.ingest.inputs import inputs

if TYPE_CHECKING:
    from pathlib import Path

OUTCOMES = "cn/reviews_and_litigation/outcomes-unequal-total"
DOUBLED = "cn/document/words-doubled"


PACK = "id: cn-zz\ntitle: {zh: 试, en: Try}\nversion: '1'\nextends: cn\nexpr: 1\nevidence: a test\n"
OVERRIDES = "overrides:\n  - {rule: cn/document/words-doubled, disable: true, reason: a test}\n"
RULE = """id: cn-zz/overview/ten-missing
title: {zh: 没有十件, en: No ten}
severity: note
tier: D
basis:
  - {instrument: format-2021, article: 一（一）总体情况}
assert: reviews_and_litigation.review.upheld == 10
at: reviews_and_litigation.review.upheld
message: {zh: 没有十件。, en: No ten.}
examples:
  pass:
    - {name: a, report: {layout: "2021", year: 2024, tables: {reviews_and_litigation: {review: {upheld: 10}}}}}
  fail:
    - name: b
      report: {layout: "2021", year: 2024, tables: {reviews_and_litigation: {review: {upheld: 1}}}}
      finds: [reviews_and_litigation.review.upheld]
"""


def report(body: str, *, total: int, text: str) -> dict[str, Any]:
    review = {"upheld": 2, "corrected": 1, "other": 0, "pending": 0, "total": total}
    none = dict.fromkeys(review, 0)
    cases = {"review": review, "litigation_direct": none, "litigation_after_review": none}
    return {
        "title": f"{body}2024年政府信息公开工作年度报告",
        "body": {"name": body},
        "year": 2024,
        "layout": "2021",
        "sections": {"overview": text},
        "tables": {"reviews_and_litigation": cases},
    }


def run(folder: Path, out: Path, reports: dict[str, Any]) -> None:
    folder.mkdir()
    for name, data in reports.items():
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
        (folder / f"{name}.json").write_text(text, "utf-8")
    runner = Runner(partial(ThreadPoolExecutor, 1), 1)
    run_batch(list(inputs(folder)), out, Choices(seconds=600), runner).close()


BEFORE = {
    "甲": report("长子县审计局", total=4, text="加强审核审核。"),
    "乙": report("长子县财政局", total=5, text="全年公开56条。"),
    "丙": report("长子县教育局", total=4, text="全年公开56条。"),
    "丁": report("长子县水利局", total=4, text="全年公开56条。"),
}


@pytest.fixture
def found(tmp_path: Path) -> list[Change]:
    roster = tmp_path / "名册.csv"
    names = ("审计局", "财政局", "教育局", "水利局", "民政局")
    roster.write_text("单位名称\n" + "".join(f"长子县{name}\n" for name in names), "utf-8")
    run(tmp_path / "before", tmp_path / "one", BEFORE)
    now = {
        "甲-改": report("长子县审计局", total=3, text="加强审核审核。"),  # the sum mended, the words not
        "乙": report("长子县财政局", total=6, text="全年公开公开56条。"),  # half mended, and a new slip
        "丙": "{",  # not readable now
        "戊": report("长子县民政局", total=4, text="全年公开56条。"),  # came in since
    }
    run(tmp_path / "now", tmp_path / "two", now)
    checker, known = checker_for(Choices()), read_roster(roster)
    earlier = earlier_run(tmp_path / "one", known, checker)
    store = Store(tmp_path / "two", read_only=True)
    context = collection_context(store, known, checker)
    return list(changes(store, context, judge(context, checker), earlier))


def compared(tmp_path: Path, before: dict[str, Any], now: dict[str, Any]) -> list[Change]:
    run(tmp_path / "一", tmp_path / "前", before)
    run(tmp_path / "二", tmp_path / "后", now)
    checker = checker_for(Choices(seconds=600))
    earlier = earlier_run(tmp_path / "前", None, checker)
    store = Store(tmp_path / "后", read_only=True)
    context = collection_context(store, None, checker)
    return [one for one in changes(store, context, Judged((), ()), earlier) if "location" in one.finding]


@pytest.mark.parametrize("more", [0, 1])
def test_a_copy_that_comes_or_goes_makes_no_finding_new_or_mended(tmp_path: Path, more: int) -> None:
    alone = {"甲": report("长子县审计局", total=4, text="加强审核审核。")}
    copied = alone | {"甲 - 副本": alone["甲"]}
    found = compared(tmp_path, *((alone, copied) if more else (copied, alone)))
    assert found
    assert {one.state for one in found} == {"open"}
    assert len({one.finding["fingerprint"] for one in found}) == len(found)


def states(found: list[Change], rule: str) -> dict[str | None, str]:
    return {change.body: change.state for change in found if change.finding["rule"] == rule}


def test_each_finding_is_told_as_what_it_became(found: list[Change]) -> None:
    assert states(found, OUTCOMES) == {
        "长子县审计局": "mended",
        "长子县财政局": "open",
        "长子县教育局": "unknown",
        "长子县水利局": "unknown",
        "长子县民政局": "new",
    }
    assert states(found, DOUBLED) == {"长子县审计局": "open", "长子县财政局": "new"}


def test_what_is_wrong_between_reports_is_held_against_the_earlier_run_too(found: list[Change]) -> None:
    assert states(found, "cn/collection/report-missing") == {
        "长子县民政局": "mended",
        "长子县教育局": "new",
        "长子县水利局": "new",
    }


def test_a_run_against_itself_has_nothing_new_and_nothing_mended(tmp_path: Path) -> None:
    run(tmp_path / "in", tmp_path / "one", BEFORE)
    checker = checker_for(Choices())
    earlier = earlier_run(tmp_path / "one", None, checker)
    found = list(changes(earlier.store, earlier.context, earlier.judged, earlier))
    assert set(Counter(change.state for change in found)) == {"open"}
    told = sum(len(json.loads(line)["findings"]) for line in _results(tmp_path / "one")) + len(
        earlier.judged.findings
    )
    assert len(found) == told


def _results(out: Path) -> list[str]:
    return [unpacked(entry.result or b"") for entry in Store(out, read_only=True).entries()]


def test_a_rule_that_judges_no_more_is_not_mended(tmp_path: Path) -> None:
    run(tmp_path / "before", tmp_path / "one", {"甲": BEFORE["甲"]})
    without = {**BEFORE["甲"], "tables": {}}
    run(tmp_path / "now", tmp_path / "two", {"甲": without})
    checker = checker_for(Choices())
    earlier, now = (earlier_run(tmp_path / name, None, checker) for name in ("one", "two"))
    found = list(changes(now.store, now.context, now.judged, earlier))
    assert states(found, OUTCOMES) == {"长子县审计局": "unknown"}


def test_a_folder_that_is_no_result_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no result folder"):
        earlier_run(tmp_path, None, checker_for(Choices()))


def code(*words: str) -> object:
    with pytest.raises(SystemExit) as left:
        main(words)
    return left.value.code


def test_the_command_tells_and_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path / "before", tmp_path / "one", {"甲": BEFORE["甲"]})
    (tmp_path / "before" / "甲.json").write_text(
        json.dumps(report("长子县审计局", total=3, text="加强审核审核。"), ensure_ascii=False), "utf-8"
    )
    words = ("batch", str(tmp_path / "before"), "--out", str(tmp_path / "two"), "--jobs", "1")
    assert code(*words, "--since", str(tmp_path / "one")) in {0, 1}
    told = capsys.readouterr().out
    since = json.loads((tmp_path / "two" / "batch.json").read_text("utf-8"))["since"]
    assert f"已改 {since['mended']}，仍有 {since['open']}" in told
    assert since["mended"] == 1
    assert code(*words, "--since", str(tmp_path / "two")) == 2


def test_what_other_rules_say_of_an_unchanged_report_is_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pack that asks one thing more and one thing less: the report is the same, so nobody did anything."""
    pack = tmp_path / "cn-zz"
    (pack / "overview").mkdir(parents=True)
    (pack / "pack.yaml").write_text(PACK, "utf-8")
    (pack / "overrides.yaml").write_text(OVERRIDES, "utf-8")
    (pack / "overview" / "ten-missing.yaml").write_text(RULE, "utf-8")
    doubled = report("长子县审计局", total=4, text="加强审核审核。")
    run(tmp_path / "in", tmp_path / "one", {"甲": doubled, "乙": BEFORE["乙"]})
    changed = report("长子县财政局", total=3, text="加强审核审核。")
    (tmp_path / "in" / "乙.json").write_text(json.dumps(changed, ensure_ascii=False), "utf-8")
    words = ("batch", str(tmp_path / "in"), "--out", str(tmp_path / "two"), "--jobs", "1")
    code(*words, "--since", str(tmp_path / "one"), "--pack", str(pack))
    told = capsys.readouterr().out
    since = json.loads((tmp_path / "two" / "batch.json").read_text("utf-8"))["since"]
    assert (since["by-rules"], since["withdrawn"]) == (1, 1)
    assert "报告没有改动而新查出 1，不再提出 1" in told
    assert "规则与现在的不同" in told
    page = (tmp_path / "two" / "index.html").read_text("utf-8")
    assert "规则与现在的不同" in page
    checker = checker_for(Choices(packs=(str(pack),)))
    earlier, now = (earlier_run(tmp_path / name, None, checker) for name in ("one", "two"))
    found = list(changes(now.store, now.context, now.judged, earlier))
    assert states(found, "cn-zz/overview/ten-missing") == {"长子县审计局": "by-rules", "长子县财政局": "new"}
    assert states(found, DOUBLED) == {"长子县审计局": "withdrawn"}
    assert states(found, OUTCOMES)["长子县审计局"] == "open"


def test_the_same_rules_say_nothing_of_other_rules(tmp_path: Path) -> None:
    run(tmp_path / "in", tmp_path / "one", {"甲": BEFORE["甲"]})
    run(tmp_path / "again", tmp_path / "two", {"甲": BEFORE["甲"]})
    earlier, now = (earlier_run(tmp_path / name, None, checker_for(Choices())) for name in ("one", "two"))
    assert other_rules(now.store, earlier.store) is None
