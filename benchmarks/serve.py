"""`serve` under load: latency of JSON checks, CPU of each side, errors, and the memory of the service and its workers.

The client writes prepared bytes to open connections and reads the answer's length only: on the same cores, a client
that costs more than the service measures itself.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

REQUEST = {
    "report": {
        "body": "长子县财政局",
        "year": 2024,
        "layout": "2021",
        "tables": {"requests": {"received": {"total": 3}}},
    }
}
_TABLES = ("title", "body", "year", "layout", "tables")
_TICK = os.sysconf("SC_CLK_TCK")


def family(parent: int) -> list[tuple[int, float, int]]:
    """Process, CPU seconds and kilobytes resident, of a process and of each child that outlived a moment."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            status = (folder / "status").read_text()
        except OSError:
            continue
        if parent in (int(folder.name), int(fields[1])):
            resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
            seconds = (int(fields[11]) + int(fields[12])) / _TICK
            found.append((int(folder.name), seconds, int(resident.split()[1])))
    return sorted(found)


def request_of(report: Path | None, *, tables: bool) -> bytes:
    """The bytes of a request with a structured report in JSON, or with its tables alone; nearly empty without one."""
    request = REQUEST
    if report is not None:
        values = json.loads(report.read_text(encoding="utf-8"))
        request = {"report": {key: value for key, value in values.items() if not tables or key in _TABLES}}
    body = json.dumps(request, ensure_ascii=False).encode()
    return (
        b"POST /v1/check HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
    )


async def client(port: int, request: bytes, count: int, took: list[float]) -> None:
    """Send `count` requests one after the other; every answer must be a 200."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(count):
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        length = head.lower().partition(b"content-length:")[2].split()[0]
        await reader.readexactly(int(length))
        took.append(time.perf_counter() - began)
    writer.close()
    await writer.wait_closed()


async def one_round(port: int, request: bytes, clients: int, requests: int) -> list[float]:
    """Seconds of every request, sorted."""
    took: list[float] = []
    await asyncio.gather(*(client(port, request, requests // clients, took) for _ in range(clients)))
    return sorted(took)


def main() -> None:
    """Print one line a round; every round is the same work."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--report", type=Path, help="a structured report in JSON")
    parser.add_argument("--tables", action="store_true", help="of the report only its tables")
    asked = parser.parse_args()
    request = request_of(asked.report, tables=asked.tables)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "disclosure_rules", "serve", "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603  our own interpreter
    try:
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{port}/ready", trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        asyncio.run(one_round(port, request, 2, 20))
        print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        for number in range(asked.rounds):
            before, mine, began = family(process.pid), time.process_time(), time.perf_counter()
            took = asyncio.run(one_round(port, request, asked.clients, asked.requests))
            seconds = time.perf_counter() - began
            own, after = time.process_time() - mine, family(process.pid)
            used = [now[1] - then[1] for then, now in zip(before, after, strict=True)]
            each = 1000 / len(took)
            print(
                f"round {number + 1}: {len(took)} requests, p50 {took[len(took) // 2] * 1000:.0f} ms, "
                f"p99 {took[len(took) * 99 // 100] * 1000:.0f} ms, {len(took) / seconds:.0f}/s; CPU ms a request: "
                f"service {used[0] * each:.2f}, workers {sum(used[1:]) * each:.2f}, client {own * each:.2f}; "
                f"memory {sum(row[2] for row in after) // 1024} MB"
            )
    finally:
        process.terminate()
        process.wait(30)


if __name__ == "__main__":
    main()
