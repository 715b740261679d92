"""docs/profiles.md: every example on the page is run, and ends as the page says."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from disclosure_rules.cli import main
from disclosure_rules.formatters.wrapping import width
from sample_report import unbalanced

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "profiles.md").read_text("utf-8")
REPORT = unbalanced(title="长子县财政局2024年政务公开报告", published="2025-03-01")
LATE, TITLE = "cn/publication/department-late", "cn/document/title-nonstandard"


def _block(kind: str, word: str) -> str:
    return next(one for one in re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL) if word in one)


COMMANDS = re.findall(r"^\$ disclosure-rules (.+)$", PAGE, re.MULTILINE)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files of the page, without its configuration."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "年报.json").write_text(json.dumps(REPORT, ensure_ascii=False), "utf-8")
    (tmp_path / "waivers.yaml").write_text(_block("yaml", "waivers:"), "utf-8")
    county = tmp_path / "county"
    county.mkdir()
    (county / "pack.yaml").write_text(
        'id: county\ntitle: {zh: 一, en: a}\nversion: "1"\nextends: cn\n', "utf-8"
    )
    (county / "overrides.yaml").write_text(_block("yaml", "overrides:"), "utf-8")
    return tmp_path


def _run(command: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    with pytest.raises(SystemExit) as stopped:
        main(shlex.split(command))
    assert isinstance(stopped.value.code, int)
    told = capsys.readouterr()
    assert told.err == ""
    assert (
        "--format json" in command
        or command.startswith("verify")
        or max(width(line) for line in told.out.splitlines()) <= 80
    )
    return stopped.value.code, told.out


def test_every_command_of_the_page_runs(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "disclosure-rules.toml").write_text(_block("toml", "profiles.office"), "utf-8")
    assert len(COMMANDS) >= 12
    for command in COMMANDS:
        code, out = _run(command, capsys)
        assert out
        assert code in ({0} if command.startswith("verify") else {1, 2})


@pytest.mark.usefixtures("here")
def test_the_shipped_profiles(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = _run("check 年报.json", capsys)
    assert (code, LATE in out, TITLE in out) == (1, True, True)
    code, out = _run("check 年报.json --profile drafting", capsys)
    assert f"检查方案 drafting 不列 {LATE}：1 处，起草阶段尚未公布" in out
    assert f"规则  {LATE}" not in out
    strict = json.loads(_run("check 年报.json --profile strict --format json", capsys)[1])
    assert all(one["blocks"] for one in strict["results"][0]["findings"] if one["severity"] == "warning")
    gate = json.loads(_run("check 年报.json --profile gate --format json", capsys)[1])
    assert [one["rule"] for one in gate["results"][0]["ignored"]] == [LATE]


def test_a_profile_of_the_office(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "disclosure-rules.toml").write_text(_block("toml", "profiles.office"), "utf-8")
    code, out = _run("check 年报.json", capsys)
    assert code == 1
    assert f"检查方案 office 不列 {TITLE}：1 处，标题按市里统一要求" in out.replace("\n", "")
    assert f"不列 {LATE}" in out  # of the profile that it begins from
    [result] = json.loads(_run("check 年报.json --format json", capsys)[1])["results"]
    weights = {finding["rule"]: finding["severity"] for finding in result["findings"]}
    assert weights["cn/document/row-missing"] == "error"
    _, out = _run("check 年报.json --profile tables", capsys)
    assert "检查方案 tables 没有选的规则另有" in out
    assert "cn/requests/unbalanced" in out
    _, out = _run("check 年报.json --profile marks", capsys)
    assert "得分 7（满分 10）；勾稽不符 -3" in out


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('select = ["nosuch/*"]', "「nosuch/*」不是任何规则"),
        ('ignore = [{rule = "cn/requests/unbalanecd", reason = "r"}]', "是否应为「cn/requests/unbalanced」"),
        (
            'levels = [{rule = "cn/request/*", severity = "note", reason = "r"}]',
            "「cn/request/*」不是任何规则",
        ),
        (
            'scoring = {total = 1, items = [{title = {zh = "a", en = "b"}, points = 1, rules = ["cn/x"]}]}',
            "「cn/x」",
        ),
        ('ignore = [{rule = "cn/requests/unbalanced"}]', "ignore.0.reason：缺少"),
        ('fail_on = "bad"', "fail_on"),
    ],
)
def test_a_profile_that_would_do_nothing_is_refused(
    table: str, words: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`select` with a slip of the pen would ask nothing and pass everything."""
    (here / "disclosure-rules.toml").write_text(f"[profiles.office]\n{table}\n", "utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(shlex.split("check 年报.json --profile office"))
    told = capsys.readouterr()
    assert (stopped.value.code, told.out) == (2, "")
    assert words in told.err
    assert "https://" not in told.err


@pytest.mark.parametrize("text", ["profiles = 3", "[profiles]\na = 3"])
def test_profiles_are_tables(text: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "disclosure-rules.toml").write_text(text, "utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(shlex.split("check 年报.json"))
    assert stopped.value.code == 2
    assert "[profiles.名称]" in capsys.readouterr().err


def test_the_profile_names_the_language_unless_the_command_does(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = _block("toml", "profiles.office").replace('lang = "zh"', 'lang = "en"')
    (here / "disclosure-rules.toml").write_text(text, "utf-8")
    assert "Verdict: failed" in _run("check 年报.json", capsys)[1]
    assert "结论：不通过" in _run("check 年报.json --lang zh", capsys)[1]


def test_waivers_are_told_with_who_why_and_until_when(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accepted = "check 年报.json --waivers waivers.yaml --as-of 2026-11-27"
    _, out = _run(accepted, capsys)
    for words in (
        "错误（已豁免）",
        "豁免  系统迁移，台账已逐件说明",
        "批准  长子县人民政府办公室，有效至 2027-03-31",
        "1 处已豁免",
    ):
        assert words in out
    assert "根源" not in out  # its only finding is accepted
    assert "豁免不准许" in _run(f"{accepted} --pack ./county", capsys)[1]
    assert "豁免已过期" in _run("check 年报.json --waivers waivers.yaml --as-of 2027-04-01", capsys)[1]
    changed = json.dumps(REPORT).replace('"carried_out": {"total": 1}', '"carried_out": {"total": 2}')
    (here / "年报.json").write_text(changed, "utf-8")
    assert (
        "豁免已失效 对规则 cn/requests/unbalanced 的豁免已经失效：数值与批准时不同"
        in _run(accepted, capsys)[1]
    )
    (here / "年报.json").write_text(changed.replace('{"total": 2}', '{"total": 0}'), "utf-8")
    _, out = _run(accepted, capsys)
    assert "豁免未用上" in out
    assert "c1e879366e9e6c3a" in out


@pytest.mark.usefixtures("here")
def test_a_waiver_of_no_report_of_the_run_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is spelled otherwise would leave the waiver without effect and without a word."""
    text = _block("yaml", "waivers:").replace("body: 长子县财政局", "body: 长子县财政")
    Path("waivers.yaml").write_text(text, "utf-8")
    with pytest.raises(SystemExit):
        main(shlex.split("check 年报.json --waivers waivers.yaml --as-of 2026-11-27"))
    assert "豁免清单中有 1 条不属于这次检查的报告：长子县财政 2024" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["20260101", "2026-W01-4", "2026-1-1", "2026-02-30"])
def test_a_day_has_one_way_to_be_written(day: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Days are compared as text: 20260101 would come after 2026-11-27."""
    text = _block("yaml", "waivers:").replace("2027-03-31", day)
    (here / "waivers.yaml").write_text(text, "utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(shlex.split("check 年报.json --waivers waivers.yaml --as-of 2026-11-27"))
    assert stopped.value.code == 2
    assert "waivers.yaml:9:" in capsys.readouterr().err


def test_a_baseline_hides_what_is_known_and_says_how_to_see_it(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _run("check 年报.json --output json=基线.json", capsys)
    code, out = _run("check 年报.json --baseline 基线.json", capsys)
    assert code == 2  # nothing new, but not everything could be decided
    assert "规则  " not in out
    assert "以前已有 6 处（未列出，--show known 列出）" in out
    _, out = _run("check 年报.json --baseline 基线.json --show known", capsys)
    assert out.count("（已知）") == 6
    (here / "年报.json").write_text(json.dumps({**REPORT, "title": REPORT["title"] + "。"}), "utf-8")
    _, out = _run("check 年报.json --baseline 基线.json", capsys)
    assert out.count("规则  ") == out.count(f"规则  {TITLE}") == 1
    assert "新问题 1 处，以前已有 5 处" in out
    assert "不再发现1处" in "".join(out.split())


def test_a_baseline_is_of_the_report_and_not_of_its_place(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a report without a name, what is known of another one is not known."""
    nameless = {key: value for key, value in REPORT.items() if key not in {"title", "body"}}
    (here / "old").mkdir()
    for name in ("a.json", "b.json"):
        (here / "old" / name).write_text(json.dumps(nameless if name[0] == "a" else REPORT), "utf-8")
    with pytest.raises(SystemExit):
        main(shlex.split("check old --output json=基线.json"))
    (here / "old").rename(here / "new")
    (here / "new" / "b.json").write_text(json.dumps(nameless), "utf-8")
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main(shlex.split("check new --baseline 基线.json --format json"))
    first, second = json.loads(capsys.readouterr().out)["results"]
    assert {one["baseline"] for one in first["findings"]} == {"unchanged"}
    assert {one["baseline"] for one in second["findings"]} == {"new"}


@pytest.mark.usefixtures("here")
def test_what_a_profile_leaves_out_does_not_seem_mended(capsys: pytest.CaptureFixture[str]) -> None:
    _run("check 年报.json --output json=基线.json", capsys)
    _, out = _run("check 年报.json --baseline 基线.json --profile drafting", capsys)
    assert "不再发现0处" in "".join(out.split())


@pytest.mark.usefixtures("here")
def test_a_record_is_repeated_with_the_same_options(capsys: pytest.CaptureFixture[str]) -> None:
    _run("check 年报.json --output json=基线.json", capsys)
    _run("check 年报.json --baseline 基线.json --attest 记录.json", capsys)
    assert _run("verify 记录.json 年报.json --baseline 基线.json", capsys) == (0, "年报.json：与记录一致\n")
    code, out = _run("verify 记录.json 年报.json", capsys)
    assert code == 1
    assert "检查时用了 --baseline，请给出同一份" in out
    assert "结论：记录为检查不完整，现在为不通过" in out
