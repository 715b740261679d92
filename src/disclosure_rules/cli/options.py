"""Options that several subcommands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from disclosure_rules.cli.configuration import configuration
from disclosure_rules.model.body import BODY_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "MARK_LINES",
    "as_of_option",
    "identity_options",
    "lang_option",
    "pack_options",
    "reading_options",
]

# The formats that mark the lines of files.
MARK_LINES = frozenset(("sarif", "github"))


def lang_option(function: Callable[..., object]) -> Callable[..., object]:
    """`--lang zh|en`."""
    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        default="zh",
        show_default=True,
        help="输出语言 · Language.",
    )(function)


def identity_options(function: Callable[..., object]) -> Callable[..., object]:
    """`--year`, `--region`, `--body-kind`: what the report is, where the reader would get it wrong."""
    for option in (
        click.option(
            "--body-kind",
            type=click.Choice(BODY_KINDS),
            metavar="KIND",
            help=f"公开主体类别 · Kind of body: {', '.join(BODY_KINDS)}.",
        ),
        click.option("--region", metavar="CODE", help="行政区划代码，如 140428 · GB/T 2260 code."),
        click.option("--year", type=click.IntRange(2008, 2100), help="报告年度 · Report year."),
    ):
        function = option(function)
    return function


def as_of_option(function: Callable[..., object]) -> Callable[..., object]:
    """`--as-of DATE`: the day whose state of the law judges."""
    return click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help="依据截至当日的规定，如 2026-11-27 · Judge by the law as of this day.",
    )(function)


def reading_options(function: Callable[..., object]) -> Callable[..., object]:
    """`--convert`, `--ocr`: whether other programs may help to read."""
    for option in (
        click.option("--ocr", is_flag=True, help="识别扫描件和图片中的文字 · Recognise scans and pictures."),
        click.option(
            "--convert",
            is_flag=True,
            help="用 LibreOffice 转换 .doc、.wps、.rtf、.odt · Convert by LibreOffice.",
        ),
    ):
        function = option(function)
    return function


def pack_options(function: Callable[..., object]) -> Callable[..., object]:
    """`--pack DIR|ID|ID@VERSION` and `--no-pack ID`, added to what `disclosure-rules.toml` states."""
    for option in (
        click.option(
            "--no-pack",
            "without",
            multiple=True,
            metavar="ID",
            callback=lambda _context, _option, given: (*configuration().no_packs, *given),
            help="不使用的规则包 · Leave out.",
        ),
        click.option(
            "--pack",
            "packs",
            multiple=True,
            metavar="DIR|ID|ID@VERSION",
            callback=lambda _context, _option, given: (*configuration().packs, *given),
            help="增加的规则包或指定的版本 · Use this pack as well, or this version of it.",
        ),
    ):
        function = option(function)
    return function
