"""JSON read a second time, slowly: where everything stands, and what exactly is wrong with it."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.structured_mistake import pointer_of
from disclosure_rules.ingest.structured_values import MOST_LEVELS, quoted, shown

__all__ = ["scan"]

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?(?P<exponent>[0-9]+))?")
_WORD = re.compile(r"[A-Za-z0-9_.+-]{1,40}")
_WORDS = frozenset(("true", "false", "null"))
_MOST_DIGITS = 40
_MOST_EXPONENT = 3


def scan(text: str, name: str, *, most_values: int | None = None) -> dict[str, tuple[int, int]]:
    """Where every entry stands: its key in an object, itself in a list; (line, column) by JSON pointer.

    Raises:
        ReadError: What is not allowed, at its place.
    """
    return _Scanner(text, name, most_values).run()


class _Scanner:
    """A reader of JSON with an explicit stack; each step moves forward, so the time is linear."""

    def __init__(self, text: str, name: str, most_values: int | None) -> None:
        self._text = text
        self._name = name
        self._most_values = most_values
        self._at = 0
        self._line = 1
        self._line_start = 0
        self._counted = 0  # up to where newlines are counted
        self._marks: dict[str, tuple[int, int]] = {}
        # Each open collection: its path, and its keys so far, or the number of its items.
        self._stack: list[tuple[tuple[str | int, ...], set[str] | list[int]]] = []

    def run(self) -> dict[str, tuple[int, int]]:
        self._space()
        self._value(())
        while self._stack:
            self._continue()
        self._space()
        if self._at < len(self._text):
            self._refuse(
                "trailing",
                "报告的 JSON 到此已经结束，请删去后面的内容。",
                "the JSON ends here; remove what follows.",
            )
        return self._marks

    def _continue(self) -> None:
        """The next entry of the innermost collection, or its end."""
        path, seen = self._stack[-1]
        self._space()
        close = "}" if isinstance(seen, set) else "]"
        empty = not seen or seen == [0]
        if self._peek() == close:
            self._at += 1
            self._stack.pop()
            return
        if not empty:
            if self._peek() != ",":
                self._syntax(f"此处应为「,」或「{close}」", f"',' or '{close}' is due here")
            self._at += 1
            self._space()
            if self._peek() == close:
                self._syntax("最后一项后面多了一个逗号", "there is a comma after the last entry")
        if isinstance(seen, set):
            self._member(path, seen)
        else:
            inner = (*path, seen[0])
            seen[0] += 1
            self._marks[pointer_of(inner)] = self._place()
            self._value(inner)

    def _member(self, path: tuple[str | int, ...], seen: set[str]) -> None:
        place, start = self._place(), self._at
        if self._peek() != '"':
            self._syntax("此处应为带双引号的键", "a key in double quotes is due here")
        key = self._string()
        pointer = pointer_of((*path, key))
        if key in seen:
            self._at = start
            first = self._marks[pointer][0]
            self._refuse(
                "duplicate-key",
                f"键{shown(key)}重复，第 {first} 行已有，请只保留一个。",
                f"the key {quoted(key)} was already given in line {first}; keep one.",
            )
        seen.add(key)
        self._marks[pointer] = place
        self._space()
        if self._peek() != ":":
            self._syntax("键后应有冒号", "a colon is due after the key")
        self._at += 1
        self._space()
        self._value((*path, key))

    def _value(self, path: tuple[str | int, ...]) -> None:
        if self._most_values is not None and len(self._marks) > self._most_values:
            self._refuse(
                "too-many-values",
                f"数据超过 {self._most_values} 项，不是一份年度报告，请检查文件。",
                f"more than {self._most_values} values: this is not one annual report; check the file.",
            )
        first = self._peek()
        if first in {"{", "["}:
            if len(self._stack) >= MOST_LEVELS:
                self._refuse(
                    "too-deep",
                    f"嵌套超过 {MOST_LEVELS} 层，不是年度报告的数据，请检查文件。",
                    f"nested more than {MOST_LEVELS} levels deep: no report is; check the file.",
                )
            self._at += 1
            self._stack.append((path, set() if first == "{" else [0]))
        elif first == '"':
            self._string()
        else:
            self._scalar()

    def _scalar(self) -> None:
        number = _NUMBER.match(self._text, self._at)
        word = _WORD.match(self._text, self._at)
        if number is not None and (word is None or word.end() <= number.end()):
            if len(number.group()) > _MOST_DIGITS or len(number.group("exponent") or "") > _MOST_EXPONENT:
                self._refuse("number-too-large", "数字过长，请检查。", "the number is too long; check it.")
            self._at = number.end()
        elif word is not None and word.group() in _WORDS:
            self._at = word.end()
        elif word is not None and word.group().lstrip("+-").lower() in {"nan", "infinity", "inf"}:
            written, written_en = shown(word.group()), quoted(word.group())
            self._refuse(
                "not-a-number",
                f"{written}不是数字，请填写实际数字或 null。",
                f"{written_en} is no number; write one, or null.",
            )
        elif word is not None:
            written, written_en = shown(word.group()), quoted(word.group())
            self._syntax(
                f"{written}不是 JSON 的值（文字要加双引号，数字不能有前导零、下划线等）",
                f"{written_en} is no JSON value (text needs double quotes; numbers take no leading zero or underscore)",
            )
        else:
            self._syntax("此处应有一个值", "a value is due here")

    def _string(self) -> str:
        match = _STRING.match(self._text, self._at)
        if match is None:
            self._syntax(
                "文字没有以双引号结束，或含有换行、控制字符或不正确的转义（\\）",
                "a text that does not end in double quotes, or holds a line break or a wrong escape (\\)",
            )
        value: Any = json.loads(match.group())
        try:
            value.encode()
        except UnicodeEncodeError:
            self._refuse(
                "lone-surrogate",
                "文字中有不成对的代理字符（\\ud8xx 一类转义），不是有效字符，请改正。",
                "the text holds half of a surrogate pair (an escape such as \\ud8xx), which is no character; correct it.",
            )
        self._at = match.end()
        return str(value)

    def _space(self) -> None:
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _place(self) -> tuple[int, int]:
        lines = self._text.count("\n", self._counted, self._at)
        if lines:
            self._line += lines
            self._line_start = self._text.rfind("\n", self._counted, self._at) + 1
        self._counted = self._at
        return self._line, self._at - self._line_start + 1

    def _syntax(self, zh: str, en: str) -> NoReturn:
        self._refuse("json-syntax", f"JSON 写法有误：{zh}。", f"JSON: {en}.")

    def _refuse(self, code: str, zh: str, en: str) -> NoReturn:
        # Counted from the start: a duplicate key points back.
        line = self._text.count("\n", 0, self._at) + 1
        column = self._at - self._text.rfind("\n", 0, self._at)
        raise ReadError(zh, en, place=f"{self._name}:{line}:{column}", code=code)
