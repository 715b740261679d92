"""The command `disclosure-rules`: finds the subcommand, and turns every error into one sentence and an exit code."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

import click

from disclosure_rules.cli.telling import asked_language, tell
from disclosure_rules.errors import DisclosureRulesError
from disclosure_rules.version import VERSION

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["INCOMPLETE", "main"]

INCOMPLETE = 2
_OBJECTS_BETWEEN_COLLECTIONS = 200_000

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

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  the same
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"disclosure_rules.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

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
    epilog="退出码 Exit codes: 0 nothing blocks · 1 a report fails · 2 the check is not complete.",
)
@click.version_option(VERSION, "-V", "--version", prog_name="disclosure-rules")
def command() -> None:
    """政府信息公开工作年度报告合规检查 · Check government information disclosure annual reports."""


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
    except DisclosureRulesError as problem:
        tell(problem, asked_language(words))
        code = INCOMPLETE
    except click.ClickException as problem:
        problem.show()
        code = INCOMPLETE
    except click.exceptions.Abort:
        _tell("已中断 · interrupted")
        code = INCOMPLETE
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing is wrong with the report.
        sys.stderr.close()
        code = 0
    except Exception as crash:
        if os.environ.get("DISCLOSURE_RULES_DEBUG"):
            raise
        _tell(
            f"程序内部出错（{type(crash).__name__}: {crash}），检查没有完成。这是程序的缺陷，请反馈；设置环境变量 "
            "DISCLOSURE_RULES_DEBUG=1 可以看到详细信息 · internal error, the check is not complete"
        )
        code = INCOMPLETE
    sys.exit(code if isinstance(code, int) else 0)


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
