"""`disclosure-rules rules show RULE`: as its pack states it, or as it is in force for a region and a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from disclosure_rules.cli.completing import rule_ids
from disclosure_rules.cli.options import as_of_option, identity_options, lang_option, pack_options
from disclosure_rules.cli.rule_named import rule_named
from disclosure_rules.formatters.rule import rule_page, set_by_lines
from disclosure_rules.pipeline import Checker, Overrule

if TYPE_CHECKING:
    from datetime import datetime

    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.text import Lang

__all__ = ["command"]

_CODE_LENGTH = 6


@click.command(
    "show",
    epilog="\b\n例 Examples:\n"
    "  disclosure-rules rules show cn/overview/too-long --region 44 --year 2024\n"
    "  disclosure-rules rules show unbalanced --year 2021 --as-of 2021-06-30",
)
@click.argument("rule_id", metavar="RULE", shell_complete=rule_ids)
@click.option("--layout", metavar="ID", help="报告格式，缺省按年度 · Form of the report: 2008, 2019, 2021.")
@as_of_option
@identity_options
@pack_options
@lang_option
def command(  # noqa: PLR0913, PLR0917  one parameter an option
    rule_id: str,
    layout: str | None,
    year: int | None,
    region: str | None,
    body_kind: BodyKind | None,
    as_of: datetime | None,
    packs: tuple[str, ...],
    without: tuple[str, ...],
    lang: Lang,
) -> int:
    """显示一条规则；给出 --region、--year 或 --as-of 时显示实际生效的规则 · One rule, or what is in force of it."""
    checker = Checker(packs=packs, without=without, as_of=as_of.date() if as_of else None)
    every = checker.packs()
    pack, rule_id = rule_named(rule_id, every)
    instruments = {key: entry for each in every for key, entry in each.instruments.items()}
    rule = pack.rules[rule_id]
    if any(given is not None for given in (layout, year, region, body_kind, as_of)):
        overrule = Overrule(year=year, region=region and region.ljust(_CODE_LENGTH, "0"), body_kind=body_kind)
        stated = {key: value for key, value in (("layout", layout), ("year", year)) if value is not None}
        rule_set = checker.rule_set(checker.load_report(stated, overrule=overrule))
        effective = next((one for one in rule_set.rules if one.rule.id == rule_id), None)
        click.echo("\n".join(set_by_lines(rule_id, effective, rule_set, lang)))
        rule = effective.rule if effective is not None else rule
    click.echo(rule_page(rule, checker.examples(rule_id), instruments, lang), nl=False)
    return 0
