"""The pages of the reports of a batch, for people.

Most are written by the workers when they have judged a report. What the batch says of a report is known at the end only:
the pages of those it speaks of are drawn again, and so is what was not drawn yet or is not there as it was written.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from disclosure_rules.batch.drawing import PageTask, draw
from disclosure_rules.batch.index_lines import page_name
from disclosure_rules.batch.page_files import drawn_of, pages_folder, state_of
from disclosure_rules.formatters.html_notes import law
from disclosure_rules.formatters.html_words import LOOK, SEVERITY, SIGN, pick
from disclosure_rules.formatters.markup import tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from disclosure_rules.batch.report_files import Batch
    from disclosure_rules.batch.runner import Runner
    from disclosure_rules.batch.work import Choices
    from disclosure_rules.formatters.markup import Markup
    from disclosure_rules.model.collection import CollectionFinding
    from disclosure_rules.model.text import Lang

__all__ = ["write_pages"]

_CHUNK = 32  # pages that go to a worker at once
_OURS = re.compile(r"\.?.*-[0-9a-f]{12}\.html(\.\d+)?")  # pages, and drafts that a killed run left


def write_pages(out: Path, batch: Batch, choices: Choices, runner: Runner) -> None:
    """See that there is a page for each report in the folder `reports`; pages of reports that are gone go.

    It does little itself but wait for those who draw, so another thread can write what else there is.

    Args:
        out: The result folder, where the workers find the store too.
        batch: The run.
        choices: Its choices.
        runner: Who draws: workers of this machine.

    Raises:
        UsageError: The folder or a page cannot be written.
    """
    folder = pages_folder(out)
    wanted = array("Q")
    tasks = _tasks(folder, batch, choices.lang, wanted, runner)
    work = partial(draw, str(out), choices)
    for chunk, found in runner.each(work, iter(lambda: list(islice(tasks, _CHUNK)), [])):
        # Drawn here where a worker died: it harms nothing that has been judged.
        batch.store.write_pages(work(chunk) if found is None else found)
        runner.progress(len(chunk))
    _clear(folder, array("Q", sorted(wanted)))


def _tasks(folder: Path, batch: Batch, lang: Lang, wanted: array[int], runner: Runner) -> Iterator[PageTask]:
    """The pages to draw; every page that there shall be goes to `wanted`, as the number that its name is known by."""
    about = _by_file(batch)
    for entry in batch.store.heads():
        file = page_name(entry.name, entry.body)
        wanted.append(_number(file))
        beside = _beside(about.get(entry.name, ()), lang)
        if batch.store.page(file) == (drawn_of(entry, lang, beside), state_of(folder / file)):
            runner.progress(1)
        else:
            yield PageTask(entry.name, beside)


def _clear(folder: Path, wanted: array[int]) -> None:
    """Take away pages of ours that are not wanted, and drafts."""
    for path in folder.iterdir():
        if _OURS.fullmatch(path.name):
            number = _number(path.name)
            at = bisect_left(wanted, number)
            if at == len(wanted) or wanted[at] != number:
                path.unlink(missing_ok=True)


def _number(file: str) -> int:
    """A name as a number, which takes eight bytes for each of a hundred thousand."""
    return int.from_bytes(hashlib.sha256(file.encode()).digest()[:8])


def _by_file(batch: Batch) -> Mapping[str, Sequence[CollectionFinding]]:
    """What is wrong between reports, by the report that it is about: the first one it names, or those of its body."""
    of_row = batch.context.by_row
    found: dict[str, list[CollectionFinding]] = defaultdict(list)
    for finding in batch.judged.findings:
        own = (one.name for one in of_row.get(finding.row or 0, ()))
        for name in dict.fromkeys((*finding.files[:1], *own)):
            found[name].append(finding)
    return found


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
