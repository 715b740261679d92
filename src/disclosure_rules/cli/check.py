"""`disclosure-rules check FILE…`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure_rules.cli.options import identity_options, lang_option, pack_options
from disclosure_rules.cli.telling import tell
from disclosure_rules.errors import DisclosureRulesError
from disclosure_rules.model.profile import Profile
from disclosure_rules.model.rule import Severity
from disclosure_rules.pipeline import Checker, Overrule

if TYPE_CHECKING:
    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.result import CheckResult
    from disclosure_rules.model.text import Lang

__all__ = ["command"]


@click.command(
    "check",
    epilog="例 Example: disclosure-rules check 年报.txt --format json",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format", "form", default="text", show_default=True, metavar="NAME", help="输出格式 · text, json …"
)
@click.option("--show", multiple=True, type=click.Choice(["open", "passed"]), help="另外显示 · Show as well.")
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    default="error",
    show_default=True,
    help="达到即为不通过 · Least severity that fails a report.",
)
@click.option(
    "--previous",
    metavar="FILE|DIR",
    help="同一单位的上一年报告，或存放它的文件夹 · Last year's report, or a folder with it.",
)
@identity_options
@pack_options
@lang_option
def command(  # noqa: PLR0913, PLR0917  one parameter an option
    files: tuple[str, ...],
    form: str,
    show: tuple[str, ...],
    fail_on: str,
    previous: str | None,
    year: int | None,
    region: str | None,
    body_kind: BodyKind | None,
    packs: tuple[str, ...],
    without: tuple[str, ...],
    lang: Lang,
) -> int:
    """检查报告：有什么问题、在哪里、依据是什么、怎么改 · Check reports; `-` reads from standard input."""
    checker = Checker(packs=packs, without=without, profile=Profile(fail_on=Severity(fail_on)))
    checker.formatter(form)
    overrule = Overrule(year=year, region=region, body_kind=body_kind)
    results: list[CheckResult] = []
    unread = 0
    for file in files:
        try:
            results.append(_checked(checker, file, previous, overrule))
        except DisclosureRulesError as problem:
            unread += 1
            tell(problem, lang)
    if results:
        click.echo(_formatted(checker, form, results, lang, frozenset(show)), nl=False)
    if unread or any(result.verdict == "incomplete" or result.faults for result in results):
        return 2
    return 1 if any(result.verdict == "fail" for result in results) else 0


def _checked(checker: Checker, file: str, previous: str | None, overrule: Overrule) -> CheckResult:
    if file == "-":
        return checker.check(sys.stdin.buffer.read(), previous=previous, name="<stdin>", overrule=overrule)
    return checker.check(Path(file), previous=previous, overrule=overrule)


def _formatted(
    checker: Checker, form: str, results: list[CheckResult], lang: Lang, show: frozenset[str]
) -> str:
    if form == "text":
        from disclosure_rules.formatters.text import render  # noqa: PLC0415  not needed for other formats

        return render(results, lang, colour=sys.stdout.isatty(), show=show)
    return checker.formatter(form)(results, lang)
