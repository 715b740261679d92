"""What a shell offers for arguments: called by click only while a command line is completed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

__all__ = ["format_names", "profile_names", "rule_ids"]


def rule_ids(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """The ids of rules that begin with what was typed, or whose last part does."""
    from disclosure_rules.pipeline import Checker  # noqa: PLC0415  not for every command line

    ids = sorted(rule for pack in Checker().packs() for rule in pack.rules)
    return [one for one in ids if one.startswith(begun)] or [
        one for one in ids if one.rsplit("/", 1)[-1].startswith(begun)
    ]


def profile_names(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """The shipped profiles and those of `disclosure-rules.toml`."""
    from disclosure_rules.cli.configuration import configuration  # noqa: PLC0415  not for every command line
    from disclosure_rules.model.profile import PROFILES  # noqa: PLC0415  the same

    return [name for name in {**PROFILES, **configuration().profiles} if name.startswith(begun)]


def format_names(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """The output formats, those of plugins among them."""
    from disclosure_rules.plugins import Plugins  # noqa: PLC0415  not for every command line

    return [name for name in Plugins().formatters if name.startswith(begun)]
