"""A batch: reports a second, one process and two; memory and similarity by the number of reports.

    python benchmarks/bench_batch.py [REPORTS...]

Structured reports, as JSON, made from a real one by changing body and place. Prints Markdown.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from zlib import crc32

from disclosure_rules.batch.entries import Entry
from disclosure_rules.batch.similar import Likenesses
from disclosure_rules.batch.store import Store
from disclosure_rules.batch.work import Choices, Task, checker_for, process
from disclosure_rules.formatters.structured import to_compact_json
from disclosure_rules.model.collection import Submitted

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "suqian-shizhengfu-2024.yaml"


def reports(folder: Path, number: int, *, text: bool) -> None:
    folder.mkdir(parents=True)
    checker = checker_for(Choices())
    data = json.loads(to_compact_json(checker.load_report(EXAMPLE), checker.layouts))
    keys = ("year", "layout", "tables", "facts", *(("sections",) if text else ()))
    for at in range(number):
        body = f"第{at}街道办事处"
        made = {
            **{key: data[key] for key in keys},
            "body": {"name": body, "kind": "subdistrict"},
            "title": f"{body}2024年政府信息公开工作年度报告",
        }
        place = folder / f"{at // 1000:03}"
        place.mkdir(exist_ok=True)
        (place / f"{at:06}.json").write_text(json.dumps(made, ensure_ascii=False), "utf-8")


def a_core(folder: Path) -> float:
    """Reports a second of the processor, in one process, from file to entry."""
    tasks = [Task("now", file.name, file) for file in sorted(folder.rglob("*.json"))[:300]]
    done = process(Choices(), "run", tasks[:50])
    assert all(one.entry and one.entry.status == "checked" for one in done)
    started = time.process_time()
    process(Choices(), "run", tasks)
    return len(tasks) / (time.process_time() - started)


def whole(folder: Path, out: Path, jobs: int) -> tuple[float, float]:
    """Seconds of the processor for a run, and the most memory in MB that one of its processes took."""
    command = [sys.executable, "-m", "disclosure_rules", "batch", str(folder), "--out", str(out)]
    running = subprocess.Popen([*command, "--jobs", str(jobs)], stdout=subprocess.DEVNULL)  # noqa: S603  our own
    _, status, used = os.wait4(running.pid, 0)
    assert os.waitstatus_to_exitcode(status) in {0, 1, 2}
    assert (out / "results.jsonl").exists()
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def similarity(number: int) -> tuple[float, int]:
    """Seconds of the processor for candidates among so many texts, one in a hundred copied, and pairs found."""
    rng = random.Random(number)  # noqa: S311  to make the same again
    store = Store(None)
    submitted: dict[str, Submitted] = {}
    last: list[int] = []
    for at in range(number):
        own = last if at % 100 == 1 else sorted({crc32(rng.randbytes(4)) for _ in range(220)})
        last = own
        blob = json.dumps({"overview": len(own)}).encode() + b"\n"
        blob += b"".join(one.to_bytes(4, "little") for one in own)
        name = f"{at:06}"
        store.write([Entry("now", name, "", "", "checked", shingles=blob)])
        submitted[name] = Submitted(name, (at,), False, name, 2024, None, {})  # noqa: FBT003  as in the tuple
    likeness = Likenesses(store, checker_for(Choices()), submitted.get)
    started = time.process_time()
    pairs = likeness.pairs("overview")
    return time.process_time() - started, len(pairs)


def main() -> None:
    sizes = [int(one) for one in sys.argv[1:]] or [1000, 10_000]
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        print(
            "\n| reports | what | processes | CPU s | per CPU s | most memory, MB |"
            "\n| ---: | --- | ---: | ---: | ---: | ---: |"
        )
        for size in sizes:
            folder = root / f"tables-{size}"
            reports(folder, size, text=False)
            if size == sizes[0]:
                print(f"| 300 | tables only, a core | 1 | – | {a_core(folder):.0f} | – |")
            for jobs in (1, 2) if size <= 1_000 else (2,):
                seconds, memory = whole(folder, root / f"out-{size}-{jobs}", jobs)
                print(
                    f"| {size:,} | tables only | {jobs} | {seconds:.1f} | {size / seconds:.0f} | {memory:.0f} |",
                    flush=True,
                )
        reports(root / "whole", 1000, text=True)
        print(f"| 300 | whole reports, a core | 1 | – | {a_core(root / 'whole'):.0f} | – |")

        print("\n| reports | similarity, CPU s | pairs |\n| ---: | ---: | ---: |")
        for size in sizes:
            seconds, pairs = similarity(size)
            print(f"| {size:,} | {seconds:.1f} | {pairs:,} |", flush=True)


if __name__ == "__main__":
    main()
