"""YAML as handed in: a strict subset, in which nothing changes its meaning and nothing is said twice.

Mappings, lists and scalars. No anchors, aliases, tags or merge keys, no second document, no key twice. Scalars stay
text (`Plain` where they have no quotes) until it is known what is due in their place.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from disclosure_rules.errors import ReadError
from disclosure_rules.hookspecs import Reader
from disclosure_rules.ingest.structured_bytes import decode_structured
from disclosure_rules.ingest.structured_mistake import pointer_of
from disclosure_rules.ingest.structured_values import MOST_LEVELS, Plain, quoted, shown
from disclosure_rules.model.document import StructuredInput

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["YAML_READER", "read_yaml"]

# libyaml's parser where PyYAML was built with it (ten times as fast); the same events either way.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# A real report has about five hundred; each costs memory and time.
_MOST_VALUES = 50_000

_FIRST_KEYS = (
    rb"title|body|year|layout|layout_from|period|published|introduction|sections|closing|tables|printed|facts|notes"
    rb"|candidates"
)
_LOOKS_LIKE_YAML = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:---[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*)?"
    rb"[\"']?(?:" + _FIRST_KEYS + rb")[\"']?[ \t]*:(?:[ \t\r\n]|$)"
)
_LOOKED_AT = 65536


def read_yaml(data: bytes, name: str) -> StructuredInput:
    """Read a structured report in YAML.

    Args:
        data: The file.
        name: What messages call it.

    Returns:
        The data as written, with the place of every entry: of its key in a mapping, of itself in a list.

    Raises:
        ReadError: The file is no YAML that is allowed here; `code` says why.
    """
    text, encoding = decode_structured(data, name)
    builder = _Builder(name)
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        _explain(error, text, name)
    except yaml.reader.ReaderError as error:
        _explain_character(error, text, name)
    except yaml.YAMLError as error:
        raise ReadError(
            "YAML 无法解析，请检查写法。",
            "the YAML cannot be parsed; check it.",
            place=name,
            code="yaml-syntax",
        ) from error
    root = builder.root()
    return StructuredInput.model_construct(
        format="yaml",
        data=root,
        sha256=hashlib.sha256(data).hexdigest(),
        marks=builder.marks,
        encoding=encoding,
        notes=(),
    )


def _events(text: str) -> Iterator[yaml.Event]:
    loader = _LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


class _Open:
    """A collection that is being filled: its path, and for a mapping the key whose value comes next."""

    __slots__ = ("key", "path", "values")

    def __init__(self, values: dict[str, Any] | list[Any], path: tuple[str | int, ...]) -> None:
        self.values = values
        self.path = path
        self.key: str | None = None


class _Builder:
    """Data from events, with an explicit stack: depth is a number here, not a recursion."""

    def __init__(self, name: str) -> None:
        self.marks: dict[str, tuple[int, int]] = {}
        self._name = name
        self._stack: list[_Open] = []
        self._roots: list[Any] = []
        self._values = 0

    def root(self) -> dict[str, Any]:
        """The one document, which must be a mapping."""
        value = self._roots[0] if self._roots else None
        if isinstance(value, dict):
            return value
        raise ReadError(
            "内容不是「键: 值」的结构，不是结构化报告。请按 schemas/report.schema.json 填写，如 title: …。",
            "this is no mapping of keys to values, so no structured report; write it by schemas/report.schema.json.",
            place=self._name,
            code="not-a-mapping",
        )

    def take(self, event: yaml.Event) -> None:
        """One event of the parser."""
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_extras(event)
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._refuse_extras(event)
            self._start(event, {} if isinstance(event, yaml.MappingStartEvent) else [])
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(
                event,
                "yaml-alias",
                "不支持别名（*），请把内容写全。",
                "aliases (*) are not allowed; write it out.",
            )
        elif isinstance(event, yaml.DocumentStartEvent) and self._roots:
            self._refuse(
                event,
                "yaml-documents",
                "一个文件只能有一份报告，请删去第二个「---」及其后的内容，或分成两个文件。",
                "one file holds one report; remove the second '---' and what follows, or make it a file of its own.",
            )

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """What YAML may say of a value beside the value."""
        if event.anchor is not None:
            self._refuse(
                event, "yaml-anchor", "不支持锚点（&），请删去。", "anchors (&) are not allowed; remove it."
            )
        if event.tag is not None:
            self._refuse(
                event, "yaml-tag", "不支持标签（!），请删去。", "tags (!) are not allowed; remove it."
            )

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        value = event.value if event.style else Plain(event.value)
        top = self._stack[-1] if self._stack else None
        if top is None or isinstance(top.values, list) or top.key is not None:
            self._put(event, value)
            return
        if value == "<<" and not event.style:
            self._refuse(
                event,
                "yaml-merge",
                "不支持合并键（<<），请把内容写全。",
                "merge keys (<<) are not allowed; write it out.",
            )
        if not value and not event.style:
            self._refuse(
                event, "empty-key", "冒号前没有键，请补上。", "there is no key before the colon; write one."
            )
        if value in top.values:
            written, written_en = shown(event.value), quoted(event.value)
            first = self.marks[pointer_of((*top.path, str(value)))][0]
            self._refuse(
                event,
                "duplicate-key",
                f"键{written}重复，第 {first} 行已有，请只保留一个。",
                f"the key {written_en} was already given in line {first}; keep one.",
            )
        top.key = str(value)
        self._mark(event, (*top.path, top.key))

    def _start(self, event: yaml.Event, values: dict[str, Any] | list[Any]) -> None:
        if len(self._stack) >= MOST_LEVELS:
            self._refuse(
                event,
                "too-deep",
                f"嵌套超过 {MOST_LEVELS} 层，不是年度报告的数据，请检查文件。",
                f"nested more than {MOST_LEVELS} levels deep: no report is; check the file.",
            )
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.values, dict) and top.key is None:
            self._refuse(
                event,
                "key-not-text",
                "键必须是文字，不能是列表或映射。",
                "a key must be text, not a list or a mapping.",
            )
        path = self._put(event, values)
        self._stack.append(_Open(values, path))

    def _put(self, event: yaml.Event, value: Any) -> tuple[str | int, ...]:  # noqa: ANN401  plain data
        """Store a value where it belongs; the path it got."""
        self._values += 1
        if self._values > _MOST_VALUES:
            self._refuse(
                event,
                "too-many-values",
                f"数据超过 {_MOST_VALUES} 项，不是一份年度报告，请检查文件。",
                f"more than {_MOST_VALUES} values: this is not one annual report; check the file.",
            )
        if not self._stack:
            self._roots.append(value)
            return ()
        top = self._stack[-1]
        if isinstance(top.values, list):
            path = (*top.path, len(top.values))
            self._mark(event, path)
            top.values.append(value)
            return path
        key = top.key or ""
        top.key = None
        top.values[key] = value
        return (*top.path, key)

    def _mark(self, event: yaml.Event, path: tuple[str | int, ...]) -> None:
        self.marks[pointer_of(path)] = _position(event)

    def _refuse(self, event: yaml.Event, code: str, zh: str, en: str) -> NoReturn:
        line, column = _position(event)
        raise ReadError(zh, en, place=f"{self._name}:{line}:{column}", code=code)


def _position(event: yaml.Event) -> tuple[int, int]:
    """Line and column, from 1."""
    mark = event.start_mark
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


_ADVICE = (
    (
        "mapping values are not allowed",
        "这里不应再有「: 」。值中有冒号加空格时，请给整个值加引号；或检查缩进。",
        "no ': ' is allowed here; put a value that holds one in quotes, or check the indentation.",
    ),
    (
        "could not find expected ':'",
        "此处应为「键: 值」，缺少冒号（英文半角冒号加空格）。",
        "a 'key: value' is due here; the colon and a space are missing.",
    ),
    (
        "did not find expected <document start>",
        "内容在此处已经结束，后面不应再有文字，请检查缩进。",
        "the content has ended here; check the indentation of what follows.",
    ),
    (
        "block sequence entries are not allowed",
        '此处不能以「- 」开头。单独的「-」请写成 {text: "-"}，列表请另起一行。',
        "no '- ' is allowed here; write a lone dash as {text: \"-\"}, and begin a list on a line of its own.",
    ),
    (
        "block end",
        "缩进不一致，请与同级的行对齐（只用空格）。",
        "the indentation does not agree; align it with its siblings, with spaces.",
    ),
)


def _explain(error: yaml.MarkedYAMLError, text: str, name: str) -> NoReturn:
    mark = error.problem_mark or error.context_mark
    place = name if mark is None else f"{name}:{mark.line + 1}:{mark.column + 1}"
    problem = error.problem or ""
    line = "" if mark is None else _line(text, mark.index)
    if (
        mark is not None
        and "\t" in line[: len(line) - len(line.lstrip())] + line[mark.column : mark.column + 1]
    ):
        raise ReadError(
            "缩进中有制表符（Tab），请改用空格。",
            "there is a tab in the indentation; use spaces.",
            place=place,
            code="yaml-tab",
        ) from error
    for words, zh, en in _ADVICE:
        if words in problem:
            raise ReadError(f"YAML 写法有误：{zh}", f"YAML: {en}", place=place, code="yaml-syntax") from error
    raise ReadError(
        f"YAML 写法有误（{problem}），请检查这一行的引号、冒号和缩进。",
        f"YAML: {problem}; check quotes, colons and indentation of this line.",
        place=place,
        code="yaml-syntax",
    ) from error


def _line(text: str, at: int) -> str:
    """The line of the character at `at`; only its beginning, since a line may be the whole file."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : len(text) if end < 0 else end][:_LOOKED_AT]


_NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _explain_character(error: yaml.reader.ReaderError, text: str, name: str) -> NoReturn:
    found = _NOT_ALLOWED.search(text)
    place, written = name, ""
    if found is not None:
        at = found.start()
        place = f"{name}:{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}"
        written = f" U+{ord(found.group()):04X}"
    raise ReadError(
        f"含有不能使用的控制字符{written}，请删去。",
        f"the control character{written} is not allowed; remove it.",
        place=place,
        code="control-character",
    ) from error


def _recognises(data: bytes) -> bool:
    start = data[:_LOOKED_AT]
    match = _LOOKS_LIKE_YAML.match(start)
    # A second `---` is the end of the front matter of a Markdown text, not a report in YAML.
    return match is not None and b"\n---" not in start[match.end() :]


YAML_READER = Reader(suffixes=(".yaml", ".yml"), recognises=_recognises, read=read_yaml)
