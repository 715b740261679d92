"""A file of a pack: its text, its data, the models it must satisfy, and the exact place of every mistake."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from disclosure_rules.errors import PackError
from disclosure_rules.foreign import allowed_words, shape_words, system_words
from disclosure_rules.model.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import ModuleType

    from pydantic_core import ErrorDetails

    from disclosure_rules.yaml_strict import Spot

__all__ = ["Source", "Steps", "read_text", "suggestion"]

_MOST_BYTES = 1_000_000
_USUAL_BYTES = 16 * 1024
# Mistakes told of one file, and names looked at for the one that was meant: a hostile file has no end of them.
_MOST_TOLD = 20
_MOST_NAMES = 2_000
_EXAMPLES = re.compile(r"^examples:", re.MULTILINE)
_AFTER_EXAMPLES = re.compile(r"^[^\s#]", re.MULTILINE)

# Keys and positions that lead to a value from the top of a file.
Steps = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Source:
    """A file of a pack, read.

    `place` is its path from the folder that holds the packs' folder (`rules/cn/pack.yaml`): the same on every
    machine. `text` is what was parsed into `data`; `rest` is the part from `examples:` on, which was not.
    """

    path: Path
    place: str
    text: str
    rest: str
    data: dict[str, Any]

    @classmethod
    def parse(cls, path: Path, place: str, text: str, rest: str = "") -> Source:
        """The file with its data.

        Raises:
            PackError: The text is no YAML of the subset, or no mapping.
        """
        data = _yaml().parse(text, place)
        if not isinstance(data, dict):
            raise PackError(
                "内容应为「键: 值」的结构",
                "the file must be a mapping of keys to values",
                place=f"{place}:1:1",
                code="not-a-mapping",
            )
        return cls(path, place, text, rest, data)

    def error(self, code: str, zh: str, en: str, at: Steps = (), *, key: bool = False) -> PackError:
        """A mistake at the value that `at` leads to, or at its key."""
        spot = self._spot(at)
        mark = spot.key if key else spot.node.start_mark
        line, column = (mark.line + 1, mark.column + 1) if at else (1, 1)
        return PackError(zh, en, place=f"{self.place}:{line}:{column}", code=code)

    def line(self, at: Steps) -> int:
        """The line of the value at `at`."""
        return int(self._spot(at).node.start_mark.line) + 1

    def _spot(self, at: Steps) -> Spot:
        """Where the longest part of `at` that exists leads to."""
        return next(found for end in range(len(at), -1, -1) if (found := self._spots.get(at[:end])))

    @cached_property
    def _spots(self) -> dict[Steps, Spot]:
        found: dict[Steps, Spot] = _yaml().spots(self.text)
        return found

    def model(
        self, kind: type[Model], data: object, problems: list[PackError], at: Steps = ()
    ) -> Model | None:
        """`data`, which stands at `at`, as a model; None where it is none, with the reasons in `problems`."""
        data = _with_severities(data)
        try:
            return kind.model_validate(data, strict=True)
        except ValidationError as failure:
            errors = failure.errors(include_url=False)[:_MOST_TOLD]
            unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"]
            for error in errors:
                # A misspelt key is also a missing one; only the spelling is told.
                near = (
                    suggestion(str(loc[-1]), [str(error["loc"][-1])])[1]
                    for loc in unknown
                    if loc[:-1] == error["loc"][:-1]
                )
                if error["type"] != "missing" or not any(near):
                    problems.append(self._described(kind, error, at))
            return None

    def _described(self, kind: type[BaseModel], error: ErrorDetails, at: Steps) -> PackError:
        inner = tuple(step for step in error["loc"] if step != "[key]")
        path, last = (*at, *inner), str(inner[-1]) if inner else ""
        if error["type"] == "extra_forbidden":
            zh, en = suggestion(last, _keys(kind, inner[:-1]))
            return self.error(
                "unknown-key",
                f"没有「{last[:60]}」这个键{zh}",
                f"there is no key '{last[:60]}'{en}",
                path,
                key=True,
            )
        if error["type"] == "missing":
            return self.error(
                "missing-key", f"缺少「{last}」，请补上", f"'{last}' is missing; add it", path[:-1]
            )
        if error["type"] == "value_error":
            return self.error("contradiction", *shape_words(error), path)
        code, zh, en = self._mistyped(error, path)
        return self.error(code, zh, en, path)

    def _mistyped(self, error: ErrorDetails, path: Steps) -> tuple[str, str, str]:
        """What a value should have been; the code of the error and a sentence in both languages."""
        value, node = error["input"], self._spot(path).node
        written = node.value if isinstance(node.value, str) else ""
        shown = f"「{written[:60]}」", f"'{written[:60]}'"
        if error["type"] in {"literal_error", "is_instance_of", "enum"}:
            options = _SEVERITIES
            if error["type"] == "literal_error":
                options = allowed_words(error)
            zh, en = suggestion(written, options)
            return (
                "unknown-value",
                f"{shown[0]}不是可用的值，可用的有 {'、'.join(options)}{zh}",
                f"{shown[1]} is none of {', '.join(options)}{en}",
            )
        if error["type"] == "string_type" and isinstance(value, (int, Decimal)):
            return (
                "not-text",
                f'这里应为文字，{shown[0]}会被读作数字或真假值，请加引号："{written}"',
                f'text is due here, and {shown[1]} is read as a number or a truth value; write "{written}"',
            )
        if error["type"] not in _DUE:
            return ("wrong-kind", *shape_words(error))
        zh, en = _DUE[error["type"]]
        return "wrong-kind", f"这里应为{zh}", f"{en} is due here"


_SEVERITIES: tuple[str, ...] = tuple(severity.value for severity in Severity)
_DUE = {
    "string_type": ("文字", "text"),
    "int_type": ("整数（不加引号）", "an integer without quotes"),
    "bool_type": ("true 或 false", "true or false"),
    "tuple_type": ("列表，如 [甲, 乙]", "a list such as [one, other]"),
    "dict_type": ("「键: 值」的结构", "a mapping of keys to values"),
    "mapping_type": ("「键: 值」的结构", "a mapping of keys to values"),
    "model_type": ("「键: 值」的结构", "a mapping of keys to values"),
    "model_attributes_type": ("「键: 值」的结构", "a mapping of keys to values"),
}


def _yaml() -> ModuleType:
    """The parser, which a run does not need where the parsed form of all packs is kept."""
    from disclosure_rules.packs import yaml_pack  # noqa: PLC0415  see above

    return yaml_pack


def _with_severities(data: object) -> object:
    """`data` with the words for severities, at the top and in `overrides`, made into members.

    Strict validation asks for members; it is strict so that the loader and the JSON Schemas take the same files.
    """
    if not isinstance(data, dict):
        return data
    if isinstance(data.get("overrides"), tuple):
        return {**data, "overrides": tuple(_with_severities(entry) for entry in data["overrides"])}
    word = data.get("severity")
    return {**data, "severity": Severity(word)} if isinstance(word, str) and word in _SEVERITIES else data


def _keys(kind: Any, path: Iterable[str | int]) -> tuple[str, ...]:  # noqa: ANN401  an annotation
    """The keys of the model that stands at `path` within `kind`; a position in a list leads no deeper."""
    for step in path:
        if isinstance(step, str):
            fields = getattr(kind, "model_fields", {})
            inner = (field.annotation for name, field in fields.items() if step in {name, field.alias})
            kind = _model_in(next(inner, None))
    fields = getattr(kind, "model_fields", {})
    return tuple(field.alias or name for name, field in fields.items())


def _model_in(annotation: Any) -> Any:  # noqa: ANN401  an annotation
    """The first model inside an annotation such as `tuple[Basis, ...]` or `Applies | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def suggestion(wrong: str, known: Iterable[str]) -> tuple[str, str]:
    """`，是否应为「…」？` and `; did you mean '…'?` where one of `known` is near to `wrong`; else two empty texts."""
    from difflib import get_close_matches  # noqa: PLC0415  only a run that fails pays for it

    near = get_close_matches(wrong[:200], list(islice(known, _MOST_NAMES)), n=1)
    return (f"，是否应为「{near[0]}」？", f"; did you mean '{near[0]}'?") if near else ("", "")


def read_text(path: Path, place: str, *, cut_examples: bool = False) -> tuple[str, str]:
    """The text of a file of a pack, and the part from `examples:` on where that is to be cut off.

    Args:
        path: The file.
        place: What messages call it.
        cut_examples: Whether `examples:` is the last key of this kind of file; it is parsed on demand only.

    Raises:
        PackError: The file cannot be read, is too big, is no UTF-8, or goes on after its examples.
    """
    text = _read(path, place)
    found = _EXAMPLES.search(text) if cut_examples else None
    if found is None:
        return text, ""
    text, rest = text[: found.start()], text[found.start() :]
    if after := _AFTER_EXAMPLES.search(rest, 1):
        line = text.count("\n") + rest.count("\n", 0, after.start()) + 1
        raise PackError(
            "examples 必须是文件的最后一个键，请把它移到文件末尾，其内容缩进书写",
            "`examples` must be the last key of the file; move it to the end, and indent what is in it",
            place=f"{place}:{line}:1",
            code="examples-not-last",
        )
    return text, rest


def _read(path: Path, place: str) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_USUAL_BYTES)  # asked for a megabyte, Python takes one for each of 200 files
            if len(content) == _USUAL_BYTES:
                content += file.read(_MOST_BYTES + 1 - _USUAL_BYTES)
    except OSError as problem:
        zh, en = system_words(problem)
        raise PackError(
            f"无法读取文件（{zh}）",
            f"the file cannot be read ({en})",
            place=place,
            code="unreadable-file",
        ) from problem
    if len(content) > _MOST_BYTES:
        raise PackError(
            "文件超过 1 MB，不是规则包的文件，请检查",
            "the file is bigger than 1 MB: no file of a rule pack is; check it",
            place=place,
            code="too-big",
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = content[: problem.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise PackError(
            "文件不是 UTF-8 编码，请另存为 UTF-8",
            "the file is not UTF-8; save it as UTF-8",
            place=f"{place}:{line}:{column}",
            code="not-utf-8",
        ) from problem
