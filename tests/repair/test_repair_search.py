"""The search finds every smallest correction, and nothing that is none: against brute force and by properties."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given
from hypothesis import strategies as st
from repair_reports import checker, fits, judged, real

from disclosure_rules.repair.search import smallest, solved
from disclosure_rules.repair.system import System, systems

if TYPE_CHECKING:
    from disclosure_rules.model.result import CheckResult


def make(columns: list[list[int]], values: list[int]) -> System:
    """A system without words: `columns[cell][equation]` is a coefficient, and every constant is 0."""
    equations = len(columns[0])
    effects = [
        {number: Fraction(factor) for number, factor in enumerate(column) if factor} for column in columns
    ]
    residuals = [
        sum(column[number] * value for column, value in zip(columns, values, strict=True))
        for number in range(equations)
    ]
    return System(
        table="requests",
        values=list(values),
        effects=effects,  # type: ignore[arg-type]  # a Fraction is one of the two kinds
        masks=[sum(1 << number for number in effect) for effect in effects],
        equations=[None] * equations,  # type: ignore[list-item]  # the search does not look at them
        residuals=list(residuals),
        members=[
            [cell for cell in range(len(columns)) if columns[cell][number]] for number in range(equations)
        ],
        broken=sum(1 << number for number, residual in enumerate(residuals) if residual),
    )


def by_trial(system: System, most: int) -> tuple[set[tuple[tuple[int, int], ...]], bool]:
    """The smallest sets whose values follow from the equations, by trying every set; and whether all sets did."""
    for size in range(1, most + 1):
        answers = [solved(system, cells) for cells in combinations(range(len(system.values)), size)]
        found = {answer for answer in answers if answer}
        if found:
            return found, None not in answers
    return set(), False


@st.composite
def small_systems(draw: st.DrawFn) -> System:
    cells = draw(st.integers(2, 7))
    equations = draw(st.integers(1, 4))
    factor = st.sampled_from([0, 0, 1, 1, -1, 2])
    columns = draw(
        st.lists(st.lists(factor, min_size=equations, max_size=equations), min_size=cells, max_size=cells)
    )
    assume(all(any(column[number] for column in columns) for number in range(equations)))
    assume(all(any(column) for column in columns))
    return make(columns, draw(st.lists(st.integers(0, 12), min_size=cells, max_size=cells)))


@given(small_systems())
def test_the_search_finds_what_trying_every_set_finds(system: System) -> None:
    assume(system.broken)
    answers = smallest(system, most_cells=3)
    found, _ = by_trial(system, 3)
    assert set(answers.found) == found
    assert len(answers.found) == len(found)


@given(small_systems())
def test_every_answer_makes_every_equation_hold_with_counts_that_differ(system: System) -> None:
    assume(system.broken)
    for answer in smallest(system).found:
        left = list(system.residuals)
        for cell, value in answer:
            assert value >= 0
            assert value != system.values[cell]
            for number, factor in system.effects[cell].items():
                left[number] += factor * (value - system.values[cell])
        assert not any(left)


def test_an_equation_that_settles_no_values_is_told() -> None:
    # a + b = c with a = b = 1 and c fixed by d at 0: two cells of the same equation could share the change.
    system = make([[1, 0], [1, 0], [-1, 1], [0, -1], [0, -1]], [1, 1, 0, 0, 0])
    answers = smallest(system)
    assert answers.every is False
    assert answers.smallest is True


def test_what_steps_leave_unproven_is_told() -> None:
    wrong = {"granted__natural_person": 1, "received__total": 1, "carried_in__other_organization": 5}
    report = checker().load_report(real("suqian-shizhengfu-2024", **wrong))
    rules = checker().rule_set(report)
    program = checker()._program(rules, report, None)
    (system,) = systems(program.instances, program.names.frame(report), program.specs)
    assert len(smallest(system).found) == 1
    stopped = smallest(system, most_steps=10)
    assert stopped.found == ()
    assert stopped.tried < 3
    assert not stopped.every


def _cells(name: str) -> list[tuple[str, str]]:
    return [(row, column) for row, columns in real(name)["tables"]["requests"].items() for column in columns]


def _mended(result: CheckResult, report: dict[str, Any]) -> CheckResult:
    for cause in result.root_causes:
        for place, number in fits(cause).items():
            row, column = place.split(".")
            table = next(table for table in report["tables"].values() if row in table)
            table[row][column] = int(number)
    return checker().check(report)


NAMES = [
    "suqian-shizhengfu-2024",
    "suqian-shizhengfu-2023",
    "hongze-quzhengfu-2024",
    "pingtan-guanweihui-2021",
    "pingtan-guanweihui-2019",
]


@given(data=st.data())
def test_after_k_changes_at_most_k_cells_are_named_and_mending_them_makes_all_hold(
    data: st.DataObject,
) -> None:
    name = data.draw(st.sampled_from(NAMES))
    cells = data.draw(st.lists(st.sampled_from(_cells(name)), min_size=1, max_size=2, unique=True))
    changes = {f"{row}__{column}": data.draw(st.integers(0, 4000)) for row, column in cells}
    result = judged(name, **changes)
    broken = {
        finding.fingerprint
        for finding in result.findings
        if "unequal" in finding.rule or "unbalanced" in finding.rule
    }
    assert {fingerprint for cause in result.root_causes for fingerprint in cause.explains} == broken
    if broken:
        assert 1 <= sum(len(fits(cause)) for cause in result.root_causes) <= len(cells)
        assert all(cause.smallest for cause in result.root_causes)
        assert _mended(result, real(name, **changes)).root_causes == ()
        after = _mended(result, real(name, **changes))
        assert not any(
            "unequal" in finding.rule or "unbalanced" in finding.rule for finding in after.findings
        )
    else:
        assert result.root_causes == ()


@given(data=st.data())
def test_any_alternative_mends_as_well_as_the_first(data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(["granted", "unavailable_not_held", "other_rest"]))
    report = real("suqian-shizhengfu-2024")["tables"]["requests"][row]
    changes = {
        f"{row}__natural_person": report["natural_person"] + 1,
        f"{row}__commercial_enterprise": report["commercial_enterprise"] - 1,
    }
    (cause,) = judged("suqian-shizhengfu-2024", **changes).root_causes
    correction = data.draw(st.sampled_from(cause.corrections))
    more = {place.replace(".", "__"): int(number) for place, number in fits(correction).items()}
    assert judged("suqian-shizhengfu-2024", **(changes | more)).root_causes == ()
