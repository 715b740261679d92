"""A made province: every planted fault is found, and nothing else is said."""

from __future__ import annotations

import json
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from province import make_province

from disclosure_rules.batch.run import run_batch
from disclosure_rules.batch.runner import Runner
from disclosure_rules.batch.work import Choices
from disclosure_rules.cli.batch import command
from disclosure_rules.ingest.inputs import inputs
from disclosure_rules.resources import rules_folder

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from province_table import compared, false_errors  # noqa: E402  the tool that writes the committed table

if TYPE_CHECKING:
    from province import Province

RULES = {f"cn/collection/{file.stem}" for file in (rules_folder() / "cn" / "collection").glob("*.yaml")}
FILES = ("results.jsonl", "findings.csv", "batch.json")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Province:
    return make_province(tmp_path_factory.mktemp("province"), 150)


@pytest.fixture(scope="module")
def out(province: Province) -> Path:
    folder = province.now.parent / "out"
    _checked(province, folder, "--jobs", "2")
    return folder


def _checked(province: Province, folder: Path, *more: str) -> str:
    arguments = [
        str(province.now),
        "--roster",
        str(province.roster),
        "--previous",
        str(province.last),
    ]
    ran = CliRunner().invoke(command, [*arguments, "--out", str(folder), *more], standalone_mode=False)
    assert ran.return_value == 2, ran.output  # what is unreadable may be anything
    return ran.output


def _summary(out: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((out / "batch.json").read_text("utf-8"))
    return told


def test_every_planted_fault_is_found_and_nothing_else(province: Province, out: Path) -> None:
    rows = compared(province, out)
    assert [(row.rule, row.missed, row.false) for row in rows if row.missed or row.false] == []
    assert {row.rule for row in rows} >= RULES - {
        "cn/collection/total-unequal-parts"
    }  # that needs more counties


def test_no_report_of_the_province_has_an_error_but_those_that_are_late(
    province: Province, out: Path
) -> None:
    assert false_errors(province, out) == []
    results = [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]
    assert sum(result["previous"] is not None for result in results) > 130
    suffixes = {path.suffix for path in province.now.rglob("*") if path.is_file()}
    assert suffixes == {".docx", ".html", ".json", ".txt", ".xlsx", ".yaml", ".zip"}
    assert len({part["main"] for part in _summary(out)["parts"]}) > 3


def test_the_committed_table_has_every_rule_and_no_miss() -> None:
    page = (ROOT / "docs" / "province.md").read_text("utf-8")
    rows = re.findall(r"^\| ([a-z-]+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", page, re.MULTILINE)
    assert {f"cn/collection/{rule}" for rule, *_ in rows} >= RULES
    for rule, planted, found, missed, false in rows:
        assert (int(planted) > 0, found, missed, false) == (True, planted, "0", "0"), rule
    assert "**0 have another error**" in page


def test_a_rule_that_fires_in_most_reports_is_shown_as_such(province: Province, out: Path) -> None:
    told = _summary(out)
    assert "cn/overview/aspects-missing" in told["frequent"]
    assert told["base_rates"]["cn/overview/aspects-missing"] > 0.9
    assert "是普遍做法，或规则不适合" in _checked(province, out)


def test_the_result_does_not_depend_on_order_processes_or_an_earlier_run(
    province: Province, out: Path, tmp_path: Path
) -> None:
    found = list(reversed(list(inputs(province.now))))
    pool = partial(ProcessPoolExecutor, 2, mp_context=get_context("spawn"))
    run_batch(found[:50], tmp_path, Choices(), Runner(pool, 2), province.last).close()
    _checked(province, tmp_path, "--jobs", "1")
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes()
