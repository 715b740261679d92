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


def test_the_matrix_leads_from_each_article_to_its_rules_and_their_examples() -> None:
    page = rule_pages(_CHECKER)["articles.md"]
    for pack in _CHECKER.packs():
        for rule in pack.rules.values():
            examples = _CHECKER.examples(rule.id)
            counted = f"| [{rule.id}]({rule.id}.md) | 错 {len(examples.fail)} · 对 {len(examples.passing)}"
            assert page.count(counted) == len({(basis.instrument, basis.article) for basis in rule.basis})
        assert all(f"`{key}`" in page for key in pack.instruments)
    fifth, sixth, fifteenth = (
        page.index(f"| 第{name}条 |", page.index("711号")) for name in ["五", "六", "十五"]
    )
    assert fifth < sixth < fifteenth


def test_an_article_that_no_rule_cites_is_listed_with_what_it_says() -> None:
    page = rule_pages(_CHECKER)["articles.md"]
    start = page.index("`regulation-2019`")
    left = page[page.index("没有规则的条款", start) : page.index("\n## ", start)]
    assert "- 第四条：政府信息公开工作机构组织编制年度报告" in left
    assert "- 第四十九条：" not in left
    assert "- 第五十条：" not in left


def test_a_page_says_which_pack_changes_the_rule_and_what_takes_its_place() -> None:
    pages = rule_pages(_CHECKER)
    assert (
        "cn-cq 2026.1 调整 basis、message、severity、suggestion："
        in pages["cn/document/form-not-unified-2019.md"]
    )
    assert (
        "在 cn-sc 中由 cn-sc/document/period-not-the-year 取代" in pages["cn/document/period-not-the-year.md"]
    )
    assert "取代 cn/document/period-not-the-year" in pages["cn-sc/document/period-not-the-year.md"]
    assert "## 变化" not in pages["cn/requests/unbalanced.md"]
