"""`disclosure-rules check FILE…`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure_rules.cli.checking import Asked, check_each, checker_of
from disclosure_rules.cli.completing import format_names
from disclosure_rules.cli.judging import exit_code, judging_options
from disclosure_rules.cli.options import (
    MARK_LINES,
    identity_options,
    lang_option,
    pack_options,
    reading_options,
)
from disclosure_rules.cli.outputs import formatted, outputs, print_data, shows_reports, write_all, write_file
from disclosure_rules.cli.telling import EXIT_CODES, tell
from disclosure_rules.model.result import UNREAD

if TYPE_CHECKING:
    from disclosure_rules.cli.checking import Checked
    from disclosure_rules.cli.judging import Judging
    from disclosure_rules.errors import DisclosureRulesError
    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult
    from disclosure_rules.model.text import Lang
    from disclosure_rules.pipeline import Checker

__all__ = ["command"]


@click.command(
    "check",
    epilog="\b\n例 Examples:\n"
    "  disclosure-rules check 年报.docx\n"
    "  disclosure-rules check 待报送/ --profile gate --output sarif=结果.sarif\n"
    "  disclosure-rules check 年报.docx --previous 去年.docx --waivers waivers.yaml\n"
    "  disclosure-rules check 年报.docx --attest 记录.json\n\n"
    f"{EXIT_CODES}",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE|DIR|ZIP...")
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    metavar="NAME",
    shell_complete=format_names,
    help="输出格式 · text, json, sarif …",
)
@click.option(
    "--output",
    "written",
    multiple=True,
    metavar="NAME=FILE",
    help="另存一种格式，可多次 · sarif=result.sarif",
)
@click.option(
    "--attest", type=click.Path(), metavar="FILE", help="写出检查记录，供 verify 核对 · Write a record."
)
@click.option(
    "--show", multiple=True, type=click.Choice(["open", "passed", "known"]), help="另外显示 · Show as well."
)
@click.option(
    "--previous",
    metavar="FILE|DIR",
    help="同一单位的上一年报告，或存放它的文件夹 · Last year's report, or a folder with it.",
)
@click.option("--timings", is_flag=True, help="列出每条规则所用时间 · Time of each rule, on standard error.")
@judging_options
@reading_options
@identity_options
@pack_options
@lang_option
def command(  # noqa: PLR0913  one parameter an option
    *,
    files: tuple[str, ...],
    form: str,
    written: tuple[str, ...],
    attest: str | None,
    show: tuple[str, ...],
    previous: str | None,
    timings: bool,
    judging: Judging,
    convert: bool,
    ocr: bool,
    year: int | None,
    region: str | None,
    body_kind: BodyKind | None,
    packs: tuple[str, ...],
    without: tuple[str, ...],
    lang: Lang,
) -> int:
    """检查报告：有什么问题、在哪里、依据是什么、怎么改 · Check reports; `-` reads from standard input."""
    taken: dict[str, float] | None = {} if timings else None
    asked = Asked(
        year=year, region=region, body_kind=body_kind, convert=convert, ocr=ocr, packs=packs, without=without
    )
    checker = checker_of(judging, asked, taken)
    others = outputs(checker, written)
    forms = {form, *(output.form for output in others)}
    keep = any(shows_reports(checker, one) for one in forms)
    every: list[tuple[CheckResult, Report | None]] = []
    refused: list[DisclosureRulesError] = []
    for one in check_each(checker, judging, asked, files, previous):
        every.append((_lined(one) if forms & MARK_LINES else one.result, one.report if keep else None))
        refused += [one.problem] if one.problem is not None else []
    results = [result for result, _ in every if result.source.format != UNREAD]
    for told in refused:
        tell(told, lang)
    try:
        text = _formatted(checker, form, every, lang, frozenset(show))
        click.echo(text, nl=False) if form == "text" else print_data(text)
    finally:  # a reader of our output that goes away takes no file with it
        if attest:
            record = judging.record(results, asked)
            write_file(Path(attest), record.model_dump_json(by_alias=True, indent=2) + "\n")
        write_all(others, checker, every, lang)
    _recall(len(results), len(refused), lang)
    judging.tell_unmatched(results, lang)
    _timings(taken)
    return exit_code(results, len(refused))


def _lined(one: Checked) -> CheckResult:
    from disclosure_rules.cli.lines import with_lines  # noqa: PLC0415  few runs mark lines

    return with_lines(one.result, one.input.source()) if one.problem is None else one.result


def _recall(checked: int, refused: int, lang: Lang) -> None:
    """Tell once more how many could not be read: after many results the refusals have gone out of sight."""
    if not refused or not checked:
        return
    click.echo(
        f"检查了 {checked} 份，{refused} 份未能读取（见前面）"
        if lang == "zh"
        else f"{checked} checked, {refused} not read (see above)",
        err=True,
    )


def _formatted(
    checker: Checker,
    form: str,
    checked: list[tuple[CheckResult, Report | None]],
    lang: Lang,
    show: frozenset[str],
) -> str:
    if form == "text":
        from disclosure_rules.formatters.text import render  # noqa: PLC0415  not needed for other formats

        results = [result for result, _ in checked if result.source.format != UNREAD]
        return render(results, lang, colour=sys.stdout.isatty(), show=show)
    return formatted(checker, form, checked, lang)


def _timings(taken: dict[str, float] | None) -> None:
    """Milliseconds of each rule over all reports, the slowest first, and the sum; nothing where none were taken."""
    if taken is None:
        return
    rows = sorted(taken.items(), key=lambda row: (-row[1], row[0]))
    for name, seconds in [*rows, ("合计 total", sum(taken.values()))]:
        click.echo(f"{seconds * 1000:10.2f} ms  {name}", err=True)
