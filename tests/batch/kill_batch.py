"""Kill a run at random moments, again and again, then let it end, and compare with one that was left alone.

python tests/batch/kill_batch.py KILLS BODIES
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from province import Province, make_province

from disclosure_rules.batch.store import FILE

__all__ = ["differing_after_kills"]

FILES = ("results.jsonl", "findings.csv", "batch.json", "index.html")


def differing_after_kills(folder: Path, kills: int, bodies: int) -> tuple[list[str], int]:
    """The files of the result that differ, and how many of the runs were killed before they ended."""
    province = make_province(folder / "province", bodies)
    started = time.monotonic()
    _run(province, folder / "alone").wait()
    whole = time.monotonic() - started
    rng = random.Random(kills)  # noqa: S311  to kill at the same moments again
    killed = 0
    for turn in range(kills):
        # The first moments of a start, the run, and the writing of the results all get their turn.
        running = _run(province, folder / "killed")
        if turn == 0:
            # Once as soon as anything is kept, however fast the machine is by then.
            while running.poll() is None and not _kept(folder / "killed"):
                time.sleep(0.01)
        else:
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(rng.uniform(0.1, whole * (turn + 2) / (kills + 1)))
        if running.poll() is None:
            os.kill(running.pid, signal.SIGKILL)
            running.wait()
            killed += 1
    _run(province, folder / "killed").wait()
    ended, alone = _written(folder / "killed"), _written(folder / "alone")
    return sorted(name for name in ended | alone if ended.get(name) != alone.get(name)), killed


def _kept(out: Path) -> bool:
    """Whether a run has kept any report of its own year yet."""
    try:
        with contextlib.closing(sqlite3.connect(f"{(out / FILE).as_uri()}?mode=ro", uri=True)) as store:
            return store.execute("SELECT 1 FROM entries WHERE side = 'now'").fetchone() is not None
    except sqlite3.Error:  # there is no store yet, or no table in it
        return False


def _written(out: Path) -> dict[str, bytes]:
    """The files of a result and its pages, by name."""
    files = [*(out / name for name in FILES), *(out / "reports").iterdir()]
    return {path.name: path.read_bytes() for path in files}


def _run(province: Province, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "disclosure_rules", "batch", str(province.now), "--roster"]
    more = [str(province.roster), "--previous", str(province.last), "--out", str(out), "--jobs", "2"]
    return subprocess.Popen(  # noqa: S603  our own command
        [*command, *more], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        differing, killed = differing_after_kills(Path(place), int(sys.argv[1]), int(sys.argv[2]))
    print(f"killed {killed} times; differing: {differing or 'nothing'}")  # noqa: T201  a script
    sys.exit(bool(differing))
