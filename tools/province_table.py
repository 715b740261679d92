"""Writes docs/province.md: what a made province has planted in it, what a run over it finds, and what it finds wrongly.

python tools/province_table.py BODIES     some minutes for 3,000
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from subprocess import run
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "batch"))

from province import FORMATS, make_province

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from province import Province

__all__ = ["Row", "compared", "false_errors"]

_TEXT = """# A made province

`make province-table` makes it, runs `batch` over it with a roster and last year's reports, and writes this page.
{bodies:,} bodies of Jiangsu (cities, counties, their departments and townships), and {files:,} files of this year:
{formats}.
Beside them are the reports of the year before. Bodies' sums agree with those below them, and this year's figures with
last year's, but for what is planted. How it is made stands in `tests/batch/province.py`; the suite asserts the
same of a province of 150 bodies.

| planted: rule of `cn/collection` | planted | found | not found | false |
| --- | ---: | ---: | ---: | ---: |
{rows}

Counted are bodies, each once a rule. A planted file that cannot be read is told as that (`unreadable`), and whether its
body's report is missing stays open. “False” is what is found of a body in which it was not planted.

Within the reports nothing is planted but late days: of {reports:,} reports {late} are late, which are those planted, and
**{false} have another error**. {rates}
"""


class Row(NamedTuple):
    """One rule: the bodies that it was planted in, and those that it was found of."""

    rule: str
    planted: frozenset[str]
    found: frozenset[str]

    @property
    def missed(self) -> frozenset[str]:
        """Planted and not found."""
        return self.planted - self.found

    @property
    def false(self) -> frozenset[str]:
        """Found and not planted."""
        return self.found - self.planted


def compared(province: Province, out: Path) -> list[Row]:
    """What was planted beside what the run into `out` found, rule by rule."""
    told = json.loads((out / "batch.json").read_text("utf-8"))
    found: dict[str, set[str]] = {}
    for finding in told["findings"]:
        found.setdefault(finding["rule"], set()).add(finding["body"])
    for entry in _results(out):
        if entry["source"]["format"] == "unread":
            name = Path(entry["source"]["path"]).stem
            found.setdefault("cn/collection/unreadable", set()).add(name)
    return [
        Row(rule, frozenset(province.planted.get(rule, ())), frozenset(found.get(rule, ())))
        for rule in sorted(found.keys() | province.planted.keys())
    ]


def false_errors(province: Province, out: Path) -> list[tuple[str, str]]:
    """The errors of reports, as rule and body, that nobody planted: all but those of late reports."""
    late = set(province.planted["cn/collection/published-after-due"])
    return [
        (finding["rule"], result["report"]["body"]["name"] if result["report"]["body"] else "")
        for result in _results(out)
        for finding in result["findings"]
        if finding["severity"] == "error"
        and not (finding["rule"].endswith("-late") and result["report"]["body"]["name"] in late)
    ]


def _results(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]


def _page(province: Province, out: Path, rows: Sequence[Row]) -> str:
    results = _results(out)
    suffixes = Counter(path.suffix.lstrip(".") for path in province.now.rglob("*") if path.is_file())
    told: Mapping[str, object] = json.loads((out / "batch.json").read_text("utf-8"))
    frequent = ", ".join(f"`{rule}`" for rule in told["frequent"])  # type: ignore[attr-defined]
    return _TEXT.format(
        bodies=province.bodies,
        files=suffixes.total(),
        formats=", ".join(f"{count:,} {kind}" for kind, count in suffixes.most_common())
        + f"; one report in {sum(FORMATS.values()) // FORMATS['split']} is in two files, text and tables",
        rows="\n".join(
            f"| {row.rule.removeprefix('cn/collection/')} | {len(row.planted)} | {len(row.planted & row.found)} "
            f"| {len(row.missed)} | {len(row.false)} |"
            for row in rows
        ),
        reports=sum(result["source"]["format"] != "unread" for result in results),  # type: ignore[index]
        late=len(province.planted["cn/collection/published-after-due"]),
        false=len({body for _, body in false_errors(province, out)}),
        rates=f"More than a fifth of the reports have\n{frequent}, and the run says so: the made texts are alike in that."
        if frequent
        else "",
    )


def main(bodies: int) -> int:
    """Make the province, run over it, write the page; 1 where something planted is not found or something false is."""
    with tempfile.TemporaryDirectory() as folder:
        province = make_province(Path(folder), bodies)
        out = Path(folder) / "out"
        given = ["--roster", str(province.roster), "--previous", str(province.last), "--out", str(out)]
        command = [sys.executable, "-m", "disclosure_rules", "batch", str(province.now), *given]
        run(command, check=False, stdout=sys.stderr)  # noqa: S603  it ends with 2: some files cannot be read
        rows = compared(province, out)
        (ROOT / "docs" / "province.md").write_text(_page(province, out, rows), "utf-8")
        wrong = [row for row in rows if row.missed or row.false]
        for row in wrong:
            print(row.rule, "missed:", *row.missed, "false:", *row.false)
        for rule, body in false_errors(province, out):
            print(rule, body)
        return 1 if wrong or false_errors(province, out) else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
