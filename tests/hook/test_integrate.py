"""The snippets of docs/integrate.md, each run by its own language."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from disclosure_rules.hook.answer import Desk, as_json
from sample_report import unbalanced

ROOT = Path(__file__).resolve().parents[2]
SNIPPETS = ROOT / "examples" / "integrate"
TEXT = ROOT / "examples" / "zhangzi-zhujianju-2019.txt"


LANGUAGES = pytest.mark.parametrize(
    ("program", "snippet"),
    [
        ("bash", "hook.sh"),
        ("java", "Hook.java"),
        ("node", "hook.mjs"),
        ("mono", "Hook.cs"),
        ("php", "hook.php"),
        ("python", "hook.py"),
    ],
)


def _run(
    program: str, snippet: str, place: Path, report: Path, *, there: bool = True
) -> subprocess.CompletedProcess[bytes]:
    """A snippet run by its language; `there` tells whether our program is on the path."""
    found = sys.executable if program == "python" else shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not on this machine")
    source = SNIPPETS / snippet
    if program == "mono":
        compiler = shutil.which("mcs")
        if compiler is None:
            pytest.skip("mono has no compiler on this machine")
        made = place / "Hook.exe"
        subprocess.run([compiler, f"-out:{made}", str(source)], check=True)  # noqa: S603  our own snippet
        source = made
    path = f"{Path(sys.executable).parent}{os.pathsep}" if there else ""
    return subprocess.run(  # noqa: S603  our own snippet
        [found, str(source), str(report)], capture_output=True, check=False, timeout=120,
        env={**os.environ, "PATH": f"{path}{os.environ['PATH']}", "PYTHONUTF8": "1"}, cwd=SNIPPETS,
    )  # fmt: skip


@LANGUAGES
def test_each_language_gets_the_same_answer(program: str, snippet: str, tmp_path: Path) -> None:
    run = _run(program, snippet, tmp_path, TEXT)
    request = {"content": base64.b64encode(TEXT.read_bytes()).decode()}
    answer = Desk(None).answer(json.dumps(request).encode())
    assert run.stdout.decode() == as_json(answer), run.stderr.decode()
    assert run.returncode == {"accept": 0, "reject": 1, "undecided": 2}[answer.decision]


@LANGUAGES
def test_what_goes_wrong_on_the_way_is_no_reject(program: str, snippet: str, tmp_path: Path) -> None:
    """Most languages end a program that fails with 1, which would be read as a decision."""
    assert _run(program, snippet, tmp_path, tmp_path / "missing.docx").returncode == 2
    if program != "python" and shutil.which("disclosure-rules") is None:
        assert _run(program, snippet, tmp_path, TEXT, there=False).returncode == 2


def test_every_snippet_is_shown_in_the_guide() -> None:
    guide = (ROOT / "docs" / "integrate.md").read_text(encoding="utf-8")
    for snippet in (*SNIPPETS.iterdir(), *(ROOT / "examples" / "web").glob("*.py")):
        assert f"../examples/{snippet.parent.name}/{snippet.name}" in guide


def _within(part: object, whole: object) -> bool:
    """Whether a value is another one with keys and members left out."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            key in whole and _within(value, whole[key]) for key, value in part.items()
        )
    if isinstance(part, list):
        return isinstance(whole, list) and all(any(_within(one, other) for other in whole) for one in part)
    return bool(part == whole)


def test_the_answer_that_the_guide_shows_is_a_real_one() -> None:
    guide = (ROOT / "docs" / "integrate.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"```json\n(.*?)```", guide, re.DOTALL)
    answer = as_json(Desk(None).answer(json.dumps({"report": unbalanced()}).encode()))
    assert _within(json.loads(shown), json.loads(answer))
    assert not _within(json.loads(shown.replace("c1e8", "c1e9")), json.loads(answer))


def test_the_guide_names_fields_that_answers_have() -> None:
    """What it tells to look at under `findings` and `open`, with the answer of a report that has both."""
    answer = json.loads(as_json(Desk(None).answer(json.dumps({"report": unbalanced()}).encode())))["result"]
    assert {"blocks", "location", "message", "suggestion", "rule", "fingerprint", "waived"} <= set(
        answer["findings"][0]
    )
    assert {"blocks", "title", "reason"} <= set(answer["open"][0])
    assert {"notes", "faults", "coverage", "waivers", "report"} <= set(answer)
