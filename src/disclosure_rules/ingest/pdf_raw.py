"""PDFium's functions with addresses in the place of typed pointers.

ctypes makes an object of each typed pointer that goes in or out, which takes longer than most of the functions do that
are asked for every character and every object of a page.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["address_of", "plain"]


def plain(function: Any) -> Callable[..., Any]:  # noqa: ANN401  a ctypes function
    """A function of PDFium that takes and gives addresses.

    Args:
        function: The function with its declared types.

    Returns:
        The same function, of which every pointer is an address: an int, and None for a null pointer that it gives. What
        it fills is handed in by `ctypes.byref`.
    """
    prototype = ctypes.CFUNCTYPE(_plain(function.restype), *map(_plain, function.argtypes))
    address = ctypes.cast(function, ctypes.c_void_p).value
    if address is None:
        raise TypeError
    return prototype(address)


def address_of(pointer: Any) -> int:  # noqa: ANN401  a ctypes pointer
    """The address that a pointer holds, for functions made by `plain`."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _plain(kind: type[Any]) -> type[Any]:
    return ctypes.c_void_p if hasattr(kind, "contents") else kind
