"""Text → its figures → what the rules on the narrative say of them; and texts made to be slow.

Run by `make bench`. Prints Markdown. Times are CPU time of one process, the least of several rounds.
"""

from __future__ import annotations

import json
import platform
import time
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_rules import Checker
from disclosure_rules.checks.mentions import Lexicon, read_mentions
from disclosure_rules.engine import build_program, run
from disclosure_rules.model.report import Paragraph, Report, Section

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 7
VERBS = {
    "figures-unequal-table",
    "figures-of-other-scope",
    "breakdowns-unequal-figure",
    "lists-unequal-figure",
    "shares-miscalculated",
    "changes-miscalculated",
    "trends-contradicted",
    "denials-contradicted",
    "figures-differ",
    "claim-contradicted",
    "parts-of-figures",
}
SENTENCE = "全年收到政府信息公开申请34件，同比增长5%，其中予以公开9件，占26.5%；未收到行政复议。"
# A million letters, the most that is read of a report.
HOSTILE = {
    "ordinary sentences": SENTENCE * 25_000,
    "digits": "1" * 1_000_000,
    "figures without end": "3件" * 500_000,
    "thousands without end": "1," * 500_000,
    "shares without end": "共3件,占5%,其中2件," * 80_000,
    "things without end": "申请" * 500_000,
    "denials without end": "未收到" * 330_000,
    "brackets without end": "(" * 500_000 + ")" * 500_000,
    "closing brackets": ")3件" * 330_000,
    "no full stop": "收到申请3件同比增长5%较2023年的2件" * 45_000,
}


def milliseconds(work: Callable[[], object], repeat: int) -> float:
    """The least time of one call."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(repeat):
            work()
        best = min(best, (time.process_time() - start) / repeat)
    return best * 1e3


def main() -> None:
    checker = Checker()
    print(f"\nPython {platform.python_version()}\n\n| what | ms |\n| --- | --- |")
    data = json.loads((ROOT / "tests" / "data" / "mentions" / "sentences.json").read_text("utf-8"))
    for name in ("suqian-shizhengfu-2024.txt", "shanghai-zhengfubangongting-2019.html"):
        report = checker.load_report(ROOT / "tests" / "data" / "reports" / name)
        usual(checker, report, name)
    real = checker.load_report(
        {"layout": "2021", "year": 2023, "sections": {"overview": "\n".join(case["text"] for case in data)}}
    )
    usual(checker, real, f"{len(data)} real sentences full of figures")
    vocabulary = checker.rule_set(real).vocabulary
    if vocabulary is not None:
        start = time.process_time()
        list(Lexicon(vocabulary, 2023).tokens("收到申请3件"))
        print(f"| the patterns, once a process and year | {(time.process_time() - start) * 1e3:.1f} |")
    hostile(checker)


def usual(checker: Checker, report: Report, name: str) -> None:
    """The figures of one report, and every rule on them."""
    context = checker.context(report)
    if context.lexicon is None:
        return
    lexicon, reading = context.lexicon, context.reading
    letters = sum(len(passage.printed) for passage in reading)
    read = milliseconds(lambda: read_mentions(report, reading, lexicon), 40)
    print(f"| figures of {name} ({letters} letters, {len(context.mentions)} figures) | {read:.2f} |")
    rule_set = checker.rule_set(report)
    rules = tuple(rule for rule in rule_set.rules if rule.rule.check in VERBS)
    program = build_program(
        rule_set.model_copy(update={"rules": rules}),
        checker._plugins.checks,  # noqa: SLF001  the verbs as the checker calls them
        {key: table.form for key, table in report.tables.items()},
    )
    whole = milliseconds(lambda: run(program, report, context), 40)
    print(f"| {len(rules)} rules on them, the figures read | {whole:.2f} |")


def hostile(checker: Checker) -> None:
    """Texts that a careless pattern would never finish."""
    print("\n| a million letters of | figures read | s |\n| --- | --- | --- |")
    for name, text in HOSTILE.items():
        section = Section(
            key="overview", heading="一、总体情况", paragraphs=(Paragraph(text=text[:1_000_000]),)
        )
        report = Report(year=2024, layout="2021", sections=(section,))
        start = time.process_time()
        context = checker.context(report)
        checker.judge(report)
        print(f"| {name} | {len(context.mentions)} | {time.process_time() - start:.2f} |")


if __name__ == "__main__":
    main()
