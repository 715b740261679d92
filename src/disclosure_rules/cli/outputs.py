"""`--output NAME=FILE`: a run told in several formats at once."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from disclosure_rules.errors import UsageError, unwritable
from disclosure_rules.hookspecs import ReportFormatter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult
    from disclosure_rules.model.text import Lang
    from disclosure_rules.pipeline import Checker

__all__ = [
    "Output",
    "formatted",
    "outputs",
    "print_data",
    "shows_reports",
    "write_all",
    "write_file",
    "write_new_file",
]


class Output(NamedTuple):
    """One format and the file it goes to."""

    form: str
    file: Path

    def write(
        self, checker: Checker, checked: Sequence[tuple[CheckResult, Report | None]], lang: Lang
    ) -> None:
        """Write the results; `checked` has their reports where the format shows them.

        Raises:
            UsageError: The file cannot be written.
        """
        write_file(self.file, formatted(checker, self.form, checked, lang))


def shows_reports(checker: Checker, form: str) -> bool:
    """Whether a format shows the reports beside their results.

    Raises:
        UsageError: There is no such format.
    """
    return isinstance(checker.formatter(form), ReportFormatter)


def formatted(
    checker: Checker, form: str, checked: Sequence[tuple[CheckResult, Report | None]], lang: Lang
) -> str:
    """Results in a format; `checked` has their reports where the format shows them."""
    formatter = checker.formatter(form)
    if isinstance(formatter, ReportFormatter):
        return formatter.write(checked, checker.layouts, lang)
    return formatter((result for result, _ in checked), lang)


def outputs(checker: Checker, words: Sequence[str]) -> tuple[Output, ...]:
    """What `--output` asks for; every format is looked up before anything is read.

    Raises:
        UsageError: A word has no `=`, or its format is not known.
    """
    found: list[Output] = []
    for word in words:
        form, equals, file = word.partition("=")
        if not equals or not file:
            raise UsageError(
                f"--output 写作“格式=文件”，如 sarif=结果.sarif，不能是「{word[:60]}」",
                f"--output is FORMAT=FILE, such as sarif=result.sarif, not '{word[:60]}'",
                code="bad-output",
            )
        checker.formatter(form)
        if any(other.file.absolute() == Path(file).absolute() for other in found):
            raise UsageError(
                f"{file} 写了两次，一种格式一个文件",
                f"{file} is given twice; a file for each format",
                code="bad-output",
            )
        found.append(Output(form, Path(file)))
    return tuple(found)


def print_data(text: str) -> None:
    """Print what programs read: in UTF-8, whatever the locale, but for a person who looks at it on a terminal."""
    click.echo(text if sys.stdout.isatty() else text.encode("utf-8", "backslashreplace"), nl=False)


def write_all(
    files: Sequence[Output],
    checker: Checker,
    checked: Sequence[tuple[CheckResult, Report | None]],
    lang: Lang,
) -> None:
    """Write every output; one that cannot be written keeps none of the others from it.

    Raises:
        UsageError: The first that could not be written.
    """
    problems: list[UsageError] = []
    for one in files:
        try:
            one.write(checker, checked, lang)
        except UsageError as problem:
            problems.append(problem)
    if problems:
        raise problems[0]


def write_file(file: Path, text: str) -> None:
    """Write all of a file or nothing: a reader never sees half of it.

    Raises:
        UsageError: The file cannot be written.
    """
    # A name of a file that is no UTF-8 has lone surrogates; JSON may hold them as escapes.
    _write(file, text.encode("utf-8", "backslashreplace"))


def write_new_file(file: Path, data: bytes, *, force: bool) -> None:
    """Write a file that takes the place of another only where that is asked for.

    Raises:
        UsageError: There is a file already, or it cannot be written.
    """
    if file.exists() and not force:
        raise UsageError(
            f"文件 {file} 已存在；要覆盖请加 --force",
            f"{file} exists; add --force to overwrite it",
            code="would-overwrite",
        )
    _write(file, data)


def _write(file: Path, data: bytes) -> None:
    target = Path(os.path.realpath(file))  # what a link leads to, and not the link
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        if (
            target.exists() and not target.is_file()
        ):  # a pipe or a device, which nothing may take the place of
            target.write_bytes(data)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(data)
        draft.replace(target)
    except OSError as problem:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise unwritable(file, problem) from problem
