"""A report judged alone and with last year's report, and how the comparison of texts grows with their length.

Run by `make bench`. Prints Markdown.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_rules import Checker
from disclosure_rules.checks.passages import Passage
from disclosure_rules.checks.similarity import Comparison
from disclosure_rules.model.report import Paragraph, Report

if TYPE_CHECKING:
    from collections.abc import Callable

REPORTS = Path(__file__).resolve().parent.parent / "tests" / "data" / "reports"
ROUNDS = 200


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median time of one call, in ms."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e3


def compared(now: Report, last: Report, times: int) -> Comparison:
    """The overviews of two reports, so many times as long."""
    texts = []
    for report in (now, last):
        section = report.section("overview")
        assert section is not None
        words = "".join(paragraph.text for paragraph in section.paragraphs)
        texts.append([Passage(section, Paragraph(text=f"{words}{i}")) for i in range(times)])
    return Comparison(*texts)


def main() -> None:
    """Print the table."""
    checker = Checker()
    last, now = (checker.load_report(REPORTS / f"suqian-shizhengfu-{year}.txt") for year in (2023, 2024))
    print("| what | ms |\n| --- | --- |")
    print(f"| judged alone | {milliseconds(lambda: checker.judge(now)):.2f} |")
    print(f"| judged with last year's report | {milliseconds(lambda: checker.judge(now, last)):.2f} |")
    for times in (1, 10, 50):
        size = f"overviews of {3.3 * times:.0f},000 characters"
        sample = milliseconds(lambda times=times: compared(now, last, times).far_below(60), 20)  # type: ignore[misc]
        share = milliseconds(lambda times=times: compared(now, last, times).share, 20)  # type: ignore[misc]
        print(f"| {size}: sample, whole | {sample:.2f}, {share:.2f} |")


if __name__ == "__main__":
    sys.exit(main())
