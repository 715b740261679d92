"""The exceptions for the operator: what went wrong, where, and what to do instead.

A finding is about a report and is meant for its author. An error here is about the run (a file that cannot be
read, a broken pack, a wrong argument) and is meant for the person at the keyboard. The two never mix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from disclosure_rules.foreign import system_words

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "DisclosureRulesError",
    "ExpressionError",
    "PackError",
    "PluginError",
    "ReadError",
    "UsageError",
    "unwritable",
]


class DisclosureRulesError(Exception):
    """A sentence in both languages with a place.

    Args:
        zh: The sentence in Chinese, ending with what to do.
        en: The same in English.
        place: `file:line:column`, a path or a name; empty where there is none.
        code: A stable word for programs, such as `empty-file`.
    """

    def __init__(self, zh: str, en: str, *, place: str = "", code: str = "") -> None:
        super().__init__(zh, en, place, code)
        self.zh = zh
        self.en = en
        self.place = place
        self.code = code

    def __reduce__(self) -> tuple[object, ...]:
        """How it comes out of another process: an exception is made again of positional arguments alone."""
        return _again, (type(self), self.zh, self.en, self.place, self.code)

    def text(self, lang: Literal["zh", "en"]) -> str:
        """The sentence in one language, led by the place."""
        sentence = self.zh if lang == "zh" else self.en
        separator = "：" if lang == "zh" else ": "
        return f"{self.place}{separator}{sentence}" if self.place else sentence

    def at(self, place: str) -> DisclosureRulesError:
        """The same error at `place`; a place already known is kept."""
        return self if self.place else type(self)(self.zh, self.en, place=place, code=self.code)

    def __str__(self) -> str:
        return self.text("en")


def _again(kind: type[DisclosureRulesError], zh: str, en: str, place: str, code: str) -> DisclosureRulesError:
    return kind(zh, en, place=place, code=code)


class ReadError(DisclosureRulesError):
    """An input that cannot be read as a report."""


class PackError(DisclosureRulesError):
    """A rule pack that does not obey the format; nothing of it is used."""


class ExpressionError(DisclosureRulesError):
    """An expression of a rule that the language does not allow or cannot resolve. Its place is a field of the rule."""

    def within(self, rule: str) -> ExpressionError:
        """The same error, with the id of the rule before the field."""
        return ExpressionError(self.zh, self.en, place=f"{rule}:{self.place}", code=self.code)


class PluginError(DisclosureRulesError):
    """A plugin that cannot be loaded or claims what is taken."""


class UsageError(DisclosureRulesError):
    """An argument that makes no sense, alone or together with another."""


def unwritable(path: Path, problem: OSError, zh: str = "", en: str = "") -> UsageError:
    """The error for a file or folder that cannot be written.

    Args:
        path: The file or folder.
        problem: What the system said.
        zh: What to do, in Chinese.
        en: The same in English.
    """
    why = system_words(problem)
    return UsageError(
        f"{path} 无法写入（{why[0]}）" + (f"；{zh}" if zh else ""),
        f"{path} cannot be written ({why[1]})" + (f"; {en}" if en else ""),
        code="unwritable-file",
    )
