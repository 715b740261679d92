"""`disclosure-rules serve`: the hook over HTTP."""

from __future__ import annotations

import ipaddress
import logging
import os
import socket
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure_rules.accepted import Accepted
from disclosure_rules.cli.accepting import baseline_option, waivers_option
from disclosure_rules.cli.configuration import configuration
from disclosure_rules.cli.options import pack_options
from disclosure_rules.errors import UsageError
from disclosure_rules.foreign import system_words
from disclosure_rules.hook.workers import Setting, Workers

if TYPE_CHECKING:
    from disclosure_rules.accepted import Baseline
    from disclosure_rules.model.waiver import Waiver

__all__ = ["TOKEN_VARIABLE", "command"]

TOKEN_VARIABLE = "DISCLOSURE_RULES_TOKEN"  # noqa: S105  the name of a variable
_SHORTEST_TOKEN = 16
_LOG = logging.getLogger("disclosure_rules.serve")


@click.command(
    "serve",
    epilog="\b\n例 Examples:\n"
    "  disclosure-rules serve --port 8321\n"
    "  curl -F file=@年报.docx http://127.0.0.1:8321/v1/check\n"
    "  disclosure-rules serve --host 0.0.0.0 --token-file token.txt",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 · Address.")
@click.option("--port", type=click.IntRange(0, 65535), default=8321, show_default=True, help="端口 · Port.")
@click.option(
    "--workers", "count", type=click.IntRange(1, 64), default=2, show_default=True, help="进程数 · Processes."
)
@click.option(
    "--timeout", type=click.FloatRange(0.1, 3600), default=60.0, show_default=True,
    help="一次检查的时限（秒） · Seconds of a check.",
)  # fmt: skip
@click.option(
    "--body-timeout", type=click.FloatRange(0.1, 3600), default=30.0, show_default=True,
    help="请求头、请求内容传送的时限（秒） · Seconds for a head, and for a body, to arrive.",
)  # fmt: skip
@click.option(
    "--most-mb",
    type=click.IntRange(1, 70),
    default=70,
    show_default=True,
    help="请求的上限（MB） · Of a request.",
)
@click.option(
    "--most-requests", type=click.IntRange(1, 10_000), default=64, show_default=True,
    help="同时处理和等待的请求数 · At work or waiting.",
)  # fmt: skip
@click.option(
    "--token-file", type=click.Path(exists=True, dir_okay=False), help="令牌文件 · File with the token."
)
@click.option(
    "--root", type=click.Path(exists=True, file_okay=False),
    help="允许 path 指向的文件夹；不给则不接受 path · Folder in which `path` may lie; without it, none.",
)  # fmt: skip
@waivers_option
@baseline_option
@pack_options
def command(  # noqa: PLR0913  one parameter an option
    *, host: str, port: int, count: int, timeout: float, body_timeout: float, most_mb: int, most_requests: int,
    token_file: str | None, root: str | None, waivers: tuple[Waiver, ...], baseline: Baseline | None,
    packs: tuple[str, ...], without: tuple[str, ...],
) -> int:  # fmt: skip
    """以 HTTP 提供报送前检查 · The hook over HTTP.

    默认只监听本机；监听其他地址须有令牌（--token-file 或环境变量 DISCLOSURE_RULES_TOKEN）。
    Loopback by default; another address needs a token.
    """
    token = _token(token_file)
    if token is None and not _is_loopback(host):
        raise UsageError(
            f"监听本机以外的地址须有令牌：--token-file 或环境变量 {TOKEN_VARIABLE}",
            f"an address other than loopback needs a token: --token-file or {TOKEN_VARIABLE}",
            code="token-needed",
        )
    try:
        import uvicorn  # noqa: PLC0415  of the extra [server]

        from disclosure_rules.hook.patience import patient  # noqa: PLC0415  the same
        from disclosure_rules.hook.service import Limits, service  # noqa: PLC0415  the same
    except ModuleNotFoundError as problem:
        raise UsageError(
            "serve 需要另外安装：pip install 'disclosure-rules[server]'",
            "serve needs more: pip install 'disclosure-rules[server]'",
            code="extra-needed",
        ) from problem
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    folder, accepted = root and Path(root), Accepted(waivers, baseline, date.today)
    setting = Setting(folder or None, dict(configuration().profiles), packs, without, accepted)
    limits = Limits(most_mb * 1_000_000, most_requests, body_timeout)
    workers = Workers(count, setting, timeout)
    with _listening(host, port) as listener:
        workers.start()
        # No access log: an address may hold what nobody should read. The service logs outcomes itself.
        config = uvicorn.Config(
            service(workers, count, limits=limits, token=token), access_log=False, log_level="info",
            timeout_graceful_shutdown=int(timeout) + 1, server_header=False, log_config=None,
            http=patient(body_timeout), ws="none", lifespan="off",
        )  # fmt: skip
        address, bound = listener.getsockname()[:2]
        _LOG.info("http://%s:%d", f"[{address}]" if ":" in address else address, bound)
        try:
            uvicorn.Server(config).run([listener])
        except KeyboardInterrupt:  # it has stopped in good order; this is how it says so
            pass
        finally:
            workers.stop()
    return 0


def _listening(host: str, port: int) -> socket.socket:
    """The socket of the service, taken before anything else is done; nobody is let in yet.

    Raises:
        UsageError: The address is taken, or is none of this machine.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, _, _, _, address = min(found, key=lambda one: one[0] != socket.AF_INET)
        listener = socket.socket(family)
        if os.name == "posix":  # elsewhere it would let two programs have one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as problem:
        zh, en = system_words(problem)
        if isinstance(problem, socket.gaierror):
            zh = "没有这个地址"
        raise UsageError(
            f"不能在 {host}:{port} 上监听（{zh}）；请换 --host 或 --port，或先停掉占用它的程序",
            f"cannot listen on {host}:{port} ({en}); take another --host or --port, or stop what holds it",
            code="address-unusable",
        ) from problem
    return listener


def _token(file: str | None) -> str | None:
    try:
        token = Path(file).read_text(encoding="utf-8") if file is not None else os.environ.get(TOKEN_VARIABLE)
    except (OSError, ValueError) as problem:
        raise UsageError(
            f"令牌文件 {file} 无法读取，应是一行文字", f"the token file {file} cannot be read; it is a line of text",
            code="token-unreadable",
        ) from problem  # fmt: skip
    if token is None:
        return None
    if len(token.strip()) < _SHORTEST_TOKEN:
        raise UsageError(
            f"令牌至少 {_SHORTEST_TOKEN} 个字符",
            f"a token has at least {_SHORTEST_TOKEN} characters",
            code="token-short",
        )
    return token.strip()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
