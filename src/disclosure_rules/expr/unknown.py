"""The value of a figure that nobody may calculate with."""

from __future__ import annotations

from typing import Final, NoReturn

__all__ = ["UNKNOWN", "Unknown", "UnknownOperandError"]


class UnknownOperandError(Exception):
    """An operator met an unknown figure. It never leaves this package: the rule is decided by `explain`."""


class Unknown:
    """The type of `UNKNOWN`. Every operator raises, so no unknown figure can take part in a result.

    `None` would not do: `None == None` is true, and `None` is false in a condition.
    """

    __slots__ = ()

    def _refuse(self, *_: object) -> NoReturn:
        raise UnknownOperandError

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __eq__(self, other: object) -> bool:
        self._refuse(other)

    def __ne__(self, other: object) -> bool:
        self._refuse(other)

    def __hash__(self) -> int:
        raise UnknownOperandError

    def __bool__(self) -> bool:
        raise UnknownOperandError

    __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _refuse
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _refuse
    __pow__ = __rpow__ = __divmod__ = __rdivmod__ = _refuse
    __neg__ = __pos__ = __abs__ = __round__ = __int__ = __float__ = __index__ = _refuse


UNKNOWN: Final = Unknown()
