"""`serve` at its edges: what does not come up, who is slow, what is no HTTP, and how it stops."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import jsonschema
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "hook-answer.schema.json").read_bytes())
TEXT = ROOT / "examples" / "zhangzi-zhujianju-2019.txt"
SERVE = [sys.executable, "-m", "disclosure_rules", "serve"]
REPORT = {"report": {"body": "长子县财政局", "year": 2024, "layout": "2021"}}


class _Service:
    """A service at a free port, which it prints."""

    def __init__(self, log: Path, *arguments: str) -> None:
        self.log = log
        with log.open("wb") as out:
            self.process = subprocess.Popen([*SERVE, "--port", "0", *arguments], stdout=out, stderr=out)  # noqa: S603
        while "http://" not in (text := log.read_text("utf-8")):
            assert self.process.poll() is None, text
            time.sleep(0.05)
        self.address = "http://" + text.partition("http://")[2].split()[0]
        while not self._answers():
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/health", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def say(self, data: bytes) -> bytes:
        """What the service says to bytes until it closes the connection."""
        host, port = self.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            connection.sendall(data)
            told = b""
            while piece := connection.recv(65536):
                told += piece
        return told

    def workers(self) -> list[int]:
        """The processes that check."""
        children = [
            int(pid)
            for task in Path(f"/proc/{self.process.pid}/task").glob("*/children")
            for pid in task.read_text("ascii").split()
        ]
        return [pid for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Service]:
    service = _Service(tmp_path_factory.mktemp("serve") / "log", "--body-timeout", "2", "--workers", "1")
    yield service
    service.process.send_signal(signal.SIGTERM)
    service.process.wait(30)


def _code(answer: bytes) -> str:
    told = json.loads(answer)
    jsonschema.Draft202012Validator(SCHEMA).validate(told)
    code: str = told["error"]["code"]
    return code


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"", b"408", "head-too-slow"),
        (b"GET /health HTTP/1.1\r\nHo", b"408", "head-too-slow"),
        (b"\x16\x03\x01\r\n\r\n", b"400", "bad-http"),
        (b"GET /v1/check/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", b"404", "not-found"),
        (
            b"POST /v1/check HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
            b"408", "body-too-slow",
        ),
    ],
)  # fmt: skip
def test_whatever_comes_over_the_wire_gets_an_answer(
    service: _Service, sent: bytes, status: bytes, code: str
) -> None:
    head, _, body = service.say(sent).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 " + status)
    assert _code(body) == code


def test_a_second_request_on_a_connection_is_not_waited_for_either(service: _Service) -> None:
    host, port = service.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
        told = b""
        while not told.endswith(b'{"status":"ok"}'):
            told += connection.recv(65536)
        connection.sendall(b"GET /health HTT")
        while piece := connection.recv(65536):
            told += piece
    assert b"head-too-slow" in told


@pytest.mark.parametrize(
    "files",
    [
        [("file", ("a.json", b"{}")), ("previuos", ("b.json", b"{}"))],
        [("file", ("a.json", b"{}")), ("file", ("b.json", b"{}"))],
        [("flie", ("a.json", b"{}"))],
    ],
)
def test_a_file_that_would_not_be_checked_is_refused(
    service: _Service, files: list[tuple[str, tuple[str, bytes]]]
) -> None:
    answer = httpx.post(f"{service.address}/v1/check", files=files, trust_env=False)
    assert (answer.status_code, _code(answer.content)) == (400, "bad-request")


def test_a_form_takes_the_day_of_the_check(service: _Service) -> None:
    answer = httpx.post(
        f"{service.address}/v1/check",
        files={"file": (TEXT.name, TEXT.read_bytes())}, data={"as_of": "2021-01-01"},
        trust_env=False,
    )  # fmt: skip
    assert answer.json()["result"]["rules"]["as_of"] == "2021-01-01"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--pack", "nosuch"], "nosuch"),
        (["--host", "nosuch.invalid"], "nosuch.invalid"),
        (["--token-file", "t"], "t "),
    ],
)
def test_what_cannot_serve_says_so_and_ends(tmp_path: Path, arguments: list[str], words: str) -> None:
    (tmp_path / "t").write_bytes(b"\xff" * 40)
    run = subprocess.run(  # noqa: S603
        [*SERVE, "--port", "0", *arguments], capture_output=True, check=False, timeout=60, cwd=tmp_path,
        env={**os.environ, "DISCLOSURE_RULES_TOKEN": "a-token-of-a-portal-7"},
    )  # fmt: skip
    assert run.returncode == 2
    assert words in run.stderr.decode()
    assert b"Traceback" not in run.stderr
    assert "程序内部出错" not in run.stderr.decode()


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = subprocess.run([*SERVE, "--port", str(port)], capture_output=True, check=False, timeout=60)  # noqa: S603
    assert run.returncode == 2
    assert f"127.0.0.1:{port}" in run.stderr.decode()
    assert "--port" in run.stderr.decode()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")
def test_a_second_signal_stops_at_once_and_whoever_waits_is_told(tmp_path: Path) -> None:
    service = _Service(tmp_path / "log", "--workers", "1", "--timeout", "300")
    [worker] = service.workers()
    os.kill(worker, signal.SIGSTOP)  # a reader that hangs
    host, port = service.address.removeprefix("http://").split(":")
    body = json.dumps(REPORT).encode()
    with socket.create_connection((host, int(port)), timeout=60) as client:
        client.sendall(
            b"POST /v1/check HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            % (len(body), body)
        )
        time.sleep(0.5)
        service.process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert service.process.poll() is None  # it waits for the request
        service.process.send_signal(signal.SIGINT)
        told = b""
        while piece := client.recv(65536):
            told += piece
    assert told.startswith(b"HTTP/1.1 503")
    assert b'"stopping"' in told
    assert service.process.wait(60) == 0, service.log.read_text("utf-8")
    assert not Path(f"/proc/{worker}").exists()
    assert "Traceback" not in service.log.read_text("utf-8")
