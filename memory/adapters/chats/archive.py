"""What a file that was uploaded holds: the JSON within a ZIP, or itself.

Nothing is unpacked onto the disk, and what a ZIP says of its sizes is checked before it is read: no
more than it says comes out of a member. JSON is read one conversation after the other, so that an
export of hundreds of megabytes never stands in memory as a whole.
"""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from memory.errors import ImportRejected
from memory.rules.zips import is_bomb, is_encrypted

MAX_FILE_BYTES = 1 << 30
MAX_JSON_BYTES = 2 << 30
"""Unpacked, in all."""
MAX_MEMBERS = 100_000
MAX_CONVERSATION_CHARACTERS = 64 << 20
PIECE_CHARACTERS = 1 << 20

CONVERSATIONS = re.compile(r"(?:^|/)conversations(?:[-_]\d{1,4})?\.json$", re.IGNORECASE)
"""One file or, in newer exports of ChatGPT, several with numbers."""
BEGINS_JSON = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*[\{\]])")
"""A list may begin with a date in brackets."""
BETWEEN = re.compile(r"[\s,]*")

WHOLE = "Choose the export of ChatGPT or Claude as it came, its conversations.json, or a list."
SMALLER = "Import its conversations in several files."


def is_chats(data: bytes) -> bool:
    """A ZIP or JSON; anything else is a list, or nothing of use."""
    return zipfile.is_zipfile(io.BytesIO(data)) or BEGINS_JSON.match(data) is not None


def conversations(data: bytes) -> Iterator[Any]:
    """What stands in the place of a conversation, one after the other, of whatever form.

    Raises ImportRejected when it cannot be read, or is not what it says.
    """
    if len(data) > MAX_FILE_BYTES:
        raise ImportRejected(f"the file is larger than {MAX_FILE_BYTES >> 30} GB", SMALLER)
    with _translated():
        if not zipfile.is_zipfile(io.BytesIO(data)):
            yield from _values(io.BytesIO(data))
            return
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in _chosen(archive):
                with archive.open(member) as file:
                    yield from _values(file)


def _chosen(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise ImportRejected(f"the ZIP holds {len(members):,} files", WHOLE)
    found = [each for each in members if CONVERSATIONS.search(each.filename)]
    if not found:
        raise ImportRejected("there is no conversations.json in the ZIP", WHOLE)
    if any(map(is_encrypted, found)):
        raise ImportRejected(
            "the ZIP is encrypted", "Unpack it, and choose its conversations.json."
        )
    if sum(each.file_size for each in found) > MAX_JSON_BYTES:
        raise ImportRejected(
            f"it holds more than {MAX_JSON_BYTES >> 30} GB of conversations", SMALLER
        )
    if any(is_bomb(each.file_size, each.compress_size) for each in found):
        raise ImportRejected("the ZIP is packed as only those are that are meant to harm", WHOLE)
    return sorted(found, key=lambda each: each.filename)


def _values(file: IO[bytes]) -> Iterator[Any]:
    """The values of a list, each as soon as it was read; an object is one, or holds a list."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig")
    buffer = text.read(PIECE_CHARACTERS).lstrip()
    if not buffer.startswith("["):
        whole = json.loads(buffer + text.read(MAX_CONVERSATION_CHARACTERS))
        held = whole.get("conversations") if isinstance(whole, dict) else None
        yield from held if isinstance(held, list) else [whole]
        return
    decoder, place = json.JSONDecoder(), 1
    while True:
        between = BETWEEN.match(buffer, place)
        assert between is not None, "it matches nothing, too"
        place = between.end()
        if buffer.startswith("]", place):
            return
        try:
            value, place = decoder.raw_decode(buffer, place)
        except json.JSONDecodeError:  # perhaps only cut off: as much again is read
            left = len(buffer) - place
            more = text.read(max(PIECE_CHARACTERS, left))
            if not more or left > MAX_CONVERSATION_CHARACTERS:
                raise
            buffer, place = buffer[place:] + more, 0
        else:
            yield value


@contextmanager
def _translated() -> Iterator[None]:
    """What the libraries say of a file that is broken, or made to break them."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ImportRejected("the ZIP is damaged, or no ZIP", WHOLE) from error
    except UnicodeDecodeError as error:
        raise ImportRejected("its text is not in UTF-8", WHOLE) from error
    except RecursionError as error:
        raise ImportRejected("its JSON is nested too deeply", WHOLE) from error
    except ValueError as error:  # JSON that is none, or with a number of thousands of digits
        raise ImportRejected("its JSON is damaged, or ends too soon", WHOLE) from error
