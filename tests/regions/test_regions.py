"""Regions: the table, names at the start of a text, names in running text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_rules.errors import PackError
from disclosure_rules.regions import RegionIndex, RegionMatch
from disclosure_rules.resources import rules_folder

FOLDER = rules_folder() / "cn"
INDEX = RegionIndex.load(FOLDER)
OPENINGS = sorted((Path(__file__).parents[1] / "data" / "openings").glob("*.json"))
ROWS = [
    line.split("\t")
    for line in (FOLDER / "regions.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def opening(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def codes(match: RegionMatch) -> list[str]:
    return [candidate.code for candidate in match.candidates]


# --- the table


def test_the_table_has_all_provinces_and_the_divisions_of_the_present() -> None:
    current = [code for code, _, _, until, _ in ROWS if not until]
    assert len(INDEX.provinces()) == 34
    assert sum(not code.endswith("00") for code in current) == 2847
    assert sum(code.endswith("00") and not code.endswith("0000") for code in current) == 333


def test_every_line_is_a_code_a_name_and_years_in_order() -> None:
    assert len({(code, name) for code, name, *_ in ROWS}) == len(ROWS)
    for code, name, since, until, short in ROWS:
        assert re.fullmatch(r"\d{6}", code), code
        assert re.fullmatch(r"[\u4e00-\u9fff]{2,}", name), (code, name)
        assert not re.fullmatch(r"市辖区|省直辖.*|自治区直辖.*", name), code
        assert not since or not until or int(since) <= int(until), (code, name)
        assert name not in short.split()


def test_no_code_has_two_current_names() -> None:
    current = [code for code, _, _, until, _ in ROWS if not until]
    assert len(set(current)) == len(current)


def test_every_county_lies_in_a_province() -> None:
    for code, *_ in ROWS:
        assert code.endswith("0000") or INDEX.parents(code), code


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("140428", ("山西省", "长治市", "长子县")),
        ("140404", ("山西省", "长治市", "上党区")),
        ("140421", ("山西省", "长治市", "长治县")),
        ("350128", ("福建省", "福州市", "平潭县")),
        ("310115", ("上海市", "浦东新区")),
        ("429004", ("湖北省", "仙桃市")),
        ("522201", ("贵州省", "铜仁地区", "铜仁市")),
        ("420600", ("湖北省", "襄阳市")),
        ("659004", ("新疆维吾尔自治区", "五家渠市")),
    ],
)
def test_get_gives_the_names_from_the_province_down(code: str, path: tuple[str, ...]) -> None:
    region = INDEX.get(code)
    assert region is not None
    assert (region.code, region.name, region.path) == (code, path[-1], path)


@pytest.mark.parametrize("code", ["", "14", "999999", "130171", "310100", "长子县"])
def test_get_knows_no_other_codes(code: str) -> None:
    assert INDEX.get(code) is None


def test_parents_are_codes_from_the_province_down() -> None:
    assert INDEX.parents("140428") == ("140000", "140400")
    assert INDEX.parents("429004") == ("420000",)
    assert INDEX.parents("140000") == ()


# --- the start of a name


@pytest.mark.parametrize(
    ("text", "code", "matched", "rest"),
    [
        ("长子县住建局", "140428", "长子县", "住建局"),
        ("山西省长治市长子县", "140428", "山西省长治市长子县", ""),
        ("山西省长子县住建局", "140428", "山西省长子县", "住建局"),
        ("山西长治市长子县", "140428", "山西长治市长子县", ""),
        ("福州市晋安区", "350111", "福州市晋安区", ""),
        ("平潭县人民政府", "350128", "平潭县", "人民政府"),
        ("西乌旗", "152526", "西乌旗", ""),
        ("西乌珠穆沁旗人民政府", "152526", "西乌珠穆沁旗", "人民政府"),
        ("喀左县卫生健康局", "211324", "喀左县", "卫生健康局"),
        ("恩施州人民政府", "422800", "恩施州", "人民政府"),
        ("科左中旗", "150521", "科左中旗", ""),
        ("鄂温克旗", "150724", "鄂温克旗", ""),
        ("上海市人民政府办公厅", "310000", "上海市", "人民政府办公厅"),
        ("丽水市", "331100", "丽水市", ""),
        ("新疆维吾尔自治区", "650000", "新疆维吾尔自治区", ""),
        ("西藏自治区审计厅", "540000", "西藏自治区", "审计厅"),
        ("内蒙古", "150000", "内蒙古", ""),
        ("北京", "110000", "北京", ""),
        ("西秀区东街街道办事处", "520402", "西秀区", "东街街道办事处"),
        ("吉林市人民政府外事办公室", "220200", "吉林市", "人民政府外事办公室"),
        ("海南藏族自治州人民政府", "632500", "海南藏族自治州", "人民政府"),
        ("河南省", "410000", "河南省", ""),
    ],
)
def test_a_name_at_the_start_is_found(text: str, code: str, matched: str, rest: str) -> None:
    match = INDEX.find(text)
    assert (codes(match), match.matched, match.rest) == ([code], matched, rest)
    assert match.region is not None


@pytest.mark.parametrize("text", ["朝阳区", "鼓楼区人民政府", "城关区", "郊区", "吉林"])
def test_a_name_of_several_places_has_no_answer(text: str) -> None:
    match = INDEX.find(text)
    assert len(match.candidates) > 1
    assert match.region is None
    assert codes(match) == sorted(codes(match))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "市",
        "市地震局",
        "高楼乡",
        "雄安新区管委会",
        "苏银产业园管理委员会",
        "新疆生产建设兵团第八师",
        "上海路街道办事处",
        "天津港保税区管理委员会",
        "市辖区",
        "达茂旗人民政府",
        "巴州财政局",
        "廣州市教育局",
        "城区街道办事处",
        "矿区街道办事处",
    ],
)
def test_what_is_not_known_is_not_found(text: str) -> None:
    assert INDEX.find(text) == RegionMatch(rest=text)


def test_a_parent_or_within_decides_between_places() -> None:
    assert codes(INDEX.find("长春市朝阳区教育局")) == ["220104"]
    assert codes(INDEX.find("朝阳区教育局", within="110000")) == ["110105"]
    assert codes(INDEX.find("鼓楼区", within="350100")) == ["350102"]
    assert codes(INDEX.find("山西省长治市长子县", within="140400")) == ["140428"]
    assert codes(INDEX.find("长治市", within="140400")) == ["140400"]


def test_within_lets_nothing_else_through() -> None:
    assert INDEX.find("福州市晋安区", within="140000") == RegionMatch(rest="福州市晋安区")
    assert INDEX.find("山西省人民政府", within="140400").candidates == ()


def test_names_of_the_report_year_go_first() -> None:
    assert codes(INDEX.find("长治县", year=2012)) == ["140421"]
    assert codes(INDEX.find("长治县", year=2023)) == ["140421"]  # valid in other years only: still this place
    assert codes(INDEX.find("东乡县", year=2020)) == ["622926"]  # 东乡族自治县; 江西's 东乡县 ended in 2016
    assert codes(INDEX.find("东乡县", year=2012)) == ["361029", "622926"]
    assert codes(INDEX.find("简阳市", year=2012)) == ["512081"]
    assert codes(INDEX.find("简阳市", year=2020)) == ["510185"]
    assert codes(INDEX.find("简阳市", year=2016)) == ["510185"]  # a report is written in the next year
    assert codes(INDEX.find("简阳市")) == ["510185"]


def test_the_path_is_of_the_names_own_time() -> None:
    region = INDEX.find("铜仁市江口县", year=2020).region
    assert region is not None
    assert region.path == ("贵州省", "铜仁市", "江口县")
    former = INDEX.find("铜仁地区江口县", year=2009).region
    assert former is not None
    assert former.path == ("贵州省", "铜仁地区", "江口县")


def test_every_current_name_is_found_by_its_path_and_by_its_own() -> None:
    for code, name, _, until, short in ROWS:
        region = INDEX.get(code)
        assert region is not None
        if until:
            continue
        assert codes(INDEX.find("".join(region.path), year=2025)) == [code], region.path
        assert code in codes(INDEX.find(name, year=2025))
        for form in short.split():
            assert code in codes(INDEX.find(form, year=2025)), form


@given(st.text(alphabet="山西省长治市子县城郊区朝阳吉林街道办事处新疆自旗左X ", max_size=12))
def test_what_was_matched_and_the_rest_are_the_text(text: str) -> None:
    match = INDEX.find(text)
    assert match.matched + match.rest == text
    assert bool(match.candidates) == bool(match.matched)


# --- running text


def test_names_in_running_text() -> None:
    text = "由山西省长治市长子县住建局报朝阳区，长子县、长子县和福州市晋安区。"
    found = INDEX.find_all(text)
    assert [match.matched for match in found] == ["山西省长治市长子县", "朝阳区", "长子县", "福州市晋安区"]
    assert all(text.startswith(match.matched, match.start) for match in found)
    assert found[1].region is None


@pytest.mark.parametrize("text", ["", "县", "城区郊区矿区", "西乌旗", "山西长治", "西乌", "城关区街道"])
def test_short_forms_and_ordinary_words_are_left_alone_in_running_text(text: str) -> None:
    assert INDEX.find_all(text) == ()


def test_a_wording_is_told_once_however_long_the_text() -> None:
    assert len(INDEX.find_all("长子县上党区" * 20_000)) == 2


# --- real reports


def test_the_bodies_of_real_reports_lie_in_the_right_province() -> None:
    missed = []
    for path in OPENINGS:
        report = opening(path)
        match = INDEX.find(report["body"], year=report["year"])
        if match.region is None:
            missed.append(report["body"])
        else:
            assert match.region.path[0].startswith(report["province"]), report["body"]
    assert len(OPENINGS) == 63
    # Development zones have no code; 市地震局 does not say of which city.
    assert missed == ["苏银产业园管理委员会", "天津港保税区管理委员会", "市地震局"]


def test_titles_of_real_reports_never_lead_to_another_province() -> None:
    missed = []
    for path in OPENINGS:
        report = opening(path)
        title = re.sub(r"^\(([^)]*)\) ?|^\d{4}年度?", r"\1", report["title"])
        match = INDEX.find(title, year=report["year"])
        assert len(match.candidates) <= 1
        if match.region is None:
            missed.append(path.stem)
        else:
            assert match.region.path[0].startswith(report["province"]), title
    townships_alone = ["011", "019", "021", "023", "043", "045", "damaged-005"]
    no_code = ["075", "081", "damaged-001"]
    traditional = [f"damaged-{number}" for number in ("009", "013", "015", "019", "021", "023", "029")]
    assert missed == sorted(townships_alone + no_code + traditional)


# --- a broken table


def test_a_missing_table_is_an_error_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        RegionIndex.load(tmp_path)
    assert caught.value.code == "regions-unreadable"
    assert caught.value.place.endswith("regions.tsv")


@pytest.mark.parametrize("line", ["140428\t长子县", "140428\t长子县\tx\t\t", ""])
def test_a_broken_line_is_an_error_with_its_number(tmp_path: Path, line: str) -> None:
    (tmp_path / "regions.tsv").write_text(f"# head\n110000\t北京市\t\t\t北京\n{line}\n", encoding="utf-8")
    with pytest.raises(PackError) as caught:
        RegionIndex.load(tmp_path)
    assert caught.value.code == "regions-malformed"
    assert caught.value.place.endswith("regions.tsv:3")
