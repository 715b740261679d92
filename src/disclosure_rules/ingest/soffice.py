"""LibreOffice as a converter: a stranger's file in a folder of its own, by a process that is watched and ended.

It runs with an empty profile in which macros, updates of links and active content are off and every request to a
network goes to a port where nobody listens. The system's limits hold on Unix; the limit of time holds everywhere.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from disclosure_rules.errors import ReadError

__all__ = ["find_soffice", "to_docx"]

WALL_SECONDS = 90
CPU_SECONDS = 60
MOST_MEMORY = 4 * 1024 * 1024 * 1024
MOST_OUTPUT = 64 * 1024 * 1024

_NAMES = ("soffice", "libreoffice", "soffice.com")
# Where the installers for Windows and macOS put it, which is on nobody's path.
_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_FILTER = "docx:MS Word 2007 XML"
_SETTINGS = {
    "Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "DisableActiveContent": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "Office.Writer/Content/Update": {"Link": "2"},
    "Inet/Settings": {
        "ooInetProxyType": "2",
        "ooInetNoProxy": "",
        "ooInetHTTPProxyName": "127.0.0.1",
        "ooInetHTTPProxyPort": "9",
        "ooInetHTTPSProxyName": "127.0.0.1",
        "ooInetHTTPSProxyPort": "9",
    },
}
# The shell sets what a process and its children may take, then becomes the converter. Not every system knows -v.
_LIMITED = 'ulimit -t "$1"; ulimit -f "$2"; ulimit -v "$3" 2>/dev/null; shift 3; exec "$@"'
_BLOCK = 512


def find_soffice() -> str | None:
    """The LibreOffice of this machine; None where there is none."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def to_docx(data: bytes, kind: str, name: str) -> bytes:
    """Convert a file.

    Args:
        data: The whole file.
        kind: Its usual ending, by which LibreOffice tells it.
        name: The file's name, for messages.

    Returns:
        The document as .docx.

    Raises:
        ReadError: `converter-missing`, `too-slow` or `conversion-failed`.
    """
    soffice = find_soffice()
    if soffice is None:
        raise ReadError(
            "没有找到 LibreOffice，--convert 要用它转换。请安装 LibreOffice，或用 Word、WPS 打开后另存为 .docx 再检查",
            "LibreOffice, which --convert needs, was not found; install it, or save the file as .docx in Word or WPS",
            place=name,
            code="converter-missing",
        )
    with tempfile.TemporaryDirectory(prefix="disclosure-rules-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        given, out = room / f"report.{kind}", room / "out"
        out.mkdir()
        given.write_bytes(data)
        _write_profile(room / "profile")
        in_time = _run(_command(soffice, room, given, out), room)
        made = out / "report.docx"
        if not in_time:
            raise _failed(name, "too-slow")
        if not made.is_file() or made.stat().st_size > MOST_OUTPUT:
            raise _failed(name, "conversion-failed")
        return made.read_bytes()


def _command(soffice: str, room: Path, given: Path, out: Path) -> list[str]:
    command = [
        soffice,
        f"-env:UserInstallation={(room / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
        *("--convert-to", _FILTER, "--outdir", str(out), str(given)),
    ]
    if os.name != "posix":
        return command
    limits = (str(CPU_SECONDS), str(MOST_OUTPUT // _BLOCK), str(MOST_MEMORY // 1024))
    return ["/bin/sh", "-c", _LIMITED, "sh", *limits, *command]


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}">'
        f'<prop oor:name="{key}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, settings in _SETTINGS.items()
        for key, value in settings.items()
    )
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>\n',
        encoding="utf-8",
    )


def _run(command: list[str], room: Path) -> bool:
    """Run to the end, or to the end of its time: then it is killed with its children. Returns whether it was in time."""
    own = {"HOME": str(room), "TMPDIR": str(room), "SAL_USE_VCLPLUGIN": "svp"}
    kept = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    process = subprocess.Popen(  # noqa: S603  a list, no shell reads the file's words
        command,
        cwd=room,
        env=kept | own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(WALL_SECONDS)
    except BaseException as problem:  # also when the user interrupts: no converter is left behind
        _kill(process)
        if not isinstance(problem, subprocess.TimeoutExpired):
            raise
        return False
    return True


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _failed(name: str, code: str) -> ReadError:
    zh, en = (
        ("时间过长，已停止", "took too long and was stopped")
        if code == "too-slow"
        else ("没有成功", "failed")
    )
    return ReadError(
        f"用 LibreOffice 转换{zh}，文件可能已损坏或有密码；请用 Word 或 WPS 打开后另存为 .docx 再检查",
        f"converting the file by LibreOffice {en}; it may be damaged or protected by a password: open it in Word or WPS "
        "and save it as .docx",
        place=name,
        code=code,
    )
