"""`disclosure-rules extract FILE…`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure_rules.cli.given import each, given
from disclosure_rules.cli.options import identity_options, lang_option, reading_options
from disclosure_rules.cli.outputs import print_data, write_new_file
from disclosure_rules.cli.telling import tell
from disclosure_rules.errors import DisclosureRulesError, UsageError
from disclosure_rules.formatters.structured import to_json, to_yaml
from disclosure_rules.pipeline import Checker, Overrule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.ingest.inputs import Input
    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.text import Lang

__all__ = ["command"]


@click.command("extract", epilog="例 Example: disclosure-rules extract 年报.docx -o 年报.yaml")
@click.argument("files", nargs=-1, required=True, metavar="FILE|DIR|ZIP...")
@click.option("--format", "form", type=click.Choice(["yaml", "json"]), default="yaml", show_default=True)
@click.option(
    "-o", "--output", metavar="FILE|DIR", help="写入文件；多份报告时为文件夹 · File, or folder for several."
)
@click.option("--force", is_flag=True, help="覆盖已有文件 · Overwrite.")
@reading_options
@identity_options
@lang_option
def command(  # noqa: PLR0913, PLR0917  one parameter an option
    files: tuple[str, ...],
    form: str,
    output: str | None,
    force: bool,  # noqa: FBT001  click passes flags by name
    convert: bool,  # noqa: FBT001  the same
    ocr: bool,  # noqa: FBT001  the same
    year: int | None,
    region: str | None,
    body_kind: BodyKind | None,
    lang: Lang,
) -> int:
    """读出报告的结构：标题、章节、表格、数据及其位置 · Print what was read of a report, with places."""
    overrule = Overrule(year=year, region=region, body_kind=body_kind)
    extracted = partial(
        _extracted, Checker(convert=convert, ocr=ocr), form=form, overrule=overrule, lang=lang
    )
    found = given(files)
    if len(found) == 1 and len(files) == 1 and not Path(files[0]).is_dir():
        text = extracted(found[0])
        if output is None:
            print_data(text)
        else:
            write_new_file(Path(output), text.encode(), force=force)
        return 0
    if output is None:
        raise UsageError(
            "多份报告须用 -o 指定存放结果的文件夹",
            "several reports need a folder for the results: -o DIR",
            code="folder-needed",
        )
    refused: list[DisclosureRulesError] = []
    for one in each(found):
        try:
            # The whole name is kept: 年报.docx and 年报.pdf are two reports.
            target = Path(output) / f"{one.relative}.{form}"
            write_new_file(target, extracted(one).encode(), force=force)
        except DisclosureRulesError as problem:
            refused.append(problem.at(one.name))
    return _told(refused, len(found), lang)


def _told(refused: Sequence[DisclosureRulesError], given: int, lang: Lang) -> int:
    """Tell what of several reports could not be extracted, one by one; returns the exit code."""
    for problem in refused:
        tell(problem, lang)
    done = given - len(refused)
    click.echo(
        f"读出 {done} 份，{len(refused)} 份未能读取"
        if lang == "zh"
        else f"{done} extracted, {len(refused)} not read",
        err=True,
    )
    return 2 if refused else 0


def _extracted(checker: Checker, one: Input, *, form: str, overrule: Overrule, lang: Lang) -> str:
    report = checker.load_report(one.source(), name=one.name, overrule=overrule)
    return to_yaml(report, checker.layouts, lang) if form == "yaml" else to_json(report, checker.layouts)
