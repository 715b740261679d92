"""A run that is killed with SIGKILL continues, and comes to the same bytes; its processes end with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kill_batch import differing_after_kills
from province import make_province

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")


def test_a_run_that_is_killed_comes_to_the_same_bytes(tmp_path: Path) -> None:
    differing, killed = differing_after_kills(tmp_path, 2, 60)
    assert differing == []
    assert killed


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="children are looked up in /proc")
def test_the_processes_of_a_killed_run_end_with_it(tmp_path: Path) -> None:
    province = make_province(tmp_path / "province", 150)
    command = [sys.executable, "-m", "disclosure_rules", "batch", str(province.now), "--jobs", "2"]
    running = subprocess.Popen(  # noqa: S603  our own command
        [*command, "--out", str(tmp_path / "out")], stdout=subprocess.DEVNULL
    )
    children: list[int] = []
    while len(children) < 3 and running.poll() is None:  # two workers, and what keeps track of resources
        children = _children(running.pid)
        time.sleep(0.02)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    assert children
    for _ in range(500):
        if not any(Path(f"/proc/{child}").exists() for child in children):
            return
        time.sleep(0.02)
    pytest.fail("processes were left behind")


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in tasks.read_text().split()] if tasks.exists() else []
