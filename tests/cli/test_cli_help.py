"""`explain`, completion and help: what tells a user how to go on."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from disclosure_rules.cli import main
from disclosure_rules.cli.main import command
from disclosure_rules.formatters.wrapping import width

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def test_a_rule_is_explained_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run("explain", "cn/requests/unbalanced") == 0
    told = capsys.readouterr().out
    assert "本年新收加上年结转为 3646 件，办理结果总计加结转" in told  # the message of the example that fails
    assert "第一项加第二项之和，等于第" in told
    assert "A：看到了文件原文" in told
    assert "错误 · 2019、2021 版式" in told
    assert "结转少记一件" in told
    assert "宿迁市2024年各列收办相等" in told
    assert "对照登记台账" in told
    assert "assert" not in told
    assert max(width(line) for line in told.splitlines()) <= 80


def test_what_provinces_and_other_rules_change_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "form-not-unified-2019") == 0
    assert "cn-cq  重庆市规则：警告" in capsys.readouterr().out
    assert run("explain", "cn/document/period-not-the-year", "--lang", "en") == 0
    assert "cn-sc/document/period-not-the-year  takes its place" in capsys.readouterr().out


def test_every_rule_can_be_explained(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of each kind: on a document, over two years, over a batch, with a remark."""
    monkeypatch.setenv("COLUMNS", "80")
    pages = ROOT / "docs" / "reference" / "rules"
    every = [str(page.relative_to(pages).with_suffix("")) for page in pages.glob("*/*/*.md")]
    chosen = [rule for rule in every if "/collection/" in rule or "/years/" in rule][::4] + every[::15]
    for rule in chosen:
        assert run("explain", rule) == 0
        told = capsys.readouterr().out
        assert "\n依据\n" in told, rule
        assert "{" not in told.split("\n依据\n")[0], rule  # the example's own message, without placeholders
        assert max(width(line) for line in told.splitlines()) <= 80, rule


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cn/requests/unbalnced", "cn/requests/unbalanced"),
        ("unbalenced", "cn/requests/unbalanced"),
        ("late", "cn/publication/department-late"),
        ("table-missing", "cn/requests/table-missing"),
    ],
)
@pytest.mark.parametrize("words", [["explain"], ["rules", "show"]])
def test_near_misses_are_suggested(
    words: list[str], typed: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words, typed) == 2
    assert meant in capsys.readouterr().err


def _completed(line: str, cwd: Path) -> list[str]:
    words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - (not line.endswith(" ")))}
    answer = subprocess.run(  # noqa: S603  our own command
        [BIN / "disclosure-rules"], capture_output=True, encoding="utf-8", check=False, cwd=cwd,
        env={**os.environ, **words, "_DISCLOSURE_RULES_COMPLETE": "bash_complete"},
    )  # fmt: skip
    return [entry.removeprefix("plain,") for entry in answer.stdout.splitlines()]


def test_a_shell_completes_commands_rules_profiles_and_formats(tmp_path: Path) -> None:
    (tmp_path / "disclosure-rules.toml").write_text('[profiles.office]\nfail_on = "warning"\n', "utf-8")
    assert _completed("disclosure-rules ex", tmp_path) == ["extract", "explain"]
    assert _completed("disclosure-rules explain unbal", tmp_path) == ["cn/requests/unbalanced"]
    assert "cn/overview/too-long" in _completed("disclosure-rules rules show cn/over", tmp_path)
    assert _completed("disclosure-rules check --profile ", tmp_path)[-1] == "office"
    assert "sarif" in _completed("disclosure-rules check --format s", tmp_path)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_line_of_the_guide_gives_a_script_that_the_shell_reads(shell: str, tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "profiles.md").read_text("utf-8")
    assert f"_DISCLOSURE_RULES_COMPLETE={shell}_source disclosure-rules" in guide
    answer = subprocess.run(  # noqa: S603  our own command
        [BIN / "disclosure-rules"], capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "_DISCLOSURE_RULES_COMPLETE": f"{shell}_source"},
    )  # fmt: skip
    assert "disclosure-rules" in answer.stdout
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not on this machine")
    script = tmp_path / "completion"
    script.write_text(answer.stdout, "utf-8")
    subprocess.run([found, "-n", str(script)], check=True)  # noqa: S603  a script of click's


def _leaves(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from _leaves(found, (*path, name))
        else:
            yield (*path, name), found


def test_every_command_shows_an_example_with_options_that_it_has() -> None:
    for path, leaf in _leaves(command):
        examples = re.findall(r"disclosure-rules ([^|,\n]+)", leaf.epilog or "")
        assert examples, path
        options = {name for parameter in leaf.params for name in parameter.opts}
        for example in examples:
            words = shlex.split(example)
            assert tuple(words[: len(path)]) == path
            assert {word for word in words if word.startswith("-")} <= options, path


def test_help_fits_a_terminal_and_stands_whole() -> None:
    for path, one in ((("",), command), *_leaves(command)):
        context = one.context_class(one, info_name=" ".join(path), terminal_width=80)
        told = one.get_help(context)
        assert max(width(line) for line in told.splitlines()) <= 80, path
        cut = [line for line in told.splitlines() if line.endswith("...") and "Usage" not in line]
        assert not cut, path
    checking = {"check", "annotate", "batch", "verify", "hook"}
    told_codes = {path[0] for path, leaf in _leaves(command) if "退出码 Exit" in (leaf.epilog or "")}
    assert checking | {"rules"} == told_codes


def test_a_result_names_the_next_command(capsys: pytest.CaptureFixture[str]) -> None:
    run("check", str(ROOT / "examples" / "zhangzi-zhujianju-2019.txt"))
    last = capsys.readouterr().out.splitlines()[-1]
    assert run(*shlex.split(last.partition("disclosure-rules ")[2])) == 0
