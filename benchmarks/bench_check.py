"""Bytes of a structured 2021 report → result, beside pydantic's own parse of the same bytes; and a cold start.

Run by `make bench`. Prints Markdown. Every figure is CPU time, the least of several rounds: the one least disturbed by
other work on the machine. For the starts the median is printed as well.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_rules import Checker
from disclosure_rules.engine import assemble, build_program, run
from disclosure_rules.formatters.structured import to_json
from disclosure_rules.model.profile import Profile
from disclosure_rules.model.structured import StructuredReport

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 9
_ONE_MODEL = "import pydantic; type('A', (pydantic.BaseModel,), {'__annotations__': {'a': int}})(a=1)"


def microseconds(work: Callable[[], object], repeat: int = 2000) -> float:
    """CPU time of one call, in µs."""
    times = []
    work()
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(repeat):
            work()
        times.append((time.process_time() - start) / repeat * 1e6)
    return min(times)


def cpu_seconds(commands: dict[str, list[str]], environment: dict[str, str]) -> dict[str, list[float]]:
    """CPU time (user + system) of some processes, in seconds; they take turns, so that a busy minute meets all."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS + 1):
        for name, command in commands.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603  our own
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times[name].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return {name: rounds[1:] for name, rounds in times.items()}  # the first fills caches


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
    profile = Profile()

    def whole() -> None:
        read = checker.load_report(data, name="x")
        assemble(read, sums, program, run(program, read, None), profile)

    parse = microseconds(lambda: StructuredReport.model_validate_json(data))
    judged = len(program.instances)
    frame = microseconds(lambda: program.suspects(program.names.frame(report)))
    print(f"| frame + {judged} expression instances of {len(sums.rules)} rules | {frame:.1f} |")
    print(f"| the same to outcomes | {microseconds(lambda: run(program, report, None)):.1f} |")
    way = microseconds(whole, 500)
    print(f"| bytes → result, expression rules alone | {way:.1f} ({way / parse:.2f} × pydantic) |")


def cold_start() -> None:
    """`check` of one small report from a cold start, beside an import of pydantic."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    python = sys.executable
    example = ROOT / "examples" / "suqian-shizhengfu-2024.yaml"
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        checker = Checker()
        report.write_text(to_json(checker.load_report(example), checker.layouts), encoding="utf-8")
        check = [python, "-m", "disclosure_rules", "check"]
        times = cpu_seconds(
            {
                "`import pydantic`": [python, "-c", "import pydantic"],
                "`pydantic.BaseModel`": [python, "-c", "from pydantic import BaseModel"],
                "one model of one field, built": [python, "-c", _ONE_MODEL],
                "`import disclosure_rules.pipeline`": [python, "-c", "import disclosure_rules.pipeline"],
                "`check` of a report in JSON": [*check, str(report)],
                "`check` of a report in text": [
                    *check,
                    str(ROOT / "examples" / "zhangzi-zhujianju-2019.txt"),
                ],
                "import and load every pack": [
                    python,
                    "-c",
                    "from disclosure_rules import Checker; Checker().packs()",
                ],
            },
            environment,
        )
    pydantic = min(times["`import pydantic`"])
    print("\n| cold start | least, CPU ms | median | to `import pydantic` |\n| --- | ---: | ---: | ---: |")
    for name, rounds in times.items():
        least, middle = min(rounds), statistics.median(rounds)
        print(f"| {name} | {least * 1000:.0f} | {middle * 1000:.0f} | {least / pydantic:.1f} × |")


if __name__ == "__main__":
    main()
