"""Plant slips in real tables, ask for the root cause, and write what came of it to `docs/root-cause.md`.

`make root-causes`. Every table 3 and 4 of the reports in `tests/data/reports` that adds up is used, those with blank
cells apart; then the clean twins of `make quality`, with their text and last year's report. A slip is planted in the
numbers of a report as read, one or two cells at a time; the report is then judged like any other. *Exactly* and *first*
mean: the first correction of every root cause, taken together, is exactly what was planted, cells and values. *Listed*
means: what was planted is among the corrections listed (ten for each cause). Slips that other corrections of the same
size explain as well are counted apart, for no sum tells them from each other: *by chance* is what naming any of these
would find. So are slips that fewer cells explain.
"""

from __future__ import annotations

import json
import math
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules import Checker
from disclosure_rules.plugins import Plugins

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "quality"))

from seeded.bases import bases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from disclosure_rules.model.report import Report, Table
    from disclosure_rules.model.result import CheckResult, Correction

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "tests" / "data" / "reports"
PAGE = ROOT / "docs" / "root-cause.md"
MARK = "<!-- measured: make root-causes -->\n"

PAIRS = 100  # of each kind in each table
SEED = 20260
HEAD = (
    *("where", "slip", "planted", "unseen", "fewer cells", "one answer", "exactly"),
    *("several", "first", "by chance", "all first", "listed"),
)

# Position of a cell in its table → the number written there.
Slip = dict[int, int]


class Grid(NamedTuple):
    """The numbers of a table row by row, the columns of a row, and which cells are totals."""

    columns: int
    values: tuple[int | None, ...]
    totals: frozenset[int]


class Planted(NamedTuple):
    """One slip in one report: its group and kind, the table, and last year's report where it is at hand."""

    group: str
    kind: str
    report: Report
    table: str
    slip: Slip
    previous: Report | None = None


class Verdict(NamedTuple):
    """What came of a slip: how many corrections are equally small, and whether the planted one is first, or listed.

    `answers` is 0 where no sum is broken; `smaller` where the corrections have fewer cells than the slip.
    """

    answers: int
    smaller: bool = False
    first: bool = False
    listed: bool = False


class Score(NamedTuple):
    """How the slips of one group and kind were answered."""

    group: str
    kind: str
    verdicts: list[Verdict]

    def line(self) -> str:
        """A line of the table."""
        seen = [one for one in self.verdicts if one.answers]
        alone = [one for one in seen if one.answers == 1 and not one.smaller]
        several = [one for one in seen if one.answers > 1 and not one.smaller]
        cells = (
            *(self.group, self.kind, len(self.verdicts), len(self.verdicts) - len(seen)),
            sum(one.smaller for one in seen),
            *(len(alone), _share(sum(one.first for one in alone), len(alone))),
            *(len(several), _share(sum(one.first for one in several), len(several))),
            _share(sum(1 / one.answers for one in several), len(several)),
            _share(sum(one.first for one in seen), len(seen)),
            _share(sum(one.listed for one in seen), len(seen)),
        )
        return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _share(part: float, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def swapped(value: int) -> Iterator[int]:
    """The numbers with two neighbouring digits swapped."""
    digits = str(value)
    for i in range(len(digits) - 1):
        changed = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
        if changed[0] != "0" and changed != digits:
            yield int(changed)


def dropped(value: int) -> Iterator[int]:
    """The numbers with one digit less."""
    digits = str(value)
    if len(digits) > 1:
        yield from {int(digits[:i] + digits[i + 1 :]) for i in range(len(digits))}


def doubled(value: int) -> Iterator[int]:
    """The numbers with one digit written twice."""
    digits = str(value)
    if value:
        yield from {int(digits[:i] + digits[i] + digits[i:]) for i in range(len(digits))}


# A kind of slip → what a number may become by it.
SINGLE: dict[str, Callable[[int], Iterator[int] | list[int]]] = {
    "off by one": lambda value: [value + 1] + ([value - 1] if value else []),
    "digits swapped": swapped,
    "digit dropped": dropped,
    "digit doubled": doubled,
    "ten too many or too few": lambda value: [value + 10, value - 10] if value > 9 else [],  # noqa: PLR2004
    "left out": lambda value: [0] if value else [],
}


def single_slips(grid: Grid) -> Iterator[tuple[str, Slip]]:
    """Every slip in one cell, each number that differs once a kind."""
    columns, values, _ = grid
    for cell, value in enumerate(values):
        if value is None:
            continue
        for kind, ways in SINGLE.items():
            for wrong in sorted(set(ways(value)) - {value}):
                yield kind, {cell: wrong}
        above = values[cell - columns] if cell >= columns else None
        if above not in {None, value, 0, 1}:
            yield "copied from the row above", {cell: above}  # type: ignore[dict-item]  # not None: see above


def pair_slips(grid: Grid, rng: random.Random) -> Iterator[tuple[str, Slip]]:
    """Slips in two cells, `PAIRS` of each kind."""
    columns, values, totals = grid
    known = [cell for cell, value in enumerate(values) if value is not None]
    filled = [cell for cell in known if values[cell]]
    singles = [slip for _, slip in single_slips(grid)]
    for _ in range(PAIRS):
        one, other = rng.sample(singles, 2)
        if one.keys() != other.keys():
            yield "two slips anywhere", one | other
        if not filled:
            continue
        cell = rng.choice(filled)
        step = rng.choice((1, -1, columns, -columns))
        beside = cell + step
        same_row = abs(step) == columns or beside // columns == cell // columns
        if beside in known and same_row and not values[beside] and values[cell]:
            yield "moved to a cell beside it", {cell: 0, beside: values[cell] or 0}
        # What is counted wrongly is a single request or case: totals are added up afterwards.
        cell = rng.choice([one for one in filled if one not in totals] or filled)
        lines = [
            [i for i in known if i != cell and i // columns == cell // columns],
            [i for i in known if i != cell and i % columns == cell % columns],
        ]
        lines = [[i for i in line if i not in totals] for line in lines]
        for name, line in zip(("of a row", "of a column"), lines, strict=True):
            if line:
                target = rng.choice(line)
                yield (
                    f"one counted in another cell {name}",
                    {
                        cell: (values[cell] or 0) - 1,
                        target: (values[target] or 0) + 1,
                    },
                )


def misfiled(grid: Grid) -> Iterator[tuple[str, Slip]]:
    """One request counted in another cell of its row or column; any request is as likely as any other."""
    columns, values, totals = grid
    rng = random.Random(f"{SEED} {values}")  # noqa: S311  a sample that can be drawn again
    known = [cell for cell, value in enumerate(values) if value is not None and cell not in totals]
    weights = [values[cell] or 0 for cell in known]
    for _ in range(PAIRS if any(weights) else 0):
        (cell,) = rng.choices(known, weights)
        for name, line in (
            ("row", [one for one in known if one != cell and one // columns == cell // columns]),
            ("column", [one for one in known if one != cell and one % columns == cell % columns]),
        ):
            if line:
                target = rng.choice(line)
                slip = {cell: (values[cell] or 0) - 1, target: (values[target] or 0) + 1}
                yield f"any request, in another cell of its {name}", slip


class Measure:
    """Plants and judges."""

    def __init__(self) -> None:
        self._checker = Checker(plugins=Plugins(installed=False))
        self._positions = {
            (layout.id, table.key): table.index
            for layout in self._checker.layouts.values()
            for table in layout.tables
        }

    def reports(self) -> Iterator[Report]:
        """The real tables as reports without text."""
        for file in sorted(REPORTS.glob("*.truth.json")):
            truth = json.loads(file.read_text(encoding="utf-8"))
            tables = {
                key: truth["tables"][key]
                for key in ("requests", "reviews_and_litigation")
                if key in truth.get("tables", {})
            }
            if not tables:
                continue
            form = "2019" if "other_handling" in tables["requests"] else "2021"
            given = {"layout": truth["layout"], "year": truth["year"], "tables": tables}
            if form != truth["layout"]:
                given["printed"] = {"requests": {"form": form}}
            yield self._checker.load_report(given)

    def slips(self) -> Iterator[Planted]:
        """Everything that is planted, always the same."""
        rng = random.Random(SEED)  # noqa: S311  a sample that can be drawn again
        for report in self.reports():
            if not self._checker.judge(report).root_causes:
                for key in report.tables:
                    yield from _in_table(report, key, rng)
        yield from self.slips_with_text(rng)

    def slips_with_text(self, rng: random.Random) -> Iterator[Planted]:
        """Pairs in table 3 and single slips in table 4 of the clean twins, with their text and last year's report."""
        for base in bases():
            report = self._checker.load_report(base.report)
            previous = self._checker.load_report(base.previous) if base.previous else None
            for planted in (
                *_in_table(report, "requests", rng),
                *_in_table(report, "reviews_and_litigation", rng),
            ):
                if planted.group.endswith("one cell") != (planted.table == "requests"):
                    group = planted.group.replace(", form", " with the text, form")
                    yield planted._replace(group=group, previous=previous)

    def judge(self, planted: Planted) -> CheckResult:
        """The result of the report with the slip."""
        table = planted.report.tables[planted.table]
        values = list(table.values)
        for cell, wrong in planted.slip.items():
            values[cell] = wrong
        changed = table.model_copy(update={"values": tuple(values)})
        tables = {**planted.report.tables, planted.table: changed}
        return self._checker.judge(planted.report.model_copy(update={"tables": tables}), planted.previous)

    def verdict(self, planted: Planted) -> Verdict:
        """What came of it."""
        result = self.judge(planted)
        causes = result.root_causes
        if not causes:
            return Verdict(answers=int(any(note.code == "root-cause-not-found" for note in result.notes)))
        table = planted.report.tables[planted.table]
        positions = self._positions[table.form, planted.table]

        def told(correction: Correction) -> dict[int, str]:
            return {
                positions[cell.location.row or "", cell.location.column or ""]: cell.fits
                for cell in correction.cells
            }

        answers = math.prod(cause.count for cause in causes)
        wanted = {cell: str(table.values[cell]) for cell in planted.slip}
        listed = [[told(correction) for correction in cause.corrections] for cause in causes]
        if wanted == {cell: fits for one in listed for cell, fits in one[0].items()}:
            return Verdict(answers, first=True, listed=True)
        smaller = sum(len(cause.corrections[0].cells) for cause in causes) < len(wanted)
        parts = [[part for part in one if part.items() <= wanted.items()] for one in listed]
        found = {cell for one in parts for part in one for cell in part}
        return Verdict(answers, smaller, listed=all(parts) and found == wanted.keys())

    def scores(self) -> list[Score]:
        """A score for each group and kind, and one for each group."""
        verdicts: dict[tuple[str, str], list[Verdict]] = {}
        for planted in self.slips():
            verdict = self.verdict(planted)
            for kind in (planted.kind, "all"):
                verdicts.setdefault((planted.group, kind), []).append(verdict)
        order = sorted(verdicts, key=lambda key: (key[0], key[1] == "all", key[1]))
        return [Score(*key, verdicts[key]) for key in order]


def _in_table(report: Report, key: str, rng: random.Random) -> Iterator[Planted]:
    """What is planted in one table."""
    table = report.tables[key]
    name, grid = _name(key, table), _grid(key, table)
    for kind, slip in single_slips(grid):
        yield Planted(f"{name}, one cell", kind, report, key, slip)
    for kind, slip in pair_slips(grid, rng):
        yield Planted(f"{name}, two cells", kind, report, key, slip)
    if key == "requests":
        for kind, slip in misfiled(grid):
            yield Planted(f"{name}, one request misfiled", kind, report, key, slip)


def _name(key: str, table: Table) -> str:
    blank = ", with blanks" if None in table.values else ""
    return f"table {3 if key == 'requests' else 4}, form of {table.form}{blank}"


def _grid(key: str, table: Table) -> Grid:
    columns = 7 if key == "requests" else 5
    values = tuple(None if value is None else int(value) for value in table.values)
    # The last column, and the row before the last of table 3.
    rows = range(len(values) // columns)
    totals = {row * columns + columns - 1 for row in rows}
    if key == "requests":
        totals.update(range(len(values) - 2 * columns, len(values) - columns))
    return Grid(columns, values, frozenset(totals))


def page(scores: list[Score]) -> str:
    """`docs/root-cause.md` with its measured part made anew."""
    text = PAGE.read_text(encoding="utf-8")
    lines = [
        "| " + " | ".join(HEAD) + " |",
        "| --- | --- |" + " ---: |" * (len(HEAD) - 2),
        *(score.line() for score in scores),
    ]
    return text[: text.index(MARK) + len(MARK)] + "\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(Measure().scores()), encoding="utf-8")
