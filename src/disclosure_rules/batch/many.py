"""Many reports from Python, one result after the other."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_rules.engine.result import unread
from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.inputs import inputs
from disclosure_rules.pipeline import Checker, Overrule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from disclosure_rules.ingest.inputs import Input
    from disclosure_rules.model.profile import Profile
    from disclosure_rules.model.result import CheckResult
    from disclosure_rules.model.waiver import Waiver

__all__ = ["check_many"]


def check_many(  # noqa: PLR0913  what a run consists of, each by name
    source: str | Path | Iterable[str | Path],
    *,
    previous: str | Path | None = None,
    packs: Sequence[str | Path] = (),
    profile: Profile | None = None,
    overrule: Overrule | None = None,
    waivers: Sequence[Waiver] = (),
) -> Iterator[CheckResult]:
    """Check reports one by one as results are asked for; nothing is kept, so memory does not grow.

    What the reports of a batch have to do with each other is asked by the command `batch`, which keeps them.

    Args:
        source: A folder, an archive or a report; or several of them.
        previous: Last year's report, or a folder in which that of each body is looked for.
        packs: Packs beside those that each report's region selects: ids, or folders of a pack.
        profile: The choices of the run.
        overrule: What the caller knows better than the reports.
        waivers: Findings that are accepted, as `read_waivers` gives them; each is about one body's report of one year,
            and holds until the day that it names.

    Returns:
        A result for each input, in the order of the inputs. What cannot be read is a result with the verdict
        `incomplete` and the reason in its notes.

    Raises:
        PackError: A pack cannot be used.
        UsageError: `previous` is a file, and of another body or year than a report.
    """
    checker = Checker(packs=packs, profile=profile, waivers=waivers, today=date.today)
    paths = [source] if isinstance(source, (str, Path)) else source
    return (
        _result(checker, one, previous, overrule or Overrule())
        for path in paths
        for one in inputs(Path(path))
    )


def _result(checker: Checker, one: Input, previous: str | Path | None, overrule: Overrule) -> CheckResult:
    digest = None
    try:
        opened = one.source()
        data = opened if isinstance(opened, bytes) else None
        digest = sha256(data).hexdigest() if data is not None else None
        return checker.check(opened, previous=previous, name=one.name, overrule=overrule)
    except ReadError as problem:
        return unread(one.name, digest, problem)
