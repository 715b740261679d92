"""`disclosure-rules extract FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure_rules.cli.options import identity_options, lang_option
from disclosure_rules.errors import UsageError
from disclosure_rules.formatters.structured import to_json, to_yaml
from disclosure_rules.pipeline import Checker, Overrule

if TYPE_CHECKING:
    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.text import Lang

__all__ = ["command"]


@click.command("extract", epilog="例 Example: disclosure-rules extract 年报.txt -o 年报.yaml")
@click.argument("file", metavar="FILE")
@click.option("--format", "form", type=click.Choice(["yaml", "json"]), default="yaml", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="写入文件 · Write to a file.")
@click.option("--force", is_flag=True, help="覆盖已有文件 · Overwrite.")
@identity_options
@lang_option
def command(  # noqa: PLR0913, PLR0917  one parameter an option
    file: str,
    form: str,
    output: str | None,
    force: bool,  # noqa: FBT001  click passes flags by name
    year: int | None,
    region: str | None,
    body_kind: BodyKind | None,
    lang: Lang,  # noqa: ARG001  read from the words by main, for errors
) -> int:
    """读出报告的结构：标题、章节、表格、数据及其位置 · Print what was read of a report, with places."""
    overrule = Overrule(year=year, region=region, body_kind=body_kind)
    checker = Checker()
    report = checker.load_report(Path(file), overrule=overrule)
    write = to_yaml if form == "yaml" else to_json
    text = write(report, checker.layouts)
    if output is None:
        click.echo(text, nl=False)
        return 0
    target = Path(output)
    if target.exists() and not force:
        raise UsageError(
            f"文件 {output} 已存在；要覆盖请加 --force",
            f"{output} exists; add --force to overwrite it",
            code="would-overwrite",
        )
    target.write_text(text, encoding="utf-8")
    return 0
