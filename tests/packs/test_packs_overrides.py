"""What a pack may change in an inherited rule, and how it is refused where it may not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure_rules.errors import PackError
from disclosure_rules.model.pack import EffectiveRule, RulePack
from disclosure_rules.model.rule import Severity
from disclosure_rules.packs.effective import combine
from disclosure_rules.packs.load import load_pack

Write = Callable[..., Path]
BALANCE, LATE = "cn-zz/requests/unbalanced", "cn-zz/publication/late"


def _load(child: Write, entries: str, changes: dict[str, object] | None = None) -> list[RulePack]:
    folder = child(entries, changes)
    base = load_pack(folder.parent / "cn-zz")
    return [base, load_pack(folder, [base])]


def _rule(packs: list[RulePack], rule: str) -> EffectiveRule:
    return combine(packs).rules[rule]


def test_an_override_changes_the_rule_and_says_who_did(child: Write) -> None:
    entry = f"  - {{rule: {BALANCE}, reason: x, severity: note, suggestion: {{zh: 看, en: Look}}}}"
    changed = _rule(_load(child, entry), BALANCE)
    assert changed.rule.severity is Severity.NOTE
    assert changed.set_by == {"severity": "cn-yy", "suggestion": "cn-yy"}
    assert changed.pack == "cn-zz"


def test_params_are_changed_one_by_one(child: Write) -> None:
    changed = _rule(_load(child, f"  - {{rule: {LATE}, reason: x, params: {{day: 10}}}}"), LATE)
    assert changed.rule.params == {"month": 3, "day": 10}
    assert changed.set_by == {"params.day": "cn-yy"}


def test_applies_is_changed_key_by_key_and_the_rest_stays(child: Write) -> None:
    entry = f"  - {{rule: {BALANCE}, reason: x, applies: {{years: {{from: 2022}}}}}}"
    applies = _rule(_load(child, entry), BALANCE).rule.applies
    assert applies.layouts == ("2021",)
    assert applies.years is not None
    assert applies.years.start == 2022


def test_a_basis_is_added_to_that_of_the_rule(child: Write) -> None:
    entry = f"  - {{rule: {LATE}, reason: x, severity: error, basis: [{{instrument: order}}]}}"
    registry = "order: {title: 令, tier: B, evidence: made up}\n"
    changed = _rule(_load(child, entry, {"instruments.yaml": registry}), LATE)
    assert [basis.instrument for basis in changed.rule.basis] == ["guide", "order"]
    assert set(changed.set_by) == {"severity", "basis"}


def test_a_rule_that_is_switched_off_is_no_longer_in_force(child: Write) -> None:
    in_force = combine(_load(child, f"  - {{rule: {LATE}, reason: x, disable: true}}"))
    assert set(in_force.rules) == {BALANCE}
    assert in_force.disabled == {LATE: "cn-yy"}


# An entry of overrides.yaml, with » before the place that the refusal must name; its code and words.
REFUSALS = [
    ("{rule: »cn-zz/requests/unblanced, severity: note", "unknown-rule", "did you mean"),
    (f"»{{rule: {BALANCE}", "changes-nothing", "remove it"),
    (f"»{{rule: {BALANCE}, severity: error", "changes-nothing", "remove it"),
    (f"»{{rule: {LATE}, params: {{day: 31}}", "changes-nothing", "remove it"),
    (f"»{{rule: {LATE}, basis: [{{instrument: guide}}]", "changes-nothing", "remove it"),
    (f"{{rule: {LATE}, severity: »error", "stricter-without-basis", "goes up from warning to error"),
    (f"{{rule: {BALANCE}, applies: {{layouts: »null}}", "stricter-without-basis", "`layouts`"),
    (f"{{rule: {LATE}, severity: »error, basis: [{{instrument: rumour}}]", "error-without-evidence", "rumour: C"),
    (f"{{rule: {LATE}, severity: note, basis: [{{instrument: »giude}}]", "unknown-instrument", "'guide'?"),
    (f"{{rule: {LATE}, applies: {{regions: [»'15']}}", "outside-regions", "regions (14)"),
    (f"{{rule: {LATE}, disable: »true, severity: note", "contradiction", "remove severity"),
    (f"{{rule: {BALANCE}, params: »{{day: 1}}", "no-params", "no params"),
    (f"{{rule: {BALANCE}, message: {{zh: »'{{x}}', en: a}}", "unknown-placeholder", "no value"),
    (f"{{rule: {LATE}, »severty: note", "unknown-key", "did you mean 'severity'?"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: f"{refusal[1]} {refusal[2]}")
def test_an_override_that_cannot_be_meant_is_refused(child: Write, refusal: tuple[str, ...]) -> None:
    entry, code, words = refusal
    line = f"  - {entry}, reason: x}}"
    with pytest.raises(PackError) as caught:
        _load(child, line.replace("»", ""))
    assert caught.value.code == code
    assert caught.value.place == f"rules/cn-yy/overrides.yaml:2:{line.index('»') + 1}"
    assert words in caught.value.en


def test_two_overrides_of_one_rule_are_refused_with_both_places(child: Write) -> None:
    entries = "\n".join(f"  - {{rule: {LATE}, reason: x, severity: {word}}}" for word in ("note", "explain"))
    with pytest.raises(PackError, match=r"yaml:3:12: .*in line 2") as caught:
        _load(child, entries)
    assert caught.value.code == "duplicate-override"


def test_a_rule_switched_off_above_cannot_be_changed_below(child: Write, tmp_path: Path) -> None:
    packs = _load(child, f"  - {{rule: {LATE}, reason: x, disable: true}}")
    below = tmp_path / "rules" / "cn-xx"
    below.mkdir()
    (below / "pack.yaml").write_text(
        'id: cn-xx\ntitle: {zh: 一, en: a}\nversion: "1"\nextends: cn-yy\n', "utf-8"
    )
    (below / "overrides.yaml").write_text(
        f"overrides:\n  - {{rule: {LATE}, reason: x, severity: note}}\n", "utf-8"
    )
    with pytest.raises(PackError, match="switched off by pack cn-yy") as caught:
        load_pack(below, packs)
    assert caught.value.code == "already-disabled"


@pytest.mark.parametrize(
    ("changes", "place", "code"),
    [
        ({"instruments.yaml": "guide: {title: 令, tier: B, evidence: x}\n"}, "instruments.yaml:1:1", "duplicate-id"),
        ({"layouts/2021.yaml": 'id: "2021"\ntitle: {zh: 一, en: a}\nsections: []\n'}, "layouts/2021.yaml:1:1", "duplicate-id"),
        ({"pack.yaml": ("extends: cn-zz", "extends: cn-zy")}, "pack.yaml:4:10", "unknown-pack"),
    ],
)  # fmt: skip
def test_what_the_inherited_pack_has_cannot_be_made_again(
    child: Write, changes: dict[str, object], place: str, code: str
) -> None:
    with pytest.raises(PackError) as caught:
        _load(child, "", changes)
    assert (caught.value.place, caught.value.code) == (f"rules/cn-yy/{place}", code)


def test_a_pack_stays_within_the_regions_of_the_one_it_extends(child: Write, pack: Write) -> None:
    pack({"pack.yaml": ('version: "1.0"', 'version: "1.0"\nregions: ["15"]')})
    with pytest.raises(PackError, match=r"'14' is outside the regions of cn-zz \(15\)"):
        _load(child, "")
