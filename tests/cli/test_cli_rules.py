"""`disclosure-rules rules …` as the author of a pack calls it, in a folder of their own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
import yaml

from disclosure_rules.cli import main

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "rules"
FILLED = (
    ("title: {zh: 【待填写】, en: 【待填写】}", "title: {zh: 结转申请过多, en: Too many carried over}"),
    ("article: 【待填写】", "article: 第三条"),
    ("  zh: 【待填写】", "  zh: 结转过多"),
    ("  en: 【待填写】", "  en: too many are carried over"),
    ("tier: C", "tier: B"),
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def _fill(file: Path, *pairs: tuple[str, str]) -> None:
    text = file.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


def test_a_pack_grows_from_the_scaffold_to_a_rule_that_judges(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("rules", "new", "pack", "./cn-gd-foshan", "--extends", "cn-gd", "--region", "440600") == 0
    assert run("rules", "new", "rule", "./cn-gd-foshan", "requests/many-carried-over") == 0
    capsys.readouterr()
    assert run("rules", "lint", "./cn-gd-foshan") == 1
    told = capsys.readouterr().out
    assert "cn-gd-foshan/pack.yaml:4:13：「【待填写】」还没有填" in told
    assert "cn-gd-foshan/requests/many-carried-over.yaml:4:13：「【待填写】」还没有填" in told

    pack = here / "cn-gd-foshan"
    _fill(pack / "pack.yaml", ("{zh: 【待填写】, en: 【待填写】}", "{zh: 佛山市规则, en: Rules of Foshan}"))
    _fill(pack / "pack.yaml", ("evidence: 【待填写】", "evidence: 市通知"), ("- 【待填写】", "- 其他年度"))
    _fill(pack / "instruments.yaml", ("【待填写】", "佛山市通知"), ("tier: C", "tier: B"))
    rule = pack / "requests" / "many-carried-over.yaml"
    _fill(rule, *FILLED)
    text = rule.read_text("utf-8").replace("name: 【待填写】", "name: 结转一件", 1)
    text = text.replace("name: 【待填写】", "name: 结转五件").replace(
        "carried_out: {total: 1}}}}\n      finds", "carried_out: {total: 5}}}}\n      finds"
    )
    rule.write_text(text, "utf-8")
    assert run("rules", "lint", "./cn-gd-foshan") == 0
    assert run("rules", "test", "./cn-gd-foshan") == 0
    assert "2 个例子，0 个" in capsys.readouterr().out


def test_each_new_file_names_the_schema_that_an_editor_completes_it_by(here: Path) -> None:
    assert run("rules", "new", "pack", "./cn-gd-foshan", "--extends", "cn-gd", "--region", "440600") == 0
    assert run("rules", "new", "rule", "./cn-gd-foshan", "requests/many-carried-over") == 0
    files = list((here / "cn-gd-foshan").rglob("*.yaml"))
    assert len(files) == 3
    for file in files:
        text = file.read_text("utf-8")
        named = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
        schema = json.loads((file.parent / named).read_text("utf-8"))
        assert schema == json.loads((ROOT / "schemas" / Path(named).name).read_text("utf-8"))
        # The reader of YAML 1.1 makes dates of plain scalars, which JSON has not.
        data = json.loads(json.dumps(yaml.safe_load(text), default=str))
        assert list(jsonschema.Draft202012Validator(schema).iter_errors(data)) == []
        data["severty"] = "note"
        assert list(jsonschema.Draft202012Validator(schema).iter_errors(data)) != []


def test_nothing_is_written_over_a_file_that_is_there(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules", "new", "pack", "./cn-gd-foshan") == 0
    before = (here / "cn-gd-foshan" / "pack.yaml").read_bytes()
    assert run("rules", "new", "pack", "./cn-gd-foshan", "--region", "440600") == 2
    assert "已经存在" in capsys.readouterr().err
    assert (here / "cn-gd-foshan" / "pack.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("request/late", "是否应为「requests」"),
        ("requests/no-reply", "不能以「no」开头"),
        ("requests", "规则名只用小写英文单词和连字符"),
    ],
)
def test_a_rule_that_would_be_refused_is_not_begun(
    here: Path, capsys: pytest.CaptureFixture[str], place: str, words: str
) -> None:
    assert run("rules", "new", "pack", "./cn-gd-foshan") == 0
    assert run("rules", "new", "rule", "./cn-gd-foshan", place) == 2
    assert words in capsys.readouterr().err
    assert len(list((here / "cn-gd-foshan").rglob("*.yaml"))) == 2


def test_a_rule_that_calls_a_verb_begins_with_its_parameters(here: Path) -> None:
    assert run("rules", "new", "pack", "./cn-gd-foshan") == 0
    assert run("rules", "new", "rule", "./cn-gd-foshan", "publication/late", "--check", "published-late") == 0
    text = (here / "cn-gd-foshan" / "publication" / "late.yaml").read_text("utf-8")
    assert "check: published-late\nparams:\n  month: 【待填写】" in text
    assert "# level: None" in text


def test_what_is_in_force_says_which_pack_set_it(capsys: pytest.CaptureFixture[str]) -> None:
    rule = "cn/document/form-not-unified-2019"
    assert run("rules", "show", rule, "--region", "50", "--year", "2019", "--layout", "2008") == 0
    told = capsys.readouterr().out
    assert "severity 由 cn-cq 设定" in told
    assert "严重程度: warning" in told
    assert run("rules", "show", rule) == 0
    assert "严重程度: explain" in capsys.readouterr().out
    assert run("rules", "show", "cn/document/period-not-the-year", "--region", "51", "--year", "2022") == 0
    assert "由 cn-sc/document/period-not-the-year 取代" in capsys.readouterr().out
    assert run("rules", "show", "cn-sc/document/period-not-the-year", "--year", "2022") == 0
    assert "报告的地区不选用它的规则包" in capsys.readouterr().out


def test_two_packs_and_two_versions_are_compared(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules", "diff", "cn", "cn-cq") == 0
    told = capsys.readouterr().out
    assert "## 变严的规则" in told
    assert "severity（cn-cq）: explain → warning" in told
    draft = here / "cn-cq@2027.1"
    shutil.copytree(RULES / "cn-cq", draft)
    (draft / "overrides.yaml").unlink()
    _fill(draft / "pack.yaml", ("2026.1", "2027.1"))
    assert run("rules", "diff", "cn-cq", str(draft)) == 0
    told = capsys.readouterr().out
    assert "## 变宽的规则" in told
    assert "severity: warning → explain" in told
    assert run("rules", "diff", "cn", "cn") == 0
    assert "完全相同" in capsys.readouterr().out


def test_a_pack_is_tried_on_a_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reports = here / "reports"
    reports.mkdir()
    shutil.copy(ROOT / "examples" / "zhangzi-zhujianju-2019.txt", reports)
    (reports / "broken.json").write_text("{", "utf-8")
    draft = here / "cn-sx@2027.1"
    shutil.copytree(RULES / "cn-sx", draft)
    _fill(draft / "pack.yaml", ("2026.1", "2027.1"))
    (draft / "overrides.yaml").write_text(
        "overrides:\n  - {rule: cn/document/title-nonstandard, reason: 试一试, disable: true}\n", "utf-8"
    )
    assert run("rules", "try", "reports", "--pack", str(draft)) == 2
    told = capsys.readouterr()
    assert "试用了 1 份报告，1 份不能读取" in told.out
    assert "不再发现：1 处" in told.out
    assert "warning cn/document/title-nonstandard" in told.out
    assert "broken.json" in told.err


def test_the_configuration_is_found_upward_and_adds_packs(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("rules", "new", "pack", "./our-pack") == 0
    (here / "disclosure-rules.toml").write_text('packs = ["./our-pack"]\n', "utf-8")
    deeper = here / "a" / "b"
    deeper.mkdir(parents=True)
    shutil.copy(ROOT / "examples" / "suqian-shizhengfu-2024.yaml", deeper / "report.yaml")
    capsys.readouterr()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        assert run("check", str(deeper / "report.yaml"), "--format", "json") == 0
        assert '"our-pack"' not in capsys.readouterr().out
        patch.chdir(deeper)
        assert run("check", "report.yaml", "--format", "json") == 0
    assert '"our-pack"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pack = []", "没有「pack」这个键"),
        ('packs = "./our-pack"', "packs 应是一列文字"),
        ("packs = [", "不能读取"),
        ('packs = ["cn-zz"]', "没有规则包「cn-zz」"),
    ],
)
def test_a_mistake_in_the_configuration_is_told(
    here: Path, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    (here / "disclosure-rules.toml").write_text(text, "utf-8")
    assert run("check", str(ROOT / "examples" / "suqian-shizhengfu-2024.yaml")) == 2
    assert words in capsys.readouterr().err


def test_a_rule_is_shown_as_it_was_in_force_on_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    """The form of 2019 was issued on 23 November 2019."""
    for day, words in (
        ("2019-11-22", "不生效：不适用于这类报告，或已停用，或依据当时尚未印发"),
        ("2019-11-23", "国办公开办函〔2019〕60号"),
    ):
        assert (
            run(
                "rules",
                "show",
                "cn/requests/unbalanced",
                "--year",
                "2019",
                "--layout",
                "2019",
                "--as-of",
                day,
            )
            == 0
        )
        head, _, page = capsys.readouterr().out.partition("\n严重程度")
        assert f"依据截至 {day} 的规定" in head
        assert ("不生效" in head) == (day == "2019-11-22")
        assert words in head + page
        assert ("〔2021〕30号" in page) == (day == "2019-11-22")  # in force: what was cited later is left out
