"""How the command tells an error: one sentence in the language asked for, and the same in the other below it."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from disclosure_rules.formatters.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.errors import DisclosureRulesError
    from disclosure_rules.model.text import Lang

__all__ = ["asked_language", "tell"]


def asked_language(words: Sequence[str]) -> Lang:
    """The language that `words` ask for, for errors that come before the options are parsed."""
    joined = " ".join(words)
    return "en" if "--lang en" in joined or "--lang=en" in joined else "zh"


def tell(problem: DisclosureRulesError, lang: Lang) -> None:
    """Print `problem` to standard error in both languages, `lang` first: who runs a check may read only one."""
    _print(f"disclosure-rules: {problem.text(lang)}", "")
    _print(problem.en if lang == "zh" else problem.zh, "  ")


def _print(sentence: str, indent: str) -> None:
    """One line, broken to the width of a terminal: programs that read standard error get it whole."""
    if not sys.stderr.isatty():
        click.echo(indent + sentence, err=True)
        return
    columns = shutil.get_terminal_size((80, 24)).columns
    for number, line in enumerate(wrap(sentence, columns - 2)):
        click.echo((indent if number == 0 else "  ") + line, err=True)
