"""Times 60 arithmetic rules on the same records in this library and in other expression packages.

    python -m pip install -r benchmarks/requirements.txt
    python benchmarks/bench_expr.py

Every engine is given the same 60 texts, compiled once, in the mode in which it was found fastest: all rules in one
list where it can, and the record flat (`requests_received_total`) instead of nested, except for Google's CEL; ours
alone builds its flat frame within the time. Its answers on 100 records that are right and 100 that are not are
compared with ours before it is timed. Printed is a Markdown table.
"""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import json
import os
import platform
import random
import re
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from disclosure_rules.expr import Names, bind, compile_instances, explain
from disclosure_rules.expr.compile import compiled
from disclosure_rules.model.layout import Layout
from disclosure_rules.model.report import Report, Table
from disclosure_rules.model.rule import Rule
from disclosure_rules.resources import rules_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Record = dict[str, Any]
    Judge = Callable[[Any], list[int]]

TRUTH = Path(__file__).resolve().parent.parent / "tests/data/reports/suqian-shizhengfu-2024.truth.json"
SECONDS = 1.0  # how long one engine is timed on each kind of record
FORM = Layout.model_validate(yaml.safe_load((rules_folder() / "cn/layouts/2021.yaml").read_text("utf-8")))


def demands() -> list[str]:
    """60 rules: every identity of tables 3 and 4, and bounds, with each group of cells written out."""
    specs = {spec.key: spec for spec in FORM.tables}
    requests, reviews = specs["requests"], specs["reviews_and_litigation"]
    columns = [column.key for column in requests.columns]
    found = []
    for column in columns:
        incoming = f"requests.received.{column} + requests.carried_in.{column}"
        found.append(f"{incoming} == requests.results_total.{column} + requests.carried_out.{column}")
        results = [row.key for row in requests.rows if "results" in row.groups]
        total = " + ".join(f"requests.{row}.{column}" for row in results)
        found.append(f"{total} == requests.results_total.{column}")
        found.append(f"requests.results_total.{column} <= {incoming}")
    for spec, group in ((requests, "applicants"), (reviews, "outcomes")):
        parts = [column.key for column in spec.columns if group in column.groups]
        for row in spec.rows:
            total = " + ".join(f"{spec.key}.{row.key}.{column}" for column in parts)
            found.append(f"{total} == {spec.key}.{row.key}.total")
    bounds = [f"requests.{row.key}.total >= requests.{row.key}.natural_person" for row in requests.rows]
    return (found + bounds)[:60]


def records() -> tuple[list[Record], list[Record]]:
    """100 records in which every rule holds and 100 in which some do not, from a real report. Seeded."""
    tables = json.loads(TRUTH.read_text("utf-8"), parse_float=Decimal)["tables"]
    chance = random.Random(20240101)  # noqa: S311  no secret: the same records on every run
    good, bad = [], []
    for _ in range(100):
        factor = chance.randint(1, 9)
        record = {
            table: {
                row: {column: int(n) * factor for column, n in cells.items()} for row, cells in rows.items()
            }
            for table, rows in tables.items()
        }
        good.append(record)
        broken = json.loads(json.dumps(record))
        for _ in range(3):
            row = chance.choice(list(broken["requests"]))
            column = chance.choice(list(broken["requests"][row]))
            broken["requests"][row][column] += chance.randint(1, 5)
        bad.append(broken)
    return good, bad


def report_of(record: Record) -> Report:
    """A record as a report: what the reader of structured reports makes of JSON."""
    tables = {
        spec.key: Table(
            key=spec.key,
            form=FORM.id,
            values=tuple(record[spec.key].get(row, {}).get(column) for row, column in spec.cells),
        )
        for spec in FORM.tables
    }
    return Report(year=2024, layout=FORM.id, tables=tables)


def _rule(demand: str) -> Rule:
    words = {"zh": "例", "en": "example"}
    given = {"id": "cn/requests/example", "title": words, "message": words, "severity": "error", "basis": ()}
    return Rule.model_validate(given | {"assert": demand})


def ours(texts: Sequence[str]) -> Judge:
    names = Names(FORM, {})
    instances = [one for text in texts for one in bind(_rule(text), names)]
    check = compile_instances(instances)
    check(names.frame(report_of(records()[0][0])))  # code is generated for the second report
    return lambda report: check(names.frame(report))


def ours_explained(texts: Sequence[str]) -> Judge:
    names = Names(FORM, {})
    instances = [one for text in texts for one in bind(_rule(text), names)]
    check = compile_instances(instances)
    check(names.frame(report_of(records()[0][0])))

    def judge(report: Report) -> list[int]:
        frame = names.frame(report)
        return [i for i in check(frame) if explain(instances[i], frame).outcome == "fail"]

    return judge


def ours_interpreted(texts: Sequence[str]) -> Judge:
    names = Names(FORM, {})
    instances = [one for text in texts for one in bind(_rule(text), names)]

    def judge(report: Report) -> list[int]:
        frame = names.frame(report)
        return [i for i, one in enumerate(instances) if explain(one, frame).outcome == "fail"]

    return judge


def flat_text(text: str) -> str:
    return re.sub(r"\b(\w+)\.(\w+)\.(\w+)", r"\1_\2_\3", text)


def flat(record: Record) -> Record:
    return {
        f"{table}_{row}_{column}": number
        for table, rows in record.items()
        for row, cells in rows.items()
        for column, number in cells.items()
    }


def _listed(answers: Sequence[Any]) -> list[int]:
    return [i for i, answer in enumerate(answers) if not answer]


def cel_cpp(texts: Sequence[str]) -> Judge:
    cel = importlib.import_module("cel_expr_python.cel")
    table = cel.Type.Map(cel.Type.STRING, cel.Type.Map(cel.Type.STRING, cel.Type.INT))
    env = cel.NewEnv(variables={spec.key: table for spec in FORM.tables})
    program = env.compile(f"[{', '.join(texts)}]")
    return lambda record: _listed([answer.value() for answer in program.eval(data=record).value()])


def cel_rust(texts: Sequence[str]) -> Judge:
    program = importlib.import_module("cel").compile(f"[{', '.join(texts)}]")
    return lambda record: _listed(program.execute(record))


def cel_python(texts: Sequence[str]) -> Judge:
    celpy = importlib.import_module("celpy")
    env = celpy.Environment()
    programs = [env.program(env.compile(text)) for text in texts]

    def judge(record: Record) -> list[int]:
        activation = celpy.json_to_cel(record)
        return _listed([program.evaluate(activation) for program in programs])

    return judge


def zen(texts: Sequence[str]) -> Judge:
    expression = importlib.import_module("zen").compile_expression(f"[{', '.join(texts)}]")
    return lambda record: _listed(expression.evaluate(record))


def rule_engine(texts: Sequence[str]) -> Judge:
    rules = [importlib.import_module("rule_engine").Rule(text) for text in texts]
    return lambda record: _listed([rule.matches(record) for rule in rules])


def evalidate(texts: Sequence[str]) -> Judge:
    module = importlib.import_module("evalidate")
    model = module.base_eval_model.clone()
    model.nodes.extend(["Add", "List", "LtE", "GtE"])
    expression = module.Expr(f"[{', '.join(texts)}]", model)
    return lambda record: _listed(expression.eval(record))


def simpleeval(texts: Sequence[str]) -> Judge:
    evaluator = importlib.import_module("simpleeval").SimpleEval()
    trees = [evaluator.parse(text) for text in texts]

    def judge(record: Record) -> list[int]:
        evaluator.names = record
        return _listed([evaluator.eval("", previously_parsed=tree) for tree in trees])

    return judge


def asteval(texts: Sequence[str]) -> Judge:
    interpreter = importlib.import_module("asteval").Interpreter(minimal=True, use_numpy=False)
    trees = [interpreter.parse(text) for text in texts]

    def judge(record: Record) -> list[int]:
        interpreter.symtable.update(record)
        return _listed([interpreter.run(tree) for tree in trees])

    return judge


def json_logic(texts: Sequence[str]) -> Judge:
    decide = importlib.import_module("json_logic").jsonLogic
    rules = [_as_json_logic(ast.parse(text, mode="eval").body) for text in texts]
    return lambda record: _listed([decide(rule, record) for rule in rules])


def _as_json_logic(tree: ast.expr) -> Any:  # noqa: ANN401  JSON
    if isinstance(tree, ast.Compare):
        sign = {ast.Eq: "==", ast.LtE: "<=", ast.GtE: ">="}[type(tree.ops[0])]
        return {sign: [_as_json_logic(tree.left), _as_json_logic(tree.comparators[0])]}
    if isinstance(tree, ast.BinOp):
        return {"+": [_as_json_logic(tree.left), _as_json_logic(tree.right)]}
    return {"var": ast.unparse(tree)}


# Name in the table, package, how to build it, what it is given.
ENGINES: list[tuple[str, str, Callable[[Sequence[str]], Judge], Callable[[Record], Any]]] = [
    ("this library: generated code", "", ours, report_of),
    ("this library: generated code, every failure explained", "", ours_explained, report_of),
    ("this library: the explanation alone", "", ours_interpreted, report_of),
    ("evalidate, one list", "evalidate", evalidate, flat),
    ("zen-engine, one list", "zen-engine", zen, flat),
    ("CEL in Rust, one list", "common-expression-language", cel_rust, flat),
    ("CEL, Google's C++, one list", "cel-expr-python", cel_cpp, dict),
    ("simpleeval", "simpleeval", simpleeval, flat),
    ("asteval", "asteval", asteval, flat),
    ("JsonLogic", "json-logic-qubit", json_logic, flat),
    ("rule-engine", "rule-engine", rule_engine, flat),
    ("CEL in Python", "cel-python", cel_python, flat),
]


def timed(judge: Judge, inputs: Sequence[Any]) -> float:
    """Microseconds a record: the best of the passes over `inputs` that fit in `SECONDS`, at least one."""
    best = float("inf")
    until = time.perf_counter() + SECONDS
    while best == float("inf") or time.perf_counter() < until:
        begin = time.perf_counter()
        for one in inputs:
            judge(one)
        best = min(best, time.perf_counter() - begin)
    return best / len(inputs) * 1e6


def once(act: Callable[[], object], repeat: int = 200) -> float:
    """Microseconds of one call: the best of `repeat`."""
    best = float("inf")
    for _ in range(repeat):
        begin = time.perf_counter()
        act()
        best = min(best, time.perf_counter() - begin)
    return best * 1e6


def parts(texts: Sequence[str], good: Report) -> list[tuple[str, float]]:
    """What our own steps cost, in microseconds."""
    names = Names(FORM, {})
    rules = [_rule(text) for text in texts]
    instances = [one for rule in rules for one in bind(rule, names)]
    functions = compiled(instances)
    frame = names.frame(good)
    widest = max(instances, key=lambda one: one.demand.size)
    return [
        ("names of one form", once(lambda: Names(FORM, {}))),
        ("bind 60 rules", once(lambda: [bind(rule, names) for rule in rules], 20)),
        ("generate code for 60 rules", once(lambda: compiled(instances), 20)),
        ("frame of one report", once(lambda: names.frame(good), 5000)),
        ("60 rules on a frame", once(lambda: [f(frame, frame.numbers, print) for f in functions], 5000)),
        ("explain the widest rule (24 figures)", once(lambda: explain(widest, frame), 2000)),
    ]


def main() -> None:
    texts = demands()
    assert len(texts) == 60
    good, bad = records()
    known = ours_interpreted(texts)
    answers = [known(report_of(record)) for record in good + bad]
    assert not any(answers[:100])
    assert all(answers[100:])
    failures = sum(map(len, answers[100:])) / 100
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}; ", end="")
    print(f"60 rules; a wrong record breaks {failures:.1f} of them.\n")
    print(
        "| engine | version | right record, µs | wrong record, µs | to the first |\n| --- | --- | ---: | ---: | ---: |"
    )
    first = 0.0
    for name, package, build, convert in ENGINES:
        try:
            judge = build([flat_text(text) for text in texts] if convert is flat else texts)
        except ImportError:
            print(f"{package} is not installed", file=sys.stderr)
            continue
        inputs = [convert(record) for record in good + bad]
        assert [judge(one) for one in inputs[::20]] == answers[::20], f"{name} answers otherwise"
        if package != "cel-python":  # 10 ms a record and more: the sample above must do
            assert [judge(one) for one in inputs] == answers, f"{name} answers otherwise"
        few = 5 if package == "cel-python" else 100
        right, wrong = timed(judge, inputs[:few]), timed(judge, inputs[100 : 100 + few])
        first = first or right
        version = importlib.metadata.version(package) if package else "–"
        print(f"| {name} | {version} | {right:,.1f} | {wrong:,.1f} | {right / first:,.0f} × |")
    print("\n| step | µs |\n| --- | ---: |")
    for step, cost in parts(texts, report_of(good[0])):
        print(f"| {step} | {cost:,.1f} |")


if __name__ == "__main__":
    main()
