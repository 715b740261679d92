"""The inputs of a command, checked one by one; what cannot be read is among them, with its trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.cli.given import each, given
from disclosure_rules.engine.result import unread
from disclosure_rules.errors import DisclosureRulesError
from disclosure_rules.pipeline import Checker, Overrule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.cli.judging import Judging
    from disclosure_rules.ingest.inputs import Input
    from disclosure_rules.model.attestation import Choices
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult

__all__ = ["Checked", "check_each", "checker_of"]


class Checked(NamedTuple):
    """One input. `problem` is why it has no report; the result says so in its note."""

    input: Input
    result: CheckResult
    report: Report | None
    problem: DisclosureRulesError | None


def checker_of(judging: Judging, choices: Choices, timings: dict[str, float] | None = None) -> Checker:
    """The Checker of a run."""
    return Checker(
        packs=choices.packs,
        without=choices.without,
        profile=judging.profile,
        convert=choices.convert,
        ocr=choices.ocr,
        as_of=judging.as_of,
        waivers=judging.waivers,
        timings=timings,
    )


def check_each(
    checker: Checker, judging: Judging, choices: Choices, files: Sequence[str], previous: str | None
) -> Iterator[Checked]:
    """What the words of a command line stand for, checked."""
    overrule = Overrule(year=choices.year, region=choices.region, body_kind=choices.body_kind)
    for one in each(given(files)):
        try:
            report = checker.load_report(one.source(), name=one.name, overrule=overrule)
            result = judging.told(checker.check(report, previous=previous, overrule=overrule))
        except DisclosureRulesError as problem:
            missing = unread(one.name, None, problem)
            named = missing.model_copy(update={"profile": judging.profile.name})
            yield Checked(one, named, None, problem.at(one.name))
        else:
            yield Checked(one, result, report, None)
