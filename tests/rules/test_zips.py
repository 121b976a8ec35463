"""ZIPs that were made to do harm, by their numbers."""

from zipfile import ZipInfo

import pytest

from memory.rules.zips import ENCRYPTED, HARMLESS_BYTES, MOST_RATIO, is_bomb, is_encrypted


@pytest.mark.parametrize(
    ("unpacked", "packed", "bomb"),
    [
        (HARMLESS_BYTES, 1, False),
        (HARMLESS_BYTES + 1, 1, True),
        (MOST_RATIO * 10_000, 10_000, False),
        (MOST_RATIO * 10_000 + 1, 10_000, True),
        (HARMLESS_BYTES + 1, 0, True),
        (0, 0, False),
    ],
)
def test_what_is_unpacked_to_far_more_than_it_should_is_a_bomb(
    unpacked: int, packed: int, bomb: bool
) -> None:
    """Unless it is small all the same."""
    assert is_bomb(unpacked, packed) is bomb


@pytest.mark.parametrize(("flags", "encrypted"), [(0, False), (ENCRYPTED, True), (0x800, False)])
def test_an_encrypted_member_says_so(flags: int, encrypted: bool) -> None:
    """Among other flags, such as the one for names in UTF-8."""
    member = ZipInfo("recollect.json")
    member.flag_bits = flags
    assert is_encrypted(member) is encrypted
