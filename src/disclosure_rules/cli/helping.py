"""Help that fits a terminal: click counts characters, of which a Chinese one takes two columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from disclosure_rules.formatters.wrapping import width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ListedGroup", "in_columns"]

_VERBATIM = "\b"  # click's mark of a paragraph whose lines stay as they are
_WIDEST_TERM = 30
_LONGEST = 500  # of a sentence: more than any is


class _Columns(click.HelpFormatter):
    """Wraps by what a terminal shows; lists stand whole, and no line is cut short."""

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        paragraphs = re.split(r"\n\s*\n", text.strip("\n"))
        for number, paragraph in enumerate(paragraphs):
            if number:
                self.write("\n")
            first, _, rest = paragraph.partition("\n")
            lines: Iterable[str] = wrap(paragraph, self.width - self.current_indent)
            if first.strip(" ") == _VERBATIM:
                lines = rest.split("\n")
            for line in lines:
                self.write(f"{indent}{line}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = _WIDEST_TERM, col_spacing: int = 2
    ) -> None:
        listed = list(rows)
        column = max((width(term) for term, _ in listed if width(term) <= col_max), default=0) + col_spacing
        blank = " " * (self.current_indent + column)
        for term, text in listed:
            beside = width(term) <= column - col_spacing
            head = " " * self.current_indent + term
            lines = list(wrap(text, max(self.width - len(blank), 10)))
            if beside and lines:
                head += " " * (column - width(term)) + lines.pop(0)
            self.write("".join(f"{line}\n" for line in (head, *(blank + line for line in lines))))


class _Context(click.Context):
    formatter_class = _Columns


def in_columns(command: click.Command) -> click.Command:
    """The command, with help that fits; of a group, with what is below it."""
    command.context_class = _Context
    for one in command.commands.values() if isinstance(command, click.Group) else ():
        in_columns(one)
    return command


class ListedGroup(click.Group):
    """A group whose help shows what its commands do in whole sentences."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The names of the commands, with their sentences."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.get_short_help_str(_LONGEST)) for name, one in found if one])
