"""The wheel carries its law: what is installed from it works away from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_wheel_checks_a_report_without_the_checkout(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)  # noqa: S603  our own folder
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
        names = archive.namelist()
    assert "disclosure_rules/_data/rules/cn/pack.yaml" in names
    assert "disclosure_rules/_data/schemas/report.schema.json" in names
    beside = ("formatters/page.css", "batch/index.css", "batch/index.js")
    assert {f"disclosure_rules/{name}" for name in beside} <= set(names)
    assert {f"disclosure_rules/batch/templates/{kind}.docx" for kind in ("letter", "reminder")} <= set(names)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    command = [
        sys.executable,
        "-m",
        "disclosure_rules",
        "check",
        str(ROOT / "examples" / "zhangzi-zhujianju-2019.txt"),
    ]
    done = subprocess.run(command, capture_output=True, check=False, env=environment, cwd=tmp_path)  # noqa: S603
    assert done.returncode == 0, done.stderr.decode()
    assert "结论：通过" in done.stdout.decode()
    where = [sys.executable, "-c", "import disclosure_rules; print(disclosure_rules.__file__)"]
    found = subprocess.run(where, capture_output=True, check=True, env=environment, cwd=tmp_path, text=True)  # noqa: S603
    assert found.stdout.startswith(str(tmp_path))
