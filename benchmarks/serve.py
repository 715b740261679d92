"""`serve` under load: latency of JSON checks, errors, and the memory of the service and its workers."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
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


def memory(parent: int) -> int:
    """Kilobytes resident of a process and its children."""
    total = 0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                status = (folder / "status").read_text()
            except OSError:
                continue
            values = dict(line.split(":", 1) for line in status.splitlines())
            if int(folder.name) == parent or int(values["PPid"]) == parent:
                total += int(values.get("VmRSS", "0 kB").split()[0])
    return total


def main() -> None:
    """Print one line a round; every round is the same work."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "disclosure_rules", "serve", "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603  our own interpreter
    address = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                httpx.get(f"{address}/ready", trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.1)

        def client(count: int) -> list[float]:
            took = []
            with httpx.Client(base_url=address, trust_env=False, timeout=60) as session:
                for _ in range(count):
                    began = time.perf_counter()
                    assert session.post("/v1/check", json=REQUEST).status_code == 200
                    took.append(time.perf_counter() - began)
            return took

        print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        for number in range(asked.rounds):
            began = time.perf_counter()
            with ThreadPoolExecutor(asked.clients) as threads:
                parts = threads.map(client, [asked.requests // asked.clients] * asked.clients)
                took = sorted(seconds for part in parts for seconds in part)
            rate = len(took) / (time.perf_counter() - began)
            print(
                f"round {number + 1}: {len(took)} requests, p50 {took[len(took) // 2] * 1000:.0f} ms, "
                f"p99 {took[len(took) * 99 // 100] * 1000:.0f} ms, {rate:.0f}/s, memory {memory(process.pid) // 1024} MB"
            )
    finally:
        process.terminate()
        process.wait(30)


if __name__ == "__main__":
    main()
