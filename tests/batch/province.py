"""A province made for the tests: its bodies, two years of their reports that agree with each other, and known faults.

The names of cities and counties are those of Jiangsu; the words of the reports are clauses of real ones, put together
anew for each body; figures add up within a report, from year to year, and from a body to the one above it. The same
number of bodies gives the same bytes.

    python tests/batch/province.py FOLDER BODIES     writes FOLDER/{2023,2024,roster.csv,planted.json}
"""

from __future__ import annotations

import csv
import json
import random
import re
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from made_files import LAYOUT, ROOT, as_json, as_yaml, printed, tables_xlsx, text_docx

from disclosure_rules.resources import rules_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FORMATS", "YEAR", "Province", "make_province"]

YEAR = 2024
# How often each format comes; `split` is the text in Word and the three tables in a workbook.
FORMATS = {
    "json": 8, "yaml": 2, "zip": 2, "html": 2, "docx": 2, "txt": 2, "xlsx": 2, "split": 2,
}  # fmt: skip
_DEPARTMENTS = [
    "人民政府办公室",
    "财政局",
    "审计局",
    "教育局",
    "民政局",
    "司法局",
    "水利局",
    "商务局",
    "统计局",
    "信访局",
    "医疗保障局",
    "自然资源局",
    "农业农村局",
    "交通运输局",
    "卫生健康委员会",
    "应急管理局",
    "退役军人事务局",
    "发展和改革委员会",
    "科学技术局",
    "住房和城乡建设局",
    "生态环境局",
    "市场监督管理局",
    "文化广电和旅游局",
    "人力资源和社会保障局",
    "体育局",
]
_TOWNS = [
    "城东",
    "城西",
    "城南",
    "城北",
    "河口",
    "新集",
    "大兴",
    "三河",
    "双沟",
    "龙集",
    "石桥",
    "王庄",
    "陈集",
    "高桥",
]
_ENDS = re.compile(r"[。；\n]")
_NOT_FOR_ALL = re.compile(
    r"[0-9|《》〈〉“”（）()、：:—%]|[市县区镇乡]|[一二三四五六七八九十]是|宿|平潭|综合实验|上海|长治|长子|洪泽|沭|泗|江苏|福建|山西|全委"
    r"|实验|本报告|年度|报告|同比|增长|申请|总计|自然人|件|条|次|期|届|方面|复议|诉讼|存在|不足|问题"
)


class Body(NamedTuple):
    """One body of the province; `region` is a GB/T 2260 code."""

    name: str
    kind: str
    region: str
    parent: str
    place: str


class Province(NamedTuple):
    """What was written: the folders of two years, the roster, and the planted faults: rule → names of bodies."""

    now: Path
    last: Path
    roster: Path
    planted: dict[str, list[str]]
    bodies: int


Tables = dict[str, dict[str, dict[str, int]]]


def make_province(folder: Path, bodies: int) -> Province:
    """Write a province of about so many bodies."""
    rng = random.Random(bodies)  # noqa: S311  to make the same again
    known = _bodies(bodies)
    plain = [body for body in known if body.kind != "government"]
    kinds = _KINDS * max(1, bodies // 150)
    faults = dict(zip((body.name for body in rng.sample(plain, len(kinds))), kinds, strict=True))
    figures = {body.name: _two_years(rng, outlier=faults.get(body.name) == "outlier") for body in known}
    named: dict[str, list[Body]] = defaultdict(list)
    for body in known:
        named[faults.get(body.name, "")].append(body)
    same_file = {two.name: one for one, two in zip(named["nameless"], named["nameless-too"], strict=True)}
    figures |= {two: json.loads(json.dumps(figures[one.name])) for two, one in same_file.items()}
    children: dict[str, list[Body]] = defaultdict(list)
    for body in known:
        children[body.parent].append(body)
    for body in reversed(known):  # those below come later in the list
        if _lists(body) and children[body.name]:
            figures[body.name] = _nothing(), _nothing()
        for child in children[body.name]:
            for year in (0, 1):
                _add(figures[body.name][year], figures[child.name][year])
    planted: dict[str, list[str]] = defaultdict(list)
    _break_sums(rng, (known, children, figures, faults), planted)
    writer = _Writer(folder, _clauses(), figures, same_file)
    for body in known:
        writer.body(body, faults.get(body.name, ""), planted, rng.choice(plain))
    for body in rng.sample(plain, max(1, bodies // 150)):
        stranger = body._replace(name=f"{body.name.removesuffix('人民政府')}驻外联络处")
        figures[stranger.name] = _two_years(rng, outlier=False)
        writer.stranger(stranger)
        planted["cn/collection/body-not-in-roster"].append(stranger.name)
    writer.finish()
    planted_file = json.dumps(planted, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "planted.json").write_text(planted_file, "utf-8")
    roster = _roster(folder, known, children)
    return Province(folder / str(YEAR), folder / str(YEAR - 1), roster, dict(planted), len(known))


def _lists(body: Body) -> bool:
    """Whether the roster lists whose figures the report of a government adds up; of the others only who is below."""
    return body.kind == "government" and int(body.region) % 2 == 1


def _roster(folder: Path, known: list[Body], children: dict[str, list[Body]]) -> Path:
    roster = folder / "roster.csv"
    with roster.open("w", encoding="gb18030", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["某省2024年度政府信息公开年报报送名册"])
        rows.writerow(["单位名称", "单位类别", "行政区划代码", "上级单位", "报送期限", "汇总范围"])
        for body in known:
            listed = "、".join(child.name for child in children[body.name]) if _lists(body) else ""
            rows.writerow(
                [body.name, _WORDS[body.kind], body.region, body.parent, f"{YEAR + 1}-02-15", listed]
            )
    return roster


_WORDS = {"government": "政府", "department": "部门", "township": "乡镇"}
_RULES = {
    "missing": ("report-missing",),
    "late": ("published-after-due",),
    "twice": ("submitted-twice",),
    "versions": ("versions-differ",),
    "other-year": ("report-of-other-year", "report-missing"),
    "name": ("other-body-spoken-of",),
    "outlier": ("figure-far-from-peers",),
    "unreadable": ("unreadable",),
    # One file without a name in it, handed in for two bodies: its text is that of both, too.
    "nameless": ("file-of-two-bodies", "overview-shared", "problems-shared"),
    "nameless-too": ("file-of-two-bodies", "overview-shared", "problems-shared"),
}
_KINDS = (*_RULES, "copied")


def _bodies(number: int) -> list[Body]:
    """The bodies, every superior before those below it."""
    rows = [
        line.split("\t") for line in (rules_folder() / "cn" / "regions.tsv").read_text("utf-8").splitlines()
    ]
    places = [(row[0], row[1]) for row in rows if row[0].startswith("32") and not row[3]]
    cities = [(code, name) for code, name in places if code.endswith("00") and not code.endswith("0000")]
    province = Body("江苏省人民政府", "government", "320000", "", "")
    found = [province]
    cities = cities[: max(1, min(len(cities), number // 40))]
    counties = [
        (code, name, city, cname)
        for city, cname in cities
        for code, name in places
        if code[:4] == city[:4] and code != city
    ]
    counties = counties[: max(2, number // 28)]
    found += [Body(f"{name}人民政府", "government", code, province.name, name) for code, name in cities]
    found += [
        Body(f"{cname}{name}人民政府", "government", code, f"{cname}人民政府", f"{cname}/{name}")
        for code, name, _, cname in counties
    ]
    left = iter(
        [
            Body(f"{name}{one}", "department", code, f"{name}人民政府", name)
            for one in _DEPARTMENTS
            for code, name in cities
        ]
    )
    below = iter(
        Body(f"{cname}{name}{one}", kind, code, f"{cname}{name}人民政府", f"{cname}/{name}")
        for pair in zip(_DEPARTMENTS, [*(f"{one}镇人民政府" for one in _TOWNS), *[""] * 20], strict=False)
        for one, kind in zip(pair, ("department", "township"), strict=True)
        if one
        for code, name, _, cname in counties
    )
    for turn in range(number):
        one = next(left if turn % 6 == 0 else below, None)
        if one is not None and len(found) < number:
            found.append(one)
    return found


def _nothing() -> Tables:
    tables: Tables = {spec.key: {} for spec in LAYOUT.tables}
    for spec in LAYOUT.tables:
        for row, column in spec.cells:
            tables[spec.key].setdefault(row, {})[column] = 0
    return tables


def _two_years(rng: random.Random, *, outlier: bool) -> tuple[Tables, Tables]:
    """The tables of two years of a body's own."""
    carried, in_force = rng.choice((0, 0, 1, 2)), rng.randrange(3, 40)
    years: list[Tables] = []
    for _ in range(2):
        tables = _nothing()
        issued, repealed = rng.randrange(3), rng.randrange(2)
        in_force += issued - repealed
        tables["proactive_disclosure"]["normative_documents"] = {
            "issued": issued,
            "repealed": repealed,
            "in_force": in_force,
        }
        tables["proactive_disclosure"]["administrative_licensing"]["decisions"] = rng.randrange(200, 900)
        tables["proactive_disclosure"]["administrative_penalty"]["decisions"] = rng.randrange(20, 90)
        requests = tables["requests"]
        received, out = rng.randrange(2, 12), rng.choice((0, 0, 1))
        requests["carried_in"]["natural_person"] = carried
        requests["received"]["natural_person"] = received
        requests["carried_out"]["natural_person"] = out
        for _ in range(received + carried - out):
            requests[rng.choice(("granted", "granted", "partially_granted", "unavailable_not_held"))][
                "natural_person"
            ] += 1
        requests["results_total"]["natural_person"] = received + carried - out
        for row in ("received", "granted", "results_total") if outlier else ():
            requests[row]["natural_person"] += 30_000
        for row in requests.values():
            row["total"] = row["natural_person"]
        carried = out
        review = tables["reviews_and_litigation"]["review"]
        review["upheld"] = review["total"] = rng.choice((0, 0, 0, 1))
        years.append(tables)
    return years[0], years[1]


def _add(into: Tables, more: Tables) -> None:
    for key, rows in more.items():
        for row, cells in rows.items():
            for column, number in cells.items():
                into[key][row][column] += number


_Made = tuple[list[Body], dict[str, list[Body]], dict[str, tuple[Tables, Tables]], dict[str, str]]


def _break_sums(rng: random.Random, made: _Made, planted: dict[str, list[str]]) -> None:
    """Make some sums wrong: below those of the parts that are in, and above those of a listed scope that is whole."""
    known, children, figures, faults = made
    absent = {name for name, fault in faults.items() if fault in {"missing", "other-year", "unreadable"}}
    counties = [body for body in known if body.place.count("/") and body.kind == "government"]
    broken = rng.sample(counties, max(2, len(counties) // 6))
    for body in broken[::2]:
        parts = [child.name for child in children[body.name] if child.name not in absent]
        _penalties(figures[body.name])["decisions"] = (
            sum(_penalties(figures[name])["decisions"] for name in parts) - 1
        )
        planted["cn/collection/total-below-parts"].append(body.name)
    for body in broken[1::2]:
        parts = [child.name for child in children[body.name]]
        if _lists(body) and absent.isdisjoint(parts):
            _penalties(figures[body.name])["decisions"] += 1
            planted["cn/collection/total-unequal-parts"].append(body.name)


def _penalties(years: tuple[Tables, Tables]) -> dict[str, int]:
    return years[1]["proactive_disclosure"]["administrative_penalty"]


def _clauses() -> list[str]:
    """Clauses of real reports that say nothing of one place, number or year."""
    texts = [
        (ROOT / "tests" / "data" / "reports" / name).read_text("utf-8")
        for name in (
            "suqian-shizhengfu-2023.txt", "suqian-shizhengfu-2024.txt", "pingtan-guanweihui-2020.txt",
            "pingtan-guanweihui-2021.txt", "pingtan-guanweihui-2022.txt", "shanghai-kewei-2024.txt",
            "pingtan-guanweihui-2019.txt", "pingtan-guanweihui-2016.txt", "pingtan-guanweihui-2018.txt",
        )
    ]  # fmt: skip
    found: dict[str, None] = {}
    for text in texts:
        for sentence in _ENDS.split(re.sub(r"(?<=[\u4e00-\u9fff，])\n(?=[\u4e00-\u9fff])", "", text)):
            for clause in sentence.split("，"):
                if 9 <= len(clause.strip()) <= 40 and not _NOT_FOR_ALL.search(clause):
                    found[clause.strip()] = None
    return list(found)


class _Writer:
    """Writes the reports, each in one of the formats."""

    def __init__(
        self,
        folder: Path,
        clauses: list[str],
        figures: dict[str, tuple[Tables, Tables]],
        same_file: dict[str, Body],
    ) -> None:
        self._same_file = same_file
        self._folder = folder
        self._clauses = clauses
        self._figures = figures
        self._zipped: list[tuple[str, bytes]] = []
        self._texts: tuple[Body, dict[str, list[str]]]  # of the last body without a fault: what is copied

    def body(self, body: Body, fault: str, planted: dict[str, list[str]], other: Body) -> None:
        """Both reports of a body, with its fault."""
        last = self._report(body, 0, self._text(body, 0))
        self._file(YEAR - 1, body, last, "json")
        for rule in _RULES.get(fault, ()):
            planted[f"cn/collection/{rule}"].append(body.name)
        if fault == "other-year":
            self._file(YEAR, body, last, "json")
        elif fault == "unreadable":
            self._write(YEAR, body, f"{body.name}.docx", b"PK\x03\x04 broken")
        elif fault in {"nameless", "nameless-too"}:
            self._nameless(body, self._same_file.get(body.name, body))
        elif fault != "missing":
            self._this_year(body, fault, planted, other)

    def stranger(self, body: Body) -> None:
        """The report of a body that the roster does not have."""
        self._file(YEAR, body, self._report(body, 1, self._text(body, 1)), "json")

    def _nameless(self, body: Body, of: Body) -> None:
        """A report without the name of its body, handed in under a body's name."""
        texts = {
            key: [one.replace(of.name, "本单位") for one in value] for key, value in self._text(of, 1).items()
        }
        title = f"{YEAR}年政府信息公开工作年度报告"
        report = self._report(of, 1, texts) | {"title": title, "body": {"name": ""}}
        self._write(YEAR, body, f"{body.name}.txt", printed(report, "txt"))

    def _this_year(self, body: Body, fault: str, planted: dict[str, list[str]], other: Body) -> None:
        texts = self._text(body, 1)
        if fault == "copied":
            source, copied = self._texts
            texts = {
                key: [one.replace(source.name, body.name) for one in value] for key, value in copied.items()
            }
            for rule in ("overview-shared", "problems-shared"):
                planted[f"cn/collection/{rule}"] += [body.name, source.name]
        elif fault == "name":
            texts["overview"].insert(0, f"{other.name}认真贯彻落实政府信息公开各项要求。")
        report = self._report(body, 1, texts)
        if fault == "late":
            report["published"] = f"{YEAR + 1}-03-20"
        # A late day is stated: what the made pages print is always in time.
        self._file(YEAR, body, report, "json" if fault == "late" else _format(body))
        if not fault:
            self._texts = body, texts
        if fault in {"twice", "versions"}:
            again = json.loads(json.dumps(report))
            if fault == "versions":
                again["tables"]["proactive_disclosure"]["administrative_penalty"]["decisions"] += 1
            self._write(YEAR, body, f"{body.name}（再次报送）.json", as_json(again))

    def finish(self) -> None:
        """The archive with names as old tools write them."""
        with zipfile.ZipFile(self._folder / str(YEAR) / "zipped.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self._zipped:
                # The module writes UTF-8 and says so; what Chinese tools write is GBK that says nothing.
                archive.writestr(
                    zipfile.ZipInfo(name.encode("gbk").decode("latin-1"), (2025, 1, 20, 8, 0, 0)), data
                )
        _as_gbk(self._folder / str(YEAR) / "zipped.zip")

    def _text(self, body: Body, year: int) -> dict[str, list[str]]:
        rng = random.Random(f"{body.name}{year}")  # noqa: S311  to make the same again
        requests = self._figures[body.name][year]["requests"]
        own = rng.sample(self._clauses, 39)
        sentences = ["，".join(own[at : at + 3]) + "。" for at in range(0, 39, 3)]
        count = requests["received"]["total"]
        return {
            "overview": [
                f"{YEAR - 1 + year}年，{body.name}{sentences[0]}",
                "".join(sentences[1:4]),
                f"全年新收政府信息公开申请{count}件。" + "".join(sentences[4:8]),
            ],
            "problems_and_improvements": [
                "主要问题：" + "".join(sentences[8:10]),
                "改进情况：" + "".join(sentences[10:13]),
            ],
            "other_matters": ["本年度没有收取信息处理费。"],
        }

    def _report(self, body: Body, year: int, texts: dict[str, list[str]]) -> dict[str, Any]:
        number = YEAR - 1 + year
        return {
            "title": f"{body.name}{number}年政府信息公开工作年度报告",
            "body": {"name": body.name, "kind": body.kind, "region": body.region},
            "year": number,
            "layout": "2021",
            "published": f"{number + 1}-01-20",
            "sections": [
                {
                    "key": one.key,
                    "number": "一二三四五六"[at],
                    "heading": one.title.zh,
                    "paragraphs": texts.get(one.key, []),
                }
                for at, one in enumerate(LAYOUT.sections)
            ],
            "tables": self._figures[body.name][year],
        }

    def _file(self, year: int, body: Body, report: dict[str, Any], kind: str) -> None:
        if kind == "zip":
            self._zipped.append((f"年报/{body.name}.json", as_json(report)))
        elif kind == "split":
            self._write(year, body, f"{body.name}.docx", text_docx(report))
            self._write(year, body, f"{body.name}附件：三张表.xlsx", tables_xlsx(report))
        else:
            write = {"json": as_json, "yaml": as_yaml}.get(kind)
            self._write(year, body, f"{body.name}.{kind}", write(report) if write else printed(report, kind))

    def _write(self, year: int, body: Body, name: str, data: bytes) -> None:
        file = self._folder / str(year) / body.place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _format(body: Body) -> str:
    if body.kind == "government":
        return "json"
    return random.Random(body.name).choices(list(FORMATS), list(FORMATS.values()))[0]  # noqa: S311


def _as_gbk(file: Path) -> None:
    """Write the names of an archive again as bytes of GBK, without the flag that says UTF-8."""
    with zipfile.ZipFile(file) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]

    class Raw(zipfile.ZipInfo):
        def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  as the standard library names it
            return self.filename.encode("latin-1"), self.flag_bits & ~0x800

    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = Raw("x", (2025, 1, 20, 8, 0, 0))
            info.filename = name
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)


def _lines(province: Province) -> Iterator[str]:
    yield f"{province.bodies} bodies"
    for rule, names in sorted(province.planted.items()):
        yield f"{rule}: {len(names)}"


if __name__ == "__main__":
    print("\n".join(_lines(make_province(Path(sys.argv[1]), int(sys.argv[2])))))  # noqa: T201  a script
