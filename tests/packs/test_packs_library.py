"""Finding packs, and loading them with those that they extend."""

from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure_rules.errors import PackError
from disclosure_rules.packs.find import find_packs
from disclosure_rules.packs.library import Library
from disclosure_rules.regions import RegionIndex
from disclosure_rules.resources import rules_folder

Write = Callable[..., Path]


def _manifest(folder: Path, extends: str | None = None) -> None:
    folder.mkdir(parents=True)
    parent = f"extends: {extends}\n" if extends else ""
    text = f'id: {folder.name}\ntitle: {{zh: 一, en: a}}\nversion: "1"\n{parent}'
    (folder / "pack.yaml").write_text(text, "utf-8")


def test_a_folder_is_a_pack_or_holds_packs(tmp_path: Path) -> None:
    _manifest(tmp_path / "many" / "cn-b")
    _manifest(tmp_path / "many" / "cn-a")
    _manifest(tmp_path / "cn-c")
    (tmp_path / "many" / "notes").mkdir()
    found = find_packs([tmp_path / "many", tmp_path / "cn-c", tmp_path / "many"])
    assert list(found) == ["cn-a", "cn-b", "cn-c"]
    assert found["cn-c"] == tmp_path / "cn-c"


def test_one_id_in_two_folders_is_refused_and_both_are_named(tmp_path: Path) -> None:
    for side in ("one", "two"):
        _manifest(tmp_path / side / "cn-a")
    with pytest.raises(PackError, match=r"one.*two") as caught:
        find_packs([tmp_path / "one", tmp_path / "two"])
    assert caught.value.code == "duplicate-pack"


@pytest.mark.parametrize("what", ["no-such-folder", "no-pack", "no-manifest"])
def test_a_folder_without_packs_is_refused(tmp_path: Path, what: str) -> None:
    if what == "no-manifest":
        (tmp_path / "packs" / "cn-a" / "requests").mkdir(parents=True)
        (tmp_path / "packs" / "cn-a" / "requests" / "late.yaml").write_text("id: a\n", "utf-8")
    elif what == "no-pack":
        (tmp_path / "packs").mkdir()
    with pytest.raises(PackError) as caught:
        find_packs([tmp_path / "packs"])
    assert caught.value.code == what


def test_packs_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    _manifest(tmp_path / "cn-a", extends="cn-b")
    _manifest(tmp_path / "cn-b", extends="cn-a")
    library = Library([rules_folder(), tmp_path], asked=["cn-a"])
    with pytest.raises(PackError, match="cn-a → cn-b → cn-a") as caught:
        library.resolve(layout="2021", year=2021, region=None, body=None)
    assert caught.value.code == "cyclic-extends"
    assert caught.value.place == f"{tmp_path.name}/cn-b/pack.yaml:4:10"


def test_a_pack_that_extends_itself_is_refused(tmp_path: Path) -> None:
    _manifest(tmp_path / "cn-a", extends="cn-a")
    with pytest.raises(PackError, match="cn-a → cn-a"):
        Library([rules_folder(), tmp_path], asked=["cn-a"]).every()


def test_a_pack_that_extends_an_unknown_one_is_refused(tmp_path: Path) -> None:
    _manifest(tmp_path / "cn-a", extends="cn-sxx")
    with pytest.raises(PackError, match="did you mean 'cn-sx'") as caught:
        Library([rules_folder(), tmp_path], asked=["cn-a"]).every()
    assert caught.value.place == f"{tmp_path.name}/cn-a/pack.yaml:4:10"


def test_a_pack_asked_for_must_exist() -> None:
    with pytest.raises(PackError, match="did you mean 'cn-sx'"):
        Library([rules_folder()], asked=["cn-sxx"])


def test_the_region_selects_the_province_and_nothing_else_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: set[str] = set()
    real = Path.open

    def noting(path: Path, *args: object) -> object:
        opened.add(path.parent.name)
        return real(path, *args)  # type: ignore[call-overload]  handed on as it came

    monkeypatch.setattr(Path, "open", noting)
    library = Library([rules_folder()])
    rule_set = library.resolve(layout="2008", year=2016, region="140428", body="department")
    assert [pack.id for pack in rule_set.packs] == ["cn", "cn-sx"]
    assert "cn-sx" in opened
    assert not opened & {"cn-gd", "cn-xpcc"}


PROVINCES = (
    "bj", "tj", "he", "sx", "nm", "ln", "jl", "hl", "sh", "js", "zj", "ah", "fj", "jx", "sd", "ha",
    "hb", "hn", "gd", "gx", "hi", "cq", "sc", "gz", "yn", "xz", "sn", "gs", "qh", "nx", "xj",
)  # fmt: skip


def test_every_province_and_the_corps_has_a_pack_and_a_region_of_it_selects_it() -> None:
    library = Library([rules_folder()])
    packs = {pack.manifest.id: pack.manifest for pack in library.every()}
    assert set(packs) == {"cn", "cn-xpcc", *(f"cn-{short}" for short in PROVINCES)}
    for manifest in packs.values():
        for region in manifest.regions:
            rule_set = library.resolve(layout="2021", year=2024, region=region, body="government")
            assert [pack.id for pack in rule_set.packs] == ["cn", manifest.id]


def test_every_pack_says_what_was_read_and_what_is_unknown() -> None:
    for pack in Library([rules_folder()]).every():
        assert pack.manifest.evidence
        assert pack.manifest.unknowns
        for instrument in pack.instruments.values():
            # What ended says when or by what it ended; what was seen only as a citation is not said to be in force.
            assert (
                instrument.status not in {"repealed", "superseded"}
                or instrument.valid_to
                or instrument.replaced_by
                or instrument.last_report_year
            )
            assert instrument.status != "in-force" or instrument.tier in {"A", "B"}


def test_every_province_is_told_by_title_codes_office_and_words_or_what_is_unknown_of_them() -> None:
    index = RegionIndex.load(rules_folder() / "cn")
    national, *provinces = Library([rules_folder()]).every()
    assert len(provinces) == 32
    for pack in provinces:
        manifest = pack.manifest
        name = manifest.title.zh.removesuffix("规则")
        assert name != manifest.title.zh
        assert manifest.title.en.startswith("Rules of ")
        assert manifest.extends == national.manifest.id
        assert manifest.regions
        for code in manifest.regions:
            region = index.get(code)
            assert region is not None
            assert region.name == name or manifest.id == "cn-xpcc"
        # Who is in charge is said, or said to be unknown; likewise what the province has issued.
        assert manifest.competent_body or any("主管部门" in unknown for unknown in manifest.unknowns)
        assert pack.instruments or any("没有查到" in unknown for unknown in manifest.unknowns)
    words = {pack.manifest.id: pack.manifest.level_words for pack in provinces if pack.manifest.level_words}
    assert {"盟", "旗", "苏木"} <= set(words["cn-nm"])
    assert {"师", "团"} <= set(words["cn-xpcc"])


def test_what_a_city_asks_for_holds_in_that_city_and_year_only() -> None:
    """Huaihua's dates are of one report year; the later date of Yueyang relaxes nothing; Licheng's marks are a choice."""
    library = Library([rules_folder()])
    huaihua = "cn-hn/publication/huaihua-department-late-2021"
    for region, year, held in (("431200", 2021, True), ("431200", 2022, False), ("430600", 2021, False)):
        rules = library.resolve(layout="2021", year=year, region=region, body="department").rules
        assert (huaihua in {one.rule.id for one in rules}) is held
        national = next(one for one in rules if one.rule.id == "cn/publication/department-late")
        assert national.set_by == {}
    assert (rules_folder() / "cn-fj" / "profiles" / "licheng-2020.yaml").is_file()


def test_lint_goes_on_after_a_broken_pack(pack: Write, child: Write) -> None:
    pack()
    child(changes={"pack.yaml": 'id: cn-yy\ntitle: {zh: 一, en: a}\nversion: "1"\nextends: cn-xx\n'})
    rules = child().parent
    (rules / "cn-ww").mkdir()
    (rules / "cn-ww" / "pack.yaml").write_text("id: [", "utf-8")
    problems = Library([rules]).lint()
    assert {problem.place.split("/")[1] for problem in problems} >= {"cn-ww", "cn-zz"}
