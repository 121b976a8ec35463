"""People: added, named, chosen, and gone with everything of theirs; each sees their own alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from memory import InvalidInput, Memory, MemoryFilter, NotFound, Settings
from memory.records import PERSONALIZATION, Act
from tests.fakes import FakeEmbedder, FakeLanguage, FixedClock

ANA, BEN = "Ana Quillfeather", "Ben Ostrander"


@pytest.fixture
def memory(
    settings: Settings, clock: FixedClock, embedder: FakeEmbedder, language: FakeLanguage
) -> Iterator[Memory]:
    with Memory.open(settings, clock=clock, embedder=embedder, language=language) as opened:
        yield opened


def names(memory: Memory) -> list[str]:
    return [person.name for person in memory.people()]


def test_at_first_there_is_nobody(memory: Memory) -> None:
    """Nothing is kept before somebody says so."""
    assert memory.people() == []
    assert memory.chosen_person() is None


def test_somebody_who_agrees_is_there_without_a_name(memory: Memory) -> None:
    """As scripts make them: by their user_id."""
    memory.grant("me", PERSONALIZATION)

    (person,) = memory.people()
    assert (person.user_id, person.name, person.created_at) == ("me", "", memory.now())


def test_people_are_added_by_name_in_their_order(memory: Memory) -> None:
    """Each by a user_id of their own that tells nothing."""
    ana, ben = memory.add_person(f"  {ANA} "), memory.add_person(BEN, user_id="ben")

    assert memory.people() == [ana, ben]
    assert ana.name == ANA
    assert ana.user_id != ben.user_id == "ben"
    assert "ana" not in ana.user_id


@pytest.mark.parametrize("taken", [ANA, ANA.upper(), f" {ANA} ", "me"])
def test_a_name_is_given_once(memory: Memory, taken: str) -> None:
    """Else the wrong one could be erased."""
    memory.grant("me", PERSONALIZATION)
    memory.add_person(ANA)
    ben = memory.add_person(BEN)

    with pytest.raises(InvalidInput, match="Somebody of this name"):
        memory.add_person(taken)
    with pytest.raises(InvalidInput, match="Somebody of this name"):
        memory.rename_person(ben.user_id, taken)
    assert names(memory) == ["", ANA, BEN]


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "x" * 300, "a\x00b"])
def test_what_is_no_name_is_refused(memory: Memory, name: str) -> None:
    """With a sentence; nobody is added."""
    with pytest.raises(InvalidInput):
        memory.add_person(name)
    assert memory.people() == []


def test_a_user_id_is_given_once(memory: Memory) -> None:
    """It is what everything of theirs is found by."""
    memory.add_person(ANA, user_id="a")
    with pytest.raises(InvalidInput, match="there already"):
        memory.add_person(BEN, user_id="a")


def test_a_new_name_leaves_all_else(memory: Memory) -> None:
    """Also one's own, in a form of other capitals."""
    ana = memory.add_person(ANA)
    memory.grant(ana.user_id, PERSONALIZATION)
    told = memory.remember(ana.user_id, "I like tea.")

    renamed = memory.rename_person(ana.user_id, ANA.upper())

    assert (renamed.user_id, renamed.name) == (ana.user_id, ANA.upper())
    assert memory.items(ana.user_id) == [told]


def test_who_is_not_there_is_not_renamed(memory: Memory) -> None:
    """Nor made."""
    with pytest.raises(NotFound):
        memory.rename_person("nobody", ANA)
    assert memory.people() == []


def test_the_one_chosen_last_is_remembered(memory: Memory, settings: Settings) -> None:
    """For the next page that is opened, also after a restart."""
    ana, ben = memory.add_person(ANA), memory.add_person(BEN)
    memory.choose_person(ben.user_id)
    memory.choose_person(ana.user_id)
    memory.close()

    with Memory.open(settings, embedder=FakeEmbedder(), language=FakeLanguage()) as again:
        assert again.chosen_person() == ana.user_id
        again.choose_person("me")
        assert again.chosen_person() is None, "of whom nothing is kept"


def test_erasing_everything_erases_the_person(memory: Memory, settings: Settings) -> None:
    """Their name to the last byte, and the choice of them; the others stay."""
    ana, ben = memory.add_person(ANA), memory.add_person(BEN)
    memory.choose_person(ana.user_id)
    assert memory.footprint(ana.user_id).places["names"] == 1

    receipt = memory.erase(ana.user_id)

    assert receipt.verified
    assert receipt.places["names"] == 1
    assert memory.people() == [ben]
    assert memory.chosen_person() is None
    assert ANA.encode() not in every_byte(settings.database)


def test_a_name_that_was_changed_goes_with_the_person(memory: Memory, settings: Settings) -> None:
    """An erasure rewrites the file: no earlier one is left in it."""
    ana = memory.add_person(ANA)
    memory.rename_person(ana.user_id, BEN)
    memory.erase(ana.user_id)

    content = every_byte(settings.database)
    assert ANA.encode() not in content
    assert BEN.encode() not in content


def test_one_whom_somebody_spoke_of_hinders_no_erasure(memory: Memory) -> None:
    """Their name is theirs: that it stands in the file proves nothing."""
    ana, ben = memory.add_person(ANA), memory.add_person(BEN)
    memory.grant(ana.user_id, PERSONALIZATION)
    told = memory.remember(ana.user_id, BEN)

    assert memory.erase(ana.user_id, memory=told.id).verified
    assert memory.people() == [ana, ben]


@pytest.mark.parametrize(
    "like", ["\uff21\uff4e\uff41 Quillfeather", "A\u200bna Quillfeather", "\u202e" + ANA]
)
def test_a_name_that_looks_like_anothers_is_refused(memory: Memory, like: str) -> None:
    """Whoever is to be erased is found by what is seen."""
    memory.add_person(ANA)
    with pytest.raises(InvalidInput, match="Somebody of this name"):
        memory.add_person(like)


def every_byte(database: Path) -> bytes:
    beside = sorted(database.parent.glob(f"{database.name}*"))
    return b"".join(path.read_bytes() for path in beside)


def test_the_audit_tells_without_the_name(memory: Memory) -> None:
    """To each of them, their own."""
    ana, ben = memory.add_person(ANA), memory.add_person(BEN)
    memory.rename_person(ana.user_id, "Anna")

    actions = {
        person.user_id: [event.action for event in memory.audit(user_id=person.user_id)]
        for person in (ana, ben)
    }
    assert actions == {
        ana.user_id: [Act.RENAME_PERSON, Act.ADD_PERSON],
        ben.user_id: [Act.ADD_PERSON],
    }
    assert memory.verify_audit().state == "intact"


def test_an_export_tells_the_name(memory: Memory) -> None:
    """It is personal data that was given."""
    ana = memory.add_person(ANA)

    assert ANA.encode() in _document(memory.export(ana.user_id))


def _document(archive: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return opened.read("recollect.json")


TOLD = ("I prefer tea.", "I live in Berlin.", "My name is Maya. I work at Acme.")
VIEWS = {
    "items": lambda memory, user: memory.items(user),
    "recall": lambda memory, user: memory.recall(user, "tea Berlin Acme", touch=False),
    "profile": lambda memory, user: memory.profile(user),
    "entities": lambda memory, user: memory.entities(user),
    "relevant_entities": lambda memory, user: memory.relevant_entities(user, "Acme in Berlin"),
    "entity_graph": lambda memory, user: memory.entity_graph(user).entities,
    "conversations": lambda memory, user: memory.conversations(user),
    "messages": lambda memory, user: memory.messages("default", user_id=user),
    "search_messages": lambda memory, user: memory.search_messages(user, "tea"),
    "find": lambda memory, user: memory.find(user, MemoryFilter()).items,
    "retention": lambda memory, user: memory.retention(user),
    "timeline": lambda memory, user: memory.timeline(user).moments,
    "inbox": lambda memory, user: memory.inbox(user),
    "footprint": lambda memory, user: memory.footprint(user).places,
    "consents": lambda memory, user: memory.consents(user),
    "audit": lambda memory, user: memory.audit(user_id=user),
}


@pytest.mark.parametrize("view", VIEWS)
def test_what_one_has_told_another_does_not_see(memory: Memory, view: str) -> None:
    """However it is looked at; for the one who told it there is something to see."""
    memory.grant("teller", PERSONALIZATION)
    for text in TOLD:
        memory.observe("teller", "user", text)
    memory.remember("teller", "I don't prefer tea.")

    see = VIEWS[view]
    assert list(see(memory, "other")) == []
    if view != "inbox":
        assert list(see(memory, "teller"))
