"""Thousands of byte strings looked for at once: one pass over the file, not one for each."""

from collections.abc import Iterable, Iterator

import numpy as np

KEY_BYTES = 8
BLOCK_BYTES = 8 * 1024 * 1024


def found_in(haystack: bytes, needles: Iterable[bytes]) -> set[bytes]:
    """Those of the needles that occur. Raises ValueError for one shorter than eight bytes.

    Their first eight bytes are looked up at every place; only where those stand is compared.
    """
    by_key: dict[int, set[bytes]] = {}
    for needle in needles:
        if len(needle) < KEY_BYTES:
            raise ValueError(f"a needle has at least {KEY_BYTES} bytes")
        by_key.setdefault(int.from_bytes(needle[:KEY_BYTES], "little"), set()).add(needle)
    keys = np.array(sorted(by_key), dtype=np.uint64)
    found: set[bytes] = set()
    for start in range(0, len(haystack), BLOCK_BYTES) if by_key else ():
        block = haystack[start : start + BLOCK_BYTES + KEY_BYTES]
        for place, key in _places(block, keys):
            wanted = by_key[key] - found
            found |= {n for n in wanted if haystack.startswith(n, start + place)}
    return found


def _places(block: bytes, keys: np.ndarray) -> Iterator[tuple[int, int]]:
    """Where in the block a key stands, and which."""
    for offset in range(KEY_BYTES):
        count = max(0, (len(block) - offset) // KEY_BYTES)
        numbers = np.frombuffer(block, "<u8", count, min(offset, len(block)))
        nearest = np.minimum(np.searchsorted(keys, numbers), len(keys) - 1)
        for index in np.flatnonzero(keys[nearest] == numbers).tolist():
            yield offset + KEY_BYTES * index, int(numbers[index])


def pieces_of(vector: bytes, size: int = 16, every: int = 96) -> list[bytes]:
    """Stretches of a vector, near enough that none fits between two of them unseen."""
    return [vector[start : start + size] for start in range(0, len(vector), every)]
