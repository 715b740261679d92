"""What the README shows is what happens."""

import re
import shlex
from pathlib import Path

import click
import pytest

from disclosure_rules.cli.main import command

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "README.md").read_text("utf-8")


def test_the_python_example_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102  our own text
    out = capsys.readouterr().out
    assert out.startswith("pass ")
    assert "warning 第 4 行" in out


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_command_shown_exists_with_its_options(readme: str) -> None:
    lines = re.findall(r"^\$ disclosure-rules ([^#\n]+)", (ROOT / readme).read_text("utf-8"), re.MULTILINE)
    assert len(lines) >= 4
    for line in lines:
        words = shlex.split(line)
        group: click.Command = command
        context = click.Context(command)
        while isinstance(group, click.Group):
            found = group.get_command(context, words.pop(0))
            assert found is not None, line
            group = found
        options = {name for parameter in group.params for name in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= options, line


def test_every_link_of_the_readmes_leads_somewhere() -> None:
    for readme in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / readme).read_text("utf-8")):
            assert (ROOT / target).exists(), (readme, target)
