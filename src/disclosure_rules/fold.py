"""Text as it is compared: one width, one script, read through damaged fonts. Printed text is never folded."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.glyphs import read_through

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["HAN_DIGITS", "Squeezed", "compact", "core", "fold", "squeeze", "squeezed", "traditional_letters"]

HAN_DIGITS = "〇一二三四五六七八九"

# The characters of titles, headings, bodies and the usual sentences in which the traditional form differs. Pages
# converted by machine are found among real reports; a full conversion is not needed to recognise a heading.
_TRADITIONAL = (
    "开開 编編 务務 报報 诉訴 讼訟 议議 复復 复複 询詢 咨谘 咨諮 处處 计計 总總 体體 况況 机機 关關 费費 减減 问問 "
    "题題 进進 与與 备備 国國 统統 级級 县縣 区區 乡鄉 镇鎮 办辦 厅廳 发發 员員 会會 广廣 东東 云雲 贵貴 陕陝 宁寧 "
    "湾灣 阳陽 阴陰 岛島 门門 龙龍 汉漢 苏蘇 卢盧 兰蘭 维維 尔爾 吴吳 辽遼 庆慶 义義 浏瀏 长長 马馬 凤鳳 岭嶺 滨濱 "
    "临臨 乌烏 图圖 卫衛 参參 财財 资資 业業 产產 规規 划劃 环環 质質 监監 场場 检檢 审審 农農 电電 气氣 视視 铁鐵 "
    "运運 输輸 数數 条條 项項 设設 现現 实實 际際 并並 将將 对對 应應 过過 还還 这這 从從 于於 为為 个個 号號 时時 "
    "间間 学學 习習 动動 态態 无無 万萬 亿億 两兩 双雙 单單 独獨 转轉 结結 继繼 续續 决決 请請 标標 准準 网網 页頁 "
    "众眾 书書 传傳 达達 边邊 听聽 证證 认認 让讓 讨討 论論 说說 读讀 课課 调調 谈談 负負 责責 组組 织織 绝絕 经經 "
    "给給 绍紹 终終 线線 练練 细細 营營 职職 联聯 胁脅 脑腦 节節 荐薦 药藥 虑慮 补補 贺賀 韩韓 邓鄧 赵趙 孙孫 杨楊 "
    "郑鄭 济濟 涧澗 滦灤 潍濰 绵綿 绥綏 缙縉 郏郟 钟鍾 银銀 锡錫 锦錦 闽閩 闻聞 阆閬 陇隴 陆陸 随隨 静靜 顺順 颍潁 "
    "饶饒 骆駱 鲁魯 鹤鶴 黄黃 麦麥 齐齊 庐廬 弥彌 张張 抚撫 扬揚 枣棗 桥橋 梦夢 泸瀘 泾涇 泽澤 浈湞 浔潯 涟漣 涡渦 "
    "渑澠 温溫 溆漵 灵靈 点點 玛瑪 珲琿 砀碭 礼禮 简簡 罗羅 肃肅 腾騰 芦蘆 苍蒼 莱萊 萧蕭 蓟薊 蓝藍 观觀 诏詔 诸諸 "
    "贡貢 迁遷 远遠 邻鄰 郓鄆 郧鄖 铜銅 丽麗 仪儀 伦倫 侯矦 华華 凉涼 剑劍 叶葉 巩鞏 峡峽 崂嶗 庄莊 强強 归歸 杂雜 "
    "楼樓 汤湯 沟溝 沧滄 沪滬 滩灘 爱愛 狮獅 猎獵 畴疇 盐鹽 祯禎 窑窯 竞競 综綜 党黨 据據 写寫 坚堅 严嚴 贯貫 彻徹 "
    "围圍 绕繞 极極 紧緊 导導 领領 汇匯 内內 讯訊 罚罰 许許 采採 购購 废廢 纠糾 属屬 权權 执執 当當 确確 获獲 类類 "
    "制製 稳穩 额額 满滿 录錄 历歷 释釋 兴興 宾賓 阁閣 砚硯 岚嵐 禄祿 莲蓮 荥滎 蕲蘄 谯譙 赉賚 轮輪 辉輝 邹鄒 郸鄲 "
    "铅鉛 闵閔 闸閘 鸠鳩 鹰鷹 晋晉 桦樺 涞淶 淀澱 灯燈 烟煙 瑶瑤 盘盤 禅禪 称稱 绩績 绿綠 胶膠 萨薩 觉覺 谢謝 贞貞 "
    "赛賽 镶鑲 陈陳 驻駐 骅驊 鱼魚 鸭鴨 宝寶 丛叢 亚亞 儿兒 冈岡 冲沖 则則 厂廠 厦廈 台臺 吕呂 响響 团團 园園 圣聖 "
    "坝壩 坛壇 垒壘 垦墾 娄婁 宫宮 寻尋 寿壽 尧堯 岗崗 岩巖 师師 库庫 怀懷 恒恆 户戶 来來 枞樅 栾欒 树樹 横橫 沈瀋 "
    "洼窪 浚濬 润潤 炉爐 瓯甌 盖蓋 矿礦 离離 积積 胜勝 萝蘿 诺諾 谊誼 贾賈 赞贊 车車 迈邁 逊遜 邮郵 钢鋼 错錯 馆館 "
    "验驗 鲜鮮 征徵 扩擴 宽寬 践踐 递遞 系繫 布佈 为爲 笔筆 红紅 纳納 绛絳 荆荊 荣榮 诚誠 赣贛 钦欽 锋鋒 镜鏡 雾霧 "
    "韦韋 顾顧 风風 鸡雞 丰豐 "
)
_TO_SIMPLIFIED = {pair[1]: pair[0] for pair in _TRADITIONAL.split()}
_WIDTHS = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_BLANKS = dict.fromkeys("\u3000\xa0\u2002\u2003\u2009\u202f\ufeff\u200b", " ")
_ZEROS = dict.fromkeys("○Ｏ◯零", "〇")
_FOLDED = {**_WIDTHS, **_BLANKS, **_TO_SIMPLIFIED, **_ZEROS, "﹝": "〔", "﹞": "〕"}
_ANY_FOLDED = re.compile("[" + "".join(map(re.escape, _FOLDED)) + "]")

_PARAGRAPH = 1_000
_SPACES = re.compile(r"\s+")
_NOT_LETTERS = re.compile(r"[^\w]+|_|的")
_LEADING_YEAR = re.compile(r"^(?:\d{4}年度?|本年度?)")
# A blank between Chinese letters, figures and marks is layout; between Latin words it is a blank.
_LAYOUT_BLANK = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])")


def fold(text: str) -> str:
    """The text in half-width signs and simplified characters, read through damaged fonts; of the same length."""
    return _fold_paragraph(text) if len(text) <= _PARAGRAPH else _fold(text)


def _fold(text: str) -> str:
    # What sites that convert for Taiwan write for 信息; character by character it would be 資訊 → 资讯.
    text = text.replace("資訊", "信息")
    # Six times as fast as str.translate, which looks every letter up: a text holds few kinds of these.
    for letter in set(_ANY_FOLDED.findall(text)):
        text = text.replace(letter, _FOLDED[letter])
    return read_through(text)


# Each step of recognition asks for the same paragraphs again; those of one report find room here.
_fold_paragraph = lru_cache(maxsize=512)(_fold)


def traditional_letters(text: str) -> int:
    """How many letters of the text are traditional forms that `fold` knows."""
    return sum(letter in _TO_SIMPLIFIED for letter in _ANY_FOLDED.findall(text))


def squeeze(text: str) -> str:
    """The text without blanks."""
    return _SPACES.sub("", text)


def compact(text: str) -> str:
    """A printed title without the blanks of its layout: `长子县住建局 2019 年度` → `长子县住建局2019年度`."""
    return _LAYOUT_BLANK.sub("", text.strip())


def core(text: str) -> str:
    """What two forms of one heading have in common: no blanks, marks, 的, nor a year in front."""
    return _LEADING_YEAR.sub("", _NOT_LETTERS.sub("", text))


class Squeezed(NamedTuple):
    """Folded text without blanks, and for each of its letters the offset in the printed text."""

    text: str
    offsets: Sequence[int]

    def printed(self, start: int, end: int) -> slice:
        """The stretch of the printed text that holds the letters from `start` to `end`."""
        if start >= end:
            return slice(0, 0)
        return slice(self.offsets[start], self.offsets[end - 1] + 1)


def squeezed(text: str) -> Squeezed:
    """Printed text, folded and without the blanks that layout puts inside figures and words."""
    folded = fold(text)
    if len("".join(folded.split())) == len(folded):
        return Squeezed(folded, range(len(folded)))
    offsets = tuple(offset for offset, letter in enumerate(folded) if not letter.isspace())
    return Squeezed("".join(folded[offset] for offset in offsets), offsets)
