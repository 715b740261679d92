"""What is in force for a report: by layout, year, region and body, with a fingerprint of it all."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_rules.errors import UsageError
from disclosure_rules.model.pack import RulePack
from disclosure_rules.model.rule import Applies, YearSpan
from disclosure_rules.packs.applying import Facts, changed, covers, decide, wider_in
from disclosure_rules.packs.load import load_pack
from disclosure_rules.packs.resolve import resolve

Write = Callable[..., Path]
RULE = "requests/unbalanced.yaml"
BALANCE, LATE = "cn-zz/requests/unbalanced", "cn-zz/publication/late"
NOTHING: dict[str, Any] = {"layout": None, "year": None, "region": None, "body": None}


def _load(pack: Write, applies: str) -> RulePack:
    changes = {RULE: ('applies: {layouts: ["2021"]}', f"applies: {applies}"), "publication/late.yaml": None}
    return load_pack(pack(changes))


@pytest.mark.parametrize(
    ("applies", "known", "in_force"),
    [
        ('{layouts: ["2021"]}', {"layout": "2021"}, True),
        ("{years: {from: 2021}}", {"year": 2021}, True),
        ("{years: {from: 2021}}", {"year": 2020}, False),
        ("{years: {to: 2018}}", {"year": 2019}, False),
        ("{bodies: [township]}", {"body": "township"}, True),
        ("{bodies: [township]}", {"body": "department"}, False),
        ('{regions: ["140000"]}', {"region": "140428"}, True),
        ('{regions: ["140400"]}', {"region": "140428"}, True),
        ('{regions: ["140400"]}', {"region": "140500"}, False),
        ('{regions: ["1404"]}', {"region": "140000"}, False),
        ('{regions: ["14"]}', {"region": "350128"}, False),
        ("{years: {from: 2021}, bodies: [township]}", {"year": 2020}, False),
    ],
)
def test_a_rule_is_in_force_for_the_reports_it_is_about(
    pack: Write, applies: str, known: dict[str, object], *, in_force: bool
) -> None:
    rules = resolve([_load(pack, applies)], **(NOTHING | known)).rules
    assert [rule.undecided for rule in rules] == ([None] if in_force else [])


@pytest.mark.parametrize(
    ("applies", "word"),
    [
        ('{layouts: ["2021"]}', "格式"),
        ("{years: {from: 2021}}", "年度"),
        ("{bodies: [township]}", "公开主体的类别"),
        ('{regions: ["14"]}', "行政区划"),
    ],
)
def test_a_rule_that_asks_what_is_not_known_stays_undecided(pack: Write, applies: str, word: str) -> None:
    (rule,) = resolve([_load(pack, applies)], **NOTHING).rules
    assert rule.undecided is not None
    assert word in rule.undecided.zh


def test_a_layout_that_no_pack_has_is_refused(pack: Write) -> None:
    with pytest.raises(UsageError, match="did you mean '2021'"):
        resolve([load_pack(pack())], **(NOTHING | {"layout": "2012"}))


def test_a_pack_left_out_does_not_judge_but_lends_its_layouts_and_instruments(pack: Write) -> None:
    found = resolve([load_pack(pack())], without=frozenset({"cn-zz"}), **(NOTHING | {"layout": "2021"}))
    assert (found.rules, found.packs) == ((), ())
    assert found.layout is not None
    assert set(found.instruments) == {"guide", "rumour"}


@pytest.mark.parametrize(
    ("year", "left"), [(2025, {"late-too", "unbalanced"}), (2024, {"late", "unbalanced"})]
)
def test_a_rule_gives_way_to_its_successor_where_that_applies(pack: Write, year: int, left: set[str]) -> None:
    late = (pack() / "publication" / "late.yaml").read_text("utf-8")
    successor = late.replace("publication/late", "publication/late-too").replace(
        "check:", f"supersedes: {LATE}\napplies: {{years: {{from: 2025}}}}\ncheck:"
    )
    loaded = load_pack(pack({"publication/late-too.yaml": successor}))
    found = resolve([loaded], **(NOTHING | {"layout": "2021", "year": year})).rules
    assert {rule.rule.id.rsplit("/", 1)[1] for rule in found} == left


def _fingerprint(folder: Path) -> str:
    return resolve([load_pack(folder)], **(NOTHING | {"layout": "2021"})).fingerprint


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (RULE, "severity: error", "severity: note"),
        (RULE, "共 {incoming} 件", "共 {incoming} 份"),
        (RULE, "== requests", ">= requests"),
        (RULE, "article: 第一条", "article: 第二条"),
        (RULE, "zh: 核对该列", "zh: 看该列"),
        ("publication/late.yaml", "day: 31", "day: 30"),
        ("publication/late.yaml", "day: 31", 'day: "31"'),
        ("publication/late.yaml", "day: 31", "day: 31.0"),
        ("layouts/2021.yaml", "zh: 本年新收", "zh: 新收"),
        ("instruments.yaml", "title: 指南", "title: 指引"),
        ("pack.yaml", '"1.0"', '"1.1"'),
    ],
)
def test_the_fingerprint_changes_with_whatever_can_change_a_result(
    pack: Write, file: str, old: str, new: str
) -> None:
    before = _fingerprint(pack())
    assert _fingerprint(pack({file: (old, new)})) != before


def test_the_fingerprint_knows_no_place_no_layout_of_text_and_no_order(pack: Write, tmp_path: Path) -> None:
    folder = pack()
    before = _fingerprint(folder)
    moved = shutil.copytree(folder, tmp_path / "elsewhere" / "deep" / "cn-zz")
    assert _fingerprint(moved) == before
    assert load_pack(moved).sha256 == load_pack(folder).sha256
    reworded = {
        "publication/late.yaml": ("params: {month: 3, day: 31}", "# 三月底\nparams:\n  day: 31\n  month: 3"),
        "instruments.yaml": ("  title: 指南\n  tier: A\n", "  tier: A\n  title: 指南\n"),
    }
    assert _fingerprint(pack(reworded)) == before
    assert load_pack(folder).sha256 != load_pack(moved).sha256


def test_the_digest_of_a_pack_counts_every_file(pack: Write) -> None:
    digests = {load_pack(pack()).sha256}
    for file in ("layouts/2021.yaml", RULE, "instruments.yaml", "pack.yaml"):
        folder = pack()
        (folder / file).write_text((folder / file).read_text("utf-8") + "# 注\n", "utf-8")
        digests.add(load_pack(folder).sha256)
    assert len(digests) == 5


YEARS = st.builds(
    lambda start, end: YearSpan.model_validate({"from": start, "to": end}),
    st.none() | st.integers(2018, 2022),
    st.none() | st.integers(2018, 2022),
)
CODES = st.sampled_from(["14", "140000", "1404", "140428", "15", "150000"])
APPLIES = st.builds(
    Applies,
    layouts=st.none() | st.lists(st.sampled_from(["2008", "2019", "2021"]), min_size=1).map(tuple),
    years=st.none() | YEARS,
    bodies=st.none() | st.lists(st.sampled_from(["township", "department"]), min_size=1).map(tuple),
    regions=st.none() | st.lists(CODES, min_size=1).map(tuple),
)
FACTS = st.builds(
    Facts,
    st.sampled_from(["2008", "2019", "2021"]),
    st.integers(2017, 2023),
    st.sampled_from(["township", "department"]),
    st.sampled_from(["140000", "140400", "140428", "150000", "150102"]),
)


@given(APPLIES, APPLIES, FACTS)
def test_what_is_not_wider_takes_in_no_other_report(new: Applies, old: Applies, facts: Facts) -> None:
    if not wider_in(new, old) and decide(new, facts) is True:
        assert decide(old, facts) is True


@given(APPLIES, FACTS, st.sets(st.sampled_from(Facts._fields)))
def test_knowing_less_never_turns_an_answer_round(applies: Applies, facts: Facts, unknown: set[str]) -> None:
    less = decide(applies, facts._replace(**dict.fromkeys(unknown)))
    assert not isinstance(less, bool) or less is decide(applies, facts)


@given(APPLIES)
def test_a_change_that_states_nothing_changes_nothing(applies: Applies) -> None:
    assert changed(applies, Applies()) == applies
    assert wider_in(applies, applies) == ()


def test_a_province_covers_what_lies_in_it() -> None:
    assert covers(("140000",), "14")
    assert not covers(("1404",), "14")
    assert not covers(("11",), "1404")
