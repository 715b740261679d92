"""The hook as a portal calls it: another process, JSON in, JSON out, an exit code."""

from __future__ import annotations

import base64
import json
import os
import random
import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_rules.errors import PackError
from disclosure_rules.hook import answer
from disclosure_rules.hook.answer import Desk, as_json
from disclosure_rules.model.profile import PROFILES
from disclosure_rules.pipeline import Checker
from sample_report import unbalanced

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
SUQIAN = "suqian-shizhengfu-2024.yaml"
SCHEMA = json.loads((ROOT / "schemas" / "hook-answer.schema.json").read_bytes())
UNBALANCED = unbalanced()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["path", "content", "report", "year", "body", "name", "x"]), inner, max_size=4
        )
    ),
    max_leaves=10,
)


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(EXAMPLES)


def _ask(desk: Desk, request: object) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(as_json(desk.answer(json.dumps(request, ensure_ascii=False).encode())))
    jsonschema.Draft202012Validator(SCHEMA).validate(told)
    return told


def _run(request: bytes, *arguments: str, cwd: Path = EXAMPLES) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-m", "disclosure_rules", "hook", *arguments],
        input=request, capture_output=True, check=False, cwd=cwd, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip


def test_another_process_gets_one_answer_and_its_exit_code() -> None:
    run = _run(json.dumps({"path": SUQIAN}).encode())
    assert run.returncode == 0
    assert run.stderr == b""
    told = json.loads(run.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(told)
    assert told["decision"] == "accept"
    assert told["result"]["report"]["year"] == 2024
    assert _run(json.dumps({"path": SUQIAN}).encode()).stdout == run.stdout
    assert _run(json.dumps({"report": UNBALANCED}).encode()).returncode == 1
    assert _run(b"{").returncode == 2


def test_path_content_and_report_give_the_same_findings(desk: Desk) -> None:
    content = base64.b64encode((EXAMPLES / SUQIAN).read_bytes()).decode()
    by_path = _ask(desk, {"path": SUQIAN})
    by_content = _ask(desk, {"content": content, "name": SUQIAN})
    assert by_path["result"]["findings"] == by_content["result"]["findings"]
    assert by_path == by_content


def test_a_failing_report_is_rejected_with_every_finding(desk: Desk) -> None:
    told = _ask(desk, {"report": UNBALANCED})
    assert told["decision"] == "reject"
    every = Checker(profile=PROFILES["gate"]).check(UNBALANCED)
    assert [one["fingerprint"] for one in told["result"]["findings"]] == [
        one.fingerprint for one in every.findings
    ]
    strict = _ask(desk, {"report": {**UNBALANCED, "tables": {}}, "profile": "strict"})
    assert strict["result"]["profile"] == "strict"
    scheme = _ask(desk, {"report": {"year": 2020, "layout": "2019"}, "profile": "cn-fj/licheng-2020"})
    assert scheme["result"]["profile"] == "cn-fj/licheng-2020"
    assert scheme["result"]["score"] is not None
    assert (
        _ask(desk, {"report": {"year": 2020}, "profile": "cn-fj/../x"})["error"]["code"] == "unknown-profile"
    )


def test_last_years_report_goes_along(desk: Desk) -> None:
    previous = {
        "body": "长子县财政局",
        "year": 2023,
        "layout": "2021",
        "tables": {"requests": {"carried_out": {"total": 2}}},
    }
    told = _ask(desk, {"report": UNBALANCED, "previous": {"report": previous}})
    assert told["result"]["previous"]["year"] == 2023
    assert "cn/years/carry-over-differs" in {one["rule"] for one in told["result"]["findings"]}


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({}, "bad-request"),
        ({"path": SUQIAN, "report": {}}, "bad-request"),
        ({"path": 1}, "bad-request"),
        ({"path": SUQIAN, "yeer": 2024}, "bad-request"),
        ({"path": SUQIAN, "year": 1999}, "bad-request"),
        ({"path": SUQIAN, "year": "2024"}, "bad-request"),
        ({"path": SUQIAN, "as_of": "20261127"}, "bad-request"),
        ({"path": SUQIAN, "as_of": "2026-02-30"}, "bad-request"),
        ({"path": SUQIAN, "as_of": 20261127}, "bad-request"),
        ({"path": SUQIAN, "region": "44"}, "bad-request"),
        ({"path": SUQIAN, "region": "999999"}, "unknown-region"),
        ({"path": SUQIAN, "profile": "lenient"}, "unknown-profile"),
        ({"path": "../README.md"}, "path-not-allowed"),
        ({"path": "/etc/passwd"}, "path-not-allowed"),
        ({"path": "a\0b"}, "path-not-allowed"),
        ({"content": "***"}, "bad-base64"),
        ({"content": "«"}, "bad-base64"),
        ({"content": ""}, "empty"),
        ({"report": {"yeer": 1}}, "unknown-key"),
        ({"path": "a" * 5000}, "cannot-open"),
        ({"path": "nothing.json"}, "cannot-open"),
        ({"path": "."}, "folder"),
        ([], "bad-request"),
        (None, "bad-request"),
    ],
)
def test_bad_input_has_a_stable_code(desk: Desk, request_: object, code: str) -> None:
    told = _ask(desk, request_)
    assert (told["decision"], told["result"], told["error"]["code"]) == ("undecided", None, code)
    assert str(ROOT) not in json.dumps(told)


def test_the_day_of_the_check_is_part_of_the_request(desk: Desk) -> None:
    report = {"body": "长子县财政局", "year": 2024, "layout": "2021", "tables": {}}
    for day in ("2021-01-01", None):
        told = _ask(desk, {"report": report, "as_of": day})["result"]
        wanted = Checker(profile=PROFILES["gate"], as_of=date.fromisoformat(day) if day else None).check(
            report
        )
        assert told == wanted.to_json()
        assert told["rules"]["as_of"] == day
    # Many days do not add up in a service that lives long.
    for number in range(1, 20):
        desk.answer(json.dumps({"report": report, "as_of": f"2026-01-{number:02}"}).encode())
    assert len(desk._checkers) <= 8


def test_base64_in_lines_is_read(desk: Desk) -> None:
    content = base64.encodebytes((EXAMPLES / SUQIAN).read_bytes()).decode()
    assert content.count("\n") > 10
    told = _ask(desk, {"content": content, "name": SUQIAN})
    assert told == _ask(desk, {"path": SUQIAN})


def _with_pictures(size: int) -> bytes:
    """The blank form in Word with photographs of `size` bytes in it."""
    document = BytesIO((ROOT / "tests" / "data" / "reports" / "template-blank-2021.docx").read_bytes())
    with zipfile.ZipFile(document, "a") as archive:
        archive.writestr("word/media/photo.jpeg", random.Random(1).randbytes(size))  # noqa: S311  no secret
    return document.getvalue()


def test_a_large_document_is_read_and_a_large_report_is_not(desk: Desk) -> None:
    """Photographs make 30 MB of a report; numbers and words do not."""
    content = base64.b64encode(_with_pictures(30_000_000)).decode()
    told = _ask(desk, {"content": content})
    assert told["error"] is None
    assert told["result"]["source"]["format"] == "docx"
    for report in ({"title": "长" * 6_000_000}, {"sections": [{"paragraphs": ["长" * 6_000_000]}]}):
        assert _ask(desk, {"report": report})["error"]["code"] == "request-too-large"
        told = _ask(desk, {"path": SUQIAN, "previous": {"report": report}})
        assert told["error"]["code"] == "request-too-large"


def test_an_error_says_where_and_in_which_report(desk: Desk) -> None:
    broken = base64.b64encode(b'{"year":\n x}').decode()
    zh = _ask(desk, {"path": SUQIAN, "previous": {"content": broken, "name": "去年.json"}})["error"][
        "message"
    ]["zh"]
    assert zh.startswith("上一年报告（previous）：去年.json:2:2：")
    told = json.loads(as_json(desk.answer(b'{"report":\n  x}')))["error"]
    assert told["message"]["en"].startswith("request:2:3: ")


def test_what_takes_too_much_memory_is_an_answer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def hungry(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(Checker, "load_report", hungry)
    assert _ask(desk, {"path": SUQIAN})["error"]["code"] == "too-much-memory"


def test_packs_that_cannot_be_used_are_told_before_the_first_request() -> None:
    with pytest.raises(PackError, match="nosuch"):
        Desk(None, packs=["nosuch"]).ready()


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.yaml").write_bytes((EXAMPLES / SUQIAN).read_bytes())
    (tmp_path / "in" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    assert _ask(Desk(tmp_path / "in"), {"path": "link.yaml"})["error"]["code"] == "path-not-allowed"
    assert _ask(Desk(None), {"path": SUQIAN})["error"]["code"] == "path-not-allowed"


def test_a_key_given_twice_is_refused(desk: Desk) -> None:
    assert (
        b'"code":"duplicate-key"'
        in as_json(desk.answer(b'{"report": {"year": 2024, "year": 2023}}')).encode()
    )


def test_a_crash_of_ours_is_an_answer_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(answer, "read_json", broken)
    told = _ask(desk, {"path": SUQIAN})
    assert told["error"]["code"] == "internal-error"
    assert "/secret/path" not in json.dumps(told)


def test_a_check_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "endless.txt")  # opening it waits for a writer that never comes
    run = _run(b'{"path": "endless.txt"}', "--timeout", "2", cwd=tmp_path)
    assert run.returncode == 2
    assert json.loads(run.stdout)["error"]["code"] in {"too-slow", "unreadable-file"}


@given(JSON)
def test_no_request_gets_no_answer(request: object) -> None:
    assert _ask(Desk(EXAMPLES), request)["decision"] in {"accept", "reject", "undecided"}


@given(st.binary(max_size=50))
def test_no_bytes_get_no_answer(data: bytes) -> None:
    assert Desk(None).answer(data).decision in {"accept", "reject", "undecided"}
