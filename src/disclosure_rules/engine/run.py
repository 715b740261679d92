"""Every rule ends in an outcome; a crash is a fault, never silence."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Any

from disclosure_rules.engine.words import make_teller
from disclosure_rules.expr import explain
from disclosure_rules.model.location import Location
from disclosure_rules.model.note import NO_PREVIOUS
from disclosure_rules.model.result import Evidence, Fault, Outcome, Satisfied, Undecided
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_rules.engine.program import Program
    from disclosure_rules.engine.words import Teller
    from disclosure_rules.expr import Explanation, Frame, Instance
    from disclosure_rules.hookspecs import Check
    from disclosure_rules.model.pack import EffectiveRule
    from disclosure_rules.model.report import Number, Report

__all__ = ["EXPRESSIONS", "RuleOutcome", "run"]

EXPRESSIONS = (
    "expressions"  # under this name a timing tells the expressions of all rules, which are judged at once
)


@dataclass(slots=True)
class RuleOutcome:
    """What one rule came to: how many of its demands are met, the evidence of faults, and why some stayed open."""

    rule: EffectiveRule
    met: int = 0
    evidence: list[tuple[Evidence, dict[str, Text]]] = field(default_factory=list)
    reasons: list[Text] = field(default_factory=list)
    fault: Fault | None = None

    @property
    def outcome(self) -> Outcome:
        """Fail before open before pass; a rule with nothing to look at is not applicable."""
        if self.fault is not None:
            return Outcome.OPEN
        if self.evidence:
            return Outcome.FAIL
        if self.reasons:
            return Outcome.OPEN
        return Outcome.PASS if self.met else Outcome.NOT_APPLICABLE


def run(
    program: Program,
    report: Report,
    context: object,
    previous: Report | None = None,
    timings: dict[str, float] | None = None,
) -> list[RuleOutcome]:
    """Judge `report` by every rule of `program`.

    Args:
        program: The compiled rule set.
        report: The report; its tables follow the forms the program was built for.
        context: What verbs are given as their first argument.
        previous: Last year's report, where the program was built for one.
        timings: Gets the seconds of each rule with a verb added, by its id, and of all expressions together. What is
            read once for several rules counts for the first that asks for it.

    Returns:
        One outcome for each rule of the rule set, in its order.
    """
    outcomes = [RuleOutcome(rule) for rule in program.rules]
    # A report of last year that was asked for and not found leaves the rules about it open, not silent.
    missing = next((note.message for note in report.notes if note.code == NO_PREVIOUS), None)
    for outcome in outcomes:
        reason = outcome.rule.undecided
        if outcome.rule.rule.scope == "years" and previous is None:
            reason = missing
        elif outcome.rule.rule.scope == "collection":  # of one report alone it is not asked
            reason = None
        if reason is not None:
            outcome.reasons.append(reason)
    started = perf_counter()
    _run_expressions(program, report, previous, outcomes)
    if timings is not None:
        started = _add(timings, EXPRESSIONS, started)
    for index, check in program.verbs:
        _run_verb(check, context, outcomes[index])
        if timings is not None:
            started = _add(timings, outcomes[index].rule.rule.id, started)
    return outcomes


def _add(timings: dict[str, float], name: str, started: float) -> float:
    now = perf_counter()
    timings[name] = timings.get(name, 0.0) + now - started
    return now


def _run_expressions(
    program: Program, report: Report, previous: Report | None, outcomes: list[RuleOutcome]
) -> None:
    frame = program.names.frame(report, previous)
    suspects = program.suspects(frame)
    for index, count in program.instances_of:
        outcomes[index].met = count
    teller: Teller | None = None
    for position in suspects:
        outcome = outcomes[program.owners[position]]
        outcome.met -= 1
        instance = program.instances[position]
        teller = teller or make_teller(program, report, previous)
        try:
            explanation = explain(instance, frame)
        except Exception as crash:  # noqa: BLE001  a crash of ours must become a Fault, whatever it is
            outcome.fault = _fault(outcome.rule, crash)
            continue
        _record(outcome, instance, explanation, teller, frame)


def _record(
    outcome: RuleOutcome, instance: Instance, explanation: Explanation, teller: Teller, frame: Frame
) -> None:
    ended = Outcome(explanation.outcome)
    if ended is Outcome.PASS:
        outcome.met += 1
    elif ended is Outcome.FAIL:
        location = frame.place(instance.target) if instance.target is not None else Location()
        values: dict[str, Number | str | None] = dict(explanation.values)
        evidence = Evidence(location=location, values=values)
        outcome.evidence.append((evidence, teller.labels(instance.binding)))
    elif ended is Outcome.OPEN:
        reason = teller.unknown(explanation.unknown)
        if reason not in outcome.reasons:
            outcome.reasons.append(reason)


def _run_verb(check: Check, context: object, outcome: RuleOutcome) -> None:
    rule = outcome.rule.rule
    try:
        answers: Iterable[Any] = check(context, **rule.params)
        for answer in answers:
            match answer:
                # The most common first: that an object is no model of another class takes pydantic a while to tell.
                case Satisfied():
                    outcome.met += 1
                case Evidence():
                    outcome.evidence.append((answer, {}))
                case Undecided():
                    if answer.reason not in outcome.reasons:
                        outcome.reasons.append(answer.reason)
                case _:
                    msg = f"the check '{rule.check}' yielded {type(answer).__name__}"
                    raise TypeError(msg)  # noqa: TRY301  a wrong answer is a fault like any other
    except Exception as crash:  # noqa: BLE001  a plugin may raise anything; it must become a Fault
        outcome.fault = _fault(outcome.rule, crash)


def _fault(rule: EffectiveRule, crash: Exception) -> Fault:
    words = f"{type(crash).__name__}: {crash}"[:500]
    return Fault(
        rule=rule.rule.id,
        pack=rule.pack,
        message=Text(
            zh=f"规则 {rule.rule.id} 运行出错（{words}）。这是程序的缺陷，不是报告的问题，请反馈给规则包的维护者。",
            en=f"rule {rule.rule.id} crashed ({words}). This is a defect of the program, not of the report; "
            "please tell the maintainer of the pack.",
        ),
    )
