"""The same run on a Dask cluster: the same bytes as on this machine, also when a worker is killed in the middle."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from province import Province, make_province

from disclosure_rules.batch.pools import cluster, processes
from disclosure_rules.batch.run import run_batch
from disclosure_rules.batch.work import Choices
from disclosure_rules.errors import UsageError
from disclosure_rules.ingest.inputs import inputs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from disclosure_rules.batch.entries import Entry
    from disclosure_rules.batch.runner import Runner

distributed = pytest.importorskip("distributed", reason="the cluster is an extra")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.fixture
def scheduler() -> Iterator[str]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=60
    ) as running:
        yield running.scheduler_address


@pytest.fixture
def province(tmp_path: Path) -> Province:
    return make_province(tmp_path / "province", 60)


def _entries(province: Province, out: Path, runner: Runner) -> list[Entry]:
    store = run_batch(list(inputs(province.now)), out, Choices(), runner)
    entries = list(store.entries())
    store.close()
    return entries


def test_a_cluster_gives_what_this_machine_gives_though_a_worker_is_killed(
    scheduler: str, province: Province, tmp_path: Path
) -> None:
    here = _entries(province, tmp_path / "here", processes(2))
    killed: list[int] = []

    def kill(_done: int) -> None:
        if not killed:
            with distributed.Client(scheduler, set_as_default=False) as client:
                killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    runner = cluster(scheduler, Choices())
    runner.progress = kill
    there = _entries(province, tmp_path / "there", runner)
    assert killed
    assert there == here


def test_a_scheduler_that_does_not_answer_is_told() -> None:
    with pytest.raises(UsageError) as caught:
        cluster("tcp://127.0.0.1:1", Choices())
    assert caught.value.code == "no-scheduler"
