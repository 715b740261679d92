"""Writes the two letter templates that come with the library: `python tools/make_letter_templates.py`.

Their form is that of an official letter (GB/T 9704): A4, margins 37/35/28/26 mm, 仿宋 of size 三号 with 28 points between
lines, the title in 小标宋 of size 二号, a page number between dashes. Where a machine lacks these fonts, Word takes the
one that the font table names beside them.
"""

from __future__ import annotations

import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parents[1] / "src" / "disclosure_rules" / "batch" / "templates"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SONG, _HEI, _TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
_FONTS = {_SONG: "仿宋", _HEI: "SimHei", _TITLE: "宋体", "宋体": "SimSun"}
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# Column: heading, width in twentieths of a point, field. Together 156 mm, what A4 leaves between the margins.
_COLUMNS = (
    ("序号", 567, "{{序号}}"),
    ("位置", 1361, "{{位置}}"),
    ("问题", 3176, "【{{类别}}】{{问题}}"),
    ("依据", 2154, "{{依据}}"),
    ("建议", 1588, "{{建议}}"),
)


class _Style(NamedTuple):
    font: str = _SONG
    half_points: int = 32
    align: str = "both"
    indent: int = 200  # hundredths of a character
    more: str = ""


_BODY = _Style()
_OPEN = _Style(indent=0)
_SIGNED = _Style(align="right", indent=0, more='<w:ind w:right="640"/>')


def _run(text: str, style: _Style) -> str:
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{style.font}"/>'
    size = f'<w:sz w:val="{style.half_points}"/><w:szCs w:val="{style.half_points}"/>'
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in text.split("\n"))
    return f"<w:r><w:rPr>{fonts}{size}</w:rPr>{lines}</w:r>"


def _paragraph(text: str, style: _Style = _BODY, spacing: str = "") -> str:
    indent = (
        f'<w:ind w:firstLineChars="{style.indent}" w:firstLine="{style.indent * style.half_points // 10}"/>'
    )
    inside = style.more or (indent if style.indent else "")
    spaced = spacing or '<w:spacing w:line="560" w:lineRule="exact"/>'
    runs = _run(text, style) if text else ""
    return f'<w:p><w:pPr>{spaced}{inside}<w:jc w:val="{style.align}"/></w:pPr>{runs}</w:p>'


def _table() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    margins = '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
    wide = sum(width for _, width, _ in _COLUMNS)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for _, width, _ in _COLUMNS)
    head = (
        f'<w:tblPr><w:tblW w:w="{wide}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )
    headings = [(width, name, _Style(_HEI, 21, "center", 0)) for name, width, _ in _COLUMNS]
    fields = [
        (width, field, _Style(_SONG, 21, "center" if name == "序号" else "left", 0))
        for name, width, field in _COLUMNS
    ]
    whole = "<w:cantSplit/>"  # a row goes to the next page as a whole, and the headings are repeated there
    return f"<w:tbl>{head}{_row(whole + '<w:tblHeader/>', headings)}{_row(whole, fields)}</w:tbl>"


def _row(properties: str, cells: list[tuple[int, str, _Style]]) -> str:
    spacing = '<w:spacing w:before="20" w:after="20" w:line="300" w:lineRule="exact"/>'
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(text, style, spacing)}</w:tc>'
        for width, text, style in cells
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def _title(text: str) -> str:
    style = _Style(_TITLE, 44, "center", 0)
    return _paragraph(
        text, style, '<w:spacing w:before="560" w:after="560" w:line="640" w:lineRule="exact"/>'
    )


def _signature() -> str:
    return "".join(
        (
            _paragraph("", _OPEN),
            _paragraph("", _OPEN),
            _paragraph("{{发函机关}}", _SIGNED),
            _paragraph("　　年　　月　　日", _SIGNED),
            _paragraph("（联系人：　　　　　　联系电话：　　　　　　）"),
        )
    )


def letter() -> str:
    """The body of the letter to a body that has something to mend."""
    return "".join(
        (
            _title("关于修改{{报告年度}}年度\n政府信息公开工作年度报告的函"),
            _paragraph("{{单位名称}}：", _OPEN),
            _paragraph(
                "经核对，你单位报送的{{报告年度}}年度政府信息公开工作年度报告（{{报告文件}}）有{{问题总数}}项内容"
                "需要改正或者说明，其中错误{{错误数}}项、警告{{警告数}}项、需要说明{{说明数}}项，见附件。"
            ),
            _paragraph(
                "请对照原始记录逐项核对，于{{答复期限}}前将修改后的报告重新报送。已经公布的，修改后一并更新。"
                "经核对原报告无误的，请书面说明理由。"
            ),
            _paragraph("特此函告。"),
            _paragraph("附件：需要改正或者说明的内容"),
            _signature(),
            _paragraph("附件", _Style(_HEI, indent=0), "<w:pageBreakBefore/>"),
            _paragraph("需要改正或者说明的内容", _Style(_TITLE, 36, "center", 0)),
            _table(),
            _paragraph("", _Style(indent=0, half_points=21)),
        )
    )


def reminder() -> str:
    """The body of the letter to a body whose report is missing."""
    return "".join(
        (
            _title("关于报送{{报告年度}}年度\n政府信息公开工作年度报告的函"),
            _paragraph("{{单位名称}}：", _OPEN),
            _paragraph("{{情况}}。依据{{依据}}，你单位的报告应于{{报送期限}}前报送。"),
            _paragraph(
                "请于{{答复期限}}前报送。报告已经公布的，请一并提供公布的网址和日期；机构已经撤并的，请书面告知。"
            ),
            _paragraph("特此函告。"),
            _signature(),
        )
    )


def _parts(body: str) -> dict[str, str]:
    section = (
        f'<w:sectPr><w:footerReference xmlns:r="{_R}" w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" w:footer="1134" w:gutter="0"/>'
        "</w:sectPr>"
    )
    number = _run("— ", _Style("宋体", 28)) + _field("PAGE") + _run(" —", _Style("宋体", 28))
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in _FONTS.items()
    )
    links = "".join(
        f'<Relationship Id="rId{place}" Type="{_R}/{kind}" Target="{kind}.xml"/>'
        for place, kind in enumerate(("styles", "fontTable", "footer", "settings"), 1)
    )
    packaging = "http://schemas.openxmlformats.org/package/2006"
    kinds = {"document": "document.main"} | {
        kind: kind for kind in ("styles", "fontTable", "footer", "settings")
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_PART}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    # Without it Word takes the document for one of 2007.
    mode = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{packaging}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{packaging}/relationships"><Relationship Id="rId1" '
        f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{packaging}/relationships">{links}'
        "</Relationships>",
        "word/document.xml": f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{body}{section}</w:body></w:document>',
        "word/styles.xml": f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{_SONG}"/><w:sz w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style></w:styles>',
        "word/settings.xml": f'{_HEAD}<w:settings xmlns:w="{_W}"><w:compat>{mode}</w:compat></w:settings>',
        "word/fontTable.xml": f'{_HEAD}<w:fonts xmlns:w="{_W}">{fonts}</w:fonts>',
        "word/footer.xml": f'{_HEAD}<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{number}</w:p>'
        "</w:ftr>",
    }


def _field(name: str) -> str:
    inside = _run("1", _Style("宋体", 28))
    return f'<w:fldSimple w:instr=" {name} ">{inside}</w:fldSimple>'


def docx(body: str) -> bytes:
    """A document with this body; the same body gives the same bytes."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in _parts(body).items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return stream.getvalue()


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, body in (("letter", letter()), ("reminder", reminder())):
        (FOLDER / f"{name}.docx").write_bytes(docx(body))
        sys.stdout.write(f"{FOLDER / name}.docx\n")
