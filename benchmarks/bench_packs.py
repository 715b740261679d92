"""What packs cost: a check with 33 packs at hand beside one with the national pack alone, and loading and lint of all.

Each figure is the CPU time of a new process, the least of fifteen, in turn so that a busy machine is busy for all.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 15
REPORT = '{"layout": "2021", "year": 2024, "tables": {"requests": {"received": {"total": 3}}}}'
LOAD = "from disclosure_rules import Checker; Checker().packs()"
COLD = "DISCLOSURE_RULES_NO_CACHE"


def _tree(place: Path, packs: str) -> None:
    """The library with some of its packs."""
    for folder in ("src", "schemas"):
        shutil.copytree(ROOT / folder, place / folder)
    for pack in (ROOT / "rules").glob(packs):
        shutil.copytree(pack, place / "rules" / pack.name)


def _seconds(tree: Path, arguments: list[str], *, cold: bool) -> float:
    kept = {"PYTHONPATH": str(tree / "src"), "XDG_CACHE_HOME": str(tree / "cache")}
    environment = {**os.environ, **kept, **({COLD: "1"} if cold else {})}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(  # noqa: S603  our own commands
        [sys.executable, *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Time everything and print the least of each."""
    with tempfile.TemporaryDirectory() as folder:
        one, many = Path(folder) / "one", Path(folder) / "many"
        _tree(one, "cn")
        _tree(many, "cn*")
        report = Path(folder) / "report.json"
        report.write_text(REPORT, "utf-8")
        check = ["-m", "disclosure_rules", "check", str(report)]
        runs = {
            "check, 1 pack at hand, kept": (one, check, False),
            "check, 33 packs at hand, kept": (many, check, False),
            "check, 1 pack at hand, cold": (one, check, True),
            "check, 33 packs at hand, cold": (many, check, True),
            "all 33 loaded, cold": (many, ["-c", LOAD], True),
            "all 33 linted, cold": (many, ["-m", "disclosure_rules", "rules", "lint"], True),
        }
        least = dict.fromkeys(runs, float("inf"))
        for _ in range(ROUNDS):
            for name, (tree, arguments, cold) in runs.items():
                least[name] = min(least[name], _seconds(tree, arguments, cold=cold))
    for name, seconds in least.items():
        print(f"{name:32} {seconds:6.3f} s")


if __name__ == "__main__":
    main()
