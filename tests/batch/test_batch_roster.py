"""The roster as offices keep it, and which body of it a report is of."""

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from disclosure_rules.batch.matching import Matcher
from disclosure_rules.batch.roster import read_roster, with_due_days
from disclosure_rules.errors import ReadError
from disclosure_rules.model.roster import Roster, RosterEntry

HEADING = "单位名称,简称,单位类别,上级单位,报送期限,汇总范围,备注"
ROWS = (
    "山西省长治市长子县人民政府,长子县,政府,长治市人民政府,2025年2月20日,长子县财政局、长子县大堡头镇人民政府,",
    "长子县住房和城乡建设局,长子县住建局,部门,长子县人民政府,2025-01-31,,x",
    ",,,,,,",
    "长子县财政局,,部们,长子县人民政府,明天,,",
    "长子县财政局,,部门,,,,",
    ",,部门,长子县人民政府,,,",
)


@pytest.fixture
def roster(tmp_path: Path) -> Roster:
    file = tmp_path / "名册.csv"
    file.write_text("\r\n".join(("2024年年报名册,,,,,,", HEADING, *ROWS)), "gb18030")
    return read_roster(file)


def test_a_roster_in_gbk_with_a_title_above_is_read(roster: Roster) -> None:
    assert [entry.name for entry in roster.entries] == [
        "山西省长治市长子县人民政府",
        "长子县住房和城乡建设局",
        "长子县财政局",
    ]
    government = roster.entries[0]
    assert (government.kind, government.due, government.row) == ("government", "2025-02-20", 3)
    assert government.aggregates == ("长子县财政局", "长子县大堡头镇人民政府")
    assert roster.entries[1].other_names == ("长子县住建局",)


def test_what_of_a_roster_could_not_be_used_is_told_with_its_rows(roster: Roster) -> None:
    told = {note.code: ([place.line for place in note.places], note.words) for note in roster.notes}
    assert told["roster-heading"] == ([], ("备注",))
    assert told["roster-kind"] == ([6], ("部们",))
    assert told["roster-due"] == ([6], ("明天",))
    assert told["roster-name"] == ([8], ("部门、长子县人民政府",))
    assert told["roster-duplicate"] == ([6, 7], ("长子县财政局",))
    assert len(told) == 5


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("1月31日前", "2025-01-31"),
        ("1月31日", "2025-01-31"),
        (" 1 月 31 号 之前", "2025-01-31"),
        ("１月３１日", "2025-01-31"),
        ("次年1月31日", "2025-01-31"),
        ("次年12月31日前", "2025-12-31"),
        ("2025年1月31日前", "2025-01-31"),
        ("2026-01-31", "2026-01-31"),
        ("12月31日", None),  # of the year of the report, or of the one after it
        ("本年1月31日", None),
        ("2月29日", None),
        ("1月20日至1月31日", None),
        ("2025年1月20日至1月31日", None),
        ("1.31", None),
    ],
)
def test_a_day_without_a_year_is_of_the_year_after_the_reports(
    tmp_path: Path, written: str, due: str | None
) -> None:
    file = tmp_path / "名册.csv"
    file.write_text(f"单位名称,报送期限\n长子县财政局,{written}\n", "utf-8")
    roster = read_roster(file)
    assert [one.due for one in with_due_days(roster, 2024)] == [due]
    told = [(note.code, note.words) for note in roster.notes]
    assert told == ([("roster-due", (written.strip(),))] if due is None else [])


def test_a_day_without_a_year_is_no_day_where_no_report_has_a_year(tmp_path: Path) -> None:
    file = tmp_path / "名册.csv"
    file.write_text("单位名称,报送期限\n甲,1月31日\n乙,2025-01-31\n", "utf-8")
    assert [one.due for one in with_due_days(read_roster(file), None)] == [None, "2025-01-31"]


def test_a_file_without_a_column_of_names_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("编号,备注\n1,x\n", "utf-8")
    with pytest.raises(ReadError) as caught:
        read_roster(file)
    assert caught.value.code == "no-names"


@pytest.mark.parametrize(
    ("names", "file", "found", "by", "doubtful"),
    [
        (["长子县住建局"], "x.docx", "长子县住房和城乡建设局", "report", False),
        (["山西省长子县财政局"], "x.docx", "长子县财政局", "report", False),
        (["长子县"], "x.docx", "山西省长治市长子县人民政府", "report", False),
        (["长治市长子县人民政府"], "x.docx", "山西省长治市长子县人民政府", "report", False),
        ([], "年报/长子县住房和城乡建设局2024.docx", "长子县住房和城乡建设局", "file", False),
        (["住建局"], "年报/长子县住房和城乡建设局2024.docx", "长子县住房和城乡建设局", "file", False),
        (["审计局"], "年报/长子县住房和城乡建设局2024.docx", "长子县住房和城乡建设局", "file", True),
        (["屯留区财政局"], "x.docx", None, "none", False),
        ([], "长子县审计局.docx", None, "none", False),
    ],
)
def test_a_report_is_matched_by_what_it_says_and_nothing_is_guessed(  # noqa: PLR0913  one a column
    roster: Roster, names: list[str], file: str, found: str | None, by: str, *, doubtful: bool
) -> None:
    match = Matcher(roster).match(names, None, file)
    assert (match.entry.name if match.entry else None) == found
    assert match.by == by
    assert match.doubtful == doubtful


def test_a_name_of_two_bodies_is_told_apart_by_the_region_or_is_doubtful(tmp_path: Path) -> None:
    file = tmp_path / "名册.csv"
    file.write_text("单位名称,行政区划代码\n朝阳区财政局,110105\n朝阳区财政局,220104\n", "utf-8")
    matcher = Matcher(read_roster(file))
    assert matcher.match(["朝阳区财政局"], None, "x").doubtful
    assert matcher.match(["朝阳区财政局"], None, "x").entry is None
    entry = matcher.match(["朝阳区财政局"], "220104", "x").entry
    assert entry is not None
    assert entry.region == "220104"


@pytest.mark.parametrize(
    ("names", "file", "rows", "doubtful"),
    [
        ((), "连云港市/年报.docx", [], False),
        ((), "连云港市人民政府/年报.docx", [1], False),
        ((), "连云港市财政局/年报.docx", [2], False),
        (("连云港市财政局驻外联络处",), "连云港市/连云港市财政局驻外联络处.docx", [], False),
        (("连云港市财政局驻外联络处",), "连云港市财政局/年报.docx", [2], True),
    ],
)
def test_a_folder_of_a_region_and_a_name_within_the_reports_own_say_nothing(
    names: tuple[str, ...],
    file: str,
    rows: list[int],
    doubtful: bool,  # noqa: FBT001
) -> None:
    known = [RosterEntry(row=1, name="连云港市人民政府"), RosterEntry(row=2, name="连云港市财政局")]
    match = Matcher(Roster(entries=tuple(known))).match(names, None, file)
    assert ([one.row for one in match.entries], match.doubtful) == (rows, doubtful)


def test_a_heading_of_two_rows_with_merged_cells_is_a_heading(tmp_path: Path) -> None:
    file = tmp_path / "名册.xlsx"
    with Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 3, "报送名册")
        sheet.merge_range(1, 0, 2, 0, "单位名称")
        sheet.merge_range(1, 1, 1, 2, "基本情况")
        sheet.write_row(2, 1, ["单位类别", "上级单位"])
        sheet.merge_range(1, 3, 2, 3, "报送期限")
        sheet.write_row(3, 0, ["长子县财政局", "部门", "长子县人民政府", "2025年1月31日"])
        sheet.write_row(4, 0, ["长子县审计局", "部门", "", "2025年1月31日"])
    roster = read_roster(file)
    assert [(one.name, one.kind, one.parent, one.due) for one in roster.entries] == [
        ("长子县财政局", "department", "长子县人民政府", "2025-01-31"),
        ("长子县审计局", "department", None, "2025-01-31"),
    ]
    assert roster.notes == ()


@pytest.mark.parametrize(
    ("listed", "said"),
    [("洪泽区人民政府", "淮安市洪泽区人民政府"), ("淮安市洪泽区人民政府", "洪泽区人民政府")],
)
def test_a_government_of_a_short_name_is_found_with_and_without_its_city(listed: str, said: str) -> None:
    match = Matcher(Roster(entries=(RosterEntry(row=1, name=listed),))).match([said], None, "a.pdf")
    assert (match.by, [one.row for one in match.entries]) == ("report", [1])


COUNTY = (
    "长子县人民政府",
    "长子县人民政府办公室",
    "长子县住房和城乡建设局",
    "长子县卫生健康委员会",
    "长子县农业农村局",
    "长子县工业和商务局",
    "长子县财政局",
    "壶关县财政局",
    "长子县丹朱镇人民政府",
    "长子县南漳镇人民政府",
    "屯留区南漳镇人民政府",
)


@pytest.mark.parametrize(
    ("name", "file", "found", "doubtful"),
    [
        # One name without a doubt.
        ("长子县住建局", "a.docx", ["长子县住房和城乡建设局"], False),
        ("山西省长治市长子县卫健委", "a.docx", ["长子县卫生健康委员会"], False),
        ("长子县政府办", "a.docx", ["长子县人民政府办公室"], False),
        ("长子县政府", "a.docx", ["长子县人民政府"], False),
        ("丹朱镇政府", "a.docx", ["长子县丹朱镇人民政府"], False),
        # Of another county, and none that the roster has.
        ("壶关县住建局", "a.docx", [], False),
        ("长子县审计局", "a.docx", [], False),
        # It may be, and is told as that.
        ("长子县农业局", "a.docx", ["长子县农业农村局"], True),
        ("长子县工商局", "a.docx", ["长子县工业和商务局"], True),
        ("卫健委", "a.docx", ["长子县卫生健康委员会"], True),
        ("财政局", "a.docx", ["长子县财政局", "壶关县财政局"], True),
        ("南漳镇政府", "a.docx", ["长子县南漳镇人民政府", "屯留区南漳镇人民政府"], True),
        # The file or its folder says of which county.
        ("财政局", "壶关县财政局.docx", ["壶关县财政局"], False),
        ("财政局", "长子县/壶关县/年报.docx", ["壶关县财政局"], False),
        ("南漳镇政府", "屯留区/年报.docx", ["屯留区南漳镇人民政府"], False),
    ],
)
def test_a_short_name_is_the_bodys_or_is_told_as_doubtful(
    name: str,
    file: str,
    found: list[str],
    doubtful: bool,  # noqa: FBT001
) -> None:
    entries = [RosterEntry(row=row, name=one) for row, one in enumerate(COUNTY, 2)]
    match = Matcher(Roster(entries=tuple(entries))).match([name], None, file)
    assert ([one.name for one in match.entries], match.doubtful) == (found, doubtful)


def test_a_roster_without_the_county_is_that_of_its_own_county() -> None:
    known = [RosterEntry(row=1, name="财政局"), RosterEntry(row=2, name="人力资源和社会保障局")]
    matcher = Matcher(Roster(entries=tuple(known)))
    found = [
        matcher.match([name], None, "a").entry for name in ("长子县财政局", "长子县人社局", "长子县统计局")
    ]
    assert found == [*known, None]


def test_a_name_that_half_the_roster_ends_with_says_nothing() -> None:
    known = [RosterEntry(row=row, name=f"{'甲乙丙丁戊己'[row]}山县自然资源局") for row in range(6)]
    matcher = Matcher(Roster(entries=tuple(known)))
    assert matcher.match(["自然资源局"], None, "a").entries == ()
    assert matcher.match(["自然资源局"], None, "丙山县/a").entries == (known[2],)


def test_the_file_of_a_bureau_of_a_city_is_not_its_governments() -> None:
    known = (RosterEntry(row=1, name="连云港市人民政府"),)
    matcher = Matcher(Roster(entries=known))
    assert matcher.match([], None, "连云港市统计局2024年报.docx").entries == ()
    assert matcher.match([], None, "连云港市2024年政府信息公开年报.docx").entries == known


def test_every_abbreviation_that_a_rule_tells_of_is_matched() -> None:
    from disclosure_rules.batch.abbreviations import shortened  # noqa: PLC0415  only here
    from disclosure_rules.pipeline import Checker  # noqa: PLC0415  only here

    [rule] = [
        one for pack in Checker().packs() for one in pack.rules.values() if one.id.endswith("name-short")
    ]
    pairs = rule.params["abbreviations"].items()
    assert len(pairs) > 10
    assert {short: shortened(short) for short, _ in pairs} == {
        short: shortened(full) for short, full in pairs
    }


def test_of_two_columns_of_names_the_surer_one_counts_and_the_other_is_told(tmp_path: Path) -> None:
    file = tmp_path / "名册.csv"
    file.write_text(
        "责任单位,序号,单 位 名 称,截止时间,所属地区,行政区划\n办公室,1,长子县财政局,2025.1.31,,长子县\n",
        "utf-8",
    )
    roster = read_roster(file)
    assert [(one.name, one.due, one.region) for one in roster.entries] == [
        ("长子县财政局", "2025-01-31", None)
    ]
    told = {note.code: note.words for note in roster.notes}
    assert told == {"roster-heading": ("责任单位", "序号"), "roster-region": ("长子县",)}


def test_superiors_and_parts_are_those_of_the_roster_however_they_are_written(tmp_path: Path) -> None:
    file = tmp_path / "名册.csv"
    rows = (
        "单位名称,上级单位,汇总范围",
        "长子县人民政府,长治市人民政府,长子县住建局、长子县财政局、长子县统计局",
        "长子县住房和城乡建设局,长子县政府,",
        "长子县财政局,长子县,",
        "长子县审计局,长子县人民改府,",
    )
    file.write_text("\n".join(rows), "utf-8")
    roster = read_roster(file)
    assert [one.parent for one in roster.entries[:3]] == [
        "长治市人民政府",
        "长子县人民政府",
        "长子县人民政府",
    ]
    assert roster.entries[0].aggregates == ("长子县住房和城乡建设局", "长子县财政局", "长子县统计局")
    [note] = roster.notes
    assert (note.code, note.words, [one.line for one in note.places]) == (
        "roster-superior",
        ("长子县人民改府",),
        [5],
    )


@pytest.mark.parametrize(
    ("report", "of"),
    [
        ("上海市科委", 1),
        ("上海市科技委", 1),
        ("上海市教委", 2),
        ("沭阳县发改局", 3),
        ("长子县发改局", None),  # the 县发改局 of the roster is that of 沭阳
        ("长子县机关事务局", None),
        ("沭阳县机关事务局", 4),
    ],
)
def test_a_body_that_the_roster_calls_by_its_level_alone(report: str, of: int | None) -> None:
    roster = Roster(
        entries=(
            RosterEntry(row=1, name="上海市科学技术委员会", other_names=("市科委",)),
            RosterEntry(row=2, name="上海市教育委员会"),
            RosterEntry(row=3, name="沭阳县发展和改革局", other_names=("县发改局",)),
            RosterEntry(row=4, name="沭阳县机关事务服务中心", other_names=("县机关事务局",)),
        )
    )
    match = Matcher(roster).match([report], None, "a.txt")
    assert (match.entry and match.entry.row) == of
    assert not match.doubtful
