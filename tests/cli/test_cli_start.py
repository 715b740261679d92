"""What a run loads: a start is paid for by every file that a hook checks, so a report loads only what it needs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_SPY = """
import sys
sys.argv = ["disclosure-rules", "check", sys.argv[1]]
import atexit
atexit.register(lambda: print("LOADED", *sorted(sys.modules)))
from disclosure_rules.cli import main
main()
"""


def _loaded(file: Path) -> frozenset[str]:
    answer = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-c", _SPY, str(file)], capture_output=True, encoding="utf-8", check=False
    )
    assert answer.returncode in {0, 1}, answer.stderr
    return frozenset(answer.stdout.rpartition("LOADED")[2].split())


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report in JSON."""
    file = tmp_path / "report.json"
    content = {"title": "某市2024年政府信息公开工作年度报告", "year": 2024, "layout": "2021"}
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return file


def test_json_loads_neither_recognition_nor_the_readers_of_documents(report: Path) -> None:
    _loaded(report)  # the first run may have to parse the packs
    loaded = _loaded(report)
    assert "disclosure_rules.ingest.structured_json" in loaded
    for module in ("recognise", "docx", "sheets", "html", "text", "structured_yaml", "pdf_process"):
        assert f"disclosure_rules.ingest.{module}" not in loaded
    assert "yaml" not in loaded


def test_text_does_not_load_the_readers_of_archives_and_pages() -> None:
    loaded = _loaded(ROOT / "examples" / "zhangzi-zhujianju-2019.txt")
    assert "disclosure_rules.ingest.recognise" in loaded
    for module in ("docx", "sheets", "html_page", "pdf_process"):
        assert f"disclosure_rules.ingest.{module}" not in loaded


def test_a_report_told_as_text_loads_no_other_output_format(report: Path) -> None:
    loaded = _loaded(report)
    assert "disclosure_rules.formatters.text" in loaded
    others = ("github", "json", "junit", "lines", "markdown", "sarif")
    assert not loaded & {f"disclosure_rules.formatters.{name}" for name in others}


@pytest.mark.parametrize("words", [["--version"], ["--help"]])
def test_help_loads_no_models(words: list[str]) -> None:
    spy = _SPY.replace('["disclosure-rules", "check", sys.argv[1]]', '["disclosure-rules", *sys.argv[1:]]')
    answer = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-c", spy, *words], capture_output=True, encoding="utf-8", check=True
    )
    loaded = answer.stdout.rpartition("LOADED")[2].split()
    assert "click" in loaded
    assert not [module for module in loaded if module.startswith(("pydantic", "disclosure_rules.model"))]
