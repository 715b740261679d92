"""The door that built-ins and third parties share: what comes in, and what is stopped by name."""

import re
import subprocess
import sys
import venv
from pathlib import Path
from types import SimpleNamespace

import pytest

from disclosure_rules import hookspecs
from disclosure_rules.errors import PluginError
from disclosure_rules.hookspecs import hookimpl
from disclosure_rules.plugins import Plugins

ROOT = Path(__file__).resolve().parents[2]


def _plugin(name: str, **hooks: object) -> SimpleNamespace:
    return SimpleNamespace(__name__=name, **{key: hookimpl(value) for key, value in hooks.items()})


def test_built_ins_come_in_by_the_same_door() -> None:
    plugins = Plugins(installed=False)
    assert {"json", "yaml", "text"} <= set(plugins.readers)
    assert {"json", "text"} <= set(plugins.formatters)
    assert plugins.checks
    assert any((folder / "cn" / "pack.yaml").is_file() for folder in plugins.pack_folders)


def test_two_plugins_that_claim_one_name_stop_the_run_and_both_are_named() -> None:
    first = _plugin("first", disclosure_rules_checks=lambda: {"same.verb": print})
    second = _plugin("second", disclosure_rules_checks=lambda: {"same.verb": print})
    with pytest.raises(PluginError, match=r"'first' and 'second'.*'same\.verb'") as caught:
        Plugins(first, second, installed=False)
    assert caught.value.code == "duplicate-name"


def test_a_plugin_may_not_take_the_name_of_a_built_in() -> None:
    taker = _plugin("taker", disclosure_rules_formatters=lambda: {"text": print})
    with pytest.raises(PluginError, match=r"disclosure-rules.*taker"):
        Plugins(taker, installed=False)


def test_an_unknown_hook_stops_the_run_by_name() -> None:
    stranger = _plugin("stranger", disclosure_rules_chekcs=lambda: {})  # noqa: PIE807  pluggy marks functions, not types
    with pytest.raises(PluginError, match="stranger") as caught:
        Plugins(stranger, installed=False)
    assert caught.value.code == "unknown-hook"


def test_a_hook_that_raises_stops_the_run_by_name() -> None:
    def broken() -> dict[str, object]:
        msg = "no database"
        raise RuntimeError(msg)

    with pytest.raises(PluginError, match=r"fragile.*no database"):
        Plugins(_plugin("fragile", disclosure_rules_checks=broken), installed=False)


def test_every_hook_is_documented_with_its_name() -> None:
    hooks = re.findall(
        r"^def (disclosure_rules_\w+)", Path(hookspecs.__file__).read_text("utf-8"), re.MULTILINE
    )
    guide = (ROOT / "docs" / "write-a-plugin.md").read_text("utf-8")
    assert len(hooks) == 4
    assert [hook for hook in hooks if f"`{hook}`" not in guide] == []


@pytest.mark.parametrize(("example", "tests"), [("plugin", 1), ("province-pack", 2)])
def test_an_example_package_is_installed_and_runs(tmp_path: Path, example: str, tests: int) -> None:
    """In an environment of its own, from its own folder, found by its entry point alone."""
    venv.create(tmp_path / "env", with_pip=False, system_site_packages=False)
    python = tmp_path / "env" / "bin" / "python"
    site = next((tmp_path / "env" / "lib").glob("python*/site-packages"))
    # What this interpreter has, the new one sees too: nothing is downloaded.
    here = [path for path in sys.path if path.endswith("site-packages")]
    (site / "shared.pth").write_text("\n".join([*here, str(ROOT / "src")]), encoding="utf-8")
    subprocess.run(  # noqa: S603  our own interpreter and folder
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index",
         "--no-build-isolation", str(ROOT / "examples" / example)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    run = subprocess.run(  # noqa: S603  the same
        [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(ROOT / "examples" / example / "tests")],
        check=False, capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert f"{tests} passed" in run.stdout, run.stdout + run.stderr
