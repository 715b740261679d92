"""`disclosure-rules rules new pack|rule`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure_rules.cli.helping import ListedGroup
from disclosure_rules.cli.options import lang_option
from disclosure_rules.errors import UsageError
from disclosure_rules.model.rule import Severity
from disclosure_rules.packs.scaffold import SCHEMAS, new_pack, new_rule
from disclosure_rules.pipeline import Checker
from disclosure_rules.resources import schemas_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.model.text import Lang

__all__ = ["command"]


@click.group("new", cls=ListedGroup)
def command() -> None:
    """新建规则包或规则，能填的都填好 · Begin a pack or a rule."""


@command.command(
    "pack",
    epilog="例 Example: disclosure-rules rules new pack ./cn-gd-foshan --extends cn-gd --region 440600",
)
@click.argument("folder", metavar="DIR")
@click.option(
    "--extends", default="cn", show_default=True, metavar="ID", help="在哪个规则包之上 · Builds on."
)
@click.option("--region", metavar="CODE", help="行政区划代码 · GB/T 2260 code.")
@lang_option
def pack(folder: str, extends: str, region: str | None, lang: Lang) -> int:
    """新建规则包 DIR，编号就是文件夹名 · A new pack; its id is the folder's name."""
    place = Path(folder)
    Checker().chain(extends)  # says so where there is no such pack
    _write(place, new_pack(place.resolve().name, extends, region), lang)
    return 0


@command.command(
    "rule", epilog="例 Example: disclosure-rules rules new rule ./cn-gd-foshan requests/many-carried-over"
)
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False))
@click.argument("place", metavar="ROOM/FAULT")
@click.option(
    "--severity", type=click.Choice([one.value for one in Severity]), default="warning", show_default=True
)
@click.option("--check", "verb", metavar="VERB", help="调用检查函数，代替条件式 · Call a verb.")
@lang_option
def rule(folder: str, place: str, severity: str, verb: str | None, lang: Lang) -> int:
    """在规则包 DIR 中新建规则 · A new rule; it is named for the fault, not for the cure."""
    checker = Checker(packs=(folder,))
    name = Path(folder).resolve().name.partition("@")[0]
    chain = checker.chain(name)
    instruments = [key for one in reversed(chain) for key in one.instruments]
    check = checker.verb(verb) if verb else None
    _write(
        Path(folder),
        new_rule(name, place, severity=severity, instruments=instruments, check=check, verb=verb),
        lang,
    )
    return 0


def _write(folder: Path, files: Mapping[str, str], lang: Lang) -> None:
    """Write the files, none over one that is there."""
    taken = [name for name in files if (folder / name).exists()]
    if taken:
        raise UsageError(
            f"{folder / taken[0]} 已经存在，没有改动任何文件",
            f"{folder / taken[0]} is there already; nothing was written",
            code="file-exists",
        )
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        click.echo(str(path))
    _lay_schemas(folder / ".schemas")
    click.echo(
        f"把“【待填写】”补齐，再运行 disclosure-rules rules lint {folder} 和 rules test {folder}"
        if lang == "zh"
        else f"fill in what says 【待填写】, then run: disclosure-rules rules lint {folder}; rules test {folder}"
    )


def _lay_schemas(folder: Path) -> None:
    """The schemas by which an editor completes and checks the files of a pack: those of this version."""
    folder.mkdir(exist_ok=True)
    for schema in SCHEMAS:
        name = f"{schema}.schema.json"
        (folder / name).write_bytes((schemas_folder() / name).read_bytes())
