"""Who does the work of a run: processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import gc
import os
import threading
from concurrent.futures import BrokenExecutor, CancelledError, Executor, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from disclosure_rules.batch.runner import Runner
from disclosure_rules.batch.work import checker_for
from disclosure_rules.errors import UsageError
from disclosure_rules.foreign import system_words
from disclosure_rules.version import VERSION

if TYPE_CHECKING:
    from disclosure_rules.batch.work import Choices

__all__ = ["cluster", "processes"]

_OBJECTS_BETWEEN_COLLECTIONS = 20_000


def processes(workers: int) -> Runner:
    """Processes of this machine; they end with the one that started them, however it ends."""
    pool = partial(ProcessPoolExecutor, workers, mp_context=get_context("spawn"), initializer=_begin)
    return Runner(pool, workers)


def cluster(address: str, choices: Choices) -> Runner:
    """The workers of a Dask cluster. Paths must mean the same there, as in a shared folder.

    Args:
        address: Of the scheduler: `tcp://host:8786`.
        choices: The choices of the run: every worker must have the same rules for them.

    Raises:
        UsageError: `distributed` is not installed, the scheduler does not answer, or a worker has other rules.
    """
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415  an extra
    except ImportError as problem:
        raise UsageError(
            "没有安装 distributed；请安装 disclosure-rules[dask]",
            "distributed is not installed; install disclosure-rules[dask]",
            code="no-dask",
        ) from problem
    try:
        client = Client(  # type: ignore[no-untyped-call]
            address, timeout=10, set_as_default=False
        )
    except (OSError, ValueError) as problem:
        zh, en = system_words(problem)
        raise UsageError(
            f"连不上调度器 {address}（{zh}）；请检查地址和网络",
            f"the scheduler {address} does not answer ({en}); check address and network",
            code="no-scheduler",
        ) from problem
    own = rules_at_hand(choices)
    at_workers: dict[str, str] = client.run(rules_at_hand, choices)
    other = sorted(worker for worker, rules in at_workers.items() if rules != own)
    if other or not at_workers:
        client.close()  # type: ignore[no-untyped-call]
        which = "、".join(other) or "-"
        raise UsageError(
            f"集群没有工作进程，或它们的程序、规则与本机不同（{which}）；请安装同一版本",
            f"the cluster has no workers, or they have another version or other rules ({which}); install the same",
            code="other-workers",
        )

    def pool() -> Executor:
        executor: Executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        return executor

    return Runner(pool, len(at_workers), lost=(BrokenExecutor, CancelledError, KilledWorker))


def rules_at_hand(choices: Choices) -> str:
    """The version of the program and the digest of its rules, where it is asked."""
    return f"{VERSION} {checker_for(choices).digest}"


def _begin() -> None:
    """Start a worker: nearly all that it makes at first is kept, so it is seldom looked through for what can go."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    _end_with_parent()


def _end_with_parent() -> None:
    """Let this process end when the one that started it is gone, also where that was killed."""
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
