"""`disclosure-rules rules diff BEFORE AFTER`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure_rules.cli.options import lang_option
from disclosure_rules.formatters.differences import differences_page
from disclosure_rules.packs.differences import changes
from disclosure_rules.packs.effective import combine
from disclosure_rules.pipeline import Checker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.model.pack import EffectiveRule
    from disclosure_rules.model.text import Lang

__all__ = ["command"]


@click.command("diff", epilog="例 Example: disclosure-rules rules diff cn cn-sx")
@click.argument("before", metavar="PACK|DIR|PACK@VERSION")
@click.argument("after", metavar="PACK|DIR|PACK@VERSION")
@lang_option
def command(before: str, after: str, lang: Lang) -> int:
    """两个规则包的差别：新增、停用、变严、变宽 · What a pack adds, switches off, tightens or relaxes."""
    found = changes(_in_force(before), _in_force(after))
    click.echo(differences_page(f"{before} → {after}", found, lang), nl=False)
    return 0


def _in_force(asked: str) -> Mapping[str, EffectiveRule]:
    """The rules of a pack with those it inherits, each loaded apart: two versions of a pack cannot be at hand at once."""
    checker = Checker(packs=(asked,))
    return combine(checker.chain(Path(asked).resolve().name if Path(asked).is_dir() else asked)).rules
