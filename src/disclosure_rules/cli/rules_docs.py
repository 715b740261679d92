"""`disclosure-rules rules docs`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure_rules.cli.options import pack_options
from disclosure_rules.formatters.rule_articles import articles_page
from disclosure_rules.formatters.rule_markdown import index_page, page_path, rule_markdown
from disclosure_rules.model.text import Text
from disclosure_rules.pipeline import Checker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.model.pack import RulePack
    from disclosure_rules.model.rule import Rule

__all__ = ["command", "rule_pages"]


@click.command("docs", epilog="例 Example: disclosure-rules rules docs 规则说明/ --pack ./cn-gd-foshan")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@pack_options
def command(folder: Path, packs: tuple[str, ...], without: tuple[str, ...]) -> int:
    """把每条规则写成一页文档（Markdown），附总目录和依据对照表 · A page for each rule, an index, the articles."""
    pages = rule_pages(Checker(packs=packs, without=without))
    for path, text in pages.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"{folder}: {len(pages)}")
    return 0


def rule_pages(checker: Checker) -> dict[str, str]:
    """Every page by its path below the folder: `index.md`, `articles.md`, and one for each rule."""
    every = checker.packs()
    instruments = {key: entry for pack in every for key, entry in pack.instruments.items()}
    rules = [rule for pack in every for rule in pack.rules.values()]
    examples = {rule.id: checker.examples(rule.id) for rule in rules}
    pages = {"index.md": index_page(every), "articles.md": articles_page(every, examples)}
    for rule in rules:
        history = tuple(_history(rule, every))
        pages[page_path(rule.id)] = rule_markdown(
            rule, examples[rule.id], instruments, checker.layouts, history
        )
    return pages


def _history(rule: Rule, packs: Sequence[RulePack]) -> Iterator[Text]:
    """What the packs say of a rule's changes: what it took the place of, what took its, and who changes it where."""
    if rule.supersedes is not None:
        yield Text(zh=f"取代 {rule.supersedes}", en=f"takes the place of {rule.supersedes}")
    years = rule.applies.years
    if years is not None and years.end is not None:
        yield Text(zh=f"到 {years.end} 年度为止", en=f"closed after report year {years.end}")
    for pack in packs:
        for other in pack.rules.values():
            if other.supersedes == rule.id:
                yield Text(zh=f"在 {pack.manifest.id} 中由 {other.id} 取代", en=f"gives way to {other.id}")
        for override in pack.overrides:
            if override.rule == rule.id:
                fields = sorted(override.model_fields_set - {"rule", "reason"})
                zh = "停用" if override.disable else f"调整 {'、'.join(fields)}"
                en = "switches it off" if override.disable else f"changes {', '.join(fields)}"
                name = f"{pack.manifest.id} {pack.manifest.version}"
                yield Text(zh=f"{name} {zh}：{override.reason}", en=f"{name} {en}")
