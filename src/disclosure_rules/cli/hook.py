"""`disclosure-rules hook`: one request on standard input, one answer on standard output."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import click

from disclosure_rules.accepted import Accepted
from disclosure_rules.cli.accepting import baseline_option, waivers_option
from disclosure_rules.cli.configuration import configuration
from disclosure_rules.cli.options import pack_options
from disclosure_rules.cli.telling import usage_error
from disclosure_rules.errors import DisclosureRulesError, UsageError
from disclosure_rules.hook.alone import alone
from disclosure_rules.hook.answer import MOST_BYTES, Desk, Reply, refusal, reply_of

if TYPE_CHECKING:
    from disclosure_rules.accepted import Baseline
    from disclosure_rules.model.waiver import Waiver

__all__ = ["command"]

_CODES = {"accept": 0, "reject": 1}
_UNDECIDED = 2


class _Answering(click.Command):
    """A command whose answer stands on standard output even where its options are wrong."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401  click's signature
    ) -> click.Context:
        try:
            return super().make_context(info_name, args, parent, **extra)
        except DisclosureRulesError as problem:
            # Of a file of the operator the name and the line; no folder of this machine goes to a portal.
            place = PurePath(problem.place).name
            named = UsageError(problem.zh, problem.en, place=place, code=problem.code)
            told = UsageError(named.text("zh"), named.text("en"), code=problem.code)
            raise click.exceptions.Exit(_told(reply_of(refusal(told)))) from problem
        except click.UsageError as problem:
            raise click.exceptions.Exit(_told(reply_of(refusal(usage_error(problem))))) from problem


@click.command(
    "hook",
    cls=_Answering,
    epilog="\b\n例 Examples:\n"
    '  echo \'{"path": "年报.docx"}\' | disclosure-rules hook --root 待报送/\n'
    "  disclosure-rules hook --timeout 20 --waivers waivers.yaml < 请求.json\n\n"
    "退出码 Exit: 0 accept · 1 reject · 2 undecided",
)
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False),
    default=".",
    show_default=True,
    help="path 只能在这个文件夹内 · The folder in which `path` may lie.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=60.0,
    show_default=True,
    help="时限（秒），包括读取请求 · Seconds, reading the request among them.",
)
@waivers_option
@baseline_option
@pack_options
def command(  # noqa: PLR0913  one parameter an option
    *, root: str, timeout: float, waivers: tuple[Waiver, ...], baseline: Baseline | None,
    packs: tuple[str, ...], without: tuple[str, ...],
) -> int:  # fmt: skip
    """报送前检查：标准输入一个 JSON 请求，标准输出一个 JSON 结果 · The contract before submission."""
    accepted = Accepted(waivers, baseline, date.today)
    try:
        told = alone(partial(_answered, Path(root), packs, without, accepted), timeout)
    except DisclosureRulesError as problem:
        return _told(reply_of(refusal(problem)))
    outcome, _, body = told.partition(b"\n")
    return _told(Reply(outcome.decode(), failed=False, body=body))


def _answered(root: Path, packs: tuple[str, ...], without: tuple[str, ...], accepted: Accepted) -> bytes:
    """The outcome on a line, and the answer."""
    # Whoever starts a program may leave it without one.
    data = sys.stdin.buffer.read(MOST_BYTES + 1) if sys.stdin is not None else b""
    profiles = configuration().profiles
    desk = Desk(root, profiles=profiles, packs=packs, without=without, accepted=accepted)
    outcome, _, body = reply_of(desk.answer(data))
    return outcome.encode() + b"\n" + body


def _told(reply: Reply) -> int:
    """Write the answer; returns the exit code."""
    if sys.stdout is None:
        raise UsageError(
            "没有标准输出，结果无处可写",
            "there is no standard output for the answer",
            code="unwritable-output",
        )
    sys.stdout.buffer.write(reply.body)
    sys.stdout.buffer.flush()
    return _CODES.get(reply.outcome, _UNDECIDED)
