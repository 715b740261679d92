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
    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult

__all__ = ["Asked", "Checked", "check_each", "checker_of"]


class Asked(NamedTuple):
    """What a command was asked besides how it judges: what is known better than the reports, helpers, packs."""

    year: int | None = None
    region: str | None = None
    body_kind: BodyKind | None = None
    convert: bool = False
    ocr: bool = False
    packs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class Checked(NamedTuple):
    """One input. `problem` is why it has no report; the result says so in its note."""

    input: Input
    result: CheckResult
    report: Report | None
    problem: DisclosureRulesError | None


def checker_of(judging: Judging, asked: Asked, timings: dict[str, float] | None = None) -> Checker:
    """The Checker of a run."""
    return Checker(
        packs=asked.packs,
        without=asked.without,
        profile=judging.profile,
        convert=asked.convert,
        ocr=asked.ocr,
        as_of=judging.as_of,
        waivers=judging.accepted.waivers,
        today=judging.accepted.today,
        timings=timings,
    )


def check_each(
    checker: Checker, judging: Judging, asked: Asked, files: Sequence[str], previous: str | None
) -> Iterator[Checked]:
    """What the words of a command line stand for, checked."""
    overrule = Overrule(year=asked.year, region=asked.region, body_kind=asked.body_kind)
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
