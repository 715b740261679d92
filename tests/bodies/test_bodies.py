"""The kind of body that a name tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_rules.bodies import body_kind
from disclosure_rules.model.body import BODY_KINDS

OPENINGS = sorted((Path(__file__).parents[1] / "data" / "openings").glob("*.json"))
KINDS = {
    "省级政府": {"government"},
    "地级市政府": {"government"},
    "县级政府": {"government"},
    "乡镇街道": {"township", "subdistrict"},
    "部门": {"department"},
    "开发区管委会": {"development_zone"},
}


@pytest.mark.parametrize("path", OPENINGS, ids=lambda path: path.stem)
def test_the_kind_of_every_real_body_is_right(path: Path) -> None:
    report = json.loads(path.read_text(encoding="utf-8"))
    kind = body_kind(report["body"])
    assert kind in KINDS[report["body_kind"]]
    assert (kind == "subdistrict") == ("街道" in report["body"])


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("淮安市洪泽区人民政府", "government"),
        ("宿迁市", "government"),
        ("西乌旗", "government"),
        ("上海市", "government"),
        ("恩施土家族苗族自治州", "government"),
        ("景德镇市人民政府", "government"),
        ("浦东新区人民政府", "government"),
        ("县政府", "government"),
        ("大山镇", "township"),
        ("落水镇人民政府", "township"),
        ("乌拉特中旗巴音乌兰苏木", "township"),
        ("螺洋街道", "subdistrict"),
        ("上海市人民政府办公厅", "department"),
        ("长子县住建局", "department"),
        ("上海市科学技术委员会", "department"),
        ("上海市科委", "department"),
        ("和平区发展改革委", "department"),
        ("市卫健委", "department"),
        ("北京市城市管理委员会", "department"),
        ("长治市国有资产监督管理委员会", "department"),
        ("山西省地方金融监督管理局", "department"),
        ("景德镇市教育局", "department"),
        ("市地震局", "department"),
        ("教育部", "department"),
        ("国家税务总局", "department"),
        ("国家税务总局长治市税务局", "vertical_agency"),
        ("上海海关", "vertical_agency"),
        ("国家金融监督管理总局山西监管局", "vertical_agency"),
        ("平潭综合实验区管委会", "development_zone"),
        ("平潭综合实验区", "development_zone"),
        ("天津港保税区", "development_zone"),
        ("长治高新技术产业开发区管理委员会", "development_zone"),
    ],
)
def test_the_last_words_tell_the_kind(name: str, kind: str) -> None:
    assert body_kind(name) == kind


@pytest.mark.parametrize(
    "name",
    [
        "",
        "人民政府",
        "街道",
        "镇",
        "景德镇",
        "浦东新区",
        "长治市气象局",
        "山西省地震局",
        "长治市消防救援支队",
        "长治市邮政管理局",
        "长治市地方税务局",
        "国家能源局华北监管局",
        "中共长治市委办公室",
        "长治市委宣传部",
        "某县纪律检查委员会",
        "某镇党政办公室",
        "某局办公室",
        "某村村民委员会",
        "庐山风景名胜区管理委员会",
        "大柴旦行政委员会",
        "新疆生产建设兵团",
        "深圳供电局",
        "某某小区",
        "阳光社区",
        "长治学院",
        "第一人民医院",
        "市自来水公司",
        "驻北京办事处",
        "廣州市教育處",
        "某开发区人民政府",
    ],
)
def test_a_doubtful_name_tells_no_kind(name: str) -> None:
    assert body_kind(name) is None


@given(st.text(max_size=100))
def test_any_text_ends_in_a_kind_or_none(name: str) -> None:
    assert body_kind(name) in (None, *BODY_KINDS)


def test_a_long_text_is_no_name() -> None:
    assert body_kind("长" * 100_000 + "局") is None
