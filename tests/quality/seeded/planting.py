"""What a planted defect is, and the register of the kinds that can be planted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Literal

from seeded.bases import Base, Plain

TABLE_2, TABLE_3, TABLE_4 = "proactive_disclosure", "requests", "reviews_and_litigation"


@dataclass(frozen=True)
class Edit:
    """One defect in one report.

    `at` are the places (as `testing.place_key` writes them, with wildcards) at which telling it is right; `words` are
    texts of which the message must hold one. `clean` is the twin where it is not the base itself; `only` names the one
    form in which the defect can be shown, `name` the file's name where it matters.
    """

    report: Plain
    at: tuple[str, ...] = ("*",)
    words: tuple[str, ...] = ()
    clean: Plain | None = None
    previous: Plain | None = None
    only: Literal["structured", "document"] | None = None
    name: str = "report.html"


Planter = Callable[[Base, Random], Iterator[Edit]]
PLANTERS: dict[str, tuple[Planter, int]] = {}


def plants(kind: str, times: int = 1) -> Callable[[Planter], Planter]:
    """Register a function that plants defects of this kind; it is asked `times` times of each base."""

    def register(planter: Planter) -> Planter:
        assert kind not in PLANTERS, kind
        PLANTERS[kind] = (planter, times)
        return planter

    return register


def section(report: Plain, key: str) -> Plain:
    """A section of a report, to be changed."""
    found: Plain = next(entry for entry in report["sections"] if entry.get("key") == key)
    return found


def has_text(report: Plain, key: str) -> bool:
    """Whether a section has paragraphs."""
    return any(entry.get("key") == key and entry.get("paragraphs") for entry in report["sections"])


def inserted(base: Base, sentence: str, key: str = "overview") -> Plain:
    """The report with a sentence at the end of the last paragraph of a section."""
    report = base.copy()
    paragraphs = section(report, key)["paragraphs"]
    paragraphs[-1] = paragraphs[-1] + sentence
    return report


def changed_text(base: Base, old: str, new: str) -> Plain | None:
    """The report with one text in place of another at its first place; None where it does not stand there."""
    report = base.copy()
    for entry in report["sections"]:
        for number, text in enumerate(entry.get("paragraphs", ())):
            if old in text:
                entry["paragraphs"][number] = text.replace(old, new, 1)
                return report
    return None


def of_2021(base: Base) -> bool:
    """Whether the report follows the form in force."""
    return bool(base.report["layout"] == "2021")
