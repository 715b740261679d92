"""What the operator accepts counts alike in check, at the hook, in the service and in a batch; no request can accept."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from disclosure_rules.accepted import Accepted, Baseline
from disclosure_rules.cli.main import command
from disclosure_rules.errors import UsageError
from disclosure_rules.hook.answer import Desk
from disclosure_rules.hook.workers import Setting, Workers
from disclosure_rules.packs.waivers import read_waivers
from sample_report import unbalanced

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).resolve().parents[2]
_TABLES = unbalanced()["tables"]
REPORT = unbalanced(tables={**_TABLES, "proactive_disclosure": {}, "reviews_and_litigation": {}})
RULE = "cn/requests/unbalanced"
HOOK = [sys.executable, "-m", "disclosure_rules", "hook"]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "年报.json").write_text(json.dumps(REPORT), "utf-8")
    return tmp_path


def _run(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(command, list(words), input=stdin, standalone_mode=False)


def _waivers(place: Path, expires: str) -> Path:
    """A list that accepts every finding of the report that would block."""
    findings = Desk(None).answer(json.dumps({"report": REPORT}).encode()).result
    assert findings is not None
    entries = [
        {
            "rule": one.rule,
            "body": "长子县财政局",
            "year": 2024,
            "finding": one.fingerprint,
            "reason": "系统迁移，台账已说明",
            "approved_by": "县政府办公室",
            "expires": expires,
        }
        for one in findings.findings
        if one.blocks
    ]
    assert RULE in {one["rule"] for one in entries}
    file = place / "waivers.yaml"
    file.write_text(json.dumps({"waivers": entries}, ensure_ascii=False), "utf-8")
    return file


def _told(result: dict[str, Any]) -> tuple[object, ...]:
    findings = [(one["fingerprint"], one["blocks"], one["waived"]) for one in result["findings"]]
    return result["verdict"], findings, result["waivers"]


@pytest.mark.parametrize(("expires", "waived"), [("2099-12-31", True), ("2020-12-31", False)])
def test_check_hook_service_and_batch_decide_alike(place: Path, expires: str, *, waived: bool) -> None:
    file = _waivers(place, expires)
    options = ["--waivers", str(file)]
    told = _run("check", "in", "--profile", "gate", "--format", "json", *options)
    checked = _told(json.loads(told.stdout)["results"][0])
    assert any(one[2] for one in checked[1]) is waived  # type: ignore[attr-defined, index]
    request = json.dumps({"report": REPORT}).encode()
    piped = subprocess.run([*HOOK, *options], input=request, capture_output=True, check=False)  # noqa: S603
    assert _told(json.loads(piped.stdout)["result"]) == checked
    assert piped.returncode == (2 if waived else 1)  # tables that are empty leave rules open
    guide = (ROOT / "docs" / "integrate.md").read_text("utf-8")
    names: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", guide, re.DOTALL)[0], names)  # noqa: S102  of our own guide
    assert [one.waived is not None for one in names["checker"].check(REPORT).findings] == [
        bool(one[2])
        for one in checked[1]  # type: ignore[attr-defined]
    ]
    setting = Setting(None, {}, (), (), Accepted(read_waivers(file), today=date.today))
    workers = Workers(1, setting, 60)
    workers.start()
    try:
        assert _told(json.loads(workers.ask(request).body)["result"]) == checked
    finally:
        workers.stop()
    _run("batch", "in", "--out", "out", "--jobs", "1", "--profile", "gate", *options)
    lines = (place / "out" / "results.jsonl").read_text("utf-8").splitlines()
    assert [_told(json.loads(line)) for line in lines] == [checked]


def test_a_request_accepts_nothing_and_wakes_no_waiver_that_has_ended(place: Path) -> None:
    desk = Desk(None, accepted=Accepted(read_waivers(_waivers(place, "2025-06-30")), today=date.today))
    earlier = desk.answer(json.dumps({"report": REPORT, "as_of": "2025-01-01"}).encode())
    assert earlier.decision == "reject"
    assert earlier.result is not None
    assert {one.state for one in earlier.result.waivers} == {"expired"}
    for key in ("waivers", "baseline"):
        refused = desk.answer(json.dumps({"report": REPORT, key: []}).encode())
        assert refused.error is not None
        assert refused.error.code == "bad-request"


def test_a_waiver_ends_while_a_service_lives(place: Path) -> None:
    days = [date(2025, 6, 30), date(2025, 7, 1)]
    desk = Desk(None, accepted=Accepted(read_waivers(_waivers(place, "2025-06-30")), today=lambda: days[0]))
    request = json.dumps({"report": REPORT}).encode()
    assert desk.answer(request).decision == "undecided"
    days.pop(0)
    assert desk.answer(request).decision == "reject"


def test_what_the_baseline_knows_does_not_block_at_the_hook(place: Path) -> None:
    _run("check", "in", "--output", "json=基线.json")
    request = json.dumps({"report": REPORT}).encode()
    piped = subprocess.run(  # noqa: S603
        [*HOOK, "--baseline", "基线.json"], input=request, capture_output=True, check=False
    )
    findings = json.loads(piped.stdout)["result"]["findings"]
    assert {(one["baseline"], one["blocks"]) for one in findings} == {("unchanged", False)}
    worse = json.loads(request)
    worse["report"]["tables"]["requests"]["carried_out"]["total"] = 2
    desk = Desk(None, accepted=Accepted(baseline=Baseline.read(place / "基线.json")))
    again = desk.answer(json.dumps(worse).encode())
    assert again.decision == "reject"
    assert again.result is not None
    assert [one.rule for one in again.result.findings if one.blocks] == [RULE]


@pytest.mark.parametrize(
    ("option", "text", "code"),
    [
        ("--waivers", None, "bad-waivers"),
        ("--waivers", "waivers: [{rule: cn/x/y}]", "bad-waivers"),
        ("--baseline", "[]", "bad-baseline"),
    ],
)
def test_a_list_that_cannot_be_used_is_told_with_its_place(
    place: Path, option: str, text: str | None, code: str
) -> None:
    if text is not None:
        (place / "list").write_text(text, "utf-8")
    piped = _run("hook", option, "list", stdin="{}")
    answer = json.loads(piped.stdout)
    assert (piped.return_value, answer["decision"], answer["error"]["code"]) == (2, "undecided", code)
    assert "list" in answer["error"]["message"]["zh"]
    with pytest.raises(UsageError) as refused:
        _checked(_run("serve", option, "list"))
    assert (refused.value.code, refused.value.place.startswith("list") or "list" in refused.value.zh) == (
        code,
        True,
    )


def _checked(run: Result) -> None:
    if run.exception is not None:
        raise run.exception
