"""How the command tells an error: one sentence in the language asked for, and the same in the other below it."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from disclosure_rules.errors import UsageError
from disclosure_rules.formatters.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.errors import DisclosureRulesError
    from disclosure_rules.model.text import Lang

__all__ = ["EXIT_CODES", "asked_language", "tell", "usage_error"]

# The last line of the help of every command that checks.
EXIT_CODES = "退出码 Exit: 0 通过 pass · 1 不通过 fail · 2 检查不完整 incomplete"


def asked_language(words: Sequence[str]) -> Lang:
    """The language that `words` ask for, for errors that come before the options are parsed."""
    joined = " ".join(words)
    return "en" if "--lang en" in joined or "--lang=en" in joined else "zh"


def tell(problem: DisclosureRulesError, lang: Lang) -> None:
    """Print `problem` to standard error in both languages, `lang` first: who runs a check may read only one."""
    _print(f"disclosure-rules: {problem.text(lang)}", "")
    _print(problem.en if lang == "zh" else problem.zh, "  ")


def usage_error(problem: click.UsageError) -> UsageError:
    """What click says of a command line, in both languages and with the command that shows how it is written."""
    said = problem.format_message()
    told = said if said.endswith(("。", ".", "?")) else f"{said}."
    where = f"{problem.ctx.command_path if problem.ctx else 'disclosure-rules'} --help"
    zh = f"{_in_chinese(problem, said.rstrip('。.?'))}。用法：{where}"
    return UsageError(zh, f"{told} Usage: {where}", code="bad-arguments")


def _in_chinese(problem: click.UsageError, said: str) -> str:
    if isinstance(problem, click.NoSuchOption):
        meant = "、".join(problem.possibilities or ())
        return f"没有选项 {problem.option_name}" + (f"，是否指 {meant}" if meant else "")
    if isinstance(problem, click.BadOptionUsage):
        return f"选项 {problem.option_name} 的用法有误，多半是后面缺了值"
    if not isinstance(problem, click.BadParameter) or problem.param is None or problem.ctx is None:
        return said
    return _of_value(problem, problem.param, problem.ctx)


def _of_value(problem: click.BadParameter, parameter: click.Parameter, context: click.Context) -> str:
    name = parameter.get_error_hint(context).replace("'", "").rstrip(".")
    if isinstance(problem, click.MissingParameter):
        return f"缺少 {name}"
    if isinstance(parameter.type, click.DateTime):
        return f"{name} 写作 2026-11-27"
    if isinstance(parameter.type, click.Choice):
        return f"{name} 只能是 {'、'.join(map(str, parameter.type.choices))}"
    return f"{name} 的值有误：{problem.message.rstrip('.')}"


def _print(sentence: str, indent: str) -> None:
    """One line, broken to the width of a terminal: programs that read standard error get it whole."""
    if not sys.stderr.isatty():
        click.echo(indent + sentence, err=True)
        return
    columns = shutil.get_terminal_size((80, 24)).columns
    for number, line in enumerate(wrap(sentence, columns - 2)):
        click.echo((indent if number == 0 else "  ") + line, err=True)
