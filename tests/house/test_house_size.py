"""The rooms stay small: what CONTRIBUTING promises about size."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
FILES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_stay_under_400_lines_and_functions_under_50(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") < 400
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno + 1 > 50
    ]
    assert long == []


def test_nothing_names_a_path_of_a_machine_or_a_registry() -> None:
    root = SOURCE.parent
    suffixes = {".py", ".md", ".toml", ".yaml", ".yml", ".lock", ".txt", ""}
    folders = ("src", "rules", "docs", "tools", "benchmarks", "examples")
    files = [path for folder in folders for path in (root / folder).rglob("*") if path.suffix in suffixes]
    files += [root / "Makefile", root / "README.md", root / "pyproject.toml", root / "requirements-dev.lock"]
    # Written in pieces, so that this file does not name them itself.
    forbidden = [
        "/wo" + "rk/",
        "/ro" + "ot/",
        "py" + "pi.org",
        "files.python" + "hosted",
        "registry.npm" + "js",
    ]
    found = [
        f"{path}: {word}"
        for path in files
        if path.is_file()
        for word in forbidden
        if word in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert found == []
