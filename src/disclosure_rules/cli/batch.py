"""`disclosure-rules batch FOLDER`: everything that came in, in one run."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure_rules.batch.run import Runner, run_batch
from disclosure_rules.batch.work import Choices
from disclosure_rules.cli.options import identity_options, lang_option, pack_options, reading_options
from disclosure_rules.ingest.inputs import inputs
from disclosure_rules.model.rule import Severity

if TYPE_CHECKING:
    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.text import Lang

__all__ = ["command"]


@click.command("batch", epilog="例 Example: disclosure-rules batch 收到的报告/ --previous 去年/ --out 结果/")
@click.argument("folders", nargs=-1, required=True, metavar="FOLDER|ZIP...")
@click.option("--out", required=True, type=click.Path(file_okay=False), help="结果文件夹 · Result folder.")
@click.option(
    "--previous", type=click.Path(exists=True, file_okay=False), help="去年的报告或结果文件夹 · Last year's."
)
@click.option("--jobs", type=click.IntRange(1, 256), help="进程数，缺省为处理器数 · Processes.")
@click.option(
    "--seconds",
    type=click.FloatRange(1, 3600),
    default=60.0,
    show_default=True,
    help="每份报告的时限 · Limit.",
)
@click.option(
    "--fail-on", type=click.Choice([one.value for one in Severity]), default="error", show_default=True
)
@reading_options
@identity_options
@pack_options
@lang_option
def command(  # noqa: PLR0913, PLR0917  one parameter an option
    folders: tuple[str, ...],
    out: str,
    previous: str | None,
    jobs: int | None,
    seconds: float,
    fail_on: str,
    convert: bool,  # noqa: FBT001  click passes flags by name
    year: int | None,
    region: str | None,
    body_kind: BodyKind | None,
    packs: tuple[str, ...],
    without: tuple[str, ...],
    lang: Lang,
) -> int:
    """批量检查：谁没报、哪里错 · Check a whole folder; run again to continue where it was stopped."""
    choices = Choices(packs, without, fail_on, None, convert, year, region, body_kind, seconds)
    found = [one for folder in folders for one in inputs(Path(folder))]
    workers = jobs or os.cpu_count() or 1
    with click.progressbar(
        length=len(found),
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        show_pos=True,
        label="检查 Checking",
    ) as bar:
        pool = partial(ProcessPoolExecutor, workers, mp_context=get_context("spawn"))
        store = run_batch(
            found, Path(out), choices, Runner(pool, workers, bar.update), Path(previous) if previous else None
        )
    statuses = [entry.status for entry in store.entries()]
    click.echo(f"{len(statuses)} · {out}" if lang == "en" else f"检查了 {len(statuses)} 个文件，结果在 {out}")
    return 2 if any(status != "checked" for status in statuses) else 0
