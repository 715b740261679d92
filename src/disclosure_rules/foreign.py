"""What the operating system, SQLite and pydantic tell in English, in the words of an official."""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

__all__ = ["allowed_words", "shape_words", "system_words"]

# By errno; of SQLite by the name of its error.
_SYSTEM: Mapping[int | str, str] = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EROFS: "磁盘是只读的",
    errno.EFBIG: "文件太大",
    errno.ENAMETOOLONG: "文件名或路径太长",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENFILE: "同时打开的文件太多",
    errno.ENOMEM: "内存不足",
    errno.EBUSY: "文件正被其他程序使用",
    errno.ETXTBSY: "文件正被其他程序使用",
    errno.ELOOP: "链接一个指向一个，绕成了圈",
    errno.EIO: "磁盘读写出错",
    errno.ESTALE: "网络文件夹已断开",
    errno.EPIPE: "接收输出的程序已经退出",
    errno.EINVAL: "系统不接受这个路径或操作",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "不是本机的地址",
    errno.ECONNREFUSED: "对方没有接受连接",
    errno.ETIMEDOUT: "超时没有回应",
    "SQLITE_FULL": "磁盘已满",
    "SQLITE_READONLY": "文件或文件夹是只读的",
    "SQLITE_CANTOPEN": "文件打不开",
    "SQLITE_PERM": "没有权限",
    "SQLITE_IOERR": "磁盘读写出错",
    "SQLITE_BUSY": "正被另一个程序使用",
    "SQLITE_LOCKED": "正被另一个程序使用",
    "SQLITE_CORRUPT": "文件已损坏",
    "SQLITE_NOTADB": "不是数据库文件",
}
# By pydantic's type of error; in braces what it tells beside.
_SHAPES: Mapping[str, str] = {
    "missing": "缺少，请补上",
    "extra_forbidden": "没有这个字段",
    "string_type": "应为文字，加引号",
    "string_too_long": "最多 {max_length} 个字符",
    "string_too_short": "至少 {min_length} 个字符",
    "string_pattern_mismatch": "写法不对，应符合 {pattern}",
    "int_type": "应为整数，不加引号",
    "int_from_float": "应为整数",
    "int_parsing": "应为整数",
    "float_type": "应为数字，不加引号",
    "float_parsing": "应为数字",
    "finite_number": "应为数字",
    "decimal_type": "应为数字，不加引号",
    "bool_type": "应为 true 或 false，不加引号",
    "bool_parsing": "应为 true 或 false",
    "list_type": "应为列表 […]",
    "tuple_type": "应为列表 […]",
    "dict_type": "应为对象 {{…}}",
    "mapping_type": "应为对象 {{…}}",
    "model_type": "应为对象 {{…}}",
    "model_attributes_type": "应为对象 {{…}}",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "不能大于 {le}",
    "too_short": "至少 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "none_required": "应为 null",
}
# The sentences of our own validators.
_OURS: Mapping[str, str] = {
    "one of `path`, `content` and `report` is given": "path、content、report 三者取一，不能都不给，也不能多给",
    "a day is written 2026-11-27": "日期写作 2026-11-27",
    "an example has one of `report`, `document` and `batch`": "每个示例的 report、document、batch 三者取一",
    "a rule has either `assert` or `check`": "每条规则要么写 assert，要么写 check，请保留一个",
    "`each`, `when`, `let` and `at` go with `assert`; a check takes `params`": (
        "each、when、let、at 只与 assert 一起用；check 的参数写在 params 里"
    ),
    "`params` go with `check`": "params 只与 check 一起用",
    "`previous_layouts` goes with `scope: years`": "previous_layouts 只与 scope: years 一起用",
}
_WORD = re.compile(r"'([^']*)'")


def system_words(problem: BaseException) -> tuple[str, str]:
    """What the system or SQLite could not do, in Chinese and in English; what is in no table is quoted in both."""
    number: int | str | None = getattr(problem, "errno", None)
    if number is None:
        # An extended name such as SQLITE_READONLY_DIRECTORY says more than is needed.
        number = "_".join(str(getattr(problem, "sqlite_errorname", "")).split("_")[:2])
    en = getattr(problem, "strerror", None) or str(problem)
    return _SYSTEM.get(number, f"系统提示 {en}"), en


def shape_words(error: ErrorDetails) -> tuple[str, str]:
    """What is wrong with a value by an error of pydantic, in Chinese and in English."""
    context = error.get("ctx", {})
    en = error["msg"].removeprefix("Value error, ")
    if error["type"] in {"literal_error", "enum"}:
        return f"应为 {'、'.join(allowed_words(error))} 之一", en
    if error["type"] == "value_error":
        return _OURS.get(en, f"不符合要求（{en}）"), en
    known = _SHAPES.get(error["type"])
    return known.format(**context) if known is not None else f"不符合要求（{en}）", en


def allowed_words(error: ErrorDetails) -> tuple[str, ...]:
    """The words of which an error of pydantic says that one is due."""
    return tuple(_WORD.findall(str(error.get("ctx", {}).get("expected", ""))))
