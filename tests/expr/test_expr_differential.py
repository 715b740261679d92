"""Three readings of the language against each other: the generated code, the explanation, and plain Python.

Expressions are made at random as trees. The third reading evaluates such a tree here, on fractions and with
nothing of the library, wherever all figures are known. Where some are not, a verdict must hold for whatever they
might have been.
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from expr_reports import bound, layout, names_of
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from disclosure_rules.errors import ExpressionError
from disclosure_rules.expr import compile_instances, explain
from disclosure_rules.expr.bind import MAX_NODES
from disclosure_rules.expr.compile import CHUNK_NODES, compiled
from disclosure_rules.expr.translate import MAX_FACTORS
from disclosure_rules.model.report import Cell, CellStatus, Fact, Report, Section, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SPEC = layout("2021").table("reviews_and_litigation")
assert SPEC is not None
CELLS = [f"reviews_and_litigation.{row}.{column}" for row, column in SPEC.cells][:7]
FIGURES = [*CELLS, "facts.consultations", "report.year"]
NUMBERS = (0, 1, -1, 3, 17, 10**15, Decimal("0.5"), Decimal("2.50"), Decimal("-3.275"))

Tree = tuple[Any, ...]  # (operation, operands …), or ("figure", path), or ("constant", digits)


def trees(depth: int = 3) -> st.SearchStrategy[Tree]:
    """Conditions at random, small enough to be accepted."""
    leaf = st.one_of(
        st.tuples(st.just("figure"), st.sampled_from(FIGURES)),
        st.tuples(st.just("constant"), st.sampled_from(["0", "1", "2", "10", "0.5", "3.275"])),
    )
    number = leaf
    condition: st.SearchStrategy[Tree] = st.one_of(
        st.tuples(st.just("present"), st.sampled_from([*FIGURES, "sections.overview", "tables.requests"])),
        st.tuples(st.just("blank"), st.sampled_from(CELLS)),
        st.tuples(st.sampled_from(["<", "<=", "==", "!=", ">=", ">"]), leaf, leaf),
    )
    for _ in range(depth):
        number = st.one_of(
            leaf,
            st.tuples(st.sampled_from("+-*"), number, number),
            st.tuples(st.sampled_from(["negative", "abs"]), number),
            st.tuples(st.sampled_from(["min", "max", "sum"]), number, leaf, number),
            st.tuples(st.just("count"), number, condition),
            st.tuples(st.just("ratio"), number, number),
            st.tuples(st.just("round_to"), number, st.integers(0, 3)),
        )
        condition = st.one_of(
            condition,
            st.tuples(st.sampled_from(["<", "<=", "==", "!=", ">=", ">"]), number, number),
            st.tuples(st.just("between"), number, number, number),
            st.tuples(st.sampled_from(["and", "or", "implies"]), condition, condition),
            st.tuples(st.sampled_from(["same", "differ"]), condition, condition),
            st.tuples(st.just("not"), condition),
        )
    return condition


INFIX = {"+", "-", "*", "<", "<=", "==", "!=", ">=", ">", "and", "or"}
TEMPLATES = {
    **{act: f"({{}} {act} {{}})" for act in INFIX},
    "same": "({} == {})",
    "differ": "({} != {})",
    "between": "({} <= {} < {})",
    "negative": "(-{})",
    "not": "(not {})",
}


def written(tree: Tree) -> str:
    """The expression as a rule author would write it."""
    act, *operands = tree
    if act in {"figure", "constant"}:
        return str(operands[0])
    parts = [written(operand) if isinstance(operand, tuple) else str(operand) for operand in operands]
    template = TEMPLATES.get(act)
    return template.format(*parts) if template else f"{act}({', '.join(parts)})"


def half_up(value: Fraction, places: int) -> Fraction:
    scaled = math.floor(abs(value) * 10**places + Fraction(1, 2))
    return Fraction(scaled if value >= 0 else -scaled, 10**places)


PLAIN: dict[str, Callable[..., Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "negative": lambda a: -a,
    "abs": abs,
    "min": min,
    "max": max,
    "sum": lambda *all_: sum(all_),
    "count": lambda *all_: sum(1 for one in all_ if one),
    "ratio": lambda a, b: a / b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    "between": lambda a, b, c: a <= b < c,
    "and": lambda a, b: a and b,
    "or": lambda a, b: a or b,
    "implies": lambda a, b: b or not a,
    "same": lambda a, b: a == b,
    "differ": lambda a, b: a != b,
    "not": lambda a: not a,
}


def plain(tree: Tree, figures: Mapping[str, Fraction], statuses: Mapping[tuple[str, str], bool]) -> Any:  # noqa: ANN401
    """The value of `tree` by plain Python; ZeroDivisionError where a ratio has none."""
    act, *operands = tree
    if act == "figure":
        return figures[operands[0]]
    if act == "constant":
        return Fraction(operands[0])
    if act in {"present", "blank"}:
        return statuses[act, operands[0]]
    if act == "round_to":
        return half_up(plain(operands[0], figures, statuses), operands[1])
    return PLAIN[act](*(plain(operand, figures, statuses) for operand in operands))


def report_of(figures: Mapping[str, Any]) -> Report:
    """A report with these figures; None is an unreadable cell, and a fact or year that was not found."""
    values = tuple(figures.get(f"reviews_and_litigation.{row}.{column}", 0) for row, column in SPEC.cells)
    unreadable = Cell(text="？", status=CellStatus.UNREADABLE)
    details = {i: unreadable for i, value in enumerate(values) if value is None}
    consultations, year = figures["facts.consultations"], figures["report.year"]
    return Report(
        year=None if year is None else int(year),
        sections=(Section(key="overview", heading="一、总体情况"),),
        tables={SPEC.key: Table(key=SPEC.key, form="2021", values=values, details=details)},
        facts={"consultations": Fact(key="consultations", text="", number=consultations)},
    )


def statuses_of(figures: Mapping[str, Any]) -> dict[tuple[str, str], bool]:
    """What `present` and `blank` say of `report_of(figures)`: an unreadable cell is there, and not blank."""
    present = {("present", path): True for path in [*CELLS, "facts.consultations", "sections.overview"]}
    present["present", "report.year"] = figures["report.year"] is not None
    present["present", "tables.requests"] = False
    return present | {("blank", path): False for path in CELLS}


def judged(tree: Tree, report: Report) -> str:
    """The outcome of the explanation, after the generated code was held against it."""
    try:
        instances = bound(written(tree))
    except ExpressionError as refusal:
        assume(refusal.code != "too-big")
        raise
    frame = names_of("2021").frame(report)
    outcome = explain(instances[0], frame).outcome
    check = compile_instances(instances)
    interpreted, generated = check(frame), check(frame)
    assert interpreted == ([] if outcome == "pass" else [0])
    assert generated == [0] or outcome == "pass", "the generated code passed what is not true"
    return outcome


known = st.fixed_dictionaries(dict.fromkeys(FIGURES, st.sampled_from(NUMBERS)))
partly = st.fixed_dictionaries(dict.fromkeys(FIGURES, st.sampled_from((*NUMBERS, None, None))))


@settings(max_examples=400, deadline=None)
@given(trees(), known)
def test_with_all_figures_known_three_readings_agree(tree: Tree, figures: dict[str, Any]) -> None:
    figures["report.year"] = int(figures["report.year"])
    report = report_of(figures)
    outcome = judged(tree, report)
    exact = {path: Fraction(value) for path, value in figures.items()}
    try:
        expected = plain(tree, exact, statuses_of(figures))
    except ZeroDivisionError:
        return  # judged() held the two of ours against each other; Python has no third value
    assert outcome == ("pass" if expected else "fail")
    (instance,) = bound(written(tree))
    frame = names_of("2021").frame(report)
    found: list[int] = []
    for function in compiled([instance]):
        function(frame, frame.numbers, found.append)
    assert found == ([] if expected else [0])


@settings(max_examples=300, deadline=None)
@given(trees(), partly, st.lists(known, min_size=3, max_size=3))
def test_a_verdict_holds_whatever_the_unknown_figures_are(
    tree: Tree, figures: dict[str, Any], guesses: list[dict[str, Any]]
) -> None:
    if figures["report.year"] is not None:
        figures["report.year"] = int(figures["report.year"])
    outcome = judged(tree, report_of(figures))
    if outcome == "open":
        return
    for guess in guesses:
        whole = {path: guess[path] if value is None else value for path, value in figures.items()}
        exact = {path: Fraction(value) for path, value in whole.items()}
        try:
            expected = plain(tree, exact, statuses_of(figures))
        except ZeroDivisionError:
            continue
        assert outcome == ("pass" if expected else "fail")


@settings(deadline=None)
@given(trees(4))
def test_the_work_of_an_accepted_expression_is_bounded(tree: Tree) -> None:
    try:
        (instance,) = bound(written(tree))
    except ExpressionError as refusal:
        if refusal.code != "too-big":
            raise
        return
    nodes, waiting = 0, [instance.demand]
    while waiting:
        node = waiting.pop()
        nodes += 1
        assert node.factors <= MAX_FACTORS
        assert node.size == 1 + sum(arg.size for arg in node.args)
        waiting.extend(node.args)
    assert nodes == instance.demand.size <= MAX_NODES


def test_ten_thousand_rules_make_functions_of_bounded_size() -> None:
    (one,) = bound("reviews_and_litigation.review.upheld == 1")
    (other,) = bound("reviews_and_litigation.review.upheld == 2")
    instances = [one, other] * 5_000
    functions = compiled(instances)
    assert len(functions) == -(-len(instances) * one.demand.size // CHUNK_NODES)
    figures = dict.fromkeys(FIGURES, 1)
    frame = names_of("2021").frame(report_of(figures))
    found: list[int] = []
    for function in functions:
        function(frame, frame.numbers, found.append)
    assert found == list(range(1, 10_000, 2))


def test_the_widest_accepted_sum_compiles() -> None:
    term = "sum(requests.results.applicants)"
    demand = " + ".join([term] * (MAX_NODES // 132)) + " == 0"
    instances = bound(demand)
    frame = names_of("2021").frame(Report())
    check = compile_instances(instances)
    assert check(frame) == check(frame) == [0]
