"""How the command tells an error: one sentence in the language asked for, and the same in the other below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from disclosure_rules.errors import DisclosureRulesError
    from disclosure_rules.model.text import Lang

__all__ = ["tell"]


def tell(problem: DisclosureRulesError, lang: Lang) -> None:
    """Print `problem` to standard error in both languages, `lang` first: who runs a check may read only one."""
    click.echo(f"disclosure-rules: {problem.text(lang)}", err=True)
    click.echo(f"  {problem.en if lang == 'zh' else problem.zh}", err=True)
