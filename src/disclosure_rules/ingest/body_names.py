"""Which bodies a report names: in its titles, as publisher, in the introduction, in the signature."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from disclosure_rules.bodies import body_kind
from disclosure_rules.fold import compact, fold, squeezed
from disclosure_rules.ingest.identity import YEAR, read_title
from disclosure_rules.model.report import Candidate, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.ingest.identity import Title
    from disclosure_rules.model.document import Block
    from disclosure_rules.model.location import Location

__all__ = ["body_candidates", "fuller_name", "speaks_of_report", "year_spoken_of"]

_HEAD = 2_000
_PLACES = ("省", "市", "县", "区", "旗", "州", "镇", "乡")
_TOWNSHIPS = ("镇", "乡", "苏木")
_PUBLISHER_FIELDS = ("发布机构", "发布单位", "发文机关", "公开主体")
# Where a page was taken from: another site as often as the body itself, so it names the body only where no title does.
_ORIGIN_FIELDS = ("信息来源", "来源")
# 市政府办, 区教育局: whose, the page knows; a name in the introduction says more.
_RELATIVE = re.compile(r"[省市县区州旗](?![中北南东西][区县])")
# 政府办公室: of which place, only the page knows.
_NAMELESS = re.compile(r"(?:人民)?(?:政府)?办公[室厅]|(?:人民)?政府办?|本站|本级")
# A name is Chinese; sites put web addresses into the field 信息来源 as well.
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{3}")
_CONTACT = re.compile(
    r"(?:请(?:及时)?(?:与|向|和|不)|[,;]可(?:及时)?与)(?P<who>[^。,;:()“”《》]{4,40}?)(?:\([^()。]{1,120}\))?(?:联系|反映|咨询)"
)
_CALL = re.compile(r"(?:请(?:及时)?|可)联系:?(?P<who>[^。,;:()“”《》]{4,40}?)(?=[。,;:(]|$)")
_MADE_BY = re.compile(
    r"(?:(?:报告|年报)(?:是|系)?|(?<=[,;。]))由(?P<who>[^。,;:()“”《》、]{4,40}?)(?:根据|依据|按照|围绕|结合|综合(?![办科处股])|汇总|负责|编制|编写|公布|发布)"
    r"|(?:^|(?<=[,;。]))(?P<maker>[^。,;:()“”《》、]{4,40}?)(?:认真)?编制了"
    rf"|(?:根据|结合)(?:{YEAR}年度?)?(?![省市县区州旗])(?P<whose>[^。,;:()“”《》、\d]{{4,30}}?)(?:政府|政务)?信息公开(?:工作)?实际"
)
# 现公布《…2023年政府信息公开工作年度报告》: a title that the introduction speaks of, where none is printed above it.
_SPOKEN_OF = re.compile(
    r"(?:现将|公布|发布|(?<!信息)公开|编制|编写|撰写|形成)(?:的|了|完成|形成了?)?[《“]?"
    r"(?P<title>(?:(?!现将|公布|发布|编制|编写|形成)[^。,;:!?《》“”]){0,50}?"
    rf"(?:{YEAR}年度?[^。,;:!?《》“”]{{0,40}}?公开(?:工作)?(?:情况)?(?:年度)?(?:工作)?"
    rf"|(?:政府|政务)?信息公开(?:工作)?{YEAR}年度?(?:工作)?)(?:报告|年报))"
)
# The office within a body that answers questions about its report.
_CONTACT_OFFICE = re.compile(
    r"(?:党政|综合|行政){0,2}(?:办公室|办公厅)?(?:政府信息公开|政务公开|信息公开|电子政务|政务服务)?(?:工作)?(?:领导小组)?(?:办公室|处|科|股|中心|部门)$"
    r"|(?:党政|综合)办$"
)
_OWN = re.compile(
    r"[我本该](?:局|委|办|市|县|区|镇|乡|街道|单位|机关|省|厅|院|所|中心|旗)"
    r"|(?:局|委|厅|镇|乡|街道|单位|机关)(?:机关)?(?:党政|综合|行政)?(?:办公室|综合[科股处])$"
)
# Those who look after disclosure for a whole area are asked about the reports of its government.
_IN_CHARGE = re.compile(r"政务服务|大数据|行政审批|政务公开|信息公开")
# 2025年,沈阳市医疗保障局坚持…: the subject of a first sentence.
_SUBJECT = re.compile(
    r"(?:^|(?<=[,。]))(?:20\d{2}年(?:度|以来)?,?)?(?!本?(?:年度)?报告|由|委托|聘请|邀请|联合|按照?|根据|各|全[国省市县区州])(?P<who>[^。,;:()“”《》、\d]{3,30}?)"
    r"(?:\((?:以下)?(?:简称)[^()]{1,16}\))?"
    r"(?:坚持|认真|严格|以习|深入|紧紧|全面|持续|不断|按照|积极|始终|高度|贯彻|扎实|围绕|根据|充分|切实|聚焦|(?:(?:政府|政务)(?:信息)?公开工作)?在[^。,;]{2,20}(?:指导|领导)下)"
)
_FIRST = 300
# What its government's office made of the reports of all: 由县政府办公室综合各部门的年度报告编制而成.
_OF_ALL = re.compile(r"(?:综合|汇总|基础上)")
_EVERYONE = re.compile(r"各[^。,;]{0,12}?(?:部门|单位|机关|市|县|区|乡|镇|街道|委)|所属|直属")
_GOVERNMENTS_OFFICE = re.compile(r"(?<=人民政府)办公[室厅]$")
_SCHOOLS = ("医院", "学校", "学院", "大学", "中学", "小学")
# Bureaus of which no name tells the kind (气象局), of a place that is named.
_BUREAU = re.compile(r".+[省市县区州旗].{2,10}局")


def body_candidates(
    found: Sequence[Candidate],
    fields: Sequence[Block],
    introduction: Sequence[Paragraph],
    closing: Sequence[Paragraph],
    overview: Sequence[Paragraph] = (),
) -> Iterator[Candidate]:
    """Everything that names the reporting body: titles, publisher, who to ask, signature; in this order.

    Only where there is none of these it is the subject of a first sentence, of the introduction or the overview.
    """
    named = list(_named(found, fields, introduction, closing)) or list(_named_in(overview))
    yield from (_or_its_government(one, overview) for one in named)
    if not named:
        yield from islice(filter(None, map(_subject, (*introduction, *overview))), 1)


def _or_its_government(asked: Candidate, overview: Sequence[Paragraph]) -> Candidate:
    """The government whose office is to be asked, where the overview speaks of what its place did: 2023年，伽师县坚持….

    An office that speaks of itself reports for itself.
    """
    office = _GOVERNMENTS_OFFICE.search(fold(asked.value)) if asked.source == "introduction" else None
    if office is None:
        return asked
    government = asked.value[: office.start()]
    place = re.escape(fold(government).removesuffix("人民政府"))
    acts = re.compile(rf"20\d{{2}}年(?:度|以来)?,?{place}(?!人民政府|政府(?!信息))")
    if any(acts.match(fold("".join(paragraph.text.split()))) for paragraph in overview):
        return asked.model_copy(update={"value": government})
    return asked


def _named(
    found: Sequence[Candidate],
    fields: Sequence[Block],
    introduction: Sequence[Paragraph],
    closing: Sequence[Paragraph],
) -> Iterator[Candidate]:
    titled = ""
    for title in found:
        read = read_title(title.value)
        if read and read.body:
            titled = read.body
            yield Candidate(value=read.body, source="title", text=title.text, location=title.location)
    # 枞阳县项铺镇 as the origin of 项铺镇's report says in which county that is.
    origins = (
        one
        for one in _publishers(fields, _ORIGIN_FIELDS)
        if not titled or (one.value.endswith(titled) and one.value != titled)
    )
    said = [
        *_publishers(fields, _PUBLISHER_FIELDS),
        *origins,
        *(one for paragraph in introduction for one in _spoken_of(paragraph)),
    ]
    relative = [one for one in said if _RELATIVE.match(fold(one.value))]
    yield from (one for one in said if one not in relative)
    told = [one for paragraph in introduction for one in _to_be_asked(paragraph)]
    # 安康市统计局 before 市统计局, which is to be asked.
    asked = sorted(told, key=lambda one: any(other.value[1:].endswith(one.value) for other in told))
    # 省水利厅 is the 浙江省水利厅 that the introduction names.
    yield from _fuller(asked, relative)
    yield from relative
    yield from asked
    for paragraph in closing:
        name = re.sub(r"\s?[\(（]?[\d二〇○].*$", "", paragraph.text).strip()
        if name and not name[0].isdigit():
            yield Candidate(
                value=compact(name), source="closing", text=paragraph.text, location=paragraph.location
            )


def _fuller(asked: Sequence[Candidate], relative: Sequence[Candidate]) -> Iterator[Candidate]:
    """The names of those to be asked that hold a name without its place, without the office behind it."""
    for one in asked:
        for own in relative:
            at = one.value.find(own.value)
            if at > 0:
                yield one.model_copy(update={"value": one.value[: at + len(own.value)]})


def _named_in(overview: Sequence[Paragraph]) -> Iterator[Candidate]:
    """What an introduction says that stands below the first heading."""
    for paragraph in overview:
        yield from _spoken_of(paragraph)
    for paragraph in overview:
        yield from _to_be_asked(paragraph)


def _publishers(fields: Sequence[Block], names: Sequence[str]) -> Iterator[Candidate]:
    """The publisher in the fields of a page."""
    for field in fields:
        named = _HAN_NAME.search(field.text) and not _NAMELESS.fullmatch(fold(compact(field.text)))
        if field.name in names and named and "://" not in field.text:
            yield Candidate(
                value=compact(field.text), source="publisher", text=field.text, location=field.location
            )


def _to_be_asked(paragraph: Paragraph) -> Iterator[Candidate]:
    """Who is to be asked about the report, and who made it."""
    text = squeezed(paragraph.text)
    made = _MADE_BY.search(text.text)
    of_all = made is not None and _is_of_all(text.text, *made.span())
    # Who put together the reports of all is the government's office; who answers questions may be any of its parts.
    for pattern in (_MADE_BY, _CONTACT, _CALL) if of_all else (_CONTACT, _CALL, _MADE_BY):
        match = pattern.search(text.text)
        group = match.lastgroup if match else None
        if match is None or group is None or _OWN.match(match[group]):
            continue
        place = text.printed(*match.span(group))
        printed = compact(paragraph.text[place])
        name = _without_office(fold(printed))
        name = _GOVERNMENTS_OFFICE.sub("", name) if of_all else name
        known = pattern is _CONTACT or body_kind(name) or _BUREAU.fullmatch(name)
        if not _IN_CHARGE.search(name) and known:
            yield Candidate(
                value=printed[: len(name)] if fold(printed).startswith(name) else name,
                source="introduction",
                text=paragraph.text[text.printed(*match.span())],
                location=paragraph.location_at(place.start),
            )


def _is_of_all(text: str, start: int, end: int) -> bool:
    """Whether the sentence that tells who made a report says that it was put together from those of all."""
    begin = text.rfind("。", 0, start) + 1
    stop = text.find("。", end)
    sentence = text[begin : stop if stop >= 0 else len(text)]
    return _OF_ALL.search(sentence) is not None and _EVERYONE.search(sentence) is not None


def _subject(paragraph: Paragraph) -> Candidate | None:
    """The body that is the subject of one of the first clauses; not 市统计局, of which it is not said whose it is."""
    text = squeezed(paragraph.text)
    for match in _SUBJECT.finditer(text.text, 0, _FIRST):
        who = match["who"]
        known = body_kind(who) or who.endswith("公司") or _BUREAU.fullmatch(who)
        if known and not (_RELATIVE.match(who) or _OWN.search(who) or "公开" in who):
            place = text.printed(*match.span("who"))
            return Candidate(
                value=compact(paragraph.text[place]),
                source="text",
                text=paragraph.text[text.printed(*match.span())],
                location=paragraph.location_at(place.start),
            )
    return None


def _spoken_of(paragraph: Paragraph) -> Iterator[Candidate]:
    """The body in the title that an introduction speaks of."""
    for read, said in _titles_spoken_of(paragraph):
        if read.body and not _OWN.match(read.body):
            yield said.model_copy(update={"value": read.body})


def speaks_of_report(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a text says whose report of which year it is: 现公布鄂温克旗审计局2020年政府信息公开工作年度报告."""
    return any(
        read.body and read.year for paragraph in paragraphs for read, _ in _titles_spoken_of(paragraph)
    )


def year_spoken_of(introduction: Sequence[Paragraph]) -> Candidate | None:
    """The year in the title that an introduction speaks of: 编制了2021年政府信息公开年度报告."""
    for paragraph in introduction:
        for read, said in _titles_spoken_of(paragraph):
            if read.year:
                return said.model_copy(update={"value": str(read.year)})
    return None


def _titles_spoken_of(paragraph: Paragraph) -> Iterator[tuple[Title, Candidate]]:
    """The titles of reports that an introduction speaks of, and where."""
    text = squeezed(paragraph.text)
    for match in _SPOKEN_OF.finditer(text.text[:_HEAD]):
        place = text.printed(*match.span("title"))
        printed = paragraph.text[place]
        read = read_title(printed)
        # 《…政务公开办公室关于做好2022年度…报告编制工作的通知》: a notice, and no report.
        if read and "关于" not in read.body:
            where = paragraph.location_at(place.start)
            yield read, Candidate(value=printed, source="introduction", text=printed, location=where)


def _without_office(name: str) -> str:
    """The body whose office is to be asked: 荣成市信访局办公室 → 荣成市信访局.

    A government's own office is a body, but a township's is none: 凤安镇党政办公室 → 凤安镇人民政府.
    """
    office = _CONTACT_OFFICE.search(name)
    bare = name[: office.start()] if office else name
    if bare.endswith("人民") and name.startswith(
        "政府", len(bare)
    ):  # 南平市人民|政府信息公开工作领导小组办公室
        return f"{bare}政府"
    if office and bare.removesuffix("政府").removesuffix("人民").endswith(_TOWNSHIPS):
        return bare if bare.endswith("政府") else f"{bare}人民政府"
    if office and bare.endswith(("人民政府", "政府")):
        own = re.match(r"办公室|办公厅", name[office.start() :])
        return bare + (own[0] if own else "")
    kind = body_kind(bare)
    known = (
        bare.endswith(_SCHOOLS)
        or kind == "development_zone"
        or (kind and not bare.endswith(_PLACES))
        or _BUREAU.fullmatch(bare)
    )
    return bare if office and known else name


def fuller_name(place: str, paragraphs: Sequence[Paragraph]) -> Candidate | None:
    """The government or committee of a place that a text names most often: 平潭综合实验区 → 平潭综合实验区管委会."""
    pattern = re.compile(re.escape(place) + r"(?:人民政府|管理委员会|管委会|街道办事处|办事处)")
    counted: Counter[str] = Counter()
    first: dict[str, Location] = {}
    for paragraph in paragraphs:
        for match in pattern.finditer(paragraph.text):
            counted[match[0]] += 1
            first.setdefault(match[0], paragraph.location_at(match.start()))
    if not counted:
        return None
    name = counted.most_common(1)[0][0]
    return Candidate(value=name, source="text", text=name, location=first[name])
