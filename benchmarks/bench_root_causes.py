"""CPU times of the root cause of broken sums, beside mixed-integer solvers on the same tables where they are installed.

Run by `make bench`. Prints Markdown. One to six cells of table 3 of a real report of 2024 are made wrong, each trial
with other cells; ours is timed from the frame to the told root causes, the solvers from the numbers to one set of cells.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_rules import Checker
from disclosure_rules.engine import Teller, build_program
from disclosure_rules.plugins import Plugins
from disclosure_rules.repair import Telling, root_causes
from disclosure_rules.repair.system import systems

if TYPE_CHECKING:
    from collections.abc import Callable

    from disclosure_rules.model.report import Report
    from disclosure_rules.repair.system import System

ROOT = Path(__file__).resolve().parent.parent
TRIALS = 60
CHANGES = (1, -1, 10, -10, 7, 33, 100)
# A change of a cell that no solver needs to exceed.
MOST = 5_000


def wrong(report: Report, cells: int, rng: random.Random) -> Report:
    """The report with so many cells of table 3 made wrong."""
    table = report.tables["requests"]
    values = list(table.values)
    for cell in rng.sample(range(len(values)), cells):
        value = int(values[cell] or 0)
        values[cell] = value + rng.choice([change for change in CHANGES if value + change >= 0])
    tables = {**report.tables, "requests": table.model_copy(update={"values": tuple(values)})}
    return report.model_copy(update={"tables": tables})


def scipy_milp(system: System) -> set[int]:
    """One smallest set of cells by HiGHS through scipy: a binary a cell."""
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

    count, equations = len(system.values), len(system.equations)
    matrix = np.zeros((equations + count, 3 * count))
    for cell, effects in enumerate(system.effects):
        for equation, factor in effects.items():
            matrix[equation, cell], matrix[equation, count + cell] = factor, -factor
        row = equations + cell
        matrix[row, cell], matrix[row, count + cell], matrix[row, 2 * count + cell] = 1, 1, -MOST
    wanted = [-float(residual) for residual in system.residuals]
    below = np.concatenate([wanted, np.full(count, -np.inf)])
    above = np.concatenate([wanted, np.zeros(count)])
    most = np.concatenate(
        [np.full(count, MOST), [min(MOST, float(v)) for v in system.values], np.ones(count)]
    )
    found = milp(
        np.concatenate([np.zeros(2 * count), np.ones(count)]),
        constraints=LinearConstraint(matrix, below, above),
        integrality=np.concatenate([np.zeros(2 * count), np.ones(count)]),
        bounds=Bounds(0, most),
        options={"time_limit": 5},
    )
    return {cell for cell in range(count) if found.x[2 * count + cell] > 0.5}


def cp_sat(system: System) -> set[int]:
    """One smallest set of cells by OR-Tools' CP-SAT."""
    from ortools.sat.python import cp_model  # noqa: PLC0415

    model = cp_model.CpModel()
    changed = [model.new_bool_var("") for _ in system.values]
    change = [model.new_int_var(-min(MOST, int(value)), MOST, "") for value in system.values]
    for one, flag in zip(change, changed, strict=True):
        model.add(one == 0).only_enforce_if(flag.negated())
    for number, members in enumerate(system.members):
        terms = [int(system.effects[cell][number]) * change[cell] for cell in members]
        model.add(sum(terms) == -int(system.residuals[number]))
    model.minimize(sum(changed))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = 5
    solver.parameters.num_workers = 1
    solver.solve(model)
    return {cell for cell, flag in enumerate(changed) if solver.value(flag)}


def import_seconds(module: str) -> float:
    """Time of a fresh process that imports `module`, less that of one that imports nothing."""
    times = []
    for command in (f"import {module}", "pass"):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", command], check=True)  # noqa: S603  our own interpreter
        times.append(time.perf_counter() - start)
    return times[0] - times[1]


def main() -> None:
    checker = Checker(plugins=Plugins(installed=False))
    report = checker.load_report(ROOT / "examples" / "suqian-shizhengfu-2024.yaml")
    rule_set = checker.rule_set(report)
    sums = rule_set.model_copy(update={"rules": tuple(rule for rule in rule_set.rules if rule.rule.demand)})
    program = build_program(sums, {}, {key: table.form for key, table in report.tables.items()})
    solvers: dict[str, Callable[[System], set[int]]] = {}
    if find_spec("scipy"):
        solvers["HiGHS by scipy"] = scipy_milp
    if find_spec("ortools"):
        solvers["CP-SAT by OR-Tools"] = cp_sat
    for name in ("scipy.optimize", "ortools.sat.python.cp_model"):
        if find_spec(name.split(".", maxsplit=1)[0]):
            print(f"\nimport {name}: {import_seconds(name) * 1000:.0f} ms")
    print(
        "\n| cells wrong | whole check, ms | root cause, ms (median, slowest) | " + " | ".join(solvers) + " |"
    )
    print("| ---: | ---: | ---: |" + " ---: |" * len(solvers))
    for cells in range(1, 7):
        rng = random.Random(cells)  # noqa: S311  trials that can be repeated
        times: dict[str, list[float]] = {name: [] for name in ("check", "cause", *solvers)}
        for _ in range(TRIALS):
            broken = wrong(report, cells, rng)
            start = time.process_time()
            result = checker.judge(broken)
            times["check"].append(time.process_time() - start)
            frame, teller = program.names.frame(broken), Teller(program.layout, program.specs, broken)
            start = time.process_time()
            root_causes(program.instances, frame, program.specs, Telling(result.findings, teller.words))
            times["cause"].append(time.process_time() - start)
            for name, solve in solvers.items():
                (system,) = systems(program.instances, frame, program.specs)
                start = time.process_time()
                solve(system)
                times[name].append(time.process_time() - start)
        medians = {name: statistics.median(taken) * 1000 for name, taken in times.items()}
        slowest = max(times["cause"]) * 1000
        others = [f"{medians[name]:.1f}" for name in solvers]
        shown = [f"{medians['check']:.1f}", f"{medians['cause']:.2f}, {slowest:.1f}", *others]
        print(f"| {cells} | " + " | ".join(shown) + " |")


if __name__ == "__main__":
    main()
