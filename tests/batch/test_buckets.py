"""The table of MinHash, beside the one of the library whose memory it saves."""

from __future__ import annotations

import random

import pytest
from rensa import RMinHash, RMinHashLSH

from disclosure_rules.batch.buckets import Buckets


@pytest.mark.parametrize("most", [3, 40])
def test_the_same_are_found_as_by_the_library(most: int) -> None:
    rng = random.Random(20070405)  # noqa: S311  to make the same again
    texts: list[set[int]] = []
    for _ in range(400):  # near copies of near copies, and a third that is like none
        own = {rng.randrange(1 << 32) for _ in range(60)}
        if texts and rng.random() < 0.7:
            kept = set(rng.sample(sorted(rng.choice(texts)), 45))
            own = kept | set(list(own)[:15])
        texts.append(own)
    index, buckets = RMinHashLSH(0.5, 128, 32), Buckets(32)
    expected: dict[int, list[int]] = {}
    for key, text in enumerate(texts):
        [signature] = RMinHash.from_token_sets([[one.to_bytes(4, "little") for one in sorted(text)]], 128, 1)
        found = sorted(index.query(signature))[-most:]
        if found:
            expected[key] = found
        index.insert(key, signature)
        buckets.add(signature.digest())
    assert dict(buckets.earlier(most)) == expected
    assert len(expected) > 100


def test_without_signatures_there_is_nothing() -> None:
    assert list(Buckets(32).earlier(40)) == []
