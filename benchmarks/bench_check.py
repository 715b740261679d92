"""Bytes of a structured 2021 report → result, beside pydantic's own parse of the same bytes; and a cold start.

Run by `make bench`. Prints Markdown. Every figure is the median of several rounds, in one process and one run.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_rules import Checker
from disclosure_rules.engine import build_program, run
from disclosure_rules.formatters.structured import to_json
from disclosure_rules.model.structured import StructuredReport

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 9


def microseconds(work: Callable[[], object], repeat: int = 2000) -> float:
    """Median time of one call, in µs."""
    times = []
    work()
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(repeat):
            work()
        times.append((time.perf_counter() - start) / repeat * 1e6)
    return statistics.median(times)


def cpu_seconds(command: list[str], environment: dict[str, str]) -> float:
    """Median CPU time (user + system) of a process, in seconds."""
    times = []
    for _ in range(ROUNDS):
        before = os.times()
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603  our own
        after = os.times()
        times.append(
            after.children_user + after.children_system - before.children_user - before.children_system
        )
    return statistics.median(times)


def main() -> None:
    checker = Checker()
    report = checker.load_report(ROOT / "examples" / "suqian-shizhengfu-2024.yaml")
    data = to_json(report, checker.layouts).encode()
    # The tables and the title alone, as a portal's form sends them: the record of the speed bound.
    whole = json.loads(data)
    keep = ("title", "body", "year", "layout", "tables")
    tables = json.dumps({key: whole[key] for key in keep}, ensure_ascii=False).encode()
    print(f"\nPython {platform.python_version()}, {os.cpu_count()} cores\n")
    print("| what | µs |\n| --- | --- |")
    for name, content in (("tables only", tables), ("whole report", data)):
        size = f"{name}, {len(content) / 1024:.1f} KB"
        print(f"| json.loads ({size}) | {microseconds(lambda content=content: json.loads(content)):.1f} |")
        parse = microseconds(lambda content=content: StructuredReport.model_validate_json(content))
        print(f"| pydantic model_validate_json ({size}) | {parse:.1f} |")
        load = microseconds(lambda content=content: checker.load_report(content, name="x"))
        print(f"| bytes → Report ({size}) | {load:.1f} |")
        way = microseconds(lambda content=content: checker.check(content, name="x"), 500)
        print(f"| bytes → result, every rule in force ({size}) | {way:.1f} ({way / parse:.2f} × pydantic) |")
    arithmetic(checker, tables)
    cold_start()


def arithmetic(checker: Checker, data: bytes) -> None:
    """The expression rules alone: frame and compiled function, and the whole way with only those rules."""
    report = checker.load_report(data, name="x")
    rule_set = checker.rule_set(report)
    sums = rule_set.model_copy(update={"rules": tuple(rule for rule in rule_set.rules if rule.rule.demand)})
    program = build_program(sums, {}, {key: table.form for key, table in report.tables.items()})
    judged = len(program.instances)
    frame = microseconds(lambda: program.suspects(program.names.frame(report)))
    print(f"| frame + {judged} expression instances of {len(sums.rules)} rules | {frame:.1f} |")
    print(f"| the same to outcomes | {microseconds(lambda: run(program, report, None)):.1f} |")


def cold_start() -> None:
    """`check` of one small report from a cold start, beside an import of pydantic."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    python = sys.executable
    pydantic = cpu_seconds([python, "-c", "import pydantic"], environment)
    check = cpu_seconds(
        [python, "-m", "disclosure_rules", "check", str(ROOT / "examples" / "zhangzi-zhujianju-2019.txt")],
        environment,
    )
    packs = cpu_seconds(
        [python, "-c", "from disclosure_rules import Checker; Checker().packs()"], environment
    )
    print(f"\n| cold start | CPU s |\n| --- | --- |\n| import pydantic | {pydantic:.3f} |")
    print(f"| check of a small report | {check:.3f} ({check / pydantic:.2f} ×) |")
    print(f"| import and load every pack | {packs:.3f} |")


if __name__ == "__main__":
    main()
