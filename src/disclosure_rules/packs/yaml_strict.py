"""The YAML of a rule pack: a strict subset, in which nothing changes its meaning or is said twice.

Mappings, lists and scalars; no anchors, aliases, tags or merge keys, no second document, no key twice. A scalar
without quotes is an integer, a decimal, true, false or null where it is written plainly as one, and text
otherwise: `no`, `010`, `1_000` and `2024-01-31` are text.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, NamedTuple, NoReturn

import yaml

from disclosure_rules.errors import PackError

__all__ = ["Path", "Spot", "parse", "spots"]

# libyaml's parser where PyYAML was built with it (ten times as fast); the same events either way.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MOST_LEVELS = 24
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}

Path = tuple[str | int, ...]


def parse(text: str, name: str) -> Any:  # noqa: ANN401  plain data
    """The data of a YAML text: dicts, tuples, text, int, Decimal, bool and None.

    Args:
        text: The text of the file.
        name: What places in messages begin with.

    Raises:
        PackError: The text is no YAML of the subset; the place has line and column.
    """
    try:
        return _Parser(text, name).document()
    except yaml.MarkedYAMLError as error:
        _explain(error, name)
    except yaml.reader.ReaderError as error:
        _explain_character(error, text, name)
    except yaml.YAMLError as error:
        raise PackError(
            "YAML 无法解析，请检查写法", "the YAML cannot be parsed; check it", place=name, code="yaml-syntax"
        ) from error


class _Parser:
    """Descends through the events of one text; a fixed depth bounds the recursion."""

    def __init__(self, text: str, name: str) -> None:
        self._loader = _LOADER(text)
        self._next = self._loader.get_event
        self._name = name

    def document(self) -> Any:  # noqa: ANN401  plain data
        try:
            self._next()  # the start of the stream
            event = self._next()
            if isinstance(event, yaml.StreamEndEvent):
                return None
            data = self._value(self._next(), 0)
            self._next()  # the end of the document
            event = self._next()
            if not isinstance(event, yaml.StreamEndEvent):
                self._refuse(
                    event,
                    "yaml-documents",
                    "一个文件只能有一份内容，请删去「---」及其后的内容",
                    "one file holds one document; remove the '---' and what follows",
                )
            return data
        finally:
            self._loader.dispose()

    def _value(self, event: Any, depth: int) -> Any:  # noqa: ANN401  events are untyped in C
        kind = type(event)
        if kind is yaml.AliasEvent or event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        if kind is yaml.ScalarEvent:
            return event.value if event.style else _plain(event.value)
        if depth == _MOST_LEVELS:
            self._refuse(
                event,
                "too-deep",
                f"嵌套超过 {_MOST_LEVELS} 层，请检查缩进和括号",
                f"nested more than {_MOST_LEVELS} levels deep; check indentation and brackets",
            )
        if kind is yaml.MappingStartEvent:
            return self._mapping(depth + 1)
        values = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            values.append(self._value(event, depth + 1))
        return tuple(values)

    def _mapping(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        keys: dict[str, Any] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            key = self._key(event)
            if key in found:
                first = keys[key].start_mark.line + 1
                self._refuse(
                    event,
                    "duplicate-key",
                    f"键「{key[:60]}」重复，第 {first} 行已有，请只保留一个",
                    f"the key '{key[:60]}' was already given in line {first}; keep one",
                )
            keys[key] = event
            found[key] = self._value(self._next(), depth)
        return found

    def _key(self, event: Any) -> str:  # noqa: ANN401  events are untyped in C
        if type(event) is yaml.AliasEvent or event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        if type(event) is not yaml.ScalarEvent:
            self._refuse(
                event,
                "key-not-text",
                "键必须是文字，不能是列表或映射",
                "a key must be text, not a list or a mapping",
            )
        key: str = event.value
        if not event.style and key == "<<":
            self._refuse(
                event,
                "yaml-merge",
                "不支持合并键（<<），请把内容写全",
                "merge keys (<<) are not allowed; write it out",
            )
        if not key:
            self._refuse(
                event, "empty-key", "冒号前没有键，请补上", "there is no key before the colon; write one"
            )
        return key

    def _refuse_extras(self, event: Any) -> NoReturn:  # noqa: ANN401  events are untyped in C
        if type(event) is yaml.AliasEvent:
            self._refuse(
                event,
                "yaml-alias",
                "不支持别名（*），请把内容写全",
                "aliases (*) are not allowed; write it out",
            )
        if event.anchor is not None:
            self._refuse(
                event, "yaml-anchor", "不支持锚点（&），请删去", "anchors (&) are not allowed; remove it"
            )
        self._refuse(event, "yaml-tag", "不支持标签（!），请删去", "tags (!) are not allowed; remove it")

    def _refuse(self, event: Any, code: str, zh: str, en: str) -> NoReturn:  # noqa: ANN401  as above
        mark = event.start_mark
        raise PackError(zh, en, place=f"{self._name}:{mark.line + 1}:{mark.column + 1}", code=code)


def _plain(value: str) -> Any:  # noqa: ANN401  plain data
    if value in _WORDS:
        return _WORDS[value]
    if value[0] in "-0123456789":
        if _INTEGER.fullmatch(value):
            return int(value)
        if _DECIMAL.fullmatch(value):
            return Decimal(value)
    return value


class Spot(NamedTuple):
    """Where a value stands: the node, and the mark of its key where it has one."""

    node: Any
    key: Any


def spots(text: str) -> dict[Path, Spot]:
    """Where everything in a text stands that `parse` accepted, by path."""
    loader = _LOADER(text)
    try:
        root = loader.get_single_node()
    finally:
        loader.dispose()
    found: dict[Path, Spot] = {}
    waiting: list[tuple[Path, Spot]] = [((), Spot(root, root.start_mark))]
    while waiting:
        path, spot = waiting.pop()
        found[path] = spot
        if isinstance(spot.node, yaml.MappingNode):
            waiting += [((*path, key.value), Spot(value, key.start_mark)) for key, value in spot.node.value]
        elif isinstance(spot.node, yaml.SequenceNode):
            inner = enumerate(spot.node.value)
            waiting += [((*path, index), Spot(value, value.start_mark)) for index, value in inner]
    return found


_ADVICE = (
    (
        "mapping values are not allowed",
        "这里不应再有「: 」。值中有冒号加空格时，请给整个值加引号；或检查缩进",
        "no ': ' is allowed here; put a value that holds one in quotes, or check the indentation",
    ),
    (
        "could not find expected ':'",
        "此处应为「键: 值」，缺少半角冒号和空格",
        "a 'key: value' is due here; the colon and a space are missing",
    ),
    (
        "found character that cannot start any token",
        "值不能以这个字符开头（缩进用空格，不用制表符）；请给值加引号",
        "no value begins with this character; indent with spaces, and put such a value in quotes",
    ),
    (
        "block end",
        "缩进不一致，请与同级的行对齐（只用空格）",
        "the indentation does not agree; align it with its siblings, with spaces",
    ),
)


# What was opened and not closed is told where it was opened, by what the parser was about.
_OPENED = (
    (
        "quoted scalar",
        "从这里开始的引号没有结束，请补上同样的半角引号（全角的“”不算）",
        "the quote that begins here does not end; close it with the same quote",
    ),
    (
        "flow ",
        "从这里开始的括号里缺少半角逗号或右括号（全角的，：“”不算）",
        "in the bracket that begins here a comma or the closing bracket is missing",
    ),
)


def _explain(error: yaml.MarkedYAMLError, name: str) -> NoReturn:
    for words, zh, en in _OPENED:
        if words in (error.context or "") and error.context_mark is not None:
            at = error.context_mark
            place = f"{name}:{at.line + 1}:{at.column + 1}"
            raise PackError(f"YAML 写法有误：{zh}", f"YAML: {en}", place=place, code="yaml-syntax") from error
    mark = error.problem_mark or error.context_mark
    place = name if mark is None else f"{name}:{mark.line + 1}:{mark.column + 1}"
    problem = error.problem or ""
    for words, zh, en in _ADVICE:
        if words in problem:
            raise PackError(f"YAML 写法有误：{zh}", f"YAML: {en}", place=place, code="yaml-syntax") from error
    raise PackError(
        f"YAML 写法有误（{problem}），请检查这一行的引号、冒号和缩进",
        f"YAML: {problem}; check quotes, colons and indentation of this line",
        place=place,
        code="yaml-syntax",
    ) from error


_NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _explain_character(error: yaml.reader.ReaderError, text: str, name: str) -> NoReturn:
    found = _NOT_ALLOWED.search(text)
    place, shown = name, ""
    if found is not None:
        at = found.start()
        place = f"{name}:{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}"
        shown = f" U+{ord(found.group()):04X}"
    raise PackError(
        f"含有不能使用的控制字符{shown}，请删去",
        f"the control character{shown} is not allowed; remove it",
        place=place,
        code="control-character",
    ) from error
