"""The hook as a process: whatever its streams, its time and its options are, there is one answer and no pass by mistake."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import jsonschema
import pytest

from disclosure_rules.errors import ReadError
from disclosure_rules.hook.alone import MOST_MEMORY, alone

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "hook-answer.schema.json").read_bytes())
HOOK = [sys.executable, "-m", "disclosure_rules", "hook"]
REQUEST = b'{"report": {"body": "\xe9\x95\xbf\xe5\xad\x90\xe5\x8e\xbf\xe8\xb4\xa2\xe6\x94\xbf\xe5\xb1\x80", "year": 2024, "layout": "2021"}}'
FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="the bounds need a fork")


def _code(answer: bytes) -> str:
    told = json.loads(answer)
    jsonschema.Draft202012Validator(SCHEMA).validate(told)
    assert told["decision"] == "undecided"
    code: str = told["error"]["code"]
    return code


@FORKS
def test_a_request_that_never_ends_is_not_waited_for() -> None:
    with subprocess.Popen([*HOOK, "--timeout", "1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as hook:  # noqa: S603  our own
        assert hook.stdin is not None
        assert hook.stdout is not None
        hook.stdin.write(b'{"path"')
        hook.stdin.flush()
        assert _code(hook.stdout.read()) == "too-slow"
        assert hook.wait(30) == 2


@FORKS
def test_signals_that_the_starter_ignores_or_holds_back_change_nothing() -> None:
    """Web servers ignore the end of children, and some hold back alarms; a program inherits both."""
    odd = (
        "import os, signal, sys;"
        "signal.signal(signal.SIGCHLD, signal.SIG_IGN);"
        "signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM});"
        "os.execv(sys.executable, [sys.executable, '-m', 'disclosure_rules', 'hook', '--timeout', sys.argv[1]])"
    )
    answered = subprocess.run(  # noqa: S603
        [sys.executable, "-c", odd, "60"], input=REQUEST, capture_output=True, check=False
    )
    assert (answered.returncode, answered.stderr) == (1, b"")
    assert json.loads(answered.stdout)["decision"] == "reject"
    starter = [sys.executable, "-c", odd, "1"]
    with subprocess.Popen(starter, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as hook:  # noqa: S603
        assert hook.stdout is not None
        assert _code(hook.stdout.read()) == "too-slow"


@FORKS
def test_a_reader_that_swallows_every_exception_is_stopped() -> None:
    def stubborn() -> bytes:
        while True:
            with suppress(BaseException):
                time.sleep(60)

    with pytest.raises(ReadError) as stopped:
        alone(stubborn, 0.2)
    assert stopped.value.code == "too-slow"


@FORKS
@pytest.mark.parametrize(
    "work",
    [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: os._exit(3), lambda: bytearray(MOST_MEMORY)],
)
def test_a_reader_that_takes_its_process_along_is_an_answer(work: object) -> None:
    with pytest.raises(ReadError) as crashed:
        alone(work, 30)  # type: ignore[arg-type]
    assert crashed.value.code == "worker-crashed"


@FORKS
def test_what_the_work_returns_comes_back_whole() -> None:
    assert alone(lambda: b"\0\xff" * 1_000_000, 30) == b"\0\xff" * 1_000_000


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes the streams")
@pytest.mark.parametrize(("stream", "code"), [("<&-", "bad-request"), ("</dev/null", "bad-request")])
def test_without_input_there_is_an_answer(stream: str, code: str) -> None:
    run = subprocess.run(["sh", "-c", f'"$@" {stream}', "sh", *HOOK], capture_output=True, check=False)  # noqa: S603, S607
    assert (run.returncode, _code(run.stdout), run.stderr) == (2, code, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize("stream", [">&-", ">/dev/full"])
def test_an_answer_that_cannot_be_written_is_no_accept(stream: str) -> None:
    run = subprocess.run(  # noqa: S603
        ["sh", "-c", f'"$@" {stream}', "sh", *HOOK],  # noqa: S607
        input=b'{"path": "suqian-shizhengfu-2024.yaml"}', capture_output=True, check=False, cwd=ROOT / "examples",
    )  # fmt: skip
    assert run.returncode == 2
    assert b"Traceback" not in run.stderr
    assert "程序内部出错".encode() not in run.stderr
    assert run.stderr


def test_a_reader_that_went_away_was_told_no_accept() -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    hook = subprocess.run(  # noqa: S603
        HOOK,
        input=b'{"path": "suqian-shizhengfu-2024.yaml"}',
        stdout=theirs,
        check=False,
        cwd=ROOT / "examples",
    )
    os.close(theirs)
    assert hook.returncode == 2


def test_wrong_options_and_a_wrong_configuration_are_answers(tmp_path: Path) -> None:
    run = subprocess.run([*HOOK, "--tmeout", "3"], input=REQUEST, capture_output=True, check=False)  # noqa: S603
    assert (run.returncode, _code(run.stdout)) == (2, "bad-arguments")
    assert "--timeout" in run.stdout.decode()
    (tmp_path / "disclosure-rules.toml").write_text("x = 1\n")
    run = subprocess.run(HOOK, input=REQUEST, capture_output=True, check=False, cwd=tmp_path)  # noqa: S603
    assert (run.returncode, _code(run.stdout)) == (2, "bad-configuration")
    assert str(tmp_path) not in run.stdout.decode()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_whoever_stops_the_hook_stops_its_work(number: signal.Signals) -> None:
    with subprocess.Popen(HOOK, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as hook:  # noqa: S603
        children = Path(f"/proc/{hook.pid}/task/{hook.pid}/children")
        while not (child := children.read_text("ascii").strip()):
            assert hook.poll() is None
            time.sleep(0.05)
        time.sleep(0.2)  # the handler is there a moment after the child
        hook.send_signal(number)
        assert hook.wait(30) == 128 + number
        for _ in range(100):
            if not Path(f"/proc/{child}").exists():
                break
            time.sleep(0.05)
        assert not Path(f"/proc/{child}").exists()


_WATCHED = """
import os, sys
def watch(event, args):
    writes = event == "open" and isinstance(args[0], str) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or event in {"socket.__new__", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "subprocess.Popen"}:
        os.write(2, f"{event} {args}\\n".encode())
sys.addaudithook(watch)
from disclosure_rules.cli import main
main(["hook"])
"""


@pytest.mark.parametrize(
    "file", ["zhangzi-zhujianju-2019.txt", "suqian-shizhengfu-2024.yaml", "template-blank-2021.docx"]
)
def test_the_hook_writes_nothing_and_asks_no_network(file: str, tmp_path: Path) -> None:
    """Beside the cache of parsed packs, which can be turned off."""
    source = next(
        (ROOT / folder / file)
        for folder in ("examples", "tests/data/reports")
        if (ROOT / folder / file).exists()
    )
    (tmp_path / file).write_bytes(source.read_bytes())
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _WATCHED], input=json.dumps({"path": file}).encode(), capture_output=True, check=False,
        cwd=tmp_path, env={**os.environ, "DISCLOSURE_RULES_NO_CACHE": "1", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert json.loads(run.stdout)["result"] is not None
    assert run.stderr.decode() == ""
    assert [one.name for one in tmp_path.iterdir()] == [file]
