"""What kind of body a name speaks of, by its last words.

The kinds follow the Regulation on government information disclosure (国务院令第711号): Art. 49 names the departments of
governments from the county up (by 31 January) and these governments themselves (by 31 March); Art. 4 and 50 speak of
governments at all levels, so of townships too; Art. 10(2) and 27 give agencies that a government sends out (派出机构)
duties of their own; Art. 3(4) names departments that are led vertically; Art. 54 organisations authorised by law.
No name tells the last kind, so `authorized_organization` is never guessed. Where a name leaves a doubt the kind is
None: a person must say.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from disclosure_rules.model.body import BodyKind

__all__ = ["body_kind"]

_LONGEST_NAME = 60  # a longer text is a sentence; no name of a body comes near

# 绥阳县人民政府(县人民政府办公室): what a name adds in brackets.
_BESIDE = re.compile(r"(?<=.)[(（][^()（）]{1,30}[)）]$")
_ZONE = (
    r"(?:开发区|开发试验区|高新区|经开区|高新技术产业园|保税区|保税港区|实验区|试验区|示范区|合作区|集聚区"
    r"|产业园区?|工业园区?|科技园区?|物流园区?|科学城|新区)"
)
_MINISTRIES = (
    r"(?:外交|国防|教育|科学技术|工业和信息化|公安|国家安全|监察|民政|司法|财政|人力资源和?社会保障|自然资源|国土资源|生态环境|环境保护"
    r"|住房和城乡建设|交通运输|铁道|水利|农业|农业农村|商务|文化|文化和旅游|卫生|退役军人事务|应急管理)部"
)

# Read from the top: the first pattern that fits the whole name decides. None: the name leaves a doubt.
_RULES: tuple[tuple[str, BodyKind | None], ...] = (
    # A city, not a town, whose name ends in 镇.
    (r"景德镇", None),
    # Streets are offices that a district sends out (Art. 27). 办事处 alone may also be an office for liaison.
    (r".+街道(?:办事处|办)?", "subdistrict"),
    # Art. 4, 50(4): townships, 镇 and in Inner Mongolia 苏木. A title often gives the bare name (高楼乡).
    (r".+(?:乡|镇|苏木)(?:人民政府|政府)?", "township"),
    # A zone has no people's government of its own, an administrative division 新区 (浦东新区) has one.
    (r".+(?:开发区|高新区|经开区|保税区|实验区|试验区|示范区)(?:人民政府|政府)", None),
    # Art. 49(2): governments from the county up.
    (r".*(?:省|市|县|区|旗|州)(?:人民政府|政府)", "government"),
    # Art. 3(4): customs, taxes and financial supervision are led vertically. Local tax bureaus (to 2018) stood under
    # their provinces; bureaus of weather, post, tobacco, the sea, communications and fire are led from two sides, or
    # no text seen says how.
    (r".*(?:地方税务|地税)局.*", None),
    (r"国家税务总局|海关总署|国家金融监督管理总局", "department"),
    (r".+(?:税务局|国税局)(?:.+分局)?", "vertical_agency"),
    (r".+海关(?:关区)?", "vertical_agency"),
    (r"国家金融监督管理总局.+局", "vertical_agency"),
    (r".*地方(?:金融监督管理|金融监管|海事)局", "department"),
    (
        r".*(?:气象|邮政管理|邮政|烟草专卖|海事|通信管理|金融监管|银保监|银监|保监|证监|外汇管理|民用航空|铁路|供电|电信).*局",
        None,
    ),
    (r".*(?:矿山安全监察|煤矿安全监察|消防救援).*", None),
    # The bureaus of provinces for earthquakes belong to the national one; those below are departments.
    (r"(?:.+(?:省|自治区)|(?:北京|天津|上海|重庆)市)地震局", None),
    # A branch of a national bureau (国家能源局华北监管局) is neither a department nor surely vertical.
    (r"国家.+局.+", None),
    # Zones, by their committee or by a bare name. A committee of a scenic area or a lake is no zone's.
    (rf".+{_ZONE}(?:党工委)?(?:管理委员会|管委会)", "development_zone"),
    (r".+(?:开发区|高新区|经开区|保税区|保税港区|实验区|产业园区?|工业园区)", "development_zone"),
    (r".*管委会|.*行政委员会|.*(?:区|园|城|港|岛|湖|山|场|村|街|站)管理委员会", None),
    # Organs of the Party, of self-government, of inner structure: not the departments of Art. 49(1).
    (
        r".*(?:中共|共产党|[省市县区旗州乡镇]委|党委|党组|党工委|纪委|纪律检查|政法委|村民|居民|业主|仲裁).*",
        None,
    ),
    (r".*(?:局|厅|委|委员会|管委会|公司|学校)办公室|.*(?:乡|镇|街道).*办公室", None),
    (r".*(?:保护区|风景区|名胜区|公园|油田|矿务|林场|农场|水文).*局", None),
    # Art. 49(1): departments from the county up; a government's own office reports as one.
    (r".+(?:局|厅|委员会|办公厅|办公室|参事室|研究室)", "department"),
    (r".+(?:发改|发展改革|科|卫健|卫计|住建|国资|经信|教|建|民|民宗|农|交通|商|财|城管)委", "department"),
    (r".+(?:人防|扶贫|法制|外事|侨|金融|政府)办", "department"),
    (rf"(?:中华人民共和国)?{_MINISTRIES}", "department"),
    # The bare name of a division: its government (Art. 49(2)). Areas that are no divisions are left out.
    (
        r".*(?:社|小|校|景|风景|名胜|度假|保护|片|园|地|新|管理|街|库|灾|牧|示范|合作|试验|集聚|功能|经济|物流|商贸|商务|港)区",
        None,
    ),
    (r".+(?:省|市|县|区|旗|自治州)", "government"),
)


@cache
def _rules() -> tuple[tuple[re.Pattern[str], BodyKind | None], ...]:
    """The patterns compiled, when the first name is asked about."""
    return tuple((re.compile(pattern), kind) for pattern, kind in _RULES)


def body_kind(name: str) -> BodyKind | None:
    """The kind of body that a name tells.

    Args:
        name: A body's name in simplified characters, without the year and the words of a title: `长子县住建局`.

    Returns:
        The kind; None where the name tells none or leaves a doubt.
    """
    name = _BESIDE.sub("", name.strip())
    if len(name) > _LONGEST_NAME:
        return None
    return next((kind for pattern, kind in _rules() if pattern.fullmatch(name)), None)
