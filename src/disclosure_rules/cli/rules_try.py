"""`disclosure-rules rules try FOLDER`: what a pack newly finds, or no longer finds, on a folder of reports."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure_rules.cli.options import identity_options, lang_option
from disclosure_rules.cli.telling import tell
from disclosure_rules.errors import DisclosureRulesError, UsageError
from disclosure_rules.formatters.trial import Trial, trial_page
from disclosure_rules.pipeline import Checker, Overrule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import Finding
    from disclosure_rules.model.text import Lang

__all__ = ["command"]


@click.command("try", epilog="例 Example: disclosure-rules rules try 去年的报告/ --pack ./cn-gd-draft")
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
@click.option(
    "--pack", "packs", multiple=True, required=True, metavar="DIR|ID", help="要试的规则包 · The pack to try."
)
@click.option(
    "--against", multiple=True, metavar="DIR|ID", help="与之比较的规则包 · Compare with these packs."
)
@identity_options
@lang_option
def command(  # noqa: PLR0913, PLR0917  one parameter an option
    folder: str,
    packs: tuple[str, ...],
    against: tuple[str, ...],
    year: int | None,
    region: str | None,
    body_kind: BodyKind | None,
    lang: Lang,
) -> int:
    """在一批报告上试规则包：新发现什么、不再发现什么 · Try a pack on a folder of reports before publishing it."""
    before, after = Checker(packs=against), Checker(packs=packs)
    overrule = Overrule(year=year, region=region, body_kind=body_kind)
    gained: dict[str, list[tuple[str, Finding]]] = defaultdict(list)
    lost: dict[str, list[tuple[str, Finding]]] = defaultdict(list)
    read = unread = 0
    for path in _files(Path(folder)):
        name = path.relative_to(folder).as_posix()
        try:
            report = before.load_report(path, overrule=overrule)
        except DisclosureRulesError as problem:
            unread += 1
            tell(problem, lang)
            continue
        read += 1
        old, new = _found(before, report), _found(after, report)
        for key in new.keys() - old.keys():
            gained[new[key].rule].append((name, new[key]))
        for key in old.keys() - new.keys():
            lost[old[key].rule].append((name, old[key]))
    if not read and not unread:
        raise UsageError(
            f"文件夹「{folder}」中没有文件", f"the folder '{folder}' has no file", code="no-files"
        )
    click.echo(trial_page(Trial(read, unread, gained, lost), lang), nl=False)
    return 2 if unread else 0


def _found(checker: Checker, report: Report) -> dict[tuple[str, str], Finding]:
    result = checker.judge(report)
    for fault in result.faults:
        click.echo(f"{fault.rule}: {fault.message.zh}", err=True)
    return {(finding.rule, finding.fingerprint): finding for finding in result.findings}


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            if sys.stderr.isatty():
                click.echo(f"\r\033[K{path.name}", err=True, nl=False)
            yield path
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)
