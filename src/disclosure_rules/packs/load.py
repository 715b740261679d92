"""A pack's folder → RulePack, strictly: nothing of a broken pack is used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from disclosure_rules.errors import PackError
from disclosure_rules.model.layout import Layout
from disclosure_rules.model.pack import Instrument, Override, PackManifest, RulePack
from disclosure_rules.model.rule import Examples, Rule
from disclosure_rules.packs.cache import digest_of, recall, remember
from disclosure_rules.packs.loaded import Loaded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = [
    "ROOMS",
    "PackContent",
    "load_content",
    "load_examples",
    "load_layouts",
    "load_pack",
    "read",
    "shown",
]

ROOMS = (
    "document",
    "overview",
    "proactive_disclosure",
    "requests",
    "consultations",
    "reviews_and_litigation",
    "problems_and_improvements",
    "other_matters",
    "publication",
    "years",
    "collection",
)
_EXAMPLES = "\nexamples:"
_Model = TypeVar("_Model", bound=BaseModel)


def load_layouts(folder: Path) -> dict[str, Layout]:
    """The layouts of the pack in `folder`, by id, in order of their ids."""
    return _load_layouts(PackContent(folder))


def load_pack(folder: Path, inherited: Iterable[RulePack] = ()) -> RulePack:
    """The pack in `folder`; arguments and errors are those of `load_content`."""
    return load_content(PackContent(folder), inherited)


def load_content(content: PackContent, inherited: Iterable[RulePack] = ()) -> RulePack:
    """The pack whose files are in `content`.

    Args:
        content: The pack's files.
        inherited: The packs it builds on, the national one first.

    Raises:
        PackError: Something in it does not obey the format; the place is `file:line:column`.
    """
    above = tuple(inherited)
    instruments = _load_instruments(content)
    registry = {key: entry for pack in above for key, entry in pack.instruments.items()} | instruments
    rules: dict[str, Rule] = {}
    files: dict[str, str] = {}
    for file in content.rules:
        rule = _load_rule(file, content, registry)
        rules[rule.id] = rule
        files[rule.id] = str(file)
    pack = RulePack(
        manifest=content.manifest,
        instruments=instruments,
        layouts=_load_layouts(content),
        rules=rules,
        overrides=_load_overrides(content, above, registry),
        files=files,
        sha256=content.digest,
    )
    content.keep()
    return pack


class PackContent:
    """The files of a pack: read once, parsed when asked for unless the parsed form is kept from another run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rules = _rule_files(folder)
        self.layouts = sorted((folder / "layouts").glob("*.yaml"))
        optional = [folder / name for name in ("instruments.yaml", "overrides.yaml")]
        files = [
            folder / "pack.yaml",
            *(file for file in optional if file.is_file()),
            *self.layouts,
            *self.rules,
        ]
        self._texts = {str(file.relative_to(folder)): _head(read(file)) for file in files}
        self.digest = digest_of(self._texts)
        kept = recall(self.digest)
        self._complete = kept is not None
        self._parsed: dict[str, Any] = kept or {}

    @cached_property
    def manifest(self) -> PackManifest:
        """`pack.yaml`.

        Raises:
            PackError: It is wrong, or its id is not the folder's name.
        """
        file = self.folder / "pack.yaml"
        manifest = _validate(PackManifest, self.loaded(file), shown(file))
        if manifest.id != self.folder.name:
            raise PackError(
                f"规则包编号「{manifest.id}」与文件夹名「{self.folder.name}」不一致，请改成一样",
                f"the pack's id '{manifest.id}' is not the folder's name '{self.folder.name}'; make them the same",
                place=self.placed(file).place(shown(file), ("id",)),
                code="id-is-not-path",
            )
        return manifest

    def loaded(self, file: Path) -> Loaded:
        """The data of a file; its places are known only where it is parsed in this run."""
        name = str(file.relative_to(self.folder))
        if name in self._parsed:
            return Loaded(self._parsed[name])
        loaded = self.placed(file)
        self._parsed[name] = loaded.data
        return loaded

    def placed(self, file: Path) -> Loaded:
        """The same, parsed now, with the places that an error needs."""
        return _parse(self._texts[str(file.relative_to(self.folder))], shown(file))

    def keep(self) -> None:
        """Keep what was parsed for the next run."""
        if not self._complete:
            remember(self.digest, self._parsed)


def _parse(text: str, file: str) -> Loaded:
    from disclosure_rules.packs.yaml_strict import load_yaml  # noqa: PLC0415  not needed where all is kept

    return load_yaml(text, file)


def _head(text: str) -> str:
    # Examples are most of a rule's text and no part of its meaning: they are parsed when somebody runs them.
    cut = text.find(_EXAMPLES)
    return text[: cut + 1] if cut >= 0 else text


def load_examples(file: Path) -> Examples:
    """The examples of the rule in `file`."""
    loaded = _parse(read(file), shown(file))
    data = loaded.data.get("examples") if isinstance(loaded.data, dict) else None
    return _validate(Examples, Loaded(data or {}, _below(loaded, "examples")), shown(file))


def read(file: Path) -> str:
    """The text of a pack's file.

    Raises:
        PackError: It cannot be read, or is not UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise PackError(
            f"读不了这个文件：{problem}（规则包的文件须为 UTF-8 编码）",
            f"this file cannot be read: {problem} (files of a pack are UTF-8)",
            place=shown(file),
            code="cannot-read",
        ) from problem


def shown(file: Path) -> str:
    """The file as messages name it: from the folder that holds the packs."""
    parts = file.parts
    return "/".join(parts[parts.index("rules") :]) if "rules" in parts else str(file)


def _rule_files(folder: Path) -> list[Path]:
    known = {"layouts", *ROOMS}
    files = []
    for room in sorted(path for path in folder.iterdir() if path.is_dir()):
        if room.name not in known:
            raise PackError(
                f"没有名为「{room.name}」的目录约定{_meant_zh(room.name, known)}，可用：{'、'.join(ROOMS)}",
                f"'{room.name}' is no room of a pack{_meant_en(room.name, known)}; rooms are: {', '.join(ROOMS)}",
                place=shown(room),
                code="unknown-room",
            )
        if room.name != "layouts":
            files.extend(sorted(room.glob("*.yaml")))
    return files


def _load_layouts(content: PackContent) -> dict[str, Layout]:
    layouts = {}
    for file in content.layouts:
        layout = _validate(Layout, content.loaded(file), shown(file))
        if layout.id != file.stem:
            raise PackError(
                f"版式编号「{layout.id}」与文件名「{file.stem}」不一致，请改成一样",
                f"the layout's id '{layout.id}' is not its file's name '{file.stem}'; make them the same",
                place=content.placed(file).place(shown(file), ("id",)),
                code="id-is-not-path",
            )
        layouts[layout.id] = layout
    return layouts


def _load_rule(file: Path, content: PackContent, registry: Mapping[str, Instrument]) -> Rule:
    loaded = content.loaded(file)
    rule = _validate(Rule, loaded, shown(file))
    due = "/".join((content.folder.name, *file.relative_to(content.folder).with_suffix("").parts))
    if rule.id != due:
        raise PackError(
            f"规则编号「{rule.id}」与路径不一致，应为「{due}」",
            f"the rule's id '{rule.id}' is not its path; it must be '{due}'",
            place=content.placed(file).place(shown(file), ("id",)),
            code="id-is-not-path",
        )
    for index, basis in enumerate(rule.basis):
        if basis.instrument not in registry:
            place = content.placed(file).place(shown(file), ("basis", index, "instrument"))
            _unknown_instrument(basis.instrument, registry, place)
    return rule


def _unknown_instrument(key: str, registry: Mapping[str, Instrument], place: str) -> NoReturn:
    raise PackError(
        f"依据「{key}」不在 instruments.yaml 中{_meant_zh(key, registry)}",
        f"the instrument '{key}' is not in instruments.yaml{_meant_en(key, registry)}",
        place=place,
        code="unknown-instrument",
    )


def _load_instruments(content: PackContent) -> dict[str, Instrument]:
    file = content.folder / "instruments.yaml"
    if not file.is_file():
        return {}
    loaded = content.loaded(file)
    instruments = {}
    for key, entry in (loaded.data or {}).items():
        data = {"id": key, **entry} if isinstance(entry, dict) else entry
        instruments[key] = _validate(Instrument, Loaded(data, _below(loaded, key)), shown(file))
    return instruments


def _load_overrides(
    content: PackContent, above: tuple[RulePack, ...], registry: Mapping[str, Instrument]
) -> tuple[Override, ...]:
    file = content.folder / "overrides.yaml"
    if not file.is_file():
        return ()
    # Few and short: parsed each time, so that every error has its place.
    loaded = content.placed(file)
    entries = (loaded.data or {}).get("overrides") or []
    rules = {key: rule for pack in above for key, rule in pack.rules.items()}
    overrides = []
    for index, entry in enumerate(entries):
        marks = {path[2:]: mark for path, mark in loaded.marks.items() if path[:2] == ("overrides", index)}
        override = _validate(Override, Loaded(entry, marks), shown(file))
        place = loaded.place(shown(file), ("overrides", index, "rule"))
        if override.rule not in rules:
            raise PackError(
                f"没有规则「{override.rule}」可以调整{_meant_zh(override.rule, rules)}",
                f"'{override.rule}' is no rule of {content.folder.name}'s parents{_meant_en(override.rule, rules)}",
                place=place,
                code="unknown-rule",
            )
        for basis in override.basis:
            if basis.instrument not in registry:
                _unknown_instrument(basis.instrument, registry, place)
        _refuse_idle(override, rules[override.rule], place)
        overrides.append(override)
    return tuple(overrides)


def _refuse_idle(override: Override, rule: Rule, place: str) -> None:
    changed = override.disable or any(
        (new := getattr(override, name)) is not None and new != getattr(rule, name)
        for name in ("severity", "params", "message", "suggestion", "applies")
    )
    if not changed:
        raise PackError(
            f"对「{override.rule}」的调整没有改变任何内容，请删去",
            f"the override of '{override.rule}' changes nothing; remove it",
            place=place,
            code="idle-override",
        )
    stricter = override.severity is not None and override.severity.rank > rule.severity.rank
    if stricter and not override.basis:
        raise PackError(
            f"对「{override.rule}」的调整加重了严重程度，必须写明依据（basis）",
            f"the override of '{override.rule}' is stricter than the rule; it needs a basis",
            place=place,
            code="stricter-without-basis",
        )


def _below(loaded: Loaded, key: str) -> dict[tuple[str | int, ...], tuple[int, int]]:
    return {path[1:]: mark for path, mark in loaded.marks.items() if path[:1] == (key,)}


def _validate(model: type[_Model], loaded: Loaded, file: str) -> _Model:
    try:
        return model.model_validate(loaded.data)
    except ValidationError as problem:
        # A misspelt key is told before the key that it leaves missing.
        error = min(problem.errors(include_url=False), key=lambda error: error["type"] != "extra_forbidden")
        path = tuple(error["loc"])
        where = ".".join(str(step) for step in path)
        known = [str(field.alias or name) for name, field in model.model_fields.items()]
        unknown = error["type"] == "extra_forbidden"
        hint_zh, hint_en = (
            (_meant_zh(str(path[-1]), known), _meant_en(str(path[-1]), known)) if unknown else ("", "")
        )
        told = "没有这个键" if unknown else error["msg"]
        raise PackError(
            f"{where or '内容'}：{told}{hint_zh}",
            f"{where or 'the content'}: {'no such key' if unknown else error['msg']}{hint_en}",
            place=loaded.place(file, path),
            code="wrong-shape",
        ) from problem


def _meant_zh(written: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only for errors

    close = get_close_matches(written[:80], list(known), n=1)
    return f"，是否应为「{close[0]}」？" if close else ""


def _meant_en(written: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only for errors

    close = get_close_matches(written[:80], list(known), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
