"""A pack that does not obey the format is refused in one sentence: file, line, column, the likely intention."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_rules.errors import PackError
from disclosure_rules.packs.library import Library, find_packs
from disclosure_rules.packs.load import load_pack
from disclosure_rules.packs.yaml_strict import load_yaml
from disclosure_rules.resources import rules_folder

RULE = (Path(__file__).parent / "conftest.py").read_text("utf-8").split('RULE = """\\\n')[1].split('"""')[0]
Write = Callable[..., Path]


def test_a_right_pack_loads(pack: Write) -> None:
    loaded = load_pack(pack())
    assert list(loaded.rules) == ["cn-zz/requests/unbalanced"]
    assert loaded.rules["cn-zz/requests/unbalanced"].demand is not None


@pytest.mark.parametrize(
    ("change", "place", "code", "words"),
    [
        (("severity: error", "severty: error"), "requests/unbalanced.yaml:3:1", "wrong-shape", "did you mean 'severity'"),
        (("severity: error", "severity: fatal"), "requests/unbalanced.yaml:3:1", "wrong-shape", "severity"),
        (("guide, article", "giude, article"), "requests/unbalanced.yaml:5:6", "unknown-instrument", "did you mean 'guide'"),
        (("id: cn-zz/requests", "id: cn-zz/request"), "requests/unbalanced.yaml:1:1", "id-is-not-path", "must be"),
        (("severity: error", "severity: error\nseverity: note"), "requests/unbalanced.yaml:4:1", "duplicate-key", "line 3"),
        (("severity: error", "severity: &a error"), "requests/unbalanced.yaml:3:11", "yaml-strict", "anchors"),
        (("severity: error", "severity: !!str error"), "requests/unbalanced.yaml:3:11", "yaml-strict", "tags"),
        (("severity: error", "severity: error\n---\n"), "requests/unbalanced.yaml:4:1", "yaml-strict", "one document"),
        (("severity: error", "severity: [error"), "requests/unbalanced.yaml", "yaml-syntax", "not YAML"),
    ],
)  # fmt: skip
def test_each_mistake_in_a_rule_is_refused_with_its_place(
    pack: Write, change: tuple[str, str], place: str, code: str, words: str
) -> None:
    folder = pack(requests__unbalanced=RULE.replace(*change))
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    assert caught.value.code == code
    assert caught.value.place.startswith(f"rules/cn-zz/{place}")
    assert words in caught.value.en
    assert caught.value.zh


def test_a_folder_that_is_no_room_is_refused(pack: Write) -> None:
    with pytest.raises(PackError, match="did you mean 'requests'") as caught:
        load_pack(pack(request__unbalanced=RULE))
    assert caught.value.code == "unknown-room"


def test_the_pack_id_is_its_folder(pack: Write) -> None:
    folder = pack(pack="id: cn-xx\ntitle: {zh: 一, en: a}\nversion: '1'\n")
    with pytest.raises(PackError, match="cn-xx") as caught:
        load_pack(folder)
    assert caught.value.place == "rules/cn-zz/pack.yaml:1:1"


@pytest.mark.parametrize(
    ("override", "code"),
    [
        ("- {rule: cn-zz/requests/unblanced, reason: x, severity: note}", "unknown-rule"),
        ("- {rule: cn-zz/requests/unbalanced, reason: x, severity: error}", "idle-override"),
        ("- {rule: cn-zz/requests/unbalanced, reason: x}", "idle-override"),
    ],
)
def test_overrides_that_cannot_be_meant_are_refused(
    pack: Write, tmp_path: Path, override: str, code: str
) -> None:
    base = load_pack(pack())
    child = tmp_path / "rules" / "cn-yy"
    child.mkdir()
    (child / "pack.yaml").write_text(
        "id: cn-yy\ntitle: {zh: 一, en: a}\nversion: '1'\nextends: cn-zz\n", "utf-8"
    )
    (child / "overrides.yaml").write_text(f"overrides:\n  {override}\n", "utf-8")
    with pytest.raises(PackError) as caught:
        load_pack(child, [base])
    assert caught.value.code == code
    assert caught.value.place.startswith("rules/cn-yy/overrides.yaml:2:")


def test_a_stricter_override_needs_a_basis(pack: Write, tmp_path: Path) -> None:
    base = load_pack(pack(requests__unbalanced=RULE.replace("severity: error", "severity: note")))
    child = tmp_path / "rules" / "cn-yy"
    child.mkdir()
    (child / "pack.yaml").write_text(
        "id: cn-yy\ntitle: {zh: 一, en: a}\nversion: '1'\nextends: cn-zz\n", "utf-8"
    )
    text = "overrides:\n  - {rule: cn-zz/requests/unbalanced, reason: x, severity: error}\n"
    (child / "overrides.yaml").write_text(text, "utf-8")
    with pytest.raises(PackError) as caught:
        load_pack(child, [base])
    assert caught.value.code == "stricter-without-basis"


def test_packs_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    for name, parent in (("cn-a", "cn-b"), ("cn-b", "cn-a")):
        (tmp_path / name).mkdir()
        text = f"id: {name}\ntitle: {{zh: 一, en: a}}\nversion: '1'\nextends: {parent}\n"
        (tmp_path / name / "pack.yaml").write_text(text, "utf-8")
    library = Library([rules_folder(), tmp_path], asked=["cn-a"])
    with pytest.raises(PackError, match="cn-a → cn-b → cn-a") as caught:
        library.resolve(layout="2021", year=2021, region=None, body=None)
    assert caught.value.code == "cyclic-extends"


def test_one_id_in_two_folders_is_refused_and_both_are_named(tmp_path: Path) -> None:
    for side in ("one", "two"):
        (tmp_path / side / "cn-a").mkdir(parents=True)
        (tmp_path / side / "cn-a" / "pack.yaml").write_text("id: cn-a\n", "utf-8")
    with pytest.raises(PackError, match=r"one.*two"):
        find_packs([tmp_path / "one", tmp_path / "two"])


@pytest.mark.parametrize(
    "text", ["no", "010", "1:30", "2024-01-31", "1_000", "1e3", "0x1F", ".inf", "on", "Yes"]
)
def test_plain_words_keep_their_meaning(text: str) -> None:
    assert load_yaml(f"key: {text}\n", "x").data == {"key": text}


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_no_text_raises_anything_but_a_pack_error(text: str) -> None:
    try:
        load_yaml(text, "x")
    except PackError as problem:
        assert problem.place.startswith("x")  # noqa: PT017  only the allowed error is looked at


def test_deep_nesting_is_refused_before_anything_is_built() -> None:
    with pytest.raises(PackError, match="too deep"):
        load_yaml("[" * 20000 + "]" * 20000, "x")
