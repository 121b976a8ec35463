"""What tells a ZIP that was made to do harm from one that is packed well."""

from zipfile import ZipInfo

MOST_RATIO = 200
"""Unpacked to packed. Chats and exports have 5 to 20, zeros have 1,000."""
HARMLESS_BYTES = 1 << 20
"""What is unpacked to no more may have any ratio."""
ENCRYPTED = 0x1
"""The bit of a member's flags (APPNOTE.TXT of PKWARE, 4.4.4)."""


def is_bomb(unpacked: int, packed: int) -> bool:
    """Both in bytes; ``unpacked``: as the ZIP says, or as many as were read so far."""
    return unpacked > HARMLESS_BYTES and unpacked > MOST_RATIO * max(1, packed)


def is_encrypted(member: ZipInfo) -> bool:
    return bool(member.flag_bits & ENCRYPTED)
