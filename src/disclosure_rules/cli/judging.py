"""Options about how a run is judged: the profile, waivers, the baseline, the day."""

from __future__ import annotations

from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

from disclosure_rules.accepted import Accepted
from disclosure_rules.cli.accepting import baseline_option, waivers_option
from disclosure_rules.cli.completing import profile_names
from disclosure_rules.cli.configuration import configuration, no_profile
from disclosure_rules.cli.options import as_of_option
from disclosure_rules.errors import UsageError
from disclosure_rules.model.profile import PROFILES
from disclosure_rules.model.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from disclosure_rules.accepted import Baseline
    from disclosure_rules.cli.checking import Asked
    from disclosure_rules.model.attestation import Attestation
    from disclosure_rules.model.profile import Profile
    from disclosure_rules.model.result import CheckResult
    from disclosure_rules.model.text import Lang
    from disclosure_rules.model.waiver import Waiver

__all__ = [
    "Judging",
    "exit_code",
    "judging_options",
    "left_out",
    "profile_named",
    "profile_options",
]

_MOST_NAMED = 3


class Judging(NamedTuple):
    """How a run is judged."""

    profile: Profile
    as_of: date | None
    accepted: Accepted

    def record(self, results: Iterable[CheckResult], asked: Asked) -> Attestation:
        """The record of a check of some reports: `asked` is what the command was asked besides what is here."""
        from disclosure_rules.attest import attestation, digest  # noqa: PLC0415  few runs write or need one
        from disclosure_rules.model.attestation import Choices  # noqa: PLC0415  the same

        waivers, baseline, today = self.accepted
        stated = [one.model_dump(mode="json") for one in waivers]
        known = [[*key, sorted(one)] for key, one in baseline.known.items()] if baseline else None
        choices = Choices(
            **asked._replace(packs=tuple(one for one in asked.packs if not Path(one).is_dir()))._asdict(),
            as_of=self.as_of.isoformat() if self.as_of else None,
            waivers=digest(stated) if stated else None,
            waived_on=today().isoformat() if stated and today else None,
            baseline=digest(sorted(known, key=str)) if known is not None else None,
        )
        return attestation(results, self.profile, choices)

    def tell_unmatched(self, results: Sequence[CheckResult], lang: Lang) -> None:
        """Tell the waivers that are of none of the reports: a name may be spelled otherwise in the report."""
        of = {(result.report.body.name, result.report.year) for result in results if result.report.body}
        others = [f"{one.body} {one.year}" for one in self.accepted.waivers if (one.body, one.year) not in of]
        if others:
            named = "、".join(dict.fromkeys(others[:_MOST_NAMED]))
            click.echo(
                f"豁免清单中有 {len(others)} 条不属于这次检查的报告：{named}"
                if lang == "zh"
                else f"{len(others)} waivers are of none of these reports: {named}",
                err=True,
            )

    def told(self, result: CheckResult) -> CheckResult:
        """The result as this run tells it: against the baseline where there is one."""
        return self.accepted.told(result, self.profile)


_OPTIONS = (as_of_option, baseline_option, waivers_option)

_PROFILE = (
    click.option(
        "--fail-on",
        type=click.Choice([severity.value for severity in Severity]),
        help="达到即为不通过，缺省按方案 · Least severity that fails a report.",
    ),
    click.option(
        "--profile",
        metavar="NAME",
        shell_complete=profile_names,
        help="检查方案：default、strict、drafting、gate 或自定 · Profile.",
    ),
)


def profile_options(function: Callable[..., object]) -> Callable[..., object]:
    """`--profile`, `--fail-on`, which become one parameter `profile`; where the profile has a language, it is `lang`."""

    @wraps(function)
    def command(*, profile: str | None, fail_on: str | None, **others: Any) -> object:  # noqa: ANN401  as below
        chosen = profile_named(profile or configuration().profile)
        if fail_on is not None:
            chosen = chosen.model_copy(update={"fail_on": Severity(fail_on)})
        if chosen.lang is not None and left_out("lang"):
            others["lang"] = chosen.lang
        return function(profile=chosen, **others)

    decorated: Callable[..., object] = command
    for option in _PROFILE:
        decorated = option(decorated)
    return decorated


def judging_options(function: Callable[..., object]) -> Callable[..., object]:
    """`--profile`, `--fail-on`, `--waivers`, `--baseline`, `--as-of`, which become one parameter `judging`."""

    @wraps(function)  # the options that are there already go along
    def command(
        *,
        profile: Profile,
        waivers: tuple[Waiver, ...],
        baseline: Baseline | None,
        as_of: datetime | None,
        **others: Any,  # noqa: ANN401  the parameters of the command
    ) -> object:
        day = as_of.date() if as_of else None
        # The command may read the clock; the library never does.
        today = day or date.today()  # noqa: DTZ011  the day of whoever checks
        judging = Judging(profile, day, Accepted(waivers, baseline, lambda: today))
        return function(judging=judging, **others)

    decorated: Callable[..., object] = command
    for option in _OPTIONS:
        decorated = option(decorated)
    return profile_options(decorated)


def left_out(option: str) -> bool:
    """Whether the command has an option that nobody gave."""
    return click.get_current_context().get_parameter_source(option) is ParameterSource.DEFAULT


def profile_named(name: str) -> Profile:
    """A shipped profile, one of `disclosure-rules.toml`, or one that a pack brings (`cn-fj/licheng-2020`).

    Raises:
        UsageError: There is none of this name.
    """
    own = configuration().profiles
    chosen = own.get(name) or PROFILES.get(name)
    if chosen is None and "/" in name:
        from disclosure_rules.packs.profiles import pack_profile  # noqa: PLC0415  few runs ask for one
        from disclosure_rules.plugins import Plugins  # noqa: PLC0415

        return pack_profile(Plugins().pack_folders, name)
    if chosen is None:
        raise UsageError(*no_profile(name, own), code="unknown-profile")
    return chosen


def exit_code(results: Sequence[CheckResult], refused: int) -> int:
    """How a command ends that checked `results` and could not read `refused` more."""
    if refused or any(result.verdict == "incomplete" or result.faults for result in results):
        return 2
    return 1 if any(result.verdict == "fail" for result in results) else 0
