"""A run over a folder: isolated, continued, and the same whatever the order and the number of processes."""

from __future__ import annotations

import os
import pickle
import shutil
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from disclosure_rules.batch import work
from disclosure_rules.batch.entries import Entry, unpacked
from disclosure_rules.batch.run import run_batch
from disclosure_rules.batch.runner import Runner
from disclosure_rules.batch.store import FILE, Store
from disclosure_rules.batch.work import Choices
from disclosure_rules.errors import UsageError
from disclosure_rules.ingest.inputs import inputs

if TYPE_CHECKING:
    from collections.abc import Callable

REPORTS = Path(__file__).resolve().parents[1] / "data" / "reports"
SUQIAN = ("suqian-shizhengfu-2023.txt", "suqian-shizhengfu-2024.txt")


def _folder(place: Path, *names: str) -> Path:
    place.mkdir()
    for name in names:
        shutil.copy(REPORTS / name, place)
    return place


def _run(
    folder: Path, out: Path, previous: Path | None = None, pool: Callable[[], Executor] | None = None
) -> list[Entry]:
    runner = Runner(pool or partial(ThreadPoolExecutor, 1), 1)
    store = run_batch(list(inputs(folder)), out, Choices(seconds=600), runner, previous)
    entries = list(store.entries())
    store.close()
    return entries


def test_one_bad_file_stops_nothing_and_is_told(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "in", *SUQIAN)
    (folder / "空.docx").write_bytes(b"")
    (folder / "坏.json").write_text("{", "utf-8")
    entries = {entry.name: entry for entry in _run(folder, tmp_path / "out")}
    assert {name: entry.status for name, entry in entries.items()} == {
        SUQIAN[0]: "checked",
        SUQIAN[1]: "checked",
        "空.docx": "unreadable",
        "坏.json": "unreadable",
    }
    assert '"verdict":"incomplete"' in unpacked(entries["空.docx"].result or b"")
    assert entries[SUQIAN[1]].body == "宿迁市人民政府"


def test_what_is_done_is_not_done_again_and_what_changed_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _folder(tmp_path / "in", *SUQIAN)
    before = _run(folder, tmp_path / "out")
    judged: list[str] = []
    real = work._judged

    def noting(choices: Choices, run: str, task: work.Task, data: bytes, sha256: str) -> work.Done:
        judged.append(task.name)
        return real(choices, run, task, data, sha256)

    monkeypatch.setattr(work, "_judged", noting)
    assert _run(folder, tmp_path / "out") == before
    assert judged == []
    text = (folder / SUQIAN[0]).read_text("utf-8")
    (folder / SUQIAN[0]).write_text(text + "\n补充。\n", "utf-8")
    (folder / SUQIAN[1]).unlink()
    after = _run(folder, tmp_path / "out")
    assert judged == [SUQIAN[0]]
    assert [entry.name for entry in after] == [SUQIAN[0]]


def test_processes_give_what_one_thread_gives(tmp_path: Path) -> None:
    names = [*SUQIAN, "zhangzi-zhujianju-2019.txt", "shuyang-fagaiju-2023.html"]
    folder = _folder(tmp_path / "in", *names)
    pool = partial(ProcessPoolExecutor, 2, mp_context=get_context("spawn"))
    assert _run(folder, tmp_path / "a") == _run(folder, tmp_path / "b", pool=pool)


def test_last_years_folder_or_last_years_run_is_the_previous_side(tmp_path: Path) -> None:
    last, now = _folder(tmp_path / "2023", SUQIAN[0]), _folder(tmp_path / "2024", SUQIAN[1])
    [by_folder] = _run(now, tmp_path / "a", last)
    _run(last, tmp_path / "run-2023")
    [by_run] = _run(now, tmp_path / "b", tmp_path / "run-2023")
    told = unpacked(by_folder.result or b"")
    assert '"previous":{' in told
    assert '"path":"suqian-shizhengfu-2023.txt"' in told
    assert by_run.result == by_folder.result
    [alone] = _run(now, tmp_path / "c")
    assert '"previous":null' in unpacked(alone.result or b"")


class _Fragile(ThreadPoolExecutor):
    """Dies as a pool of processes does when one of them is killed by a certain input."""

    def submit(self, fn: object, /, *args: object, **kwargs: object) -> Future[object]:
        future: Future[object] = super().submit(fn, *args, **kwargs)  # type: ignore[arg-type]
        if any(task.name == "毒.txt" for task in args[0]):  # type: ignore[attr-defined]
            broken: Future[object] = Future()
            broken.set_exception(BrokenProcessPool("killed"))
            return broken
        return future


def test_an_input_that_kills_its_worker_is_told_and_the_others_are_done(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "in", *SUQIAN)
    (folder / "毒.txt").write_text("毒", "utf-8")
    entries = {
        entry.name: entry.status for entry in _run(folder, tmp_path / "out", pool=partial(_Fragile, 1))
    }
    assert entries == {SUQIAN[0]: "checked", SUQIAN[1]: "checked", "毒.txt": "crashed"}


# Python 3.12 warns of a fork beside threads (the test runner's own); only a fork inherits the patched worker.
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_real_process_that_is_killed_costs_one_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _folder(tmp_path / "in", *SUQIAN)
    (folder / "毒.txt").write_text("毒", "utf-8")
    real = work._judged

    def dying(choices: Choices, run: str, task: work.Task, data: bytes, sha256: str) -> work.Done:
        if task.name == "毒.txt":
            os.kill(os.getpid(), 9)
        return real(choices, run, task, data, sha256)

    monkeypatch.setattr(work, "_judged", dying)
    pool = partial(ProcessPoolExecutor, 1, mp_context=get_context("fork"))
    entries = {entry.name: entry.status for entry in _run(folder, tmp_path / "out", pool=pool)}
    assert entries == {SUQIAN[0]: "checked", SUQIAN[1]: "checked", "毒.txt": "crashed"}


def test_a_store_of_another_version_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.set_meta("version", "0")
    store.close()
    with pytest.raises(UsageError) as caught:
        Store(tmp_path)
    assert caught.value.code == "other-version"


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 100)
    with pytest.raises(UsageError) as caught:
        Store(tmp_path)
    assert caught.value.code == "store-unusable"


def test_a_report_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text("a", "utf-8")

    def endless(*_: object) -> work.Done:
        while True:
            pass

    monkeypatch.setattr(work, "_judged", endless)
    [done] = work.process(Choices(seconds=0.05), "run", [work.Task("now", "a.txt", file)])
    assert done.entry is not None
    assert done.entry.status == "too-slow"


def test_a_store_that_is_closed_is_one_file_and_can_be_read_where_nothing_can_be_written(
    tmp_path: Path,
) -> None:
    folder = _folder(tmp_path / "in", SUQIAN[1])
    [entry] = _run(folder, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [FILE]
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(tmp_path / "out" / FILE, alone)
    alone.chmod(0o500)
    try:
        store = Store(alone, read_only=True)
        assert [one.name for one in store.entries()] == [entry.name]
        store.close()
    finally:
        alone.chmod(0o700)


def test_an_error_comes_whole_out_of_another_process() -> None:
    told = UsageError("磁盘已满", "the disk is full", place="a.html", code="full")
    again = pickle.loads(pickle.dumps(told))  # noqa: S301  our own
    assert (type(again), again.args, again.place, again.code) == (UsageError, told.args, "a.html", "full")
