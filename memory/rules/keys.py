"""What a provider's key may be: what the header of a request can carry."""

from memory.errors import InvalidInput


def fits(key: str) -> bool:
    return key.isascii() and key.isprintable()


def checked(key: str) -> str:
    """A typed key, without the white space around it. Raises InvalidInput for what nobody could be
    asked with."""
    key = key.strip()
    if not fits(key):
        raise InvalidInput(
            "A key is one line of plain letters, digits and signs, and this one is not. Copy it "
            "anew from its provider."
        )
    return key
