"""What the example shows, after one life with the real models.

The sentences are in the script, what is learnt from them is the rules': when these change, the
showcase must still hold what it is there to show, and nothing silly.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from memory import (
    ClassReason,
    DataClass,
    Doubt,
    EntityType,
    Kind,
    Label,
    Memory,
    MemoryItem,
    MessageState,
    Proposal,
    Role,
    Settings,
    Status,
    example,
)
from memory.adapters.embedder import MiniLMEmbedder
from memory.example import NAME, SUGGESTIONS, USER_ID, Progress
from tests.example.conftest import ReadOnce
from tests.fakes import NOON, FixedClock

TODAY = NOON.astimezone().date()
WEEK = timedelta(days=7)
SECRET = "sk-madeup0000notareal0000key1234"


@dataclass(frozen=True)
class Lived:
    memory: Memory
    told: tuple[Progress, ...]

    @property
    def items(self) -> list[MemoryItem]:
        return self.memory.items(USER_ID)

    def item(self, beginning: str) -> MemoryItem:
        (found,) = [item for item in self.items if item.text.startswith(beginning)]
        return found

    def answer(self, question: str) -> tuple[str, list[str]]:
        """What is answered in a private chat, and the texts it was built on."""
        reply = self.memory.respond(USER_ID, question, conversation_id="asked", private=True)
        return reply.read(), [source.item.text for source in reply.sources]


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory, language: ReadOnce) -> Iterator[Lived]:
    folder = tmp_path_factory.mktemp("example")
    told: list[Progress] = []
    with Memory.open(
        Settings(database=folder / "recollect.db"),
        clock=FixedClock(),
        embedder=MiniLMEmbedder(folder),
        language=language,
    ) as memory:
        example.live(memory, on_step=told.append)
        yield Lived(memory, tuple(told))


# -- the time ----------------------------------------------------------------------------------


def test_it_ends_today_after_three_months(life: Lived) -> None:
    """The first message is 90 days old, the last an hour or so."""
    messages = [
        message
        for conversation in life.memory.conversations(USER_ID)
        for message in life.memory.messages(conversation.id, user_id=USER_ID)
    ]
    moments = sorted(message.created_at for message in messages)

    assert (TODAY - moments[0].astimezone().date()).days == 90
    assert timedelta(minutes=45) < NOON - moments[-1] < timedelta(minutes=90)
    assert all(item.created_at <= NOON for item in life.items)


def test_progress_counts_every_step_up_to_the_last_day(life: Lived) -> None:
    """One by one, and the days never go back."""
    assert [each.done for each in life.told] == list(range(1, life.told[-1].total + 1))
    days = [each.day for each in life.told]
    assert days == sorted(days)
    assert days[-1] == TODAY


# -- what was said -----------------------------------------------------------------------------


def test_conversations_have_titles_of_their_own(life: Lived) -> None:
    """As they arise from the first thing said; short enough to be shown whole."""
    conversations = life.memory.conversations(USER_ID)

    assert 10 <= len(conversations) <= 16
    assert len({each.title for each in conversations}) == len(conversations)
    assert all(each.title.endswith(".") for each in conversations)
    assert 120 <= sum(each.message_count for each in conversations) <= 180


def test_every_message_was_answered_and_no_model_was_asked(life: Lived) -> None:
    """Each of the person's is followed by one of the assistant; the ledger holds no call."""
    for conversation in life.memory.conversations(USER_ID):
        messages = life.memory.messages(conversation.id, user_id=USER_ID)
        assert [each.role for each in messages] == [Role.USER, Role.ASSISTANT] * (
            len(messages) // 2
        )
        assert {each.state for each in messages} == {MessageState.COMPLETE}
    called = [life.memory.count_ledger(USER_ID, place=place) for place in ("local", "remote")]
    assert called == [0, 0]


def test_answers_have_sources_and_count_as_uses(life: Lived) -> None:
    """What was asked for again and again is among the strongest."""
    asked = life.item("We switched from PostgreSQL 14")
    uses = life.memory.uses(asked.id)
    kept = {each.item.id: each for each in life.memory.retention(USER_ID)}

    assert sum(use.message_id is not None for use in uses) >= 3
    assert kept[asked.id].strength > 0.6
    sourced = [use.message_id for item in life.items for use in life.memory.uses(item.id)]
    assert len({ident for ident in sourced if ident is not None}) >= 10


@pytest.mark.parametrize(
    ("question", "said", "source"),
    [
        ("Which database do we use?", "PostgreSQL 16", "We switched from PostgreSQL 14"),
        ("When is the dentist?", "11 March at 8:15", "I have a dentist appointment"),
        ("Where do I live?", "Munich", "We moved to Munich today."),
        ("Where did I live before?", "Berlin", "I live in Berlin."),
        ("How did we fix the timeouts?", "connection pool to 40", "The timeouts were caused"),
        ("How do we release Skylark?", "smoke tests", "To release Skylark"),
        ("What did I promise Priya?", "a load test", "I promised Priya"),
        ("Who is Priya?", "product manager", "Priya Raman is our product manager."),
        ("Where does Clara live?", "Bremen", "Clara moved to Bremen"),
        ("What am I allergic to?", "ibuprofen", "I'm allergic to ibuprofen."),
    ],
)
def test_questions_are_answered_from_what_was_said(
    life: Lived, question: str, said: str, source: str
) -> None:
    """With the sentence it is known from."""
    answer, sources = life.answer(question)

    assert said in answer
    assert any(text.startswith(source) for text in sources)


@pytest.mark.parametrize("question", SUGGESTIONS[:-1])
def test_suggested_questions_have_answers(life: Lived, question: str) -> None:
    """Each is built on something remembered."""
    assert life.answer(question)[1] != []


def test_what_was_never_said_is_not_known(life: Lived) -> None:
    """The last suggestion; it was asked in the life, too."""
    answer, sources = life.answer(SUGGESTIONS[-1])

    assert "haven't told me" in answer
    assert sources == []
    assert life.memory.search_messages(USER_ID, "blood type")


# -- what was learnt ---------------------------------------------------------------------------


def test_every_kind_and_every_class_is_there(life: Lived) -> None:
    """The lists, filters and badges all have something to show."""
    assert {item.kind for item in life.items} == set(Kind)
    assert {item.data_class for item in life.items} == set(DataClass)


@pytest.mark.parametrize(
    ("was", "is_now"),
    [
        ("I live in Berlin.", "We moved to Munich today."),
        ("We use PostgreSQL 14", "We switched from PostgreSQL 14"),
        ("My sister Clara lives in Hamburg.", "Clara moved to Bremen"),
        ("I think Munich is too expensive.", "I think Munich is worth the rent."),
    ],
)
def test_what_changed_holds_from_a_day_on(life: Lived, was: str, is_now: str) -> None:
    """The old one is kept with the moment until which it held; the last pair was decided in the
    inbox."""
    old, new = life.item(was), life.item(is_now)

    assert old.superseded_by == new.id
    assert old.valid_until == new.said_at
    assert new.holds


def proposal(life: Lived, doubt: Doubt) -> Proposal:
    (found,) = [each for each in life.memory.inbox(USER_ID) if each.doubt is doubt]
    return found


def test_two_things_wait_in_the_inbox(life: Lived) -> None:
    """A contradiction that is not decided, and what reads like an instruction to a model."""
    assert len(life.memory.inbox(USER_ID)) == 2
    against = proposal(life, Doubt.CONTRADICTION)
    assert against.item.text == "I prefer dark mode in every editor."
    assert against.rival == life.item("I prefer light mode in every editor.")
    assert "Ignore all previous instructions" in proposal(life, Doubt.INSTRUCTION).item.text


def test_the_profile_has_a_history(life: Lived) -> None:
    """Read from what was said, but for the one that was set by hand."""
    now = {field.field: field.value for field in life.memory.profile(USER_ID)}
    expected = {
        "name": NAME,
        "location": "Munich",
        "employer": "Lumen Freight",
        "role": "backend engineer",
        "database": "PostgreSQL 16",
        "hobby": "climbing",
    }
    assert expected.items() <= now.items()
    past = {(each.field, each.value) for each in life.memory.profile_history(USER_ID) if each.until}
    assert past >= {("location", "Berlin"), ("database", "PostgreSQL 14")}


ENTITIES = {
    EntityType.PERSON: "Clara, Elena, Jonas, Leyla Aydin, Mehmet, Priya Raman, Tomasz Wronka",
    EntityType.ORGANIZATION: "Blockwerk, Elbe Chamber Orchestra, Lumen Freight, Velora",
    EntityType.PROJECT: "Skylark",
    EntityType.TECHNOLOGY: (
        "Google Cloud, Grafana, Kubernetes, PostgreSQL, Python, RabbitMQ, Terraform"
    ),
    EntityType.PLACE: "Berlin, Bologna, Bremen, Hamburg, Leipzig, Munich, Ravenna",
    EntityType.CONCEPT: "api, query, test, timeout",
}


def test_the_entities_are_these_and_no_others(life: Lived) -> None:
    """All six types; a name that is taken for something else stands out here."""
    found: dict[EntityType, list[str]] = {}
    for entity in life.memory.entities(USER_ID):
        found.setdefault(entity.type, []).append(entity.name)

    assert {type_: ", ".join(sorted(names)) for type_, names in found.items()} == ENTITIES
    by_name = {entity.name: entity for entity in life.memory.entities(USER_ID)}
    assert "Priya" in by_name["Priya Raman"].aliases
    assert "Tomasz" in by_name["Tomasz Wronka"].aliases


def test_the_relations_say_who_does_what(life: Lived) -> None:
    """Read off the grammar; works at and on, uses, knows, leads and others."""
    graph = life.memory.entity_graph(USER_ID)
    names = {entity.id: entity.name for entity in graph.entities}
    found = {(names[r.subject_id], r.verb, names[r.object_id]) for r in graph.relations}

    assert found >= {
        ("Clara", "work at", "Elbe Chamber Orchestra"),
        ("Clara", "know", "Mehmet"),
        ("Clara", "move to", "Bremen"),
        ("Elena", "lead", "Skylark"),
        ("Priya Raman", "work on", "Skylark"),
        ("Priya Raman", "report to", "Elena"),
        ("Skylark", "run on", "Kubernetes"),
        ("Tomasz Wronka", "use", "Grafana"),
        ("Velora", "use", "Skylark"),
    }
    assert len(found) <= 16


def test_the_timeline_has_events_on_named_days(life: Lived) -> None:
    """What is told to have happened stands on its day; a commitment has the day it is due."""
    moments = life.memory.timeline(USER_ID, limit=200).moments
    happened = {moment.item.text: moment.day for moment in moments if moment.item.happened}

    assert happened["We took the train to Ravenna on 14 February."] == date(2026, 2, 14)
    assert happened["Clara moved to Bremen on 27 February."] == date(2026, 2, 27)
    assert len(happened) >= 7
    due = [moment.due for moment in moments if moment.due is not None]
    assert [days.first for days in due] == [date(2026, 3, 5)]
    assert len({(day.year, day.month) for day in (moment.day for moment in moments)}) == 4


def test_the_clusters_are_recognisable_topics(life: Lived) -> None:
    """Work, family, the trip, health, climbing and the kitchen each have theirs."""
    clusters = life.memory.clusters(USER_ID).clusters
    terms = [" ".join(cluster.terms) for cluster in clusters]

    assert 6 <= len(clusters) <= 9
    for word in ("Skylark", "Clara", "Bologna", "appointment", "climbing", "bread"):
        assert any(word in each for each in terms), word


# -- what was done -----------------------------------------------------------------------------


def test_some_memories_fade_within_the_coming_week(life: Lived) -> None:
    """The page that warns has something to warn of, and a next sweep something to take."""
    kept = life.memory.retention(USER_ID)
    soon = [each for each in kept if each.fades_at and NOON < each.fades_at < NOON + WEEK]

    assert 2 <= len(soon) <= 8
    assert any(each.fading for each in kept)
    assert any(each.strength > 0.6 for each in kept)
    assert life.memory.plan_sweep(USER_ID).archived != ()


def test_sweeps_archived_and_erased_nothing(life: Lived) -> None:
    """What they took can still be put back."""
    sweeps = life.memory.sweeps(USER_ID)

    assert len(sweeps) >= 3
    assert {each.purged for each in sweeps} == {0}
    last = life.memory.last_sweep(USER_ID)
    assert last is not None
    assert NOON - last < WEEK
    assert 4 <= Counter(item.status for item in life.items)[Status.ARCHIVED] <= 12


CHANGED: dict[str, Callable[[Lived], object]] = {
    "pinned": lambda life: life.item("I'm allergic to ibuprofen.").pinned,
    "paused": lambda life: life.item("My salary").paused,
    "corrected": lambda life: life.memory.revisions(life.item("My Italian course").id),
    "classified": lambda life: life.item("Our Skylark service").class_reason is ClassReason.CHOSEN,
    "kept fresh": lambda life: life.item("I have migraine attacks").access_count,
}


@pytest.mark.parametrize("what", CHANGED)
def test_memories_were_changed_by_hand(life: Lived, what: str) -> None:
    """Each change that the Inspector knows is to be seen on one."""
    assert CHANGED[what](life)


def test_two_memories_of_an_own_purpose_were_merged(life: Lived) -> None:
    """They come back when the merge is undone."""
    (whole,) = [item for item in life.items if item.purpose == "training plan" and item.in_use]

    assert [item.text for item in life.memory.merged_from(whole.id)] == whole.text.split("\n")
    assert {item.status for item in life.memory.merged_from(whole.id)} == {Status.MERGED}


def test_what_was_forgotten_can_still_be_put_back(life: Lived) -> None:
    """By hand and by rejecting, some minutes ago: restored, it is as before."""
    forgotten = [item for item in life.items if item.status is Status.FORGOTTEN]

    assert {item.text for item in forgotten} == {
        "I hate loud music in climbing halls.",
        "I love coriander.",
    }
    assert life.memory.expire().total == 0
    back = life.memory.restore(life.item("I hate loud music").id)
    assert back.status is Status.ACTIVE
    life.memory.forget(back.id)


# -- privacy -----------------------------------------------------------------------------------


def test_identifiers_are_masked_unless_they_were_kept(life: Lived) -> None:
    """The e-mail address is not to be found, the phone number was kept by the person."""
    (masked,) = [m for m in life.memory.search_messages(USER_ID, "reach me") if m.masked]
    assert masked.masked == (Label.EMAIL,)
    assert "example.com" not in masked.text
    assert life.item("My phone number").text == "My phone number is 089 555 0142."
    assert life.memory.kept_values(USER_ID) == {Label.PHONE: 1}


def test_the_secret_was_never_stored(life: Lived) -> None:
    """It was said, and the file does not hold it."""
    (said,) = life.memory.search_messages(USER_ID, "staging key")
    assert said.masked == (Label.SECRET,)
    database = life.memory.settings.database
    files = [database, database.with_name(database.name + "-wal")]
    assert not any(SECRET.encode() in file.read_bytes() for file in files if file.exists())


def test_three_consents_were_given(life: Lived) -> None:
    """To personalization, to sensitive matters, and to a purpose of one's own."""
    purposes = [consent.purpose for consent in life.memory.consents(USER_ID)]
    assert purposes == ["personalization", "sensitive", "training plan"]
    assert life.memory.verify_audit().state == "intact"
