"""A result with what its broken sums come from: the engine's instances and findings, handed to `repair`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from disclosure_rules.engine import Teller
from disclosure_rules.model.result import Fault
from disclosure_rules.model.rule import Severity
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.engine import Program
    from disclosure_rules.expr import Frame
    from disclosure_rules.model.result import CheckResult
    from disclosure_rules.repair import Hint

__all__ = ["with_root_causes"]


def with_root_causes(result: CheckResult, program: Program, context: CheckContext) -> CheckResult:
    """The result with what its broken sums come from; nothing is loaded or done where no sum is broken."""
    errors = {finding.rule for finding in result.findings if finding.severity is Severity.ERROR}
    if not any(program.rules[index].rule.id in errors for index, _ in program.instances_of):
        return result
    from disclosure_rules.repair import Telling, root_causes  # noqa: PLC0415  most reports add up

    report = context.report
    instances = [
        instance
        for instance, owner in zip(program.instances, program.owners, strict=True)
        if program.rules[owner].rule.severity is Severity.ERROR
        and program.rules[owner].rule.scope == "report"
    ]
    teller = Teller(program.layout, program.specs, report)
    frame = program.names.frame(report, context.previous)
    try:
        found = root_causes(
            instances,
            frame,
            program.specs,
            Telling(result.findings, lambda location: teller.words(teller.place(location))),
            [*_of_text(context), *_of_last_year(program, frame)],
        )
    except Exception as crash:  # noqa: BLE001  an explanation that crashes must not cost the findings
        return result.model_copy(update={"faults": (*result.faults, _crashed(crash))})
    return result.model_copy(update={"root_causes": found.causes, "notes": result.notes + found.notes})


def _of_text(context: CheckContext) -> Iterator[Hint]:
    """What the figures of the text say of the cells."""
    from disclosure_rules.checks.stated import statements  # noqa: PLC0415
    from disclosure_rules.repair import Hint  # noqa: PLC0415

    for one in statements(context):
        source = Text(zh=f"正文「{one.words}」", en=f"the text (“{one.words}”)")
        yield Hint(one.sums, Fraction(one.number), Fraction(one.margin), source)


def _of_last_year(program: Program, frame: Frame) -> Iterator[Hint]:
    """What the rules about two years ask of the cells."""
    from disclosure_rules.repair import hints_of_last_year  # noqa: PLC0415

    about_years = [
        instance
        for instance, owner in zip(program.instances, program.owners, strict=True)
        if program.rules[owner].rule.scope == "years"
    ]
    return hints_of_last_year(about_years, frame)


def _crashed(crash: Exception) -> Fault:
    words = f"{type(crash).__name__}: {crash}"[:500]
    return Fault(
        rule="root-causes",
        pack="",
        message=Text(
            zh=f"推断根源时出错（{words}），各条问题不受影响。这是程序的缺陷，不是报告的问题，请反馈。",
            en=f"looking for root causes crashed ({words}); the findings are complete. "
            "This is a defect of the program, not of the report; please tell its maintainers.",
        ),
    )
