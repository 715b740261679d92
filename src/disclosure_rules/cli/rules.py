"""`disclosure-rules rules`: list, test and lint here, the others each in a file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure_rules.cli import rules_diff, rules_docs, rules_new, rules_show, rules_try
from disclosure_rules.cli.helping import ListedGroup
from disclosure_rules.cli.options import lang_option, pack_options
from disclosure_rules.errors import PackError, UsageError
from disclosure_rules.formatters.rule import rule_line
from disclosure_rules.pipeline import Checker
from disclosure_rules.testing import run_examples, slow_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.model.pack import RulePack
    from disclosure_rules.model.text import Lang

__all__ = ["command"]


_EXIT = "退出码 Exit: 0 没有问题 nothing wrong · 1 有问题 problems · 2 没有做完 incomplete"


@click.group("rules", cls=ListedGroup)
def command() -> None:
    """查看、测试规则包 · List, show, test and lint rules."""


@command.command("list", epilog="例 Example: disclosure-rules rules list --no-pack cn-sx")
@pack_options
@lang_option
def list_rules(packs: tuple[str, ...], without: tuple[str, ...], lang: Lang) -> int:
    """列出全部规则：严重程度、编号、名称 · Every rule with its severity and title."""
    for pack in Checker(packs=packs, without=without).packs():
        for rule in sorted(pack.rules.values(), key=lambda rule: rule.id):
            click.echo(rule_line(rule, lang))
    return 0


@command.command("test", epilog=f"例 Example: disclosure-rules rules test cn/requests/unbalanced\n\n{_EXIT}")
@click.argument("targets", nargs=-1, metavar="[PACK|DIR|RULE]...")
@lang_option
def test_rules(targets: tuple[str, ...], lang: Lang) -> int:
    """运行规则自带的正反例 · Run the examples of rules; without a target, of all packs."""
    folders = tuple(target for target in targets if Path(target).is_dir())
    checker = Checker(packs=folders)
    wanted = {
        Path(target).resolve().name.partition("@")[0] if target in folders else target for target in targets
    }
    ran = failed = 0
    for pack in checker.packs():
        for rule in sorted(pack.rules):
            if wanted and not wanted & {pack.manifest.id, rule}:
                continue
            for outcome in run_examples(checker, rule, checker.examples(rule)):
                ran += 1
                if outcome.problem is not None:
                    failed += 1
                    click.echo(f"{outcome.rule}  {outcome.kind}  {outcome.name}")
                    click.echo(f"      {outcome.problem(lang)}")
    if ran == 0:
        raise UsageError(
            f"没有找到要测试的规则：{'、'.join(targets)}",
            f"no rule to test was found: {', '.join(targets)}",
            code="no-rules",
        )
    if lang == "zh":
        click.echo(f"运行 {ran} 个例子，{failed} 个与预期不符")
    else:
        click.echo(f"{ran} examples run, {failed} not as expected")
    return 1 if failed else 0


@command.command("lint", epilog=f"例 Example: disclosure-rules rules lint ./cn-gd-foshan\n\n{_EXIT}")
@click.argument("targets", nargs=-1, metavar="[PACK|DIR]...")
@lang_option
def lint_rules(targets: tuple[str, ...], lang: Lang) -> int:
    """检查规则包本身：命名、依据、例子、两种语言、用时 · Rules about rules."""
    checker = Checker(packs=tuple(target for target in targets if Path(target).is_dir()))
    wanted = frozenset(Path(target).resolve().name.partition("@")[0] for target in targets)
    problems = checker.lint(wanted)
    if not problems:
        problems = [
            problem
            for pack in checker.packs()
            if not wanted or pack.manifest.id in wanted
            for problem in _slow(checker, pack)
        ]
    for problem in problems:
        click.echo(problem.text(lang))
    count = len(problems)
    click.echo(f"{count} 处问题" if lang == "zh" else f"{count} problems")
    return 1 if problems else 0


def _slow(checker: Checker, pack: RulePack) -> Iterator[PackError]:
    """The rules of a pack that would keep everybody waiting."""
    for rule, seconds in slow_rules(checker, pack).items():
        path = Path(pack.files[rule])
        # The place as lint tells it: from the folder that holds the pack's.
        place = path.relative_to(path.parents[3]).as_posix()
        yield PackError(
            f"用一份很长的报告试，检查函数 {pack.rules[rule].check} 用了 {seconds:.1f} 秒，太慢："
            "请减少 params 中的内容，或改检查函数",
            f"with a long report, the check {pack.rules[rule].check} took {seconds:.1f} s, too long: "
            "give it less in params, or mend the check",
            place=f"{place}:1:1",
            code="slow",
        )


for _subcommand in (
    rules_show.command,
    rules_new.command,
    rules_diff.command,
    rules_try.command,
    rules_docs.command,
):
    command.add_command(_subcommand)
