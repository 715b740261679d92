"""When pages are drawn: once, by who judges the report, and again only where they would not be the same."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from made_files import tables_xlsx, text_docx
from test_batch_parts import report

from disclosure_rules.batch.index_lines import page_name
from disclosure_rules.batch.judge import Judged, collection_context, judge
from disclosure_rules.batch.pages import write_pages
from disclosure_rules.batch.report_files import Batch
from disclosure_rules.batch.roster import read_roster
from disclosure_rules.batch.run import run_batch
from disclosure_rules.batch.runner import Runner
from disclosure_rules.batch.work import Choices, checker_for
from disclosure_rules.ingest.inputs import inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REPORTS = Path(__file__).resolve().parents[1] / "data" / "reports"

Chunk = TypeVar("Chunk")
Done = TypeVar("Done")


class _Counting(Runner):
    """Knows how many chunks it was given."""

    def __init__(self) -> None:
        super().__init__(partial(ThreadPoolExecutor, 1), 1)
        self.names: list[str] = []

    def each(
        self, work: Callable[[Chunk], Done], chunks: Iterator[Chunk]
    ) -> Iterator[tuple[Chunk, Done | None]]:
        for chunk, done in super().each(work, chunks):
            self.names += [task.name for task in chunk]  # type: ignore[attr-defined]
            yield chunk, done


def _run(folder: Path, out: Path, *, early: bool) -> tuple[Batch, Choices]:
    choices = Choices(seconds=600, pages=str(out) if early else None)
    store = run_batch(list(inputs(folder)), out, choices, Runner(partial(ThreadPoolExecutor, 1), 1))
    roster = folder.parent / "名册.csv"
    roster.write_text("单位名称,报送期限\n宿迁市人民政府,2024-12-31\n长治市长子县财政局,\n", "utf-8")
    checker, known = checker_for(choices), read_roster(roster)
    context = collection_context(store, known, checker)
    return Batch(store, context, judge(context, checker), known.notes), choices


def _drawn(out: Path, batch: Batch, choices: Choices) -> list[str]:
    """The reports whose pages are drawn at the end of a run."""
    runner = _Counting()
    write_pages(out, batch, choices, runner)
    return runner.names


def _pages(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (out / "reports").iterdir()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports of three formats, one in two files, one that the batch speaks of, and a broken one."""
    folder = tmp_path / "in"
    (folder / "局").mkdir(parents=True)
    for name in ("suqian-shizhengfu-2024.txt", "shuyang-fagaiju-2023.html", "shanghai-kewei-2024.txt"):
        shutil.copy(REPORTS / name, folder)
    given = report()
    (folder / "局" / "正文.docx").write_bytes(text_docx(given))
    (folder / "局" / "附表.xlsx").write_bytes(tables_xlsx(given))
    (folder / "坏.json").write_text("{", "utf-8")
    return folder


def test_a_page_is_the_same_whenever_it_is_drawn_and_is_drawn_once(folder: Path, tmp_path: Path) -> None:
    batch, choices = _run(folder, tmp_path / "late", early=False)
    names = [head.name for head in batch.store.heads()]
    assert _drawn(tmp_path / "late", batch, choices) == names
    batch, choices = _run(folder, tmp_path / "early", early=True)
    before = _pages(tmp_path / "early")
    drawn = _drawn(tmp_path / "early", batch, choices)
    after = _pages(tmp_path / "early")
    assert after == _pages(tmp_path / "late")
    changed = {page for page in after if before.get(page) != after[page]}
    assert {_page(batch, name) for name in drawn} == changed
    assert {"坏.json", "shuyang-fagaiju-2023.html"} <= set(drawn)  # not read, and of another year
    assert {"suqian-shizhengfu-2024.txt", "局/正文.docx"}.isdisjoint(drawn)
    assert _drawn(tmp_path / "early", batch, choices) == []


def test_a_page_is_drawn_again_where_it_is_not_what_was_written_or_says_what_is_no_more(
    folder: Path, tmp_path: Path
) -> None:
    batch, choices = _run(folder, tmp_path / "out", early=True)
    _drawn(tmp_path / "out", batch, choices)
    whole = _pages(tmp_path / "out")
    touched, gone = (_page(batch, name) for name in ("suqian-shizhengfu-2024.txt", "局/正文.docx"))
    (tmp_path / "out" / "reports" / touched).write_text("spoilt", "utf-8")
    (tmp_path / "out" / "reports" / gone).unlink()
    assert _drawn(tmp_path / "out", batch, choices) == ["suqian-shizhengfu-2024.txt", "局/正文.docx"]
    assert _pages(tmp_path / "out") == whole
    silent = batch._replace(judged=Judged((), ()))
    assert "shuyang-fagaiju-2023.html" in _drawn(tmp_path / "out", silent, choices)
    assert _drawn(tmp_path / "out", batch, choices._replace(lang="en")) == [
        head.name for head in batch.store.heads()
    ]


def test_a_report_that_is_joined_no_more_has_the_page_of_what_it_is_now(folder: Path, tmp_path: Path) -> None:
    batch, choices = _run(folder, tmp_path / "out", early=True)
    _drawn(tmp_path / "out", batch, choices)
    page = tmp_path / "out" / "reports" / _page(batch, "局/正文.docx")
    joined = page.read_bytes()
    batch.store.close()
    (folder / "局" / "附表.xlsx").unlink()
    batch, choices = _run(folder, tmp_path / "out", early=True)
    assert "局/正文.docx" in _drawn(tmp_path / "out", batch, choices)
    alone, others = _run(folder, tmp_path / "alone", early=False)
    _drawn(tmp_path / "alone", alone, others)
    assert _pages(tmp_path / "out") == _pages(tmp_path / "alone")
    assert page.read_bytes() != joined


def _page(batch: Batch, name: str) -> str:
    head = batch.store.head(name)
    assert head is not None
    return page_name(head.name, head.body)
