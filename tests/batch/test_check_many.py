"""Many reports from Python: lazily, in order, and what cannot be read is a result."""

from __future__ import annotations

import shutil
import tracemalloc
from itertools import islice, repeat
from pathlib import Path

import pytest

from disclosure_rules import Checker, PackError, check_many
from disclosure_rules.model.waiver import Waiver

REPORTS = Path(__file__).resolve().parents[1] / "data" / "reports"
NAME = "suqian-shizhengfu-2024.txt"


def test_results_come_in_order_and_what_cannot_be_read_is_one(tmp_path: Path) -> None:
    shutil.copy(REPORTS / NAME, tmp_path / "b.txt")
    (tmp_path / "a.docx").write_bytes(b"")
    (tmp_path / "c.json").write_text("{", "utf-8")
    results = list(check_many(tmp_path))
    assert [Path(str(result.source.path)).name for result in results] == ["a.docx", "b.txt", "c.json"]
    assert [result.verdict == "incomplete" and not result.findings for result in results][::2] == [True, True]
    assert results[1] == Checker().check(tmp_path / "b.txt")


def test_what_is_accepted_is_waived_until_its_day() -> None:
    [before] = check_many(REPORTS / NAME)
    finding = before.findings[0]
    accepted = {
        "rule": finding.rule,
        "body": before.report.body.name if before.report.body else "",
        "year": 2024,
        "finding": finding.fingerprint,
        "reason": "试行",
        "approved_by": "某办公室",
    }
    held, expired = (Waiver(**accepted, expires=day) for day in ("2999-12-31", "2020-12-31"))
    [result] = check_many(REPORTS / NAME, waivers=[held])
    assert [one.fingerprint for one in result.findings if one.waived] == [finding.fingerprint]
    [result] = check_many(REPORTS / NAME, waivers=[expired])
    assert not any(one.waived for one in result.findings)


def test_nothing_is_read_before_it_is_asked_for() -> None:
    endless = check_many(repeat(REPORTS / NAME))
    assert len(list(islice(endless, 2))) == 2


def test_memory_does_not_grow_with_the_number_of_reports() -> None:
    results = check_many(repeat(REPORTS / NAME))
    next(results)
    next(results)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for _ in islice(results, 12):
        pass
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 2_000_000


def test_a_pack_that_does_not_exist_is_told_at_once() -> None:
    with pytest.raises(PackError):
        check_many(REPORTS / NAME, packs=["cn-nowhere"])
