"""For rule authors: reports from plain values, and the examples of rules as tests."""

from __future__ import annotations

from hashlib import sha256
from time import process_time
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from disclosure_rules.errors import DisclosureRulesError
from disclosure_rules.model.result import Outcome
from disclosure_rules.model.roster import Roster, RosterEntry
from disclosure_rules.mutants import mutants
from disclosure_rules.pipeline import Checker

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_rules.batch.judge import Judged
    from disclosure_rules.model.location import Location
    from disclosure_rules.model.pack import EffectiveRule
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult
    from disclosure_rules.model.rule import Example, Examples
    from disclosure_rules.model.text import Text

__all__ = [
    "ExampleOutcome",
    "judge_batch",
    "place_key",
    "report_from",
    "run_example",
    "run_examples",
    "told_of_example",
]

Kind = Literal["pass", "fail", "open", "missed"]
# A rule is asked of thousands of reports: seconds of one processor for one example, all rules in force together.
_MOST_SECONDS = 1.0


class ExampleOutcome(NamedTuple):
    """One example, run. `problem` is None where the rule said what the example says it does."""

    rule: str
    kind: Kind
    name: str
    problem: str | None


def report_from(data: Mapping[str, Any]) -> Report:
    """A report from plain values, by `schemas/report.schema.json`; everything may be left out.

    Raises:
        ReadError: A key or a value is not one of the format.
    """
    return Checker().load_report(data)


def place_key(location: Location) -> str:
    """A place as `finds` of an example writes it: dotted keys, else `line:N`, else `report`."""
    if location.table is not None:
        return ".".join(key for key in (location.table, location.row, location.column) if key)
    if location.section is not None:
        return f"sections.{location.section}"
    if location.pointer is not None:
        return location.pointer.strip("/").replace("/", ".")
    return f"line:{location.line}" if location.line is not None else "report"


def run_examples(checker: Checker, rule: str, examples: Examples) -> Iterator[ExampleOutcome]:
    """Run the examples of one rule, each against everything in force for its report.

    A passing example is also changed in one place after another: one of the changes must keep the rule from passing, or
    the example shows nothing.

    Args:
        checker: Loads the packs; the rule must be in one of them.
        rule: The rule's id.
        examples: Its examples.
    """
    kinds: tuple[tuple[Kind, tuple[Example, ...]], ...] = (
        ("pass", examples.passing),
        ("fail", examples.fail),
        ("open", examples.open),
        ("missed", examples.missed),
    )
    for kind, group in kinds:
        for example in group:
            problem = run_example(checker, rule, kind, example)
            if problem is None and kind == "pass":
                problem = _unmoved(checker, rule, example)
            yield ExampleOutcome(rule, kind, example.name, problem)


def run_example(checker: Checker, rule: str, kind: Kind, example: Example) -> str | None:
    """What is wrong with one example; None where the rule does what the example says."""
    if example.batch is not None:
        return _run_batch_example(checker, rule, kind, example)
    try:
        report = _report(checker, example)
        previous = checker.load_report(example.previous) if example.previous is not None else None
        in_force = {effective.rule.id: effective for effective in checker.rule_set(report).rules}
        started = process_time()
        result = checker.judge(report, previous)
        seconds = process_time() - started
    except DisclosureRulesError as problem:
        return f"the example cannot be checked: {problem}"
    if rule not in in_force:
        return "the rule does not apply to this report (layout, year, body or region)"
    if seconds > _MOST_SECONDS:
        return (
            f"checking the example took {seconds:.1f} s of the processor; the bound is {_MOST_SECONDS:.0f} s"
        )
    return _difference(result, in_force[rule], kind, example)


def told_of_example(checker: Checker, rule: str, example: Example) -> Text | None:
    """The first message that a rule has for an example; None where it finds nothing in it.

    Raises:
        ReadError: The example is no report.
        ValueError, KeyError: The roster of its batch is not as it must be.
    """
    if example.batch is not None:
        judged = judge_batch(checker, example)
        return next((one.message for one in judged.findings if one.rule == rule), None)
    previous = checker.load_report(example.previous) if example.previous is not None else None
    result = checker.judge(_report(checker, example), previous)
    return next((one.message for one in result.findings if one.rule == rule), None)


def judge_batch(checker: Checker, example: Example) -> Judged:
    """What the rules over a whole batch say of an example's batch.

    Raises:
        ValueError, KeyError: The roster of the example is not as it must be.
        ReadError: A report of it is not.
    """
    from disclosure_rules.batch.judge import collection_context, judge  # noqa: PLC0415  few rules need it
    from disclosure_rules.batch.store import Store, packed  # noqa: PLC0415
    from disclosure_rules.batch.work import report_entry  # noqa: PLC0415
    from disclosure_rules.formatters.structured import to_compact_json  # noqa: PLC0415

    given = example.batch or {}
    entries = [RosterEntry.model_validate({"row": row, **one}) for row, one in enumerate(given["roster"], 1)]
    store = Store(None)
    for number, one in enumerate(given["reports"], 1):
        stated = {key: value for key, value in one.items() if key != "file"}
        report = checker.load_report(stated)
        entry = report_entry("now", str(one.get("file", f"{number}.yaml")), report)._replace(
            sha256=sha256(repr(stated).encode()).hexdigest(),
            report=packed(to_compact_json(report, checker.layouts)),
        )
        store.write([entry])
    return judge(collection_context(store, Roster(entries=tuple(entries)), checker), checker)


def _run_batch_example(checker: Checker, rule: str, kind: Kind, example: Example) -> str | None:
    """What is wrong with an example of a rule over a whole batch."""
    try:
        judged = judge_batch(checker, example)
    except (ValueError, KeyError, DisclosureRulesError) as problem:
        return f"the example cannot be checked: {problem}"
    found = sorted({finding.body or "" for finding in judged.findings if finding.rule == rule})
    stayed_open = any(one.rule == rule for one in judged.open)
    return _compared(found, kind, example, ended=_ended(found, stayed_open=stayed_open, passed=True))


def _unmoved(checker: Checker, rule: str, example: Example) -> str | None:
    """Why a passing example shows nothing; None where some change of it keeps the rule from passing."""
    if example.report is None:
        return None
    for report in mutants(example.report):
        try:
            result = checker.check(report, previous=example.previous)
        except DisclosureRulesError:
            continue  # a change that makes it no report at all
        if rule not in result.passed:
            return None
    return "whatever is changed in the example, the rule passes: it does not show what the rule demands"


def _report(checker: Checker, example: Example) -> Report:
    if example.report is not None:
        return checker.load_report(example.report)
    return checker.load_report((example.document or "").encode(), name=example.name)


def _difference(result: CheckResult, effective: EffectiveRule, kind: Kind, example: Example) -> str | None:
    rule = effective.rule.id
    fault = next((fault for fault in result.faults if fault.rule == rule), None)
    if fault is not None:
        return fault.message.en
    found = sorted({place_key(finding.location) for finding in result.findings if finding.rule == rule})
    stayed_open = any(entry.rule == rule for entry in result.open)
    return _compared(
        found, kind, example, ended=_ended(found, stayed_open=stayed_open, passed=rule in result.passed)
    )


def _ended(found: list[str], *, stayed_open: bool, passed: bool) -> Outcome:
    if found:
        return Outcome.FAIL
    if stayed_open:
        return Outcome.OPEN
    return Outcome.PASS if passed else Outcome.NOT_APPLICABLE


def _compared(found: list[str], kind: Kind, example: Example, *, ended: Outcome) -> str | None:
    wanted = {"pass": Outcome.PASS, "fail": Outcome.FAIL, "open": Outcome.OPEN, "missed": Outcome.FAIL}[kind]
    if kind == "missed":
        # A known miss: the day the rule finds it, the example must move to `fail`.
        return "the rule finds this now: move the example to `fail`" if ended is wanted else None
    if ended is not wanted:
        told = f" at {', '.join(found)}" if found else ""
        return f"the rule ended in {ended.value}{told}, the example says {wanted.value}"
    if kind == "fail" and example.finds is not None and sorted(set(example.finds)) != found:
        return f"found at {', '.join(found)}; the example says {', '.join(sorted(example.finds))}"
    return None
