"""Run every benchmark of this folder, one after the other."""

import subprocess
import sys
from pathlib import Path

for script in sorted(Path(__file__).parent.glob("bench_*.py")):
    print(f"\n## {script.stem}")
    sys.stdout.flush()
    subprocess.run([sys.executable, str(script)], check=True)  # noqa: S603  our own scripts
