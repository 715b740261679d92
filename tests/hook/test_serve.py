"""`serve` as a portal meets it: another process, a real socket."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import jsonschema
import pytest

from disclosure_rules.hook.answer import Desk, as_json
from disclosure_rules.hook.workers import Setting, Workers

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
TEXT = EXAMPLES / "zhangzi-zhujianju-2019.txt"
SCHEMA = json.loads((ROOT / "schemas" / "hook-answer.schema.json").read_bytes())
TOKEN = "a-token-of-a-portal-7"  # noqa: S105  of this test
REPORT = {"report": {"body": "长子县财政局", "year": 2024, "layout": "2021"}}


def _serve(log: Path, *arguments: str, token: str | None = None) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "PYTHONUTF8": "1", **({"DISCLOSURE_RULES_TOKEN": token} if token else {})}
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603  our own interpreter
            [sys.executable, "-m", "disclosure_rules", "serve", "--port", str(port), *arguments],
            stdout=out, stderr=out, env=env,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            if httpx.get(f"{address}/ready", trust_env=False).status_code == 200:
                return process, address
        except httpx.TransportError:
            assert process.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.1)
    process.kill()
    pytest.fail("the service did not come up")


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serve") / "log"


@pytest.fixture(scope="module")
def address(log: Path) -> Iterator[str]:
    process, address = _serve(log, "--body-timeout", "4", "--most-requests", "60")
    yield address
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) in (0, -signal.SIGTERM)


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        yield client


def _code(response: httpx.Response) -> str:
    told = response.json()
    jsonschema.Draft202012Validator(SCHEMA).validate(told)
    assert told["decision"] == "undecided"
    code: str = told["error"]["code"]
    return code


def test_http_and_the_pipe_give_the_same_bytes(client: httpx.Client) -> None:
    content = base64.b64encode(TEXT.read_bytes()).decode()
    request = {"content": content, "name": TEXT.name}
    answer = client.post("/v1/check", json=request)
    assert answer.status_code == 200
    assert answer.text == as_json(Desk(None).answer(json.dumps(request).encode()))
    form = client.post("/v1/check", files={"file": (TEXT.name, TEXT.read_bytes())}, data={"profile": "gate"})
    assert form.text == answer.text


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"{", "application/json", 400, None),
        (b"[]", "application/json", 400, "bad-request"),
        (b"", "application/json", 400, "bad-request"),
        (b'{"report": {}, "year": "x"}', "application/json", 400, "bad-request"),
        (b'{"report": {}, "profile": "lenient"}', "application/json", 400, "unknown-profile"),
        (b"[" * 100_000, "application/json", 422, "too-deep"),
        (b'{"report": {"title": "\\ud800"}}', "application/json", 422, "lone-surrogate"),
        (b'{"yeer": 1}', "application/json", 400, "bad-request"),
        (b'{"path": "/etc/passwd"}', "application/json", 403, "path-not-allowed"),
        (b"{}", "text/plain", 415, "wrong-content-type"),
        (b"x", "multipart/form-data", 400, "bad-request"),
        (b"x", "multipart/form-data; boundary=a", 400, "bad-request"),
    ],
)
def test_what_is_wrong_is_an_answer(
    client: httpx.Client, body: bytes, kind: str, status: int, code: str | None
) -> None:
    answer = client.post("/v1/check", content=body, headers={"content-type": kind})
    assert answer.status_code == status, answer.text
    told = _code(answer)
    assert code is None or told == code
    assert "Traceback" not in answer.text
    assert "/etc" not in answer.text


def test_other_addresses_are_answers_too(client: httpx.Client) -> None:
    assert _code(client.get("/nothing")) == "not-found"
    refused = client.get("/v1/check")
    assert (refused.status_code, _code(refused)) == (405, "method-not-allowed")
    assert refused.headers["allow"] == "POST"
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/openapi.json").json()["paths"]["/v1/check"]


def _raw(address: str, head: bytes, *, close: bool) -> bytes:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(b"POST /v1/check HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + head)
        return b"" if close else connection.recv(65536)


def test_200_megabytes_are_refused_before_they_come(address: str) -> None:
    told = _raw(address, b"Content-Length: 200000000\r\n\r\n{", close=False)
    assert told.startswith(b"HTTP/1.1 413")


def test_200_megabytes_without_a_length_are_refused_on_the_way(client: httpx.Client) -> None:
    try:
        answer = client.post(
            "/v1/check",
            content=(b" " * 1_000_000 for _ in range(200)),
            headers={"content-type": "application/json"},
        )
    except httpx.TransportError:  # the answer may be lost where we still write; the service must live
        pass
    else:
        assert (answer.status_code, _code(answer)) == (413, "request-too-large")
    assert client.post("/v1/check", json=REPORT).status_code == 200


def test_slow_and_half_sent_bodies_do_not_hold_the_service(address: str, client: httpx.Client) -> None:
    told = _raw(address, b"Content-Length: 20\r\n\r\n{", close=False)
    assert told.startswith(b"HTTP/1.1 408")
    _raw(address, b"Content-Length: 20\r\n\r\n{", close=True)
    assert client.post("/v1/check", json=REPORT).status_code == 200


def test_fifty_at_once_get_the_same_answer(address: str) -> None:
    def ask(_: int) -> tuple[int, str]:
        answer = httpx.post(f"{address}/v1/check", json=REPORT, trust_env=False, timeout=60)
        return answer.status_code, answer.text

    with ThreadPoolExecutor(50) as threads:
        answers = set(threads.map(ask, range(200)))
    assert len(answers) == 1
    assert answers.pop()[0] == 200


def test_nothing_of_a_report_is_in_the_log_and_the_metrics(client: httpx.Client, log: Path) -> None:
    client.post("/v1/check?secret=abc", json=REPORT)
    written = log.read_text(encoding="utf-8")
    assert "ms" in written
    for word in ("Traceback", "长子县", "secret", "/v1/check", str(ROOT)):
        assert word not in written
    assert "disclosure_rules_requests_total{" in client.get("/metrics").text


def test_a_token_and_a_full_queue(tmp_path: Path) -> None:
    process, address = _serve(tmp_path / "log", "--workers", "1", "--most-requests", "1", token=TOKEN)
    try:
        asked = httpx.post(f"{address}/v1/check", json=REPORT, trust_env=False)
        assert (asked.status_code, _code(asked)) == (401, "no-token")
        assert httpx.get(f"{address}/metrics", trust_env=False).status_code == 401
        for wrong in (TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer", "Bearer \xe4"):
            asked = httpx.post(
                f"{address}/v1/check",
                json=REPORT,
                headers={"authorization": wrong.encode("latin-1")},
                trust_env=False,
            )
            assert asked.status_code == 401
        headers = {"authorization": f"bearer {TOKEN}"}  # the name of a scheme has no case
        assert (
            httpx.post(f"{address}/v1/check", json=REPORT, headers=headers, trust_env=False).status_code
            == 200
        )
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as slow:
            slow.sendall(
                b"POST /v1/check HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                + TOKEN.encode() + b"\r\nContent-Length: 9\r\n\r\n{"
            )  # fmt: skip
            time.sleep(0.5)
            busy = httpx.post(f"{address}/v1/check", json=REPORT, headers=headers, trust_env=False)
            ready = httpx.get(f"{address}/ready", trust_env=False)
        assert (busy.status_code, _code(busy)) == (429, "too-busy")
        assert (ready.status_code, ready.json()) == (503, {"ready": False})
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")
def test_a_document_that_crashes_its_worker_costs_no_other_request(tmp_path: Path) -> None:
    process, address = _serve(tmp_path / "log", "--workers", "1")
    try:
        tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
        children = [pid for task in tasks for pid in task.read_text("ascii").split()]
        workers = [pid for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        assert len(workers) == 1
        worker = int(workers[0])
        os.kill(worker, signal.SIGSTOP)  # at work on a document; then it crashes
        threading.Timer(1, lambda: os.kill(worker, signal.SIGKILL)).start()
        with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
            crashed = client.post("/v1/check", json=REPORT)
            assert (crashed.status_code, _code(crashed)) == (422, "worker-crashed")
            assert client.post("/v1/check", json=REPORT).status_code == 200
        assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def test_another_address_needs_a_token() -> None:
    env = {key: value for key, value in os.environ.items() if key != "DISCLOSURE_RULES_TOKEN"}
    run = subprocess.run(
        [sys.executable, "-m", "disclosure_rules", "serve", "--host", "0.0.0.0", "--port", "0"],  # noqa: S104  refused
        capture_output=True, check=False, timeout=60, env=env,
    )  # fmt: skip
    assert run.returncode == 2
    assert "DISCLOSURE_RULES_TOKEN" in run.stderr.decode()


def test_a_worker_that_dies_is_an_answer_and_is_replaced() -> None:
    workers = Workers(1, Setting(None, {}, (), ()), 60)
    workers.start()
    try:
        process = workers._all[0].process
        assert process is not None
        assert process.pid is not None
        os.kill(process.pid, signal.SIGSTOP)  # as a reader that hangs; then it crashes at work
        pid = process.pid
        threading.Timer(0.5, lambda: os.kill(pid, signal.SIGKILL)).start()
        assert workers.ask(json.dumps(REPORT).encode()).outcome == "worker-crashed"
        assert not workers.ask(json.dumps(REPORT).encode()).failed
    finally:
        workers.stop()


def test_workers_that_are_stopped_at_work_stay_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second signal stops them while one hangs and others wait for it."""
    workers = Workers(1, Setting(None, {}, (), ()), 300)
    workers.start()
    process = workers._all[0].process
    assert process is not None
    assert process.pid is not None
    os.kill(process.pid, signal.SIGSTOP)
    kill = process.kill

    def kill_and_wait() -> None:
        kill()
        time.sleep(0.5)  # whoever waited for the answer is told first

    monkeypatch.setattr(process, "kill", kill_and_wait)
    with ThreadPoolExecutor(3) as threads:
        asked = [threads.submit(workers.ask, json.dumps(REPORT).encode()) for _ in range(3)]
        time.sleep(0.3)
        workers.stop()
        assert [one.result(30).outcome for one in asked] == ["worker-crashed"] * 3
    assert workers._all[0].process is None


def test_a_check_that_hangs_is_stopped() -> None:
    workers = Workers(1, Setting(None, {}, (), ()), 0.3)
    workers.start()
    try:
        process = workers._all[0].process
        assert process is not None
        assert process.pid is not None
        os.kill(process.pid, signal.SIGSTOP)
        assert workers.ask(b"{}").outcome == "too-slow"
        assert workers.ask(b"{}").outcome == "bad-request"
    finally:
        workers.stop()
