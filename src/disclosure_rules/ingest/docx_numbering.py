"""The numbers that Word counts by itself: `一、` before a heading stands nowhere in the text of a .docx."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.ooxml import WORD, local

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.etree.ElementTree import Element

__all__ = ["FORMATS", "Numbering", "value"]

_HAN = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LEVELS = 9
_MOST = 30_000  # no list of a report is longer, and no number costs more than its digits


def value(element: Element | None, default: str = "") -> str:
    """The `w:val` of an element."""
    return default if element is None else element.get(f"{WORD}val", default)


def _counted(number: int, digits: str, units: tuple[str, ...]) -> str:
    """一, 十, 十一, 二十, 一百零一: as counted, not as figures."""
    if not 0 < number < 10_000:  # noqa: PLR2004  beyond, Word prints figures as well
        return str(number)
    text = ""
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            text += digits[digit] + units[power]
        elif text and not text.endswith(digits[0]):
            text += digits[0]
    return text.rstrip(digits[0])


def _chinese(number: int) -> str:
    """The usual form, in which ten is 十 and not 一十."""
    text = _counted(number, "零一二三四五六七八九", ("", "十", "百", "千"))
    return text[1:] if text.startswith("一十") else text


def _formal(number: int) -> str:
    return _counted(number, _FORMAL, ("", "拾", "佰", "仟"))


def _by_digit(number: int) -> str:
    return "".join(_HAN[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        count, number = divmod(number, size)
        text += letters * count
    return text


def _letters(number: int) -> str:
    """Letters from a to z, then aa, bb and so on: Word repeats the letter."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _cycle(letters: str) -> Callable[[int], str]:
    return lambda number: letters[(number - 1) % len(letters)] if number else ""


def _sign(first: int, most: int) -> Callable[[int], str]:
    """Signs that Unicode has ready, such as ①; figures beyond the last."""
    return lambda number: chr(first + number - 1) if 0 < number <= most else str(number)


FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalHalfWidth": str,
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "chineseLegalSimplified": _formal,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "taiwaneseDigital": _by_digit,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": _sign(0x2460, 20),
    "decimalEnclosedCircleChinese": _sign(0x2460, 20),
    "decimalEnclosedParen": _sign(0x2474, 20),
    "decimalEnclosedFullstop": _sign(0x2488, 20),
    "ideographEnclosedCircle": _sign(0x3280, 10),
    "ideographParenthesesEnclosed": _sign(0x3220, 10),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "none": lambda _: "",
    "bullet": lambda _: "",
}


class _Level(NamedTuple):
    start: int
    format: str
    text: str
    suffix: str
    plain: bool  # isLgl: all levels in figures


class Numbering:
    """The lists of a document, counted on as its paragraphs come.

    Args:
        root: The part `numbering.xml`; None where there is none.
    """

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._restarted: set[str] = set()
        self.unknown: set[str] = set()
        if root is not None:
            self._load(root)

    def number(self, list_id: str, level: int) -> str:
        """Count the next paragraph of a list and return its number as printed, with the blank after it."""
        if list_id not in self._lists or not 0 <= level < _LEVELS:
            return ""
        abstract, levels = self._lists[list_id]
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        starts = self._starts.get(list_id, {})
        if list_id not in self._restarted:
            self._restarted.add(list_id)
            for restarted in starts:
                counts[restarted:] = [None] * (_LEVELS - restarted)
        count = counts[level]
        first = starts.get(level, levels[level].start if level in levels else 1)
        counts[level] = first if count is None else min(count + 1, _MOST)
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        shown = levels.get(level)
        return self._print(shown, counts, levels) if shown else ""

    def _print(self, shown: _Level, counts: list[int | None], levels: Mapping[int, _Level]) -> str:
        if shown.format == "bullet":
            return ""
        text = shown.text
        for other in range(_LEVELS):
            mark = f"%{other + 1}"
            if mark in text:
                text = text.replace(mark, self._figure(shown, counts[other], levels.get(other)))
        if not text or shown.suffix == "nothing" or text[-1] >= "\u2e80":
            return text
        return f"{text} "

    def _figure(self, shown: _Level, count: int | None, level: _Level | None) -> str:
        if level is None:
            return ""
        number = level.start if count is None else count
        if shown.plain:
            return str(number)
        if level.format not in FORMATS:
            self.unknown.add(level.format)
            return str(number)
        return FORMATS[level.format](number)

    def _load(self, root: Element) -> None:
        abstracts: dict[str, dict[int, _Level]] = {}
        links: dict[str, str] = {}
        styles: dict[str, str] = {}
        lists: list[Element] = []
        for element in root:
            name = local(element.tag)
            if name == "abstractNum":
                key = _attribute(element, "abstractNumId")
                abstracts[key] = {}
                for child in element:
                    kind = local(child.tag)
                    if kind == "lvl":
                        abstracts[key][_whole(_attribute(child, "ilvl"), 0)] = _level(child)
                    elif kind == "numStyleLink":
                        links[key] = value(child)
                    elif kind == "styleLink":
                        styles[value(child)] = key
            elif name == "num":
                lists.append(element)
        for element in lists:
            self._add(element, abstracts, {key: styles.get(style, key) for key, style in links.items()})

    def _add(
        self, element: Element, abstracts: Mapping[str, dict[int, _Level]], links: Mapping[str, str]
    ) -> None:
        key = _attribute(element, "numId")
        abstract = next((value(child) for child in element if local(child.tag) == "abstractNumId"), "")
        abstract = links.get(abstract, abstract)
        levels = dict(abstracts.get(abstract, {}))
        for child in element:
            if local(child.tag) != "lvlOverride":
                continue
            at = _whole(_attribute(child, "ilvl"), 0)
            for change in child:
                if local(change.tag) == "lvl":
                    levels[at] = _level(change)
                elif local(change.tag) == "startOverride":
                    self._starts.setdefault(key, {})[at] = _whole(value(change), 1)
        self._lists[key] = (abstract, levels)


def _level(element: Element) -> _Level:
    found = {local(child.tag): value(child) for child in element}
    plain = "isLgl" in found and found["isLgl"] not in ("0", "false", "off")
    return _Level(
        start=min(_whole(found.get("start", ""), 0 if "start" not in found else 1), _MOST),
        format=found.get("numFmt", "decimal"),
        text=found.get("lvlText", "")[:100],
        suffix=found.get("suff", "tab"),
        plain=plain,
    )


def _attribute(element: Element, wanted: str) -> str:
    return element.get(f"{WORD}{wanted}", "")


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else default  # noqa: PLR2004  not a bomb
