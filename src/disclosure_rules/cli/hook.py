"""`disclosure-rules hook`: one request on standard input, one answer on standard output."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from disclosure_rules.cli.configuration import configuration
from disclosure_rules.cli.options import pack_options
from disclosure_rules.errors import DisclosureRulesError, ReadError
from disclosure_rules.hook.answer import MOST_BYTES, Desk, as_json, refusal

if TYPE_CHECKING:
    from types import FrameType

    from disclosure_rules.model.hook import HookAnswer

__all__ = ["command"]

_CODES = {"accept": 0, "reject": 1, "undecided": 2}


@click.command(
    "hook", epilog='例 Example: echo \'{"path": "年报.docx"}\' | disclosure-rules hook --root 待报送/'
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
    help="时限（秒） · Seconds.",
)
@pack_options
def command(root: str, timeout: float, packs: tuple[str, ...], without: tuple[str, ...]) -> int:
    """报送前检查：标准输入一个 JSON 请求，标准输出一个 JSON 结果 · The contract before submission.

    Exit codes: 0 accept, 1 reject, 2 undecided.
    """
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    answer = _bounded(data, Path(root), timeout, packs, without)
    sys.stdout.buffer.write(as_json(answer).encode())
    sys.stdout.buffer.flush()
    return _CODES[answer.decision]


def _bounded(
    data: bytes, root: Path, timeout: float, packs: tuple[str, ...], without: tuple[str, ...]
) -> HookAnswer:
    """The answer, within a time where the system has alarms."""
    slow = ReadError(
        f"检查超过 {timeout:g} 秒，已停止",
        f"the check took more than {timeout:g} s and was stopped",
        code="too-slow",
    )

    def ring(_number: int, _frame: FrameType | None) -> NoReturn:
        raise slow

    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, timeout)
    try:
        return Desk(root, profiles=configuration().profiles, packs=packs, without=without).answer(data)
    except DisclosureRulesError as problem:
        return refusal(problem)
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
