"""For rule authors: reports from plain values, and the examples of rules as tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from disclosure_rules.pipeline import Checker, Overrule

if TYPE_CHECKING:
    from disclosure_rules.model.pack import RulePack
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult, Finding
    from disclosure_rules.model.rule import Example

__all__ = ["ExampleOutcome", "report_from", "run_examples"]

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
