"""Arguments in, exit code out: one file a subcommand, loaded when it is called."""

from disclosure_rules.cli.main import main

__all__ = ["main"]
