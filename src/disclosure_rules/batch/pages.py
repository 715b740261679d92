"""The pages of a batch for people: one of each report, and `index.html` over all of them.

Reports are read from the store one by one and their pages written as they come; what the index needs of each is a line.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from sys import intern
from typing import TYPE_CHECKING

from disclosure_rules.batch.index import write_index
from disclosure_rules.batch.index_lines import FOLDER, Gathered, Line, Spoken, page_name, tells_late
from disclosure_rules.batch.report_files import replaced
from disclosure_rules.batch.store import unpacked
from disclosure_rules.errors import ReadError, UsageError
from disclosure_rules.formatters.html import page_of
from disclosure_rules.formatters.html_notes import law
from disclosure_rules.formatters.html_words import LOOK, SEVERITY, SIGN, pick
from disclosure_rules.formatters.markup import tag
from disclosure_rules.model.result import CheckResult
from disclosure_rules.model.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from disclosure_rules.batch.report_files import Batch
    from disclosure_rules.batch.store import Entry
    from disclosure_rules.formatters.markup import Markup
    from disclosure_rules.model.collection import CollectionFinding
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.text import Lang
    from disclosure_rules.pipeline import Checker

__all__ = ["write_pages"]

_OURS = re.compile(r"\.?.*-[0-9a-f]{12}\.html(\.\d+)?")  # pages, and drafts that a killed run left


def write_pages(out: Path, batch: Batch, checker: Checker, lang: Lang) -> None:
    """Write a page for each report into the folder `reports`, and `index.html`; pages of reports that are gone go.

    Args:
        out: The result folder.
        batch: The run; its reports are read one by one.
        checker: Reads the reports as they were kept, and knows the forms.
        lang: The language of what is said of the reports.

    Raises:
        UsageError: The folder or a file cannot be written.
    """
    folder = out / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        before = {path.name for path in folder.iterdir() if _OURS.fullmatch(path.name)}
    except OSError as problem:
        raise UsageError(
            f"{folder} 无法写入（{problem.strerror}）",
            f"{folder} cannot be written ({problem.strerror})",
            code="unwritable-file",
        ) from problem
    about = _by_file(batch)
    link = tag("a", pick(lang, "← 全部单位", "← all bodies"), href="../index.html")
    back = tag("nav", link, class_="back", aria_label=pick(lang, "返回", "back"))
    gathered = Gathered({}, {}, Counter(), set())
    for entry in batch.store.entries():
        name = page_name(entry.name, entry.body)
        before.discard(name)
        result = CheckResult.model_validate_json(unpacked(entry.result or b""))
        report = _kept(entry, checker)
        beside = _beside(about.get(entry.name, ()), lang)
        with replaced(folder / name) as page:
            page.write(page_of((result, report), checker.layouts, lang, back=back, beside=beside))
        _gather(gathered, entry, result)
    for name in before:
        (folder / name).unlink(missing_ok=True)
    write_index(out / "index.html", batch, gathered, lang)


def _kept(entry: Entry, checker: Checker) -> Report | None:
    """The report of an entry; None where there is none, or where it cannot be read back."""
    if entry.report is None:
        return None
    try:
        return checker.load_report(unpacked(entry.report).encode(), name=entry.name)
    except ReadError:  # its findings are told all the same, and one report stops nothing
        return None


def _by_file(batch: Batch) -> Mapping[str, Sequence[CollectionFinding]]:
    """What is wrong between reports, by the report that it is about: the first one it names, or those of its body."""
    of_row = batch.context.by_row
    found: dict[str, list[CollectionFinding]] = defaultdict(list)
    for finding in batch.judged.findings:
        own = (one.name for one in of_row.get(finding.row or 0, ()))
        for name in dict.fromkeys((*finding.files[:1], *own)):
            found[name].append(finding)
    return found


def _gather(gathered: Gathered, entry: Entry, result: CheckResult) -> None:
    """Keep what the index says of a report."""
    line = Line(
        entry.name,
        entry.body,
        intern(entry.status),
        intern(result.verdict),
        tuple(result.counts[severity] for severity in Severity),
    )
    gathered.lines[entry.name] = line
    gathered.severities.update(finding.severity for finding in result.findings)
    first: dict[str, int] = {}
    times = Counter(finding.rule for finding in result.findings)
    for number, finding in enumerate(result.findings, 1):
        if finding.rule not in first:
            first[finding.rule] = number
            spoken = gathered.rules.setdefault(finding.rule, Spoken(finding.title, finding.severity))
            spoken.add(entry.name, number, times[finding.rule])
            if tells_late(finding.rule):
                gathered.late.add(entry.name)


def _beside(findings: Sequence[CollectionFinding], lang: Lang) -> Markup | None:
    """What is wrong between a report and others, or the roster."""
    if not findings:
        return None
    heading = tag("h2", pick(lang, "与名册和其他报告对照", "Against the roster and other reports"))
    return tag("div", heading, (_between(one, lang) for one in findings), class_="listed")


def _between(finding: CollectionFinding, lang: Lang) -> Markup:
    return tag(
        "div",
        tag(
            "p",
            tag("span", SIGN[finding.severity](lang), class_=f"badge {LOOK[finding.severity]}"),
            " ",
            tag("b", f"{SEVERITY[finding.severity](lang)}{pick(lang, '：', ': ')}{finding.title(lang)}"),
            class_="what",
        ),
        tag("p", finding.message(lang)),
        tag("dl", (tag("div", tag("dt", name), tag("dd", words)) for name, words in _more(finding, lang))),
        class_=f"found {LOOK[finding.severity]}",
    )


def _more(finding: CollectionFinding, lang: Lang) -> Iterator[tuple[str, str | Markup]]:
    if finding.suggestion is not None:
        yield pick(lang, "建议", "do"), finding.suggestion(lang)
    for basis in finding.basis:
        yield pick(lang, "依据", "law"), law(basis)
    if finding.files:
        yield pick(lang, "文件", "files"), "、".join(finding.files)
    yield pick(lang, "规则", "rule"), tag("code", finding.rule)
