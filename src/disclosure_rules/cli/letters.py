"""Options of `batch` about letters, and `disclosure-rules letter-template`, which gives the office what it may change."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from disclosure_rules.batch.letters import LETTER, REMINDER, Letters, Written, write_letters
from disclosure_rules.cli.configuration import configuration
from disclosure_rules.cli.options import lang_option
from disclosure_rules.cli.outputs import write_new_file
from disclosure_rules.errors import UsageError
from disclosure_rules.ingest.sniff import file_bytes
from disclosure_rules.resources import letter_templates
from disclosure_rules.word.merge import Template

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from disclosure_rules.batch.report_files import Batch
    from disclosure_rules.model.text import Lang

__all__ = ["command", "letter_options", "letters_of", "tell_letters"]

_FOLDER = "letters"
_MOST_NAMES = 10
_OPTIONS = (
    click.option(
        "--reply-by", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="函中的答复期限 · Reply by."
    ),
    click.option("--office", metavar="NAME", help="函的落款机关 · Who signs the letters."),
    click.option("--reminder-template", metavar="FILE.docx", help="催报函的模板 · For missing reports."),
    click.option("--letter-template", metavar="FILE.docx", help="整改函的模板 · For reports to mend."),
    click.option(
        "--letters",
        is_flag=True,
        help="给有问题和未交的单位各写一封函 · A letter to each body with faults or without a report.",
    ),
)


def letter_options(function: Callable[..., object]) -> Callable[..., object]:
    """`--letters` and what belongs to it, which become one parameter `letters`, None where none are asked for."""

    @wraps(function)  # the options that are there already go along
    def command(
        *,
        letters: bool,
        letter_template: str | None,
        reminder_template: str | None,
        office: str | None,
        reply_by: datetime | None,
        **others: Any,  # noqa: ANN401  the parameters of the command
    ) -> object:
        chosen = None
        if letters or letter_template or reminder_template:
            chosen = Letters(
                _template(letter_template, "letter"),
                _template(reminder_template, "reminder"),
                office or configuration().office,
                reply_by.date() if reply_by else None,
            )
        elif office or reply_by:
            raise UsageError(
                "--office、--reply-by 与 --letters 一起用",
                "--office and --reply-by go with --letters",
                code="no-letters",
            )
        return function(letters=chosen, **others)

    decorated: Callable[..., object] = command
    for option in _OPTIONS:
        decorated = option(decorated)
    return decorated


def _template(file: str | None, kind: str) -> Template:
    path = Path(file) if file else letter_templates() / f"{kind}.docx"
    return Template(file_bytes(path), str(path), LETTER if kind == "letter" else REMINDER)


def letters_of(out: Path, batch: Batch, letters: Letters | None) -> Written | None:
    """Write the letters that are asked for into the result folder."""
    return write_letters(out / _FOLDER, batch, letters) if letters is not None else None


def tell_letters(out: Path, written: Written | None, lang: Lang) -> None:
    """Print how many letters there are, where any were asked for."""
    if written is None:
        return
    click.echo(
        f"整改函 {written.letters} 封，催报函 {written.reminders} 封，在 {out / _FOLDER}"
        if lang == "zh"
        else f"{written.letters} letters and {written.reminders} reminders are in {out / _FOLDER}"
    )
    if written.common:
        click.echo(
            f"  其中 {written.common} 封只有超过五分之一的报告都有的问题：先看几份，确认是问题再发"
            if lang == "zh"
            else f"  {written.common} of them ask only for what more than a fifth of the reports have: look at some"
        )
    if written.kept:
        names = "、".join(written.kept[:_MOST_NAMES])
        more = f" 等 {len(written.kept)} 封" if len(written.kept) > _MOST_NAMES else ""
        click.echo(
            f"以下函与上次写出的不同，像是修改过，没有覆盖也没有删除，请核对：{names}{more}"
            if lang == "zh"
            else f"changed since they were written, so kept as they are: {names} ({len(written.kept)} in all)"
        )


@click.command(
    "letter-template",
    epilog="例 Example: disclosure-rules letter-template -o 模板.docx",
)
@click.option("-o", "--output", required=True, metavar="FILE.docx", help="写入这个文件 · Where it goes.")
@click.option(
    "--kind",
    type=click.Choice(["letter", "reminder"]),
    default="letter",
    show_default=True,
    help="整改函或催报函 · For reports to mend, or for missing ones.",
)
@click.option("--force", is_flag=True, help="覆盖已有文件 · Overwrite.")
@lang_option
def command(*, output: str, kind: str, force: bool, lang: Lang) -> int:
    """写出函件模板，供在 Word 中修改 · Write the template of a letter, to be changed in Word."""
    data = file_bytes(letter_templates() / f"{kind}.docx")
    write_new_file(Path(output), data, force=force)
    fields = LETTER if kind == "letter" else REMINDER
    single, row = ("、".join(f"{{{{{name}}}}}" for name in names) for names in fields)
    zh = lang == "zh"
    click.echo(f"{output}：{'可用的占位符' if zh else 'fields'} {single}")
    if row:
        click.echo(f"{'表格中按问题逐项重复的一行' if zh else 'in the row that is repeated'}：{row}")
    return 0
