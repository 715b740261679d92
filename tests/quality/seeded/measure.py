"""Plant every defect, check the planted report and its clean twin, and see which rule says what is new."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from itertools import islice, product
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Literal, NamedTuple

import yaml

from disclosure_rules.testing import place_key
from seeded import cells, clerk, law, leftovers, narrative, structure, wording, years
from seeded.bases import Base, Plain, bases, checker
from seeded.page import page
from seeded.planting import PLANTERS, Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_rules.model.result import CheckResult, Finding

Form = Literal["structured", "document"]
Verdict = Literal["found", "elsewhere", "open", "missed"]
Cause = Literal["first", "listed", "missed"]
_SEED = 20241231
# Importing them registers their kinds.
_ROOMS = (cells, clerk, law, leftovers, narrative, structure, wording, years)


@dataclass(frozen=True)
class Kind:
    """What a kind is: its group and the rules that answer it."""

    group: str
    rules: tuple[str, ...]
    beside: tuple[str, ...] = ()

    def answered_by(self, rule: str) -> bool:
        """Whether a rule is a right answer."""
        return _among(rule, self.rules)

    def expects(self, rule: str) -> bool:
        """Whether a rule may rightly speak as well."""
        return _among(rule, self.beside)


def _among(rule: str, ids: tuple[str, ...]) -> bool:
    return any(rule == wanted or (wanted.endswith("/") and rule.startswith(wanted)) for wanted in ids)


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind, as the data says."""
    data = yaml.safe_load((Path(__file__).parent / "kinds.yaml").read_text(encoding="utf-8"))
    return {
        name: Kind(entry["group"], tuple(entry["rules"]), tuple(entry.get("beside", ())))
        for name, entry in data.items()
    }


class Told(NamedTuple):
    """A finding as far as it tells two apart."""

    rule: str
    severity: str
    place: str
    message: str


@dataclass(frozen=True)
class Planted:
    """One planted defect and what the rules made of it."""

    kind: str
    base: str
    form: Form
    verdict: Verdict
    answers: tuple[str, ...]  # rules that told it where it is
    beside: tuple[Told, ...]  # new findings that no answer asks for
    faults: tuple[str, ...] = ()
    cause: Cause | None = None  # of a defect in cells of one table that breaks its sums


def planted(
    form: Form, *, only: frozenset[str] | None = None, groups: frozenset[str] | None = None
) -> Iterator[Planted]:
    """The defects in one form of the report: the same ones, in the same order, whenever it is asked.

    Args:
        form: As plain values, or through the reader of web pages.
        only: Names of the bases; all of them otherwise.
        groups: Groups of kinds; all of them otherwise.
    """
    for base in bases():
        if only is not None and base.name not in only:
            continue
        for name, (planter, times) in PLANTERS.items():
            if groups is not None and kinds()[name].group not in groups:
                continue
            # The reader of pages is slow, and what it does to a second slip it does to the first.
            for turn in range(times if form == "structured" else 1):
                rng = Random(f"{_SEED} {base.name} {name} {turn}")
                for edit in planter(base, rng):
                    if edit.only in (None, form):
                        yield _asked(name, base, form, edit)


def _asked(name: str, base: Base, form: Form, edit: Edit) -> Planted:
    kind = kinds()[name]
    clean = edit.clean or base.report
    twin = _check(clean, form, edit.previous, "report.html")
    before = {_masked(entry) for entry in told(twin)}
    result = _check(edit.report, form, edit.previous, edit.name)
    new = [entry for entry in told(result) if _masked(entry) not in before]
    answers = [entry for entry in new if kind.answered_by(entry.rule)]
    there = [entry for entry in answers if _there(entry, edit)]
    undecided = {entry.rule for entry in result.open} - {entry.rule for entry in twin.open}
    left: Verdict = "open" if any(map(kind.answered_by, undecided)) else "missed"
    verdict: Verdict = "found" if there else "elsewhere" if answers else left
    beside = tuple(
        entry for entry in new if not kind.answered_by(entry.rule) and not kind.expects(entry.rule)
    )
    rules = tuple(dict.fromkeys(entry.rule for entry in there))
    faults = tuple(fault.rule for fault in result.faults)
    cause = _cause(clean, edit.report, result) if kind.group == "sums" else None
    return Planted(name, base.name, form, verdict, rules, beside, faults, cause)


def _cause(clean: Plain, report: Plain, result: CheckResult) -> Cause | None:
    """Whether the root causes name exactly the cells that were changed, with the numbers that stood there."""
    if not result.root_causes:
        return None
    changed = {
        (f"{table}.{row}.{column}", str(value))
        for table, rows in clean["tables"].items()
        for row, values in rows.items()
        for column, value in values.items()
        if report["tables"][table][row][column] != value
    }
    answers = [
        [
            {(place_key(cell.location), cell.fits) for cell in correction.cells}
            for correction in cause.corrections
        ]
        for cause in result.root_causes
    ]
    if set().union(*(corrections[0] for corrections in answers)) == changed:
        return "first"
    listed = any(set().union(*choice) == changed for choice in islice(product(*answers), 100))
    return "listed" if listed else "missed"


def _masked(entry: Told) -> tuple[str, str, str]:
    """A finding without its figures: how many characters a section has changes with every sentence."""
    return entry.rule, entry.place, re.sub(r"\d+", "#", entry.message)


def _there(entry: Told, edit: Edit) -> bool:
    return any(fnmatchcase(entry.place, place) for place in edit.at) and (
        not edit.words or any(word in entry.message for word in edit.words)
    )


_CLEAN: dict[str, CheckResult] = {}


def _check(report: Plain, form: Form, previous: Plain | None, name: str) -> CheckResult:
    key = f"{form} {name} {previous} {report}"
    known = _CLEAN.get(key)
    if known is None:
        source = report if form == "structured" else page(report)
        known = checker().check(source, name=name, previous=previous)
        if len(_CLEAN) < 64:
            _CLEAN[key] = known
    return known


def told(result: CheckResult) -> list[Told]:
    """What a result tells, without the number of a paragraph or a line, which shift when a text is put in."""
    return [_told(finding) for finding in result.findings]


def _told(finding: Finding) -> Told:
    return Told(finding.rule, str(finding.severity), place_key(finding.location), finding.message.zh)


def clean_findings(form: Form) -> dict[str, list[Told]]:
    """What is found in the clean twins."""
    return {base.name: told(_check(base.report, form, base.previous, "report.html")) for base in bases()}
