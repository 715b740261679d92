"""`disclosure-rules schema [NAME]`."""

from __future__ import annotations

import click

from disclosure_rules.cli.outputs import print_data
from disclosure_rules.errors import UsageError
from disclosure_rules.resources import schemas_folder

__all__ = ["command"]


@click.command("schema", epilog="例 Example: disclosure-rules schema report > report.schema.json")
@click.argument("name", required=False)
def command(name: str | None) -> int:
    """输出 JSON Schema；不带名称时列出全部 · Print a schema, or list them all."""
    known = {path.name.removesuffix(".schema.json"): path for path in schemas_folder().glob("*.schema.json")}
    if name is None:
        for key in sorted(known):
            click.echo(key)
        return 0
    if name not in known:
        listed = "、".join(sorted(known))
        raise UsageError(
            f"没有名为「{name}」的格式定义，可用的有：{listed}",
            f"there is no schema '{name}'; known are: {', '.join(sorted(known))}",
            code="unknown-schema",
        )
    print_data(known[name].read_text(encoding="utf-8"))
    return 0
