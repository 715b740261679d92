"""Which signatures share a band: the table of MinHash, in arrays of 128 bytes a signature instead of two kilobytes.

A band that two signatures share makes them candidates. The hash of a band has 32 bits, so that in a batch of a hundred
thousand about one pair a band is looked at in vain: candidates are compared by their samples afterwards.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Buckets"]


class Buckets:
    """Signatures by number, in the order in which they were added.

    Args:
        bands: Into how many bands a signature is cut.
    """

    def __init__(self, bands: int) -> None:
        self._bands = [array("I") for _ in range(bands)]

    def add(self, signature: Sequence[int]) -> None:
        """Add the next signature: numbers of 32 bits, as many as the bands can share evenly."""
        rows = len(signature) // len(self._bands)
        for at, band in enumerate(self._bands):
            band.append(crc32(array("I", signature[at * rows : (at + 1) * rows]).tobytes()))

    def earlier(self, most: int) -> Iterator[tuple[int, list[int]]]:
        """Each signature that shares a band with earlier ones, and these: the last `most` of them, in order.

        To be asked for once: the hashes make room for what is found.
        """
        for band in self._bands:
            _link(band)
        for key in range(len(self._bands[0])):
            found: set[int] = set()
            for band in self._bands:
                at = band[key]
                for _ in range(most):  # the chain of a band goes back from the last
                    if at == 0:
                        break
                    found.add(at - 1)
                    at = band[at - 1]
            if found:
                yield key, sorted(found)[-most:]


def _link(band: array[int]) -> None:
    """Put in place of each hash the number of the last earlier signature with the same one, from 1; 0 for none."""
    order = sorted(range(len(band)), key=band.__getitem__)  # stable: those of one hash stay in order
    before, last = -1, 0
    for at in order:
        same = band[at] == before
        before = band[at]
        band[at] = last if same else 0
        last = at + 1
