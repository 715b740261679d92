"""Numbers as reports print them: read exactly, or not at all.

One reading for every format, so that `１，２３４`, `1,234` and `1 234` mean the same in a web page, a PDF and a
structured report, and so that what a person would have to guess at (`O`, `约30`, `1,23`) stays unread.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from disclosure_rules.model.report import CellStatus, Number

__all__ = ["Reading", "chinese_number", "read_number"]


class Reading(NamedTuple):
    """What a printed text says as a number.

    `number` is set only where `status` is `read`. `note` is a stable word on how it was read, or why not:
    `digits-apart`, `multiplied`, `looks-like-0`, `looks-like-1`, `leading-zero`, `grouping`, `too-long`,
    `approximate`, `chinese-numeral`, `words`.
    """

    status: CellStatus
    number: Number | None = None
    unit: str | None = None
    note: str | None = None


# No real cell is longer; more is text in the wrong place, and would make every pattern below slow.
_LONGEST = 64
_MOST_DIGITS = 15

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
_MINUS = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2011": "-"})
_MARK = re.compile(r"[-–—―─/\\*]{1,6}|\.{3}(?:\.{3})?|⋯+|无")
_PLAIN = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?")
_GROUPED = re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?")
# A wide gap among digits: two numbers that share a cell. `26  5` is not 265; of `2 6` a rule says that it stands so.
_FAR_APART = re.compile(r"[0-9](?:\s{2,}|[\t\n])[0-9]")
_UNIT = re.compile(r"(?<=[0-9万亿])(?:万元|亿元|元|人次|件|条|份|个|项|次|人|宗|篇|部|期|起|家|场|%)$")
_SCALE = {"万": 10**4, "亿": 10**8}
_LOOKS_LIKE = {"O": "0", "o": "0", "О": "0", "о": "0", "Ο": "0", "°": "0", "l": "1", "I": "1", "|": "1"}
_APPROXIMATE = re.compile(r"^(?:约|近|超|逾|大约|不足|[<>≤≥~≈])|[余多+]")


def read_number(text: str) -> Reading:
    """Read the text of a cell or of a figure.

    Args:
        text: The text as printed.

    Returns:
        `blank` for nothing but white space, `mark` for `/`, `—`, `无` and their like, `read` with an exact
        number (Decimal as soon as a point is printed) and its unit, otherwise `unreadable` and why.
    """
    if len(text) > _LONGEST:
        return Reading(CellStatus.UNREADABLE if text.strip() else CellStatus.BLANK, note="too-long")
    return _read_short(text)


@lru_cache(maxsize=4096)
def _read_short(text: str) -> Reading:
    """Kept, because every step of the recognition of a table asks again, and most cells of all reports are alike."""
    if not text.isascii() and any(unicodedata.category(character) == "No" for character in text):
        # The mark of a note (13① and 13¹) is not 131, which the normal form would make of it.
        return Reading(CellStatus.UNREADABLE, note="words")
    clean = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_MINUS).strip()
    if not clean or _MARK.fullmatch(clean):
        return Reading(CellStatus.MARK if clean else CellStatus.BLANK)
    if clean in {"〇", "零"}:
        return Reading(CellStatus.READ, 0)
    return _read_figure(clean)


def _read_figure(clean: str) -> Reading:
    """Digits with a unit, perhaps in ten thousands, perhaps with spaces among them."""
    joined = "".join(clean.split())
    found = _UNIT.search(joined)
    unit = found.group() if found else None
    digits = joined[: found.start()] if found else joined
    factor = _SCALE.get(digits[-1:], 1)
    reading = _read_digits(digits if factor == 1 else digits[:-1])
    if reading.number is None:
        return reading._replace(note=_why(joined, reading.note))
    if factor != 1:
        return _multiplied(reading.number, factor, unit)
    if _FAR_APART.search(clean):
        return Reading(CellStatus.UNREADABLE, note="digits-apart")
    apart = any(character.isspace() for character in clean[: clean.rfind(digits[-1])])
    return Reading(CellStatus.READ, reading.number, unit, "digits-apart" if apart else None)


def _read_digits(digits: str) -> Reading:
    match = _PLAIN.fullmatch(digits) or _GROUPED.fullmatch(digits)
    if match is None:
        return Reading(CellStatus.UNREADABLE)
    sign, whole, fraction = match.groups()
    whole = whole.replace(",", "")
    if len(whole) + len(fraction or "") > _MOST_DIGITS:
        return Reading(CellStatus.UNREADABLE, note="too-long")
    if whole[0] == "0" and len(whole) > 1:
        return Reading(CellStatus.UNREADABLE, note="leading-zero")
    if fraction is None:
        return Reading(CellStatus.READ, int(sign + whole))
    return Reading(CellStatus.READ, Decimal(f"{sign}{whole}.{fraction}"))


def _multiplied(number: Number, factor: int, unit: str | None) -> Reading:
    exact = Decimal(number) * factor
    whole = int(exact)
    return Reading(CellStatus.READ, whole if whole == exact else exact, unit, "multiplied")


def _why(text: str, known: str | None) -> str:
    """The note on a text that is no number."""
    if known is not None:
        return known
    if text in _LOOKS_LIKE:
        return f"looks-like-{_LOOKS_LIKE[text]}"
    if chinese_number(text) is not None:
        return "chinese-numeral"
    if _APPROXIMATE.search(text):
        return "approximate"
    if re.fullmatch(r"[+-]?[0-9,.]+", text):
        return "grouping"
    return "words"


_DIGITS = {character: value for value, characters in enumerate(
    ("零〇○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"),
) for character in characters}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_ZEROS = frozenset("零〇○")
_TEN = 10
# Two bare digits may be a pair (三五个: three to five); a year or a long number is not.
_SHORTEST_ROW = 3


def chinese_number(text: str) -> int | None:
    """Read a whole number written in Chinese: `十二`, `一百二十`, `两千〇五`, `三万零五百`, `二〇一九`.

    Args:
        text: Nothing but the number; white space around it is ignored.

    Returns:
        The number, or None where the text is none or has two readings (`一百二`, `三五`).
    """
    clean = text.strip()
    if not clean or len(clean) > _LONGEST:
        return None
    if all(character in _DIGITS for character in clean):
        return _digit_row(clean)
    high, hundred_millions, rest = clean.rpartition("亿")
    upper, ten_thousands, lower = rest.rpartition("万")
    if "亿" in high or "万" in upper or (hundred_millions and not high):
        return None
    total = 0
    for part, factor, marked in (
        (high, 10**8, hundred_millions),
        (upper, 10**4, ten_thousands),
        (lower, 1, True),
    ):
        if not marked or (factor == 1 and not part):
            continue
        value = _below_ten_thousand(part, inner=total > 0)
        if value is None:
            return None
        total += value * factor
    return total


def _digit_row(clean: str) -> int | None:
    if len(clean) == 1:
        return _DIGITS[clean]
    if len(clean) < _SHORTEST_ROW and not _ZEROS & set(clean):
        return None
    if len(clean) > _MOST_DIGITS or clean[0] in _ZEROS:
        return None
    return int("".join(str(_DIGITS[character]) for character in clean))


def _below_ten_thousand(part: str, *, inner: bool) -> int | None:
    """The value of one group of four places; `inner` where a higher group stands before it."""
    total, digit, unit, gap = 0, None, 10**4, False
    for character in part:
        if character in _ZEROS:
            if digit is not None or gap:
                return None
            gap = True
        elif character in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[character]
        elif character in _TENS:
            if _TENS[character] >= unit or (digit is None and _TENS[character] != _TEN):
                return None
            unit = _TENS[character]
            total += (1 if digit is None else digit) * unit
            digit, gap = None, False
        else:
            return None
    if digit is None:
        # 一百零: a zero that nothing follows; an empty group after 万 was skipped before.
        return None if gap or not part else total
    # 一百二, 三万五 are said for 120 and 35,000: a last digit counts ones only after 十, after a zero, or alone.
    alone = total == 0 and not inner
    return total + digit if gap or alone or unit == _TEN else None
