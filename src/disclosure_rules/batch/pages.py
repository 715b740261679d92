"""The pages of the reports of a batch, for people.

Pages are drawn and written by the workers, each from the store; what the index needs of a report is a line.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from disclosure_rules.batch.drawing import PageTask, draw
from disclosure_rules.batch.index_lines import FOLDER, Gathered, Spoken, tells_late
from disclosure_rules.errors import UsageError
from disclosure_rules.foreign import system_words
from disclosure_rules.formatters.html_notes import law
from disclosure_rules.formatters.html_words import LOOK, SEVERITY, SIGN, pick
from disclosure_rules.formatters.markup import tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from disclosure_rules.batch.drawing import Drawn
    from disclosure_rules.batch.report_files import Batch
    from disclosure_rules.batch.runner import Runner
    from disclosure_rules.batch.work import Choices
    from disclosure_rules.formatters.markup import Markup
    from disclosure_rules.model.collection import CollectionFinding
    from disclosure_rules.model.text import Lang

__all__ = ["write_pages"]

_CHUNK = 32  # pages that go to a worker at once
_OURS = re.compile(r"\.?.*-[0-9a-f]{12}\.html(\.\d+)?")  # pages, and drafts that a killed run left


def write_pages(out: Path, batch: Batch, choices: Choices, lang: Lang, runner: Runner) -> Gathered:
    """Write a page for each report into the folder `reports`; pages of reports that are gone go.

    It does little itself but wait for those who draw, so another thread can write what else there is.

    Args:
        out: The result folder, where the workers find the store too.
        batch: The run.
        choices: Its choices.
        lang: The language of what is said of the reports.
        runner: Who draws: workers of this machine.

    Returns:
        What the index needs of the reports.

    Raises:
        UsageError: The folder or a page cannot be written.
    """
    folder = out / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        before = {path.name for path in folder.iterdir() if _OURS.fullmatch(path.name)}
    except OSError as problem:
        zh, en = system_words(problem)
        raise UsageError(
            f"{folder} 无法写入（{zh}）",
            f"{folder} cannot be written ({en})",
            code="unwritable-file",
        ) from problem
    gathered = Gathered({}, {}, Counter(), set())
    for drawn in _drawn(out, batch, choices, lang, runner):
        before.discard(drawn.page)
        _gather(gathered, drawn)
    for name in before:
        (folder / name).unlink(missing_ok=True)
    return gathered


def _drawn(out: Path, batch: Batch, choices: Choices, lang: Lang, runner: Runner) -> Iterator[Drawn]:
    """Every page drawn, in the order of the reports' names."""
    work = partial(draw, str(out), choices, lang)
    held: dict[int, list[Drawn]] = {}
    wanted = 0
    for chunk, found in runner.each(work, _tasks(batch, lang)):
        # Drawn here where a worker died: it harms nothing that has been judged.
        held[chunk[0].number] = work(chunk) if found is None else found
        runner.progress(len(chunk))
        while wanted in held:
            done = held.pop(wanted)
            wanted += len(done)
            yield from done


def _tasks(batch: Batch, lang: Lang) -> Iterator[list[PageTask]]:
    about = _by_file(batch)
    tasks = (
        PageTask(number, name, _beside(about.get(name, ()), lang))
        for number, name in enumerate(batch.store.names())
    )
    while chunk := list(islice(tasks, _CHUNK)):
        yield chunk


def _by_file(batch: Batch) -> Mapping[str, Sequence[CollectionFinding]]:
    """What is wrong between reports, by the report that it is about: the first one it names, or those of its body."""
    of_row = batch.context.by_row
    found: dict[str, list[CollectionFinding]] = defaultdict(list)
    for finding in batch.judged.findings:
        own = (one.name for one in of_row.get(finding.row or 0, ()))
        for name in dict.fromkeys((*finding.files[:1], *own)):
            found[name].append(finding)
    return found


def _gather(gathered: Gathered, drawn: Drawn) -> None:
    """Keep what the index says of a report."""
    line = drawn.line
    gathered.lines[line.name] = line
    gathered.severities.update(drawn.severities)
    for rule, title, severity, number, times in drawn.rules:
        gathered.rules.setdefault(rule, Spoken(title, severity)).add(line.name, number, times)
        if tells_late(rule):
            gathered.late.add(line.name)


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
