"""For rule authors: reports from plain values, and the examples of rules as tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from disclosure_rules.errors import DisclosureRulesError
from disclosure_rules.model.result import Outcome
from disclosure_rules.pipeline import Checker

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_rules.model.location import Location
    from disclosure_rules.model.pack import EffectiveRule
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult
    from disclosure_rules.model.rule import Example, Examples

__all__ = ["ExampleOutcome", "place_key", "report_from", "run_example", "run_examples"]

Kind = Literal["pass", "fail", "open", "missed"]


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
            yield ExampleOutcome(rule, kind, example.name, run_example(checker, rule, kind, example))


def run_example(checker: Checker, rule: str, kind: Kind, example: Example) -> str | None:
    """What is wrong with one example; None where the rule does what the example says."""
    try:
        report = _report(checker, example)
        previous = checker.load_report(example.previous) if example.previous is not None else None
        in_force = {effective.rule.id: effective for effective in checker.rule_set(report).rules}
        result = checker.judge(report, previous)
    except DisclosureRulesError as problem:
        return f"the example cannot be checked: {problem}"
    if rule not in in_force:
        return "the rule does not apply to this report (layout, year, body or region)"
    return _difference(result, in_force[rule], kind, example)


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
    ended = (
        Outcome.FAIL
        if found
        else Outcome.OPEN
        if stayed_open
        else Outcome.PASS
        if rule in result.passed
        else Outcome.NOT_APPLICABLE
    )
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
