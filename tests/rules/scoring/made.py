"""Memories and candidates for the tests of scoring."""

from dataclasses import replace
from typing import Any

from memory.records import (
    PERSONALIZATION,
    DataClass,
    Days,
    Kind,
    MemoryItem,
    Recalled,
    Status,
)
from memory.rules.scoring import Candidate
from tests.fakes import NOON

TODAY = Days(NOON.date(), NOON.date())


def item(ident: int, text: str = "I drink green tea", **fields: Any) -> MemoryItem:
    plain = MemoryItem(
        id=ident,
        user_id="me",
        kind=Kind.EPISODE,
        text=text,
        data_class=DataClass.INTERNAL,
        purpose=PERSONALIZATION,
        importance=0.8,
        importance_terms={},
        pinned=False,
        paused=False,
        status=Status.ACTIVE,
        created_at=NOON,
        said_at=NOON,
        edited_at=None,
        last_accessed_at=None,
        access_count=0,
        expires_at=None,
        forgotten_at=None,
        source_message_id=None,
        conversation_id=None,
        speaker=None,
        merged_into=None,
    )
    return replace(plain, **fields)


def candidate(ident: int = 1, text: str = "I drink green tea", **measured: Any) -> Candidate:
    """Of whom nothing speaks for it, but what is given; what is not measured is the memory's."""
    known = {name for name in Candidate.__slots__ if name != "item"}
    own = {name: value for name, value in measured.items() if name not in known}
    plain = Candidate(
        item=item(ident, text, **own),
        days=(TODAY,),
        similarity=0.0,
        in_context=0.0,
        own_words=0.0,
        full_text=0.0,
        answers=0.0,
        strength=0.0,
    )
    return replace(plain, **{name: measured[name] for name in known & measured.keys()})


def recalled(ident: int, text: str, score: float = 1.0, **fields: Any) -> Recalled:
    return Recalled(item(ident, text, **fields), score, 0.5, {"full text": score})
