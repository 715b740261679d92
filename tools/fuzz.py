"""Read thousands of damaged copies of real and made documents: `make fuzz`, or `python tools/fuzz.py 4000`.

Reported are readings that are no `ReadError`, take more than a few seconds, or give a number that the undamaged
document does not have in that cell. The suite runs a part of it (tests/ingest/test_mutants.py).
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests" / "ingest"))

from mutation import SOURCES, read_mutant

USUAL = 4_000
SLOW = 5.0


def main() -> int:
    """Read them, and print what was found."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else USUAL
    outcomes: Counter[str] = Counter()
    found = 0
    for seed in range(count):
        source = SOURCES[seed % len(SOURCES)]
        start = time.process_time()
        try:
            outcome, wrong = read_mutant(source, seed)
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is what we look for
            outcome, wrong = "crash", [repr(error)]
        if time.process_time() - start > SLOW:
            outcome = "slow"
        outcomes[f"{source.kind}: {outcome}"] += 1
        if wrong or outcome in ("crash", "slow"):
            found += 1
            print(f"{source.name} seed {seed}: {outcome} {wrong[:3]}")
    for outcome, times in sorted(outcomes.items()):
        print(f"{times:6} {outcome}")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
