"""What an author is told beyond what the loader refuses: all of it, each with its place."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from disclosure_rules.packs.content import PackContent
from disclosure_rules.packs.lint import lint_pack

Write = Callable[..., Path]
RULE, LATE = "requests/unbalanced.yaml", "publication/late.yaml"


def _later_than(_context: object, *, month: int, day: int, hour: int = 24) -> Iterator[object]:
    yield month, day, hour


CHECKS = {"later-than": _later_than}


def _told(
    folder: Path, checks: Mapping[str, Callable[..., Iterator[object]]] = CHECKS
) -> list[tuple[str, str]]:
    problems = lint_pack(PackContent(folder), (), checks)  # type: ignore[arg-type]  the yielded values play no part
    return [(problem.place.removeprefix("rules/cn-zz/"), problem.code) for problem in problems]


def test_a_good_pack_has_no_problems(pack: Write) -> None:
    assert _told(pack()) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (RULE, "incoming == requests", "incoming == request", (f"{RULE}:10:9", "unknown-name")),
        (RULE, "requests.received[column] +", "requests.recieved[column] +", (f"{RULE}:9:13", "unknown-name")),
        (RULE, "at: requests", "at: request", (f"{RULE}:11:5", "unknown-name")),
        (RULE, "column: requests.columns", "column: requests.colums", (f"{RULE}:7:16", "unknown-name")),
        (RULE, "suggestion: {zh: 核对该列, en: Compare the column}\n", "", (f"{RULE}:1:1", "no-suggestion")),
        (RULE, "en: Unbalanced", 'en: " "', (f"{RULE}:2:22", "no-words")),
        (RULE, '"{column}: {incoming}"', '"{column}"', (f"{RULE}:12:10", "languages-differ")),
        (RULE, ", finds: [requests.results_total.total]", "", (f"{RULE}:14:1", "no-finds")),
        (RULE, "name: 不等", "name: 相等", (f"{RULE}:14:1", "duplicate-example")),
        (RULE, "  pass:\n    - {name: 相等, report: {year: 2021}}\n", "", (f"{RULE}:14:1", "no-example")),
        (RULE, "report: {year: 2021}, finds", "reprot: {year: 2021}, finds", (f"{RULE}:18:18", "unknown-key")),
        (RULE, "examples:\n", "examples::\n", (f"{RULE}:14:1", "unknown-key")),
        (LATE, "month: 3", 'month: "3"', (f"{LATE}:6:17", "wrong-param")),
        (LATE, "month: 3", "month: 3.5", (f"{LATE}:6:17", "wrong-param")),
    ],
)  # fmt: skip
def test_each_problem_is_told_with_its_place(
    pack: Write, file: str, old: str, new: str, told: tuple[str, str]
) -> None:
    assert told in _told(pack({file: (old, new)}))


def test_a_rule_without_examples_is_told_of_both_kinds(pack: Write) -> None:
    folder = pack()
    text = (folder / LATE).read_text("utf-8")
    (folder / LATE).write_text(text[: text.index("examples:")], "utf-8")
    assert [code for _, code in _told(folder)] == ["no-example", "no-example"]


def test_all_problems_of_a_broken_pack_are_told(pack: Write) -> None:
    folder = pack({RULE: ("severity: error", "severity: eror"), LATE: ("month: 3", 'month: "3"')})
    assert _told(folder) == [(f"{RULE}:3:11", "unknown-value"), (f"{LATE}:6:17", "wrong-param")]


def test_a_verb_nobody_provides_is_told_once(pack: Write) -> None:
    assert _told(pack(), {}) == [(f"{LATE}:5:8", "unknown-check")]


@pytest.fixture
def twin(pack: Write) -> str:
    """The text of the rule of the pack, under another name, with another severity and without spaces."""
    text = (pack() / RULE).read_text("utf-8")
    text = text.replace("requests/unbalanced", "requests/unequal").replace(
        "severity: error", "severity: warning"
    )
    return text.replace("results_total[column] + ", "results_total[column]+")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("let:\n", "let:\n  spare: requests.received[column]\n", [(f"{RULE}:9:3", "unused-name")]),
        (
            "each: {column: requests.columns}\n",
            "each: {column: requests.columns, row: requests.rows}\n",
            [(f"{RULE}:7:34", "unused-name")],
        ),
        ("assert: incoming ==", "assert: 2 + incoming ==", []),
    ],
)
def test_a_value_that_nothing_reads_is_told(
    pack: Write, old: str, new: str, told: list[tuple[str, str]]
) -> None:
    assert _told(pack({RULE: (old, new)})) == told


@pytest.mark.parametrize(("hour", "told"), [(24, [(f"{LATE}:6:29", "idle-param")]), (12, [])])
def test_a_param_that_says_what_the_verb_does_anyway_is_told(
    pack: Write, hour: int, told: list[tuple[str, str]]
) -> None:
    assert _told(pack({LATE: ("day: 31", f"day: 31, hour: {hour}")})) == told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("severity", "severity", [("requests/unequal.yaml:10:9", "same-condition")]),
        (
            "applies: {",
            "applies: {bodies: [department], ",
            [("requests/unequal.yaml:10:9", "same-condition")],
        ),
        ("severity:", "supersedes: cn-zz/requests/unbalanced\nseverity:", []),
        ("carried_in", "carried_out", []),
    ],
)
def test_two_rules_that_would_tell_one_fault_twice_are_told(
    pack: Write, twin: str, old: str, new: str, told: list[tuple[str, str]]
) -> None:
    assert _told(pack({"requests/unequal.yaml": twin.replace(old, new, 1)})) == told


@pytest.mark.parametrize(
    ("first", "second", "double"),
    [
        ("years: {to: 2021}", "years: {from: 2022}", False),
        ("years: {to: 2022}", "years: {from: 2022}", True),
        ("bodies: [department]", "bodies: [government, township]", False),
        ("bodies: [department]", "regions: ['14']", True),
        ("regions: ['1401']", "regions: ['140000']", True),
        ("regions: ['1401']", "regions: ['1402']", False),
    ],
)
def test_rules_for_reports_of_different_kinds_are_two(
    pack: Write, twin: str, first: str, second: str, *, double: bool
) -> None:
    kinds = {RULE: ("applies: {", f"applies: {{{first}, ")}
    twin = twin.replace("applies: {", f"applies: {{{second}, ")
    told = [code for _, code in _told(pack({**kinds, "requests/unequal.yaml": twin}))]
    assert told == (["same-condition"] if double else [])


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ("", ["closed-years"]),
        (", years: {from: 2021}", ["closed-years"]),
        (", years: {from: 2025}", []),
    ],
)
def test_a_rule_that_judges_the_years_of_the_closed_one_anew_is_told(
    pack: Write, twin: str, years: str, told: list[str]
) -> None:
    successor = twin.replace("severity", "supersedes: cn-zz/requests/unbalanced\nseverity", 1)
    successor = successor.replace('["2021"]', f'["2021"]{years}')
    closed = ('layouts: ["2021"]', 'layouts: ["2021"], years: {to: 2024}')
    folder = pack({RULE: closed, "requests/unequal.yaml": successor})
    assert [code for _, code in _told(folder)] == told
