"""`disclosure-rules explain RULE`: a rule for whoever must mend a report."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from disclosure_rules.cli.completing import rule_ids
from disclosure_rules.cli.options import lang_option, pack_options
from disclosure_rules.cli.rule_named import rule_named
from disclosure_rules.formatters.rule_explained import Explained, explained_page
from disclosure_rules.pipeline import Checker
from disclosure_rules.testing import told_of_example

if TYPE_CHECKING:
    from disclosure_rules.model.text import Lang

__all__ = ["command"]

_WIDEST = 100


@click.command(
    "explain",
    epilog="\b\n例 Examples:\n"
    "  disclosure-rules explain cn/requests/unbalanced\n"
    "  disclosure-rules explain unbalanced --lang en",
)
@click.argument("rule", metavar="RULE", shell_complete=rule_ids)
@pack_options
@lang_option
def command(rule: str, packs: tuple[str, ...], without: tuple[str, ...], lang: Lang) -> int:
    """讲解一条规则：查什么、依据、各地怎么定、对错例子、怎么改 · What a rule finds, by which law, and how to mend it.

    RULE 是检查结果中“规则”一行的编号，可以只写最后一段 · The id that findings print, or its last part.
    """
    checker = Checker(packs=packs, without=without)
    every = checker.packs()
    pack, rule_id = rule_named(rule, every)
    examples = checker.examples(rule_id)
    told = [(example, told_of_example(checker, rule_id, example)) for example in examples.fail[:1]]
    explained = Explained(
        pack.rules[rule_id],
        pack.manifest,
        tuple((one.manifest, change) for one in every for change in one.overrides if change.rule == rule_id),
        tuple(heir.id for one in every for heir in one.rules.values() if heir.supersedes == rule_id),
        {key: entry for one in every for key, entry in one.instruments.items()},
    )
    columns = min(shutil.get_terminal_size((80, 24)).columns, _WIDEST)
    lines = explained_page(explained, (told, examples.passing[:1]), lang, columns, bold=sys.stdout.isatty())
    click.echo("\n".join(lines))
    return 0
