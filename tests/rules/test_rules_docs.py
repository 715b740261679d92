"""The pages in `docs/reference/rules` are those that the rules say, one a rule, and the index leads to each."""

from pathlib import Path

from click.testing import CliRunner

from disclosure_rules.cli.rules_docs import command, rule_pages
from disclosure_rules.pipeline import Checker
from disclosure_rules.plugins import Plugins

_FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "rules"
_CHECKER = Checker(plugins=Plugins(installed=False))


def test_the_committed_pages_are_the_generated_ones() -> None:
    pages = rule_pages(_CHECKER)
    committed = {str(path.relative_to(_FOLDER)): path for path in _FOLDER.rglob("*.md")}
    assert set(committed) == set(pages), "run `make docs`"
    drifted = [name for name, path in committed.items() if path.read_text("utf-8") != pages[name]]
    assert drifted == [], "run `make docs`"


def test_every_rule_has_a_page_with_its_law_and_examples() -> None:
    pages = rule_pages(_CHECKER)
    for pack in _CHECKER.packs():
        for rule in pack.rules.values():
            page = pages[f"{rule.id}.md"]
            assert f"]({rule.id}.md)" in pages["index.md"]
            assert page.count("**错 wrong**") >= 1
            assert page.count("**对 right**") >= 1
            assert "## 依据 · Law" in page
            assert rule.message.zh[:8].split("{")[0].replace("「", "")[:4] in page


def test_the_command_writes_the_pages(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, [str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "cn" / "requests" / "unbalanced.md").is_file()
