"""`disclosure-rules rules docs`."""

from __future__ import annotations

from pathlib import Path

import click

from disclosure_rules.cli.options import pack_options
from disclosure_rules.formatters.rule_markdown import index_page, page_path, rule_markdown
from disclosure_rules.pipeline import Checker

__all__ = ["command", "rule_pages"]


@click.command("docs", epilog="例 Example: disclosure-rules rules docs 规则说明/ --pack ./cn-gd-foshan")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@pack_options
def command(folder: Path, packs: tuple[str, ...], without: tuple[str, ...]) -> int:
    """把每条规则写成一页文档（Markdown），附总目录 · Write a page of Markdown for each rule, and an index."""
    pages = rule_pages(Checker(packs=packs, without=without))
    for path, text in pages.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"{folder}: {len(pages)}")
    return 0


def rule_pages(checker: Checker) -> dict[str, str]:
    """Every page by its path below the folder: `index.md`, and one for each rule."""
    every = checker.packs()
    instruments = {key: entry for pack in every for key, entry in pack.instruments.items()}
    pages = {"index.md": index_page(every)}
    for pack in every:
        for rule in pack.rules.values():
            examples = checker.examples(rule.id)
            pages[page_path(rule.id)] = rule_markdown(rule, examples, instruments, checker.layouts)
    return pages
