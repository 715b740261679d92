"""One run over a batch: what is new is read and judged in other processes, and kept in the store as it comes."""

from __future__ import annotations

import hashlib
import json
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_rules.batch.gather import Inputs
from disclosure_rules.batch.joints import joints
from disclosure_rules.batch.page_files import drawn_of, pages_folder
from disclosure_rules.batch.store import FILE, JUDGED_BY, SCORED, Store
from disclosure_rules.batch.work import Done, Task, checker_for, problem_entry, process
from disclosure_rules.errors import DisclosureRulesError, ReadError
from disclosure_rules.ingest.inputs import inputs
from disclosure_rules.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from disclosure_rules.batch.entries import Entry, Side
    from disclosure_rules.batch.joints import Joint
    from disclosure_rules.batch.runner import Runner
    from disclosure_rules.batch.work import Choices
    from disclosure_rules.ingest.inputs import Input
    from disclosure_rules.model.profile import Profile

__all__ = ["run_batch"]

_CHUNK = 8  # inputs that go to a worker at once: few enough that a killed run loses little


def run_batch(
    found: Collection[Input], out: Path, choices: Choices, runner: Runner, previous: Path | None = None
) -> Store:
    """Read and judge the reports of a batch.

    Inputs whose content and rules are those of an earlier run into the same folder are not done again; inputs that are
    gone are taken out.

    Args:
        found: The inputs; whose report a list says one is, is kept.
        out: The result folder; it is made where it is missing.
        choices: The choices of the run; `store` is set here.
        runner: Who does the work.
        previous: A folder of last year's reports, or the result folder of last year's run.

    Returns:
        The store, open.

    Raises:
        UsageError: The store cannot be used.
    """
    out.mkdir(parents=True, exist_ok=True)
    store = Store(out)
    if choices.pages is not None:
        pages_folder(Path(choices.pages))
    if previous is None:
        store.forget("previous", list(store.raw_names("previous")))
    elif (previous / FILE).is_file():
        _take_over(Store(previous, read_only=True), store)
    else:
        last = _Side("previous", choices, "", runner, store)
        last.do(Inputs(inputs(previous)))
        last.join()
    stated = choices.judging
    if previous is not None:
        choices = choices._replace(store=str(out))
    rules = repr(
        (checker_for(stated).digest, stated.packs, stated.without, stated.as_of, _asked(stated.profile))
    )
    judged_by = {"version": VERSION, "rules": hashlib.sha256(rules.encode()).hexdigest()}
    store.set_meta(JUDGED_BY, json.dumps(judged_by))
    store.set_meta(SCORED, "yes" if choices.profile.scoring else "no")
    store.set_stated({_printable(one.relative): one.body for one in found if one.body})
    side = _Side("now", choices, _earlier(store), runner, store)
    side.do(found)
    side.join()
    return store


def _earlier(store: Store) -> str:
    """The fingerprint of last year's reports."""
    seen = hashlib.sha256()
    for name in store.raw_names("previous"):
        known = store.known("previous", name)
        if known is not None:
            seen.update(f"{name}\0{known[0]}\0".encode())
    return seen.hexdigest()


def _asked(profile: Profile) -> tuple[object, ...]:
    """What of a profile changes which findings there are, and how grave."""
    return profile.select, profile.ignore, profile.levels


def _take_over(last: Store, store: Store) -> None:
    """Last year's run is this year's previous side."""
    entries = (entry for entry in last.entries("now") if entry.status == "checked")
    while chunk := list(islice(entries, 200)):
        store.write(
            [entry._replace(side="previous", result=None) for entry in chunk],
            [
                ("previous", bare, entry.year, entry.name)
                for entry in chunk
                for bare in entry.facts["bare_names"]
                if entry.year is not None
            ],
        )
    last.close()


class _Side:
    """The inputs of one side, done and written. `earlier` tells which reports of last year they are held against."""

    def __init__(self, side: Side, choices: Choices, earlier: str, runner: Runner, store: Store) -> None:
        self._side = side
        self._choices = choices
        self._runner = runner
        self._store = store
        # Waivers are asked report by report (`run_of`).
        stated = choices.judging._replace(waivers=(), today=None)
        judging = repr((VERSION, checker_for(choices).digest, stated, earlier))
        self._run = hashlib.sha256(
            judging.encode()
        ).hexdigest()  # all that can change a result beside the report

    def do(self, found: Collection[Input]) -> None:
        """Do what is not done yet, and take out what is gone."""
        if any(True for _ in self._store.raw_names(self._side)):
            names = {_printable(one.relative) for one in found}
            gone = [name for name in self._store.raw_names(self._side) if name not in names]
            self._store.forget(self._side, gone)
            del names
        failed: list[Entry] = []
        tasks = self._tasks(found, failed)
        for done in self._worked(iter(lambda: list(islice(tasks, _CHUNK)), [])):
            self._store.write(
                [one.entry for one in done if one.entry], [name for one in done for name in one.names]
            )
            self._store.write_pages([one.page for one in done if one.page])
            self._runner.progress(len(done))
        self._store.write(failed)
        self._runner.progress(len(failed))

    def join(self) -> None:
        """Put together the reports that stand in several files, and judge those that are new."""
        self._store.unjoin(self._side)
        made: dict[str, Joint] = {}
        for done in self._worked(self._joined_tasks(made)):
            for one in done:
                if one.entry is not None:
                    # What crashed or was too slow is tried again.
                    run = made.pop(one.name).run if one.entry.status == "checked" else ""
                    entry = one.entry._replace(run=run)
                    self._store.write_joined(entry, one.names)
                    if one.page is not None:
                        drawn = drawn_of(entry, self._choices.lang, None)
                        self._store.write_pages([one.page._replace(drawn=drawn)])
        self._store.settle(self._side)

    def _joined_tasks(self, made: dict[str, Joint]) -> Iterator[list[Task]]:
        """What is to be judged of each report of several files, unless that was done before."""
        checker = checker_for(self._choices)
        for joint in joints(self._store, self._side, self._run, checker):
            self._store.write_parts(self._side, joint.parts)
            if joint.alone is not None:
                self._store.write_joined(joint.alone, ())
            tasks = [one for one in joint.tasks if self._store.joined_run(self._side, one.name) != joint.run]
            made |= dict.fromkeys((one.name for one in tasks), joint)
            if tasks:
                yield tasks

    def _tasks(self, found: Iterable[Input], failed: list[Entry]) -> Iterator[Task]:
        """The inputs as tasks; those that cannot be opened go to `failed`."""
        for one in found:
            name = _printable(one.relative)
            try:
                source = one.source()
            except DisclosureRulesError as problem:
                failed.append(problem_entry(self._side, name, self._run, problem))
                continue
            yield Task(self._side, name, source, self._store.known(self._side, name))

    def _worked(self, chunks: Iterator[list[Task]]) -> Iterator[list[Done]]:
        """Every chunk done, as they are finished. A worker that dies costs only the input it was at."""
        work = partial(process, self._choices, self._run)
        for chunk, done in self._runner.each(work, chunks):
            yield self._apart(work, chunk) if done is None else done

    def _apart(self, work: Callable[[list[Task]], list[Done]], chunk: list[Task]) -> list[Done]:
        """A chunk in workers of its own; where they die too, its inputs one by one, and the one that kills is told."""
        found = self._runner.apart(work, chunk)
        if found is not None:
            return found
        if len(chunk) > 1:
            return [done for task in chunk for done in self._apart(work, [task])]
        problem = ReadError(
            "检查这个文件时进程意外结束（多半是内存不足或文件已损坏），没有检查；请单独检查",
            "the process ended while this was checked (out of memory, or a damaged file); check it alone",
            code="worker-lost",
        )
        entry = problem_entry(self._side, chunk[0].name, self._run, problem)
        return [Done(chunk[0].name, entry._replace(status="crashed"))]


def _printable(name: str) -> str:
    """A path that any file can hold: bytes that are no text are written as they are escaped."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return name.encode("utf-8", "backslashreplace").decode("utf-8")
    return name  # itself: of thousands no copies
