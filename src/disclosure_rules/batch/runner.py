"""Who does the work of a run, chunk by chunk: an executor, made when it is needed first and kept until it is closed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Pool", "Runner"]

_AHEAD = 4  # chunks waiting for each worker: memory does not grow with the batch

# Makes the executor that does the work: of this machine's processes, or of a cluster.
Pool = Callable[[], Executor]

Chunk = TypeVar("Chunk")
Done = TypeVar("Done")


class Runner:
    """Who does the work.

    Args:
        pool: Makes the executor.
        workers: How many chunks it does at once.
        lost: What a future raises whose worker is gone.

    Attributes:
        progress: Told how many inputs are done since the last call.
    """

    def __init__(
        self, pool: Pool, workers: int, lost: tuple[type[BaseException], ...] = (BrokenExecutor,)
    ) -> None:
        self._pool = pool
        self._workers = workers
        self._lost = lost
        self._executor: Executor | None = None
        self.progress: Callable[[int], object] = lambda _done: None

    def close(self) -> None:
        """Let the workers go; they come again where there is more to do."""
        if self._executor is not None:
            self._executor.shutdown()
            self._executor = None

    def each(
        self, work: Callable[[Chunk], Done], chunks: Iterator[Chunk]
    ) -> Iterator[tuple[Chunk, Done | None]]:
        """What becomes of each chunk, as they are finished; None where its worker died or was never reached.

        Args:
            work: What is done with a chunk, in another process.
            chunks: The chunks; they are asked for as there is room.
        """
        more = True
        while more:
            lost: list[Chunk] = []
            pending: dict[Future[Done], Chunk] = {}
            while not lost:
                more = self._fill(pending, work, chunks, lost)
                if not pending:
                    break
                for future in wait(pending, return_when=FIRST_COMPLETED)[0]:
                    chunk = pending.pop(future)
                    try:
                        done = future.result()
                    except self._lost:
                        lost.append(chunk)
                    else:
                        yield chunk, done
            if lost:
                self.close()
                yield from ((chunk, None) for chunk in (*lost, *pending.values()))
                more = True

    def _fill(
        self,
        pending: dict[Future[Done], Chunk],
        work: Callable[[Chunk], Done],
        chunks: Iterator[Chunk],
        lost: list[Chunk],
    ) -> bool:
        """Hand out chunks as far as there is room; whether there may be more."""
        while len(pending) < self._workers * _AHEAD and not lost:
            try:
                chunk = next(chunks)
            except StopIteration:
                return False
            if self._executor is None:
                self._executor = self._pool()
            try:
                pending[self._executor.submit(work, chunk)] = chunk
            except self._lost:  # a worker died while there was nothing to do
                lost.append(chunk)
        return True

    def apart(self, work: Callable[[Chunk], Done], chunk: Chunk) -> Done | None:
        """What becomes of a chunk in workers of its own; None where they die too."""
        with self._pool() as pool:
            try:
                return pool.submit(work, chunk).result()
            except self._lost:
                return None
