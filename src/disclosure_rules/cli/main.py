"""The command `disclosure-rules`: finds the subcommand, and turns every error into one sentence and an exit code."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

import click

from disclosure_rules.cli.helping import in_columns
from disclosure_rules.cli.telling import EXIT_CODES, asked_language, tell, usage_error
from disclosure_rules.errors import DisclosureRulesError, UsageError
from disclosure_rules.foreign import system_words
from disclosure_rules.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

__all__ = ["INCOMPLETE", "main"]

INCOMPLETE = 2
_OBJECTS_BETWEEN_COLLECTIONS = 200_000
# What click raises where a command stands alone and shows its help; older versions show it and raise nothing.
_HELP_ASKED: tuple[type[click.UsageError], ...] = (
    (click.exceptions.NoArgsIsHelpError,) if hasattr(click.exceptions, "NoArgsIsHelpError") else ()
)

# name → (module, one line of help); the module is imported when the subcommand is called, so that `check` does
# not pay for what it does not use.
_COMMANDS = {
    "check": ("check", "检查报告 · Check reports."),
    "annotate": (
        "annotate",
        "在 Word 年报的副本上加批注 · A copy of a .docx with a comment at every finding.",
    ),
    "batch": ("batch", "批量检查一个文件夹 · Check thousands of reports."),
    "letter-template": ("letters", "写出函件模板，供在 Word 中修改 · The template of a batch's letters."),
    "verify": ("verify", "按检查记录重新检查 · Check again what a record tells of."),
    "rollup": ("rollup", "逐级汇总各单位的表 · Add up the tables of a batch."),
    "hook": ("hook", "报送前检查：JSON 进、JSON 出 · The contract before submission."),
    "serve": ("serve", "以 HTTP 提供报送前检查 · The hook over HTTP."),
    "extract": ("extract", "把报告转成结构化文本 · Turn a report into a structured one."),
    "explain": ("explain", "讲解一条规则：查什么、依据、怎么改 · Explain a rule."),
    "rules": ("rules", "查看、测试规则包 · List, show, test and lint rules."),
    "schema": ("schema", "输出 JSON Schema · Print a JSON Schema."),
}


class _Commands(click.Group):
    """The subcommands, by name, without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(_COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The subcommand that was typed; of another word, what it may mean."""
        if args[0] in _COMMANDS or args[0].startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches  # noqa: PLC0415  only for this error

        close = get_close_matches(args[0], _COMMANDS)
        raise UsageError(
            f"没有命令「{args[0][:60]}」"
            + (f"，是否指 {'、'.join(close)}？" if close else "。全部命令：disclosure-rules --help"),
            f"there is no command '{args[0][:60]}'"
            + (f"; did you mean {', '.join(close)}?" if close else "; all of them: disclosure-rules --help"),
            code="bad-arguments",
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  the same
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"disclosure_rules.cli.{_COMMANDS[cmd_name][0]}")
        return in_columns(module.command)

    def invoke(self, ctx: click.Context) -> object:
        """Run the subcommand; where the reader of our output went away (`| head`), nobody was told that all is well."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _write_no_more()
            return INCOMPLETE

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names and help from the table: click would import every subcommand for them."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415  only while a shell completes

        named = [
            CompletionItem(name, help=text)
            for name, (_, text) in _COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=f"{EXIT_CODES}\n\n一条命令的用法 Help of a command: disclosure-rules check --help",
)
@click.version_option(VERSION, "-V", "--version", prog_name="disclosure-rules")
def command() -> None:
    """政府信息公开工作年度报告合规检查 · Check government information disclosure annual reports."""


in_columns(command)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit with 0, 1 or 2."""
    words = sys.argv[1:] if arguments is None else arguments
    if arguments is None:
        _prepare_process()
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # A report may hold any character; a terminal that cannot show it must not end the run.
            reconfigure(errors="backslashreplace")
    try:
        code = command.main(args=words, standalone_mode=False)
    except Exception as problem:  # noqa: BLE001  every trouble is told, in a sentence
        _tell_problem(problem, words)
        code = INCOMPLETE
    sys.exit(_all_written(code if isinstance(code, int) else 0, words))


def _all_written(code: int, words: Sequence[str]) -> int:
    """The exit code, or 2 where the last of the output cannot be written: Python would end with 120 on a full disk."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as problem:
        _write_no_more()
        if code != INCOMPLETE and not isinstance(problem, BrokenPipeError):
            _tell_problem(problem, words)
        return INCOMPLETE
    return code


def _write_no_more() -> None:
    """Let go of what could not be written: Python tries once more at its end, and tells when that fails."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell_problem(problem: Exception, words: Sequence[str]) -> None:
    """Tell why a command did not come to its end: in one sentence, and without a traceback."""
    if isinstance(problem, DisclosureRulesError):
        tell(problem, asked_language(words))
    elif isinstance(problem, _HELP_ASKED):
        problem.show()
    elif isinstance(problem, click.UsageError):
        tell(usage_error(problem), asked_language(words))
    elif isinstance(problem, click.exceptions.Abort):
        _tell("已中断 · interrupted")
    elif os.environ.get("DISCLOSURE_RULES_DEBUG"):
        raise problem
    elif isinstance(problem, OSError):
        zh, en = system_words(problem)
        _tell(f"读写失败（{zh}），请检查磁盘、权限和输出 · reading or writing failed ({en})")
    else:
        _tell(
            f"程序内部出错（{type(problem).__name__}: {problem}），检查没有完成。这是程序的缺陷，请反馈；设置环境变量 "
            "DISCLOSURE_RULES_DEBUG=1 可以看到详细信息 · internal error, the check is not complete"
        )


def _prepare_process() -> None:
    """Spare a process that is the command's own what costs a start and gives it nothing."""
    # Nearly all that a start makes is kept (modules, models, rules): looking through it 200 times frees nothing. At the
    # end the interpreter would look through everything once more before it frees it.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    atexit.register(gc.freeze)
    # Plugins of pydantic watch models at work (tracing); looking for them opens every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def _tell(sentence: str) -> None:
    click.echo(f"disclosure-rules: {sentence}", err=True)
