"""What an author is told beyond what the loader refuses: all of it, each with its place."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from disclosure_rules.packs.content import PackContent
from disclosure_rules.packs.lint import lint_pack

Write = Callable[..., Path]
RULE, LATE = "requests/unbalanced.yaml", "publication/late.yaml"


def _later_than(_context: object, *, month: int, day: int) -> Iterator[object]:
    yield month, day


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
