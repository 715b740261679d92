"""What somebody in charge accepts of what is found: waivers, and the findings of an earlier result.

The operator states it, never the sender of a report: nobody accepts the faults of an own report.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.engine.decide import with_baseline
from disclosure_rules.errors import UsageError
from disclosure_rules.foreign import system_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from disclosure_rules.model.profile import Profile
    from disclosure_rules.model.result import CheckResult
    from disclosure_rules.model.waiver import Waiver

__all__ = ["Accepted", "Baseline"]

_MOST_BYTES = 200_000_000


class Baseline(NamedTuple):
    """An earlier result: of each body and year the fingerprints of its findings, with their rules."""

    known: Mapping[tuple[str, int | None], Mapping[str, str]]

    @classmethod
    def read(cls, file: Path) -> Baseline:
        """The baseline of a file that `check --format json` wrote.

        Raises:
            UsageError: The file cannot be read, or is no result.
        """
        try:
            with file.open("rb") as stream:
                written = json.loads(stream.read(_MOST_BYTES))
            known: dict[tuple[str, int | None], dict[str, str]] = {}
            for result in written["results"]:
                rules = {finding["fingerprint"]: finding["rule"] for finding in result["findings"]}
                body = result["report"]["body"]
                key = _key(body and body["name"], result["report"]["year"], result["source"]["path"])
                known.setdefault(key, {}).update(rules)
        except OSError as problem:
            zh, en = system_words(problem)
            raise UsageError(
                f"基线无法读取（{zh}）",
                f"the baseline cannot be read ({en})",
                place=str(file),
                code="bad-baseline",
            ) from problem
        except (ValueError, KeyError, TypeError, RecursionError) as problem:
            raise UsageError(
                "基线不是 check --format json 的结果，请检查是否选错了文件",
                f"the baseline is no output of check --format json ({problem})",
                place=str(file),
                code="bad-baseline",
            ) from problem
        return cls(known)

    def applied(self, result: CheckResult, profile: Profile) -> CheckResult:
        """The result held against the earlier one of the same body and year."""
        report = result.report
        key = _key(report.body.name if report.body else None, report.year, result.source.path)
        # What the profile leaves out is not told; it must not seem to be mended either.
        before = self.known.get(key, {}).items()
        known = {fingerprint for fingerprint, rule in before if profile.ignored(rule) is None}
        return with_baseline(result, known)


def _key(body: str | None, year: int | None, path: str | None) -> tuple[str, int | None]:
    """Which report it is, wherever it lies; where nobody knows whose it is, by the name of its file."""
    return body or f"/{PurePath(path or '').name}", year


class Accepted(NamedTuple):
    """What the operator of a run accepts.

    Attributes:
        waivers: Findings that somebody in charge accepts, for their values and until a day.
        baseline: An earlier result, whose findings do not block.
        today: Tells the day on which waivers are held, which goes on while a service lives; None where there are none.
    """

    waivers: tuple[Waiver, ...] = ()
    baseline: Baseline | None = None
    today: Callable[[], date] | None = None

    def told(self, result: CheckResult, profile: Profile) -> CheckResult:
        """The result against the baseline, where there is one. Waivers are held while a report is judged."""
        return self.baseline.applied(result, profile) if self.baseline else result
