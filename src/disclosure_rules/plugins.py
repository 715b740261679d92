"""The plugin manager: built-ins come in by the same door as third parties, and a broken plugin stops the run by name."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

import pluggy

from disclosure_rules import builtin, hookspecs
from disclosure_rules.errors import PluginError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from disclosure_rules.hookspecs import Check, Formatter, Reader, ReportFormatter

__all__ = ["GROUP", "Plugins"]

GROUP = "disclosure_rules"


class Plugins:
    """Every plugin of a run, loaded once.

    Args:
        extra: Plugins beside the built-in and the installed ones: modules or objects with hook implementations.
        installed: Whether packages installed with an entry point in the group `disclosure_rules` take part.

    Raises:
        PluginError: A plugin cannot be imported, implements an unknown hook, or claims a taken name.
    """

    def __init__(self, *extra: object, installed: bool = True) -> None:
        self._manager = pluggy.PluginManager(GROUP)
        self._manager.add_hookspecs(hookspecs)
        self._register(builtin, "disclosure-rules")
        if installed:
            for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
                self._register(_load(point), point.name)
        for position, plugin in enumerate(extra, start=1):
            self._register(plugin, str(getattr(plugin, "__name__", f"plugin-{position}")))
        self._refuse_unknown_hooks()
        self.checks: Mapping[str, Check] = self._merge("checks", "disclosure_rules_checks")
        self.readers: Mapping[str, Reader] = self._merge("readers", "disclosure_rules_readers")
        self.formatters: Mapping[str, Formatter | ReportFormatter] = self._merge(
            "formatters", "disclosure_rules_formatters"
        )
        self.pack_folders: tuple[Path, ...] = tuple(
            folder for _, folders in self._call("disclosure_rules_packs") for folder in folders
        )

    def _register(self, plugin: object, name: str) -> None:
        try:
            self._manager.register(plugin, name)
        except (pluggy.PluginValidationError, ValueError) as problem:
            raise PluginError(
                f"插件「{name}」无法使用：{problem}。请检查它的版本或卸载它",
                f"the plugin '{name}' cannot be used: {problem}; check its version or uninstall it",
                place=name,
                code="broken-plugin",
            ) from problem

    def _refuse_unknown_hooks(self) -> None:
        try:
            self._manager.check_pending()
        except pluggy.PluginValidationError as problem:
            name = self._manager.get_name(problem.plugin) or "?"
            raise PluginError(
                f"插件「{name}」实现了不存在的钩子：{problem}",
                f"the plugin '{name}' implements an unknown hook: {problem}",
                place=name,
                code="unknown-hook",
            ) from problem

    def _call(self, hook: str) -> Iterable[tuple[str, Any]]:
        """What each plugin returns for `hook`, with its name, in order of registration."""
        for implementation in getattr(self._manager.hook, hook).get_hookimpls():
            name = implementation.plugin_name
            try:
                answer = implementation.function()
            except Exception as problem:
                raise PluginError(
                    f"插件「{name}」的 {hook} 出错：{type(problem).__name__}: {problem}",
                    f"{hook} of the plugin '{name}' failed: {type(problem).__name__}: {problem}",
                    place=name,
                    code="broken-plugin",
                ) from problem
            yield name, answer

    def _merge(self, what: str, hook: str) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        owner: dict[str, str] = {}
        for name, answer in self._call(hook):
            for key, value in answer.items():
                if key in merged:
                    raise PluginError(
                        f"插件「{owner[key]}」和「{name}」都提供 {what}「{key}」，请卸载其中一个",
                        f"the plugins '{owner[key]}' and '{name}' both provide {what} '{key}'; uninstall one",
                        place=name,
                        code="duplicate-name",
                    )
                merged[key], owner[key] = value, name
        return merged


def _load(point: Any) -> object:  # noqa: ANN401  importlib's EntryPoint differs between Python versions
    try:
        return point.load()
    except Exception as problem:
        raise PluginError(
            f"插件「{point.name}」（{point.value}）无法导入：{type(problem).__name__}: {problem}",
            f"the plugin '{point.name}' ({point.value}) cannot be imported: {type(problem).__name__}: {problem}",
            place=point.name,
            code="broken-plugin",
        ) from problem
