"""What is in force for a report: by layout, year, region and body, with overrides and a fingerprint."""

from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure_rules.model.pack import RulePack
from disclosure_rules.model.rule import Severity
from disclosure_rules.packs.load import load_pack
from disclosure_rules.packs.resolve import resolve

RULE = (Path(__file__).parent / "conftest.py").read_text("utf-8").split('RULE = """\\\n')[1].split('"""')[0]
Write = Callable[..., Path]
APPLIES = 'applies: {layouts: ["2021"]}'


def _load(pack: Write, applies: str) -> RulePack:
    return load_pack(pack(requests__unbalanced=RULE.replace(APPLIES, f"applies: {applies}")))


@pytest.mark.parametrize(
    ("applies", "known", "in_force"),
    [
        ('{layouts: ["2021"]}', {"layout": "2021"}, True),
        ('{layouts: ["2021"]}', {"layout": "2019"}, False),
        ("{years: {from: 2021}}", {"year": 2021}, True),
        ("{years: {from: 2021}}", {"year": 2020}, False),
        ("{years: {to: 2018}}", {"year": 2019}, False),
        ("{bodies: [township]}", {"body": "township"}, True),
        ("{bodies: [township]}", {"body": "department"}, False),
        ('{regions: ["140000"]}', {"region": "140428"}, True),
        ('{regions: ["140400"]}', {"region": "140428"}, True),
        ('{regions: ["140400"]}', {"region": "140500"}, False),
        ('{regions: ["14"]}', {"region": "350128"}, False),
    ],
)
def test_a_rule_is_in_force_for_the_reports_it_is_about(
    pack: Write, applies: str, known: dict[str, object], *, in_force: bool
) -> None:
    facts = {"layout": None, "year": None, "region": None, "body": None} | known
    rules = resolve([_load(pack, applies)], **facts).rules  # type: ignore[arg-type]  the keys are those of resolve
    assert [rule.undecided for rule in rules] == ([None] if in_force else [])


@pytest.mark.parametrize(
    "applies", ['{layouts: ["2021"]}', "{years: {from: 2021}}", "{bodies: [township]}", '{regions: ["14"]}']
)
def test_a_rule_that_asks_what_is_not_known_stays_undecided(pack: Write, applies: str) -> None:
    (rule,) = resolve([_load(pack, applies)], layout=None, year=None, region=None, body=None).rules
    assert rule.undecided is not None
    assert "未知" in rule.undecided.zh


def test_an_override_changes_the_rule_and_says_who_did(pack: Write, tmp_path: Path) -> None:
    base = load_pack(pack())
    child = tmp_path / "rules" / "cn-yy"
    child.mkdir()
    (child / "pack.yaml").write_text(
        "id: cn-yy\ntitle: {zh: 一, en: a}\nversion: '1'\nextends: cn-zz\n", "utf-8"
    )
    text = "overrides:\n  - {rule: cn-zz/requests/unbalanced, reason: x, severity: note}\n"
    (child / "overrides.yaml").write_text(text, "utf-8")
    packs = [base, load_pack(child, [base])]
    (rule,) = resolve(packs, layout="2021", year=None, region=None, body=None).rules
    assert rule.rule.severity is Severity.NOTE
    assert rule.set_by == {"severity": "cn-yy"}
    assert rule.pack == "cn-zz"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("severity: error", "severity: note"),
        ("共 {incoming} 件", "共 {incoming} 份"),
        ("== requests", ">= requests"),
    ],
)
def test_the_fingerprint_changes_with_severity_words_and_condition(pack: Write, old: str, new: str) -> None:
    facts = {"layout": "2021", "year": None, "region": None, "body": None}
    before = resolve([load_pack(pack())], **facts).fingerprint  # type: ignore[arg-type]  as above
    same = resolve([load_pack(pack())], **facts).fingerprint  # type: ignore[arg-type]
    changed = load_pack(pack(requests__unbalanced=RULE.replace(old, new)))
    assert before == same
    assert resolve([changed], **facts).fingerprint != before  # type: ignore[arg-type]
