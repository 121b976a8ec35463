"""What can be a passphrase. Whoever has a copy of the file can try as many as they like, so its
length is what protects it."""

import unicodedata

from memory.errors import InvalidInput

MIN_CHARACTERS = 12
"""Shorter ones are found by trying; four words chosen at random have more than twenty."""
MIN_DIFFERENT = 5
"""“aaaaaaaaaaaa” is long, and the first that is tried."""
MAX_CHARACTERS = 1_000


def as_typed(text: str) -> str:
    """One spelling of what looks the same: an “é” is typed as one sign here, as two there."""
    return unicodedata.normalize("NFC", text)


def accepted(text: str) -> str:
    """As it is handed to SQLite. Raises InvalidInput for what is no passphrase, or none to rely on.

    Blanks count, also at its ends.
    """
    passphrase = as_typed(text)
    if not passphrase.isprintable() or not _is_whole(passphrase):
        raise InvalidInput("A passphrase is one line of letters, digits and signs. Type it anew.")
    if len(passphrase) < MIN_CHARACTERS:
        raise InvalidInput(
            f"A passphrase has at least {MIN_CHARACTERS} characters. Take four or more words that "
            "have nothing to do with each other."
        )
    if len(set(passphrase)) < MIN_DIFFERENT:
        raise InvalidInput(
            "This passphrase repeats the same few characters. Take four or more words that have "
            "nothing to do with each other."
        )
    if len(passphrase) > MAX_CHARACTERS:
        raise InvalidInput(f"A passphrase has at most {MAX_CHARACTERS:,} characters. Shorten it.")
    return passphrase


def _is_whole(text: str) -> bool:
    """Whether it can be stored as UTF-8: half of a character cannot."""
    return not any(0xD800 <= ord(character) <= 0xDFFF for character in text)
