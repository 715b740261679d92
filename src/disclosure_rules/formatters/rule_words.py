"""What the pages of a rule share: names of the kinds of bodies, and examples cut to what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.model.body import BodyKind

__all__ = ["KINDS", "shortened"]

_LONGEST = 160
KINDS: Mapping[BodyKind, Text] = {
    "government": Text(zh="县级以上人民政府", en="governments"),
    "department": Text(zh="部门", en="departments"),
    "township": Text(zh="乡镇", en="townships"),
    "subdistrict": Text(zh="街道", en="subdistricts"),
    "authorized_organization": Text(zh="法律、法规授权的组织", en="authorised organisations"),
    "vertical_agency": Text(zh="垂直管理机构", en="vertical agencies"),
    "development_zone": Text(zh="开发区", en="development zones"),
}


def shortened(value: Any) -> Any:  # noqa: ANN401  plain values of YAML
    """Plain values with long texts cut: a page shows what an example is about, the rule file has it in full."""
    if isinstance(value, str):
        return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…（共 {len(value)} 字）"
    if isinstance(value, dict) or hasattr(value, "items"):
        return {key: shortened(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [shortened(item) for item in value]
    return value if value is None or isinstance(value, bool | int) else float(value)
