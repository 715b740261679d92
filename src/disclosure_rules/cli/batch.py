"""`disclosure-rules batch FOLDER`: everything that came in, in one run."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Self

import click

from disclosure_rules.batch.alone import alone
from disclosure_rules.batch.gather import Inputs, gather
from disclosure_rules.batch.index import write_index
from disclosure_rules.batch.index_lines import Gathered
from disclosure_rules.batch.judge import collection_context, judge
from disclosure_rules.batch.manifest import read_manifest
from disclosure_rules.batch.pages import write_pages
from disclosure_rules.batch.pools import cluster, processes
from disclosure_rules.batch.report_files import Batch, results, write_summary, written_on_the_way
from disclosure_rules.batch.roster import read_roster
from disclosure_rules.batch.run import run_batch
from disclosure_rules.batch.since import earlier_run
from disclosure_rules.batch.store import FILE
from disclosure_rules.batch.waived import told_waivers
from disclosure_rules.batch.work import Choices, checker_for
from disclosure_rules.batch.workbook import write_workbook
from disclosure_rules.batch.workbook_classes import workbook_class
from disclosure_rules.cli.accepting import waivers_option
from disclosure_rules.cli.batch_told import tell
from disclosure_rules.cli.judging import profile_options
from disclosure_rules.cli.letters import letter_options, letters_of, tell_letters
from disclosure_rules.cli.options import (
    as_of_option,
    identity_options,
    lang_option,
    pack_options,
    reading_options,
)
from disclosure_rules.cli.telling import EXIT_CODES
from disclosure_rules.errors import UsageError
from disclosure_rules.ingest.inputs import inputs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from click._termui_impl import ProgressBar

    from disclosure_rules.batch.letters import Letters
    from disclosure_rules.batch.runner import Runner
    from disclosure_rules.batch.store import Store
    from disclosure_rules.batch.workbook_before import Kept
    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.profile import Profile
    from disclosure_rules.model.text import Lang
    from disclosure_rules.model.waiver import Waiver

__all__ = ["command"]


@click.command(
    "batch",
    epilog="\b\n例 Examples:\n"
    "  disclosure-rules batch 收到的报告/ --out 结果/\n"
    "  disclosure-rules batch 收到/ --roster 名册.xlsx --previous 去年/ --out 结果/\n\n"
    f"{EXIT_CODES}",
)
@click.argument("folders", nargs=-1, metavar="[FOLDER|ZIP]...")
@click.option(
    "--manifest",
    type=click.Path(),
    metavar="FILE",
    help="文件清单，每行一个路径；.csv 可在路径旁写单位名称 · A list of paths, one a line.",
)
@click.option(
    "--roster", type=click.Path(), metavar="FILE", help="名册 .xlsx 或 .csv · Who should have reported."
)
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False),
    help="结果文件夹，再次运行即继续 · Result folder.",
)
@click.option(
    "--previous", type=click.Path(exists=True, file_okay=False), help="去年的报告或结果文件夹 · Last year's."
)
@click.option(
    "--since",
    type=click.Path(exists=True, file_okay=False),
    metavar="RESULT",
    help="与以前一次的结果对照：新增、已改、仍有 · Compare with an earlier result.",
)
@click.option("--scheduler", metavar="TCP://HOST:PORT", help="在 Dask 集群上运行 · Run on a Dask cluster.")
@click.option("--jobs", type=click.IntRange(1, 256), help="进程数，缺省为处理器数 · Processes.")
@click.option(
    "--seconds",
    type=click.FloatRange(1, 3600),
    default=60.0,
    show_default=True,
    help="每份报告的时限 · Limit of one report.",
)
@profile_options
@waivers_option
@as_of_option
@letter_options
@reading_options
@identity_options
@pack_options
@lang_option
def command(  # noqa: PLR0913  one parameter an option
    *,
    folders: tuple[str, ...],
    manifest: str | None,
    roster: str | None,
    out: str,
    previous: str | None,
    since: str | None,
    scheduler: str | None,
    jobs: int | None,
    seconds: float,
    profile: Profile,
    waivers: tuple[Waiver, ...],
    as_of: datetime | None,
    letters: Letters | None,
    convert: bool,
    ocr: bool,
    year: int | None,
    region: str | None,
    body_kind: BodyKind | None,
    packs: tuple[str, ...],
    without: tuple[str, ...],
    lang: Lang,
) -> int:
    """批量检查：谁没报、哪里错 · Check a whole folder; run again to continue where it was stopped."""
    day = as_of.date().isoformat() if as_of else None
    today = (day or date.today().isoformat()) if waivers else None  # noqa: DTZ011  the day of whoever checks
    choices = Choices(
        packs, without, profile, day, waivers, today, convert, ocr, year, region, body_kind, seconds
    )._replace(pages=None if scheduler else out, lang=lang)  # the workers of a cluster do not have the folder
    _agree(Path(out), asked=bool(folders or manifest), since=since, scheduler=scheduler, previous=previous)
    known = read_roster(Path(roster)) if roster else None
    listed = read_manifest(Path(manifest)) if manifest else None
    here = processes(jobs or os.cpu_count() or 1)
    gathered = partial(gather, [Path(folder) for folder in folders], listed)
    with closing(here), alone(Path(out)):
        runner = cluster(scheduler, choices) if scheduler else here
        store = _run(gathered, Path(out), choices, runner, Path(previous) if previous else None)
        with closing(store):
            checker = checker_for(choices)
            context = collection_context(store, known, checker)
            earlier = earlier_run(Path(since), known, checker) if since else None
            notes = (*(known.notes if known else ()), *(listed.notes if listed else ()))
            held = tuple(told_waivers(store, waivers))
            batch = Batch(store, context, judge(context, checker), notes, earlier, held)
            kept = _write(Path(out), batch, choices, here)
            written = letters_of(Path(out), batch, letters)
            code = tell(batch, checker, out, kept, lang)
            tell_letters(Path(out), written, lang)
    return code


def _run(
    gathered: Callable[[], Inputs], out: Path, choices: Choices, runner: Runner, last: Path | None
) -> Store:
    """Everything read and judged; the list of inputs, which may be long, is gone when this is done."""
    found = gathered()
    with _Progress("检查 Checking", len(found) + _files(last)) as runner.progress:
        return run_batch(found, out, choices, runner, last)


def _agree(out: Path, *, asked: bool, since: str | None, scheduler: str | None, previous: str | None) -> None:
    """Refuse a run over nothing, and options that do not go together."""
    if not asked:
        raise click.UsageError(
            "请写明要检查的文件夹、压缩包或 --manifest 清单 · Name a folder, an archive or a --manifest"
        )
    workbook_class()  # what is missing is told before thousands of reports are read, not after
    if scheduler and previous:
        raise UsageError(
            "--scheduler 与 --previous 目前不能一起用；请在一台机器上与上一年对照",
            "--scheduler and --previous do not go together yet; compare with last year on one machine",
            code="scheduler-previous",
        )
    if since and Path(since).resolve() == out.resolve():
        raise UsageError(
            "--since 要用以前的结果文件夹，不能就是 --out；再检查时请换一个 --out",
            "--since is an earlier result folder and not --out itself; take another --out for this run",
            code="since-out",
        )


def _write(out: Path, batch: Batch, choices: Choices, runner: Runner) -> Kept | None:
    """Everything that a run leaves but its letters; the workers draw pages while this process writes the lists.

    Returns:
        Where a workbook that somebody has changed is kept.
    """
    lang = choices.lang
    pages, gathered = sum(1 for _ in batch.store.heads()), Gathered()
    with _Progress("页面 Pages", pages) as runner.progress, ThreadPoolExecutor(1) as beside:
        drawn = beside.submit(write_pages, out, batch, choices, runner)
        given = written_on_the_way(out, gathered.on_the_way(results(batch.store)), lang)
        kept = write_workbook(out / ("结果.xlsx" if lang == "zh" else "results.xlsx"), batch, given, lang)
        write_summary(out, batch)
        drawn.result()
    runner.close()  # whose workers hold the store open
    write_index(out / "index.html", batch, gathered, lang)
    return kept


def _files(previous: Path | None) -> int:
    """How many files of last year there are to read."""
    return sum(1 for _ in inputs(previous)) if previous and not (previous / FILE).is_file() else 0


class _Progress:
    """A bar on a terminal, with rate and time left; nothing elsewhere."""

    def __init__(self, label: str, files: int) -> None:
        self._started = monotonic()
        self._done = 0
        self._bar: ProgressBar[float] = click.progressbar(
            length=files,
            file=sys.stderr,
            hidden=not sys.stderr.isatty(),
            show_pos=True,
            width=20,
            label=label,
            item_show_func=lambda rate: f"{rate:.0f}/s" if rate is not None else None,
        )

    def __enter__(self) -> Self:
        self._bar.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self._bar.__exit__(None, None, None)

    def __call__(self, done: int) -> None:
        self._done += done
        rate = self._done / max(monotonic() - self._started, 1e-9)
        self._bar.update(done, current_item=rate)
