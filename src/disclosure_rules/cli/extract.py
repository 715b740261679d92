"""`disclosure-rules extract FILE…`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure_rules.cli.options import identity_options, lang_option
from disclosure_rules.cli.telling import tell
from disclosure_rules.errors import DisclosureRulesError, UsageError
from disclosure_rules.formatters.structured import to_json, to_yaml
from disclosure_rules.pipeline import Checker, Overrule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.text import Lang

__all__ = ["command"]


@click.command("extract", epilog="例 Example: disclosure-rules extract 年报.docx -o 年报.yaml")
@click.argument("files", nargs=-1, required=True, metavar="FILE|DIR...")
@click.option("--format", "form", type=click.Choice(["yaml", "json"]), default="yaml", show_default=True)
@click.option(
    "-o", "--output", metavar="FILE|DIR", help="写入文件；多份报告时为文件夹 · File, or folder for several."
)
@click.option("--force", is_flag=True, help="覆盖已有文件 · Overwrite.")
@identity_options
@lang_option
def command(  # noqa: PLR0913, PLR0917  one parameter an option
    files: tuple[str, ...],
    form: str,
    output: str | None,
    force: bool,  # noqa: FBT001  click passes flags by name
    year: int | None,
    region: str | None,
    body_kind: BodyKind | None,
    lang: Lang,
) -> int:
    """读出报告的结构：标题、章节、表格、数据及其位置 · Print what was read of a report, with places."""
    overrule = Overrule(year=year, region=region, body_kind=body_kind)
    if len(files) == 1 and not Path(files[0]).is_dir():
        text = _extracted(Checker(), Path(files[0]), form, overrule)
        if output is None:
            click.echo(text, nl=False)
        else:
            _write(Path(output), text, force=force)
        return 0
    if output is None:
        raise UsageError(
            "多份报告须用 -o 指定存放结果的文件夹",
            "several reports need a folder for the results: -o DIR",
            code="folder-needed",
        )
    return _extract_many(_documents(files), Path(output), form, overrule, lang, force=force)


def _documents(files: Sequence[str]) -> list[Path]:
    """The files named, and those in the folders named, in order."""
    found: list[Path] = []
    for name in files:
        path = Path(name)
        found += sorted(inner for inner in path.rglob("*") if inner.is_file()) if path.is_dir() else [path]
    return found


def _extract_many(  # noqa: PLR0913  what `command` was given
    documents: Sequence[Path], folder: Path, form: str, overrule: Overrule, lang: Lang, *, force: bool
) -> int:
    """Extract each document into `folder` under its own name; one that cannot be read stops no other."""
    folder.mkdir(parents=True, exist_ok=True)
    checker = Checker()
    unread: list[DisclosureRulesError] = []
    with click.progressbar(documents, file=sys.stderr, hidden=not sys.stderr.isatty()) as progress:
        for document in progress:
            try:
                text = _extracted(checker, document, form, overrule)
                # The whole name is kept: 年报.docx and 年报.pdf are two reports.
                _write(folder / f"{document.name}.{form}", text, force=force)
            except DisclosureRulesError as problem:
                unread.append(problem)
    for refused in unread:
        tell(refused, lang)
    done = len(documents) - len(unread)
    click.echo(
        f"读出 {done} 份，{len(unread)} 份未能读取"
        if lang == "zh"
        else f"{done} extracted, {len(unread)} not read",
        err=True,
    )
    return 2 if unread else 0


def _extracted(checker: Checker, document: Path, form: str, overrule: Overrule) -> str:
    write = to_yaml if form == "yaml" else to_json
    return write(checker.load_report(document, overrule=overrule), checker.layouts)


def _write(target: Path, text: str, *, force: bool) -> None:
    if target.exists() and not force:
        raise UsageError(
            f"文件 {target} 已存在；要覆盖请加 --force",
            f"{target} exists; add --force to overwrite it",
            code="would-overwrite",
        )
    target.write_text(text, encoding="utf-8")
