"""An archive, opened with care: whoever made it may have meant harm.

Nothing is ever unpacked to the disk, and of a ZIP one member is read, by name. What its directory
says of itself is not believed: reading stops at a number of bytes, whatever was promised.
"""

import json
import math
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, BinaryIO

from memory.errors import ImportRejected
from memory.flow.transfer.shapes import DOCUMENT
from memory.rules.zips import is_bomb, is_encrypted

MOST_BYTES = 50 * 1024 * 1024
"""Of what is handed in; ``.streamlit/config.toml`` allows an upload of no more."""
MOST_UNPACKED = 256 * 1024 * 1024
"""Of ``recollect.json``: read, it takes several times as much memory."""
MOST_MEMBERS = 100
DEEPEST = 12
"""An export nests eight deep."""
READ_BYTES = 1024 * 1024
NESTED = (".zip", ".jar", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar")
EXPORT_ANEW = "Export anew, and import that file as it is."


def read(data: bytes | BinaryIO) -> Any:
    """The content of an export, or of its bare ``recollect.json``. Raises ImportRejected."""
    file = _seekable(data)
    head = file.read(4)
    file.seek(0)
    if not head:
        raise ImportRejected("the file is empty")
    if head == b"PK\x03\x04":
        return parse(_unpacked(file))
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return parse(file.read())
    raise ImportRejected("this is neither a ZIP nor JSON")


def _seekable(data: bytes | BinaryIO) -> BinaryIO:
    """Of no more than MOST_BYTES."""
    file = BytesIO(data) if isinstance(data, bytes | bytearray | memoryview) else data
    if not file.seekable():
        file = BytesIO(file.read(MOST_BYTES + 1))
    size = file.seek(0, 2)
    file.seek(0)
    if size > MOST_BYTES:
        raise ImportRejected(
            f"the file has {size / 2**20:,.0f} MB and {MOST_BYTES / 2**20:,.0f} are allowed"
        )
    return file


# -- the ZIP --------------------------------------------------------------------------------


def _unpacked(file: BinaryIO) -> bytes:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _check(members)
            found = [each for each in members if each.filename == DOCUMENT]
            if not found:
                raise ImportRejected(f"there is no {DOCUMENT} in the ZIP")
            return b"".join(_content(archive, found[0]))
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ImportRejected("the ZIP is damaged or cut off", EXPORT_ANEW) from error
    except (NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise ImportRejected("the ZIP cannot be read", EXPORT_ANEW) from error


def _check(members: Sequence[zipfile.ZipInfo]) -> None:
    """Raises ImportRejected for what no export holds, even where it would not be read."""
    if len(members) > MOST_MEMBERS:
        raise ImportRejected(f"the ZIP holds {len(members):,} files, which no export does")
    names = [each.filename.casefold() for each in members]
    if len(set(names)) < len(names):
        raise ImportRejected("the ZIP holds two files of one name", EXPORT_ANEW)
    for each in members:
        if problem := _problem(each):
            raise ImportRejected(problem)


def _problem(member: zipfile.ZipInfo) -> str:
    # orig_filename: zipfile itself cuts a name at a NUL and turns separators round
    name = member.orig_filename
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "the ZIP holds a link, or something else that is no file"
    if name.startswith("/") or "\\" in name or ":" in name or "\0" in name:
        return "the ZIP holds a file that wants to lie outside of it"
    if ".." in name.split("/"):
        return "the ZIP holds a file that wants to lie outside of it"
    if is_encrypted(member):
        return "the ZIP is encrypted"
    if name.casefold().endswith(NESTED):
        return "there is another archive in the ZIP"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "the ZIP is packed in a way that no export is"
    return ""


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """To its end, unless that is too far."""
    size = 0
    with archive.open(member) as content:
        while piece := content.read(READ_BYTES):
            size += len(piece)
            if size > MOST_UNPACKED or is_bomb(size, member.compress_size):
                raise ImportRejected(
                    "what the ZIP holds is far larger than an export of its size, as if to fill "
                    "the memory"
                )
            yield piece


# -- the JSON -------------------------------------------------------------------------------


def parse(content: bytes) -> Any:
    """Raises ImportRejected for what is no JSON, is nested too deeply, names anything twice, or
    holds numbers that are none."""
    if len(content) > MOST_UNPACKED:
        raise ImportRejected(f"{DOCUMENT} is too large")
    try:
        parsed = json.loads(
            content.decode("utf-8-sig"),
            parse_float=_finite,
            parse_constant=_no_number,
            object_pairs_hook=_each_once,
        )
    except RecursionError as error:
        raise ImportRejected("the JSON is nested too deeply") from error
    except UnicodeDecodeError as error:
        raise ImportRejected("the JSON is not written in UTF-8", EXPORT_ANEW) from error
    except ValueError as error:  # also a number of thousands of digits
        raise ImportRejected("the JSON is damaged or cut off", EXPORT_ANEW) from error
    if _depth_exceeds(parsed, DEEPEST):
        raise ImportRejected("the JSON is nested too deeply")
    return parsed


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ImportRejected("the JSON holds a number that is infinite")
    return number


def _no_number(text: str) -> float:
    raise ImportRejected(f"the JSON holds {text}, which is no number")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ImportRejected("the JSON gives one thing two values")
    return found


def _depth_exceeds(content: Any, deepest: int) -> bool:
    """Level by level: what is nested deeply must not be followed by calls."""
    level = [content]
    for _ in range(deepest):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True
