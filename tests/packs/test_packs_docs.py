"""The YAML in the pages for authors is a pack and a rule that load, and the refusal shown is the one told."""

import re
from pathlib import Path

import pytest
import yaml

from disclosure_rules.cli.configuration import configuration as read_configuration
from disclosure_rules.errors import PackError
from disclosure_rules.model.quantities import Topic
from disclosure_rules.packs.load import load_pack
from disclosure_rules.pipeline import Checker
from disclosure_rules.resources import rules_folder
from disclosure_rules.testing import run_examples

DOCS = Path(__file__).parents[2] / "docs"
CN = rules_folder() / "cn"


def _blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)


def _pack(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def test_the_pack_of_the_page_loads_and_its_refusal_is_true(tmp_path: Path) -> None:
    manifest, instruments, _, overrides = _blocks("write-a-pack.md", "yaml")
    files = {"pack.yaml": manifest, "instruments.yaml": instruments, "overrides.yaml": overrides}
    folder = _pack(tmp_path / "rules" / "cn-sx", files)
    cn = load_pack(CN)
    assert load_pack(folder, [cn]).overrides[0].rule in cn.rules
    shown = _blocks("write-a-pack.md", "text")[1]
    _pack(folder, {"overrides.yaml": overrides.replace("section-missing", "section-mising")})
    with pytest.raises(PackError) as caught:
        load_pack(folder, [cn])
    assert caught.value.text("en") == shown.strip()


def test_the_topic_of_the_page_is_one_and_names_cells_that_are_there() -> None:
    shown = _blocks("write-a-pack.md", "yaml")[2]
    topic = Topic.model_validate(yaml.safe_load(shown)["topics"][0])
    vocabulary = load_pack(CN).vocabulary
    assert vocabulary is not None
    shipped = {quantity.key: quantity for one in vocabulary.topics for quantity in one.quantities}
    assert [shipped[one.key].equals for one in topic.quantities] == [one.equals for one in topic.quantities]


def test_a_pack_has_one_vocabulary_and_its_mistakes_have_a_place(tmp_path: Path) -> None:
    cn = load_pack(CN)
    words = (CN / "quantities.yaml").read_text("utf-8")
    manifest = "id: cn-xx\ntitle: {zh: 试, en: Try}\nversion: '1'\nextends: cn\n"
    folder = _pack(tmp_path / "rules" / "cn-xx", {"pack.yaml": manifest, "quantities.yaml": words})
    with pytest.raises(PackError, match="has a quantities"):
        load_pack(folder, [cn])
    alone = _pack(
        tmp_path / "other" / "xx",
        {
            "pack.yaml": "id: xx\ntitle: {zh: 试, en: Try}\nversion: '1'\n",
            "quantities.yaml": words.replace("requests.carried_out]", "requests.carried_ot]"),
        },
    )
    with pytest.raises(PackError, match=r"quantities.yaml:\d+:\d+: .*no form has"):
        load_pack(alone)


def test_the_rule_of_the_page_loads(tmp_path: Path) -> None:
    instrument, condition, words = _blocks("write-a-rule.md", "yaml")
    # The small pack has not the instruments that the forms rest on.
    files = {
        f"layouts/{file.name}": re.sub(r"(?m)^basis: \[.*\]$", "basis: []", file.read_text("utf-8"))
        for file in (CN / "layouts").iterdir()
    }
    files |= {
        "pack.yaml": (CN / "pack.yaml").read_text("utf-8"),
        "instruments.yaml": instrument,
        "requests/unbalanced.yaml": condition + words,
    }
    loaded = load_pack(_pack(tmp_path / "rules" / "cn", files))
    assert list(loaded.rules) == ["cn/requests/unbalanced"]
    assert loaded.instruments["format-2021"].tier == "A"


def test_the_chinese_page_followed_to_the_letter_is_a_pack_that_judges(tmp_path: Path) -> None:
    manifest, instruments, rule, overrides = _blocks("write-a-pack.zh-CN.md", "yaml")
    files = {"pack.yaml": manifest, "instruments.yaml": instruments, "overrides.yaml": overrides}
    folder = _pack(tmp_path / "cn-gd-foshan", {**files, "requests/many-carried-over.yaml": rule})
    checker = Checker(packs=[folder])
    assert [problem.en for problem in checker.lint(frozenset({"cn-gd-foshan"}))] == []
    key = "cn-gd-foshan/requests/many-carried-over"
    outcomes = list(run_examples(checker, key, checker.examples(key)))
    assert len(outcomes) == 2
    assert [outcome.problem for outcome in outcomes if outcome.problem] == []
    [configuration] = _blocks("write-a-pack.zh-CN.md", "toml")
    (tmp_path / "disclosure-rules.toml").write_text(configuration, "utf-8")
    assert read_configuration(tmp_path).packs == (str(folder),)
