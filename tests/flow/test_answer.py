"""The built-in answerer: from memory, dated, in the person's own words, and never a guess."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from memory.adapters.dates import Calendar
from memory.adapters.embedder import MiniLMEmbedder
from memory.flow.answering.answer import answer
from memory.flow.answering.knowledge import Answer, Kept, Knowledge, Used
from memory.protocols import Embedder, Vectors
from memory.records import (
    PERSONALIZATION,
    DataClass,
    Doubt,
    Importance,
    Kind,
    Label,
    MemoryItem,
    Observation,
    ProfileFact,
    ProfileField,
    Recalled,
    Span,
    Status,
)
from memory.rules.talk.questions import Turn, read_turn
from memory.rules.talk.wording import CHAT_IS_PRIVATE, MEMORY_IS_OFF, REMEMBERING_IS_OFF
from tests.fakes import FakeEmbedder, FakeLanguage

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=timezone(timedelta(hours=1)))
LANGUAGE = FakeLanguage()
HELLO = (
    "Hi, I'm Maya. I work on a Django app with PostgreSQL 14, "
    "and I prefer concise examples with comments."
)
QUOTE = "“I work on a Django app with PostgreSQL 14, and I prefer concise examples with comments.”"
NOT_KEPT = "Its importance of 0.20 is not above 0.7, so it stays in the conversation only."


def memory(
    ident: int,
    text: str,
    said_at: datetime = datetime(2026, 11, 3, 9, 0, tzinfo=UTC),
    *,
    edited_at: datetime | None = None,
    speaker: str | None = None,
) -> MemoryItem:
    return MemoryItem(
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
        created_at=said_at,
        said_at=said_at,
        edited_at=edited_at,
        last_accessed_at=None,
        access_count=0,
        expires_at=None,
        forgotten_at=None,
        source_message_id=None,
        conversation_id=None,
        speaker=speaker,
        merged_into=None,
    )


def kept(items: Sequence[MemoryItem]) -> Kept:
    by_id = {item.id: item for item in items}
    return Kept(lambda: items, by_id.get)


def knowing(
    *memories: MemoryItem | str,
    profile: Mapping[str, str] | Sequence[ProfileField] = (),
    observation: Observation | None = None,
    off: str = "",
) -> Knowledge:
    """All memories recalled; a profile given as a mapping comes from the first of them."""
    items = [
        memory(ident, item) if isinstance(item, str) else item
        for ident, item in enumerate(memories, 1)
    ]
    if isinstance(profile, Mapping):
        profile = [ProfileField(name, value, 0.9, NOW, 1) for name, value in profile.items()]
    return Knowledge(
        profile=tuple(profile),
        recalled=tuple(Recalled(item, 1.0, 0.5, {}) for item in items[:8]),
        kept=kept(items),
        now=NOW,
        observation=observation,
        off=off,
        times=lambda text: Calendar().times(text, NOW),
    )


def observed(
    stored: str = "",
    *,
    profile: Mapping[str, str] | None = None,
    masked: Sequence[Label] = (),
    skipped: str = "",
) -> Observation:
    return Observation(
        message_id=1,
        importance=Importance(0.8, {}),
        stored=(memory(99, stored, NOW),) if stored else (),
        profile=tuple(ProfileFact(name, value, 0.9) for name, value in (profile or {}).items()),
        redactions=tuple(Span(0, 1, label) for label in masked),
        skipped=skipped,
    )


def ask(text: str, knowledge: Knowledge, embedder: Embedder | None = None) -> Answer:
    return answer(text, knowledge, embedder=embedder or FakeEmbedder(), language=LANGUAGE)


def used(found: Answer) -> tuple[int, ...]:
    return tuple(source.memory_id for source in found.used)


def states(field: str, memory_id: int = 1) -> Used:
    return Used(memory_id, f"It states your {field}.")


# -- one thing about the person -----------------------------------------------------------


def test_a_profile_field_answers_directly_with_its_source() -> None:
    """First the answer, then the sentence that says so, and nothing else of that memory."""
    known = knowing(HELLO, profile={"name": "Maya", "database": "PostgreSQL 14"})

    assert ask("Which database do I use?", known) == Answer(
        f"Your database is PostgreSQL 14.\n\n> {QUOTE} — you, 3 November 2026",
        (states("database"),),
    )
    assert ask("What is my name?", known) == Answer(
        "Your name is Maya.\n\n> “I'm Maya.” — you, 3 November 2026", (states("name"),)
    )


@pytest.mark.parametrize(
    ("field", "value", "question", "sentence"),
    [
        ("role", "nurse", "What's my job?", "You work as a nurse."),
        ("role", "CTO", "What do I do for a living?", "You work as CTO."),
        ("employer", "Acme", "Who do I work for?", "You work at Acme."),
        ("location", "Oslo", "Where do I live?", "You live in Oslo."),
        ("operating system", "Fedora", "What's my OS?", "Your operating system is Fedora."),
        ("tool", "pytest", "Which tool do I use?", "You use pytest."),
        ("name", "A*b", "What's my name?", r"Your name is A\*b."),
    ],
)
def test_a_field_is_said_as_people_say_it(
    field: str, value: str, question: str, sentence: str
) -> None:
    """Each in a sentence of its own."""
    assert ask(question, knowing("x", profile={field: value})).text.startswith(sentence)


@pytest.mark.parametrize(
    ("question", "untold"),
    [
        ("What is my name?", "You haven't told me your name yet."),
        ("Who am I?", "You haven't told me your name yet."),
        ("Where do I live?", "You haven't told me where you live yet."),
        ("What's my job?", "You haven't told me what you do yet."),
        ("Which editor do I use?", "You haven't told me which editor you use yet."),
        ("What's my cat called?", "You haven't told me what your cat is called yet."),
        ("Who is my dentist?", "You haven't told me who your dentist is yet."),
        ("What is my dog's name?", "You haven't told me your dog's name yet."),
    ],
)
def test_what_is_not_known_is_said_to_be_unknown(question: str, untold: str) -> None:
    """Never a guess from something else that was said."""
    assert ask(question, knowing("I love my bike.")) == Answer(untold)


@pytest.mark.parametrize(
    ("field", "earlier", "latest", "question", "said"),
    [
        (
            *("database", "MySQL", "Redis", "What's my database?"),
            "Your database is Redis. You also named MySQL, on 3 May 2026.",
        ),
        (
            *("database", "Redis 6", "Redis 8", "What's my database?"),
            "Your database is Redis 8. Before that you named Redis 6, on 3 May 2026.",
        ),
        (
            *("location", "Berlin", "Munich", "Where do I live?"),
            "You live in Munich. Before that you named Berlin, on 3 May 2026.",
        ),
    ],
)
def test_the_latest_value_answers_and_an_earlier_one_is_mentioned(
    field: str, earlier: str, latest: str, question: str, said: str
) -> None:
    """People change; what they said before is dated. Of what cannot hold beside the latest it is
    not said that it also does."""
    old = memory(1, f"I use {earlier}.", datetime(2026, 5, 3, 9, 0, tzinfo=UTC))
    new = memory(2, f"I use {latest}.", datetime(2026, 11, 21, 9, 0, tzinfo=UTC))
    profile = [
        ProfileField(field, latest, 0.9, new.said_at, 2),
        ProfileField(field, earlier, 0.9, old.said_at, 1),
    ]

    assert ask(question, knowing(old, new, profile=profile)) == Answer(
        f"{said}\n\n> “I use {latest}.” — you, yesterday, 21 November 2026",
        (states(field, 2), Used(1, f"It states your {field} of an earlier time.")),
    )


def test_two_values_said_together_are_both_the_answer() -> None:
    """One memory may name several."""
    profile = [ProfileField("database", value, 0.9, NOW, 1) for value in ("Redis", "MySQL")]

    found = ask("What's my database?", knowing("We use Redis and MySQL.", profile=profile))

    assert found.text.startswith("Your databases are Redis and MySQL.")


def test_who_am_i_tells_more_than_the_name() -> None:
    """What one would say of oneself."""
    known = knowing(HELLO, profile={"location": "Oslo", "name": "Maya", "role": "engineer"})

    assert ask("Who am I?", known).text.startswith(
        "You are Maya. You work as an engineer. You live in Oslo."
    )


def test_a_technology_is_quoted_under_its_other_name() -> None:
    """The profile says PostgreSQL where the person said Postgres."""
    known = knowing("Hello. I use Postgres. I like tea.", profile={"database": "PostgreSQL"})

    assert "> “I use Postgres.” — you" in ask("What's my database?", known).text


# -- questions from memory ----------------------------------------------------------------


def test_an_answer_is_turned_to_the_person_and_quoted_with_its_date() -> None:
    """Only the sentence that answers, and the memory it was built on."""
    known = knowing("I adopted a cat. My deadline for billing is 12 December.", "I hate coriander.")

    assert ask("When is my billing deadline?", known) == Answer(
        "Your deadline for billing is 12 December.\n\n"
        "> “My deadline for billing is 12 December.” — you, 3 November 2026",
        (Used(1, "It answers with the words “deadline” and “billing”."),),
    )


def test_a_sentence_that_leans_on_the_one_before_is_quoted_with_it() -> None:
    """“Her name is Miso” alone does not say whose."""
    assert ask("What's my cat called?", knowing("I adopted a cat. Her name is Miso.")) == Answer(
        "You adopted a cat. Her name is Miso.\n\n"
        "> “I adopted a cat. Her name is Miso.” — you, 3 November 2026",
        (Used(1, "It answers with the word “cat”."),),
    )


def test_a_correction_is_dated_as_one() -> None:
    """The person sees that the words are not those of that day."""
    edited = memory(1, "My budget is 500 euros.", edited_at=datetime(2026, 11, 22, 9, tzinfo=UTC))

    assert (
        "— you, corrected today, 22 November 2026"
        in ask("What is my budget?", knowing(edited)).text
    )


def test_tomorrow_is_answered_with_the_day_it_was_said() -> None:
    """A day later it is no longer tomorrow."""
    found = ask("When is my dentist appointment?", knowing("My dentist appointment is tomorrow."))

    assert found.text.startswith(
        "On 3 November 2026 you said that your dentist appointment is tomorrow."
    )


def test_somebody_elses_words_are_not_put_in_the_persons_mouth() -> None:
    """The speaker is named, and “I” stays theirs."""
    said = memory(1, "I went to the support group yesterday.", speaker="Caroline")

    assert ask("When did Caroline go to the support group?", knowing(said)).text == (
        "This is what I was told:\n\n"
        "> “I went to the support group yesterday.” — Caroline, 3 November 2026"
    )


@pytest.mark.parametrize(
    "question",
    ["What is the capital of France?", "How do I reverse a list in Python?", "Who is Ben?"],
)
def test_no_answer_in_memory_is_said_plainly(question: str) -> None:
    """Nothing irrelevant is quoted as if it answered."""
    assert ask(question, knowing(HELLO, "I adopted a cat.")) == Answer(
        "Nothing you've told me answers that, and no model is connected that might."
    )


def test_something_close_is_offered_as_close() -> None:
    """The question shares its words, but it asks for what was not said."""
    found = ask("What is my sister's phone number?", knowing("My sister's phone is broken."))

    assert found == Answer(
        "You haven't told me your sister's phone number yet. The closest thing you told me:\n\n"
        "> “My sister's phone is broken.” — you, 3 November 2026",
        (Used(1, "It is the closest to what you asked for."),),
    )


def test_an_earlier_question_is_no_evidence() -> None:
    """To have asked is not to have told."""
    found = ask("When is my billing deadline?", knowing("When is my billing deadline?"))

    assert found.text.startswith("Nothing you've told me answers that")
    assert not found.used


def test_days_are_listed_when_only_days_are_asked_for() -> None:
    """By the person's own calendar: half past eleven in UTC is the next day here."""
    late = memory(1, "I like tea.", datetime(2026, 11, 20, 23, 30, tzinfo=UTC))
    early = memory(2, "I like cake.", datetime(2026, 11, 20, 22, 30, tzinfo=UTC))

    assert ask("What did I tell you yesterday?", knowing(late, early)) == Answer(
        "**Yesterday**\n\n- You like tea.", (Used(1, "You told it yesterday."),), listed=True
    )
    assert ask("What did I tell you today?", knowing(late)).text == (
        "I have kept nothing that you told me today."
    )


def test_a_source_without_a_shared_word_says_so() -> None:
    """Then it was the meaning that spoke for it."""

    class Alike(FakeEmbedder):
        def embed(self, texts: Sequence[str]) -> Vectors:
            return super().embed(["same"] * len(texts))

    found = ask("What do I drink?", knowing("I am fond of Darjeeling."), Alike())

    assert found.used == (Used(1, "It is close in meaning to the question."),)


def test_every_memory_an_answer_tells_is_named_as_used() -> None:
    """So that erasing one of them finds the answer."""
    profile = [
        ProfileField("name", "Maya", 0.9, NOW, 1),
        ProfileField("role", "engineer", 0.9, NOW, 2),
        ProfileField("location", "Oslo", 0.9, NOW, 3),
    ]
    known = knowing("I'm Maya.", "I work as an engineer.", "I live in Oslo.", profile=profile)

    assert ask("Who am I?", known).used == (
        states("name"),
        states("role", 2),
        states("location", 3),
    )


# -- everything ---------------------------------------------------------------------------


def test_everything_known_is_listed_newest_first_with_its_dates() -> None:
    """The profile in words, then each memory turned to the person, and how to correct it."""
    yesterday = memory(2, "We moved to Oslo.\nIt rains.", datetime(2026, 11, 21, 9, tzinfo=UTC))
    anothers = memory(3, "I hate $5 coffee.", speaker="Ben")
    known = knowing(yesterday, memory(1, HELLO), anothers, profile={"name": "Maya"})

    assert ask("What do you know about me?", known) == Answer(
        "This is everything I remember about you.\n\n"
        "Your name is Maya.\n\n"
        "**Yesterday**\n\n"
        "- You moved to Oslo. It rains.\n\n"
        "**3 November 2026**\n\n"
        "- You're Maya. You work on a Django app with PostgreSQL 14, "
        "and you prefer concise examples with comments.\n"
        "- Ben said: “I hate \\$5 coffee.”\n\n"
        "Anything wrong? You can correct or forget each of these in the Inspector.",
        tuple(Used(ident, "It is part of everything you asked for.") for ident in (2, 1, 3)),
        listed=True,
    )


def test_questions_and_instructions_are_listed_as_what_they_were() -> None:
    """Neither is a statement about the person."""
    text = ask("What do you remember?", knowing("What is Kafka?", "Call me Max.")).text

    assert "- You asked: “What is Kafka?”" in text
    assert "- You asked me: “Call me Max.”" in text


def test_many_memories_are_counted_not_dropped() -> None:
    """The newest in full, the older ones by month."""
    memories = [
        memory(n, f"I saw film number {n}.", NOW - timedelta(days=n)) for n in range(1, 101)
    ]

    found = ask("What do you know about me?", knowing(*memories))

    assert found.text.count("\n- ") == 60
    assert "And 40 older ones: 22 from September 2026 and 18 from August 2026." in found.text
    assert len(found.used) == 60  # of the others it tells only how many they are


def test_nothing_known_is_said_kindly_with_the_reason() -> None:
    """Whether there was nothing yet, or remembering is off."""
    nothing = "Nothing yet: you haven't told me anything I kept. "
    on = ask("What do you know about me?", knowing())
    off = ask("What do you know about me?", knowing(off=REMEMBERING_IS_OFF))

    assert on.text == f"{nothing}Tell me something, and ask again."
    assert off.text.startswith(f"{nothing}I'm not remembering now")


def test_what_was_to_be_remembered_is_listed_without_the_command() -> None:
    """“Remember that” was said to Recollect, and is no part of it."""
    text = ask("What do you remember?", knowing("Remember that we use Redis.")).text

    assert "- You use Redis." in text


def test_an_order_is_listed_as_it_was_said() -> None:
    """“Mail you at …” would be nonsense."""
    text = ask("What do you remember?", knowing("Mail me at noon.")).text

    assert "- You said: “Mail me at noon.”" in text


# -- what is told -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "profile", "reply"),
    [
        (
            HELLO,
            {"name": "Maya"},
            "Nice to meet you, Maya. I'll remember that you work on a Django app with "
            "PostgreSQL 14, and you prefer concise examples with comments.",
        ),
        ("I'm Maya", {"name": "Maya"}, "Nice to meet you, Maya. I'll remember your name."),
        (
            "I adopted a cat. Her name is Miso.",
            {},
            "I'll remember that you adopted a cat and that her name is Miso.",
        ),
        ("Remember that our plan is ready", {}, "I'll remember that your plan is ready."),
        (
            "I use Vim. Call me Max.",
            {},
            "I'll remember that you use Vim and “Call me Max”.",
        ),
        (
            "I use Vim. I live in Oslo. My cat is Miso. Redis is our cache.",
            {},
            "I'll remember:\n\n- You use Vim.\n- You live in Oslo.\n- Your cat is Miso.\n"
            "- Redis is your cache.",
        ),
        (
            "Remind me to call mum tomorrow",
            {},
            "I'll remember this: “Remind me to call mum tomorrow”. "
            "I don't send reminders: ask me when you need it.",
        ),
        ("```\nmy_list = [1]\n```", {}, "I'll remember that."),
    ],
)
def test_what_will_be_remembered_is_said_back(
    told: str, profile: dict[str, str], reply: str
) -> None:
    """In the second person, so that a misunderstanding shows at once."""
    known = knowing(observation=observed(told, profile=profile))

    assert ask(told, known) == Answer(reply)


def test_one_meets_a_person_once() -> None:
    """A name that an earlier memory had is no introduction."""
    known = knowing(
        HELLO,
        profile={"name": "Maya"},
        observation=observed("I'm Maya. I like tea.", profile={"name": "Maya"}),
    )

    assert not ask("I'm Maya. I like tea.", known).text.startswith("Nice to meet you")


def test_what_was_masked_is_told_by_kind() -> None:
    """And what is said back is what was stored, not what was typed."""
    known = knowing(
        observation=observed(
            "My e-mail is [EMAIL_1].", masked=[Label.EMAIL, Label.PHONE, Label.PHONE, Label.SECRET]
        )
    )

    assert ask("My e-mail is maya@example.org.", known).text == (
        r"I'll remember that your e-mail is \[EMAIL\_1\]. "
        "I masked an e-mail address and 2 phone numbers before storing it. "
        "I left out what looks like a password or key: those are never stored."
    )


@pytest.mark.parametrize(
    ("stored", "masked", "reply"),
    [
        (
            "mail me at [EMAIL_1], my key is [SECRET]",
            [Label.EMAIL, Label.SECRET],
            r"I'll remember this: “mail me at \[EMAIL\_1\]”. "
            "I masked an e-mail address before storing it. "
            "I left out what looks like a password or key: those are never stored.",
        ),
        (
            "My key is [SECRET]",
            [Label.SECRET],
            "I left out what looks like a password or key: those are never stored.",
        ),
        (
            "The key for staging and production is [SECRET], and I use Vim.",
            [Label.SECRET],
            "I'll remember that you use Vim. "
            "I left out what looks like a password or key: those are never stored.",
        ),
        ("Buy milk on Friday", [], "I'll remember this: “Buy milk on Friday”."),
        ("Milk, eggs, bread.", [], "I'll remember this: “Milk, eggs, bread”."),
        (
            "I use Vim. Ping Bob about it.",
            [],
            "I'll remember that you use Vim and “Ping Bob about it”.",
        ),
    ],
)
def test_what_cannot_follow_that_is_quoted(
    stored: str, masked: Sequence[Label], reply: str
) -> None:
    """An order or a fragment is not bent into a clause, and around a secret nothing is recited."""
    assert ask(stored, knowing(observation=observed(stored, masked=masked))).text == reply


def test_what_became_no_memory_is_told_with_the_reason() -> None:
    """The person knows what to expect of the next conversation."""
    known = knowing(observation=observed(skipped=NOT_KEPT))

    assert ask("The sky is grey.", known).text == f"I haven't made a memory of this. {NOT_KEPT}"


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("I like tea.", "You have told me before that you like tea. Now I am surer of it."),
        ("Tea!", "You have told me that before. Now I am surer of it."),
    ],
)
def test_what_was_told_before_is_said_to_be_known(before: str, told: str) -> None:
    """As it was told then; a new memory is not promised."""
    seen = replace(observed(), reinforced=(memory(1, before),))

    assert ask("I like tea.", knowing(observation=seen)).text == told


@pytest.mark.parametrize(
    ("waiting", "told"),
    [
        (
            {"doubt": Doubt.CONTRADICTION, "rival_id": 1},
            "“I don't like tea” is at odds with what you told me before: “I like tea”. Your inbox "
            "asks which holds.",
        ),
        (
            {"doubt": Doubt.ASKED},
            "It waits in your inbox, in the Inspector, until you say whether I may remember it.",
        ),
        (
            {"doubt": Doubt.INSTRUCTION},
            "It reads like an instruction to a model, so it waits in your inbox, in the "
            "Inspector, and is not used until you have looked at it.",
        ),
    ],
)
def test_what_waits_in_the_inbox_is_said_with_the_reason(
    waiting: dict[str, object], told: str
) -> None:
    """It is no memory yet, and not lost either."""
    new = replace(memory(2, "I don't like tea.", NOW), **waiting)  # type: ignore[arg-type]
    seen = replace(observed(), proposed=(new,))

    assert ask("I don't like tea.", knowing("I like tea.", observation=seen)).text == told


def test_what_is_kept_known_and_waiting_is_told_in_that_order() -> None:
    """A turn may leave some of each."""
    waits = replace(memory(2, "I don't like tea.", NOW), doubt=Doubt.CONTRADICTION, rival_id=1)
    kept_too = replace(observed("My cat is Mimi. I don't like tea."), proposed=(waits,))
    known_too = replace(
        observed(),
        reinforced=(memory(3, "My cat is Mimi."),),
        proposed=(replace(waits, doubt=Doubt.ASKED, rival_id=None),),
    )

    kept_text = ask("My cat is Mimi.", knowing("I like tea.", observation=kept_too)).text
    assert kept_text.startswith("I'll remember that your cat is Mimi")
    assert kept_text.endswith("Your inbox asks which holds.")
    assert ask("My cat is Mimi.", knowing(observation=known_too)).text == (
        "You have told me before that your cat is Mimi. Now I am surer of it. "
        "What is new waits in your inbox, in the Inspector, until you have decided."
    )


@pytest.mark.parametrize("off", [CHAT_IS_PRIVATE, REMEMBERING_IS_OFF, MEMORY_IS_OFF])
def test_without_remembering_a_statement_is_answered_with_that(off: str) -> None:
    """Nothing is promised, and the reason is the true one whatever was said of the turn."""
    seen = observed(skipped="Recollect may not remember: there is no consent.")

    assert ask("I use Vim.", knowing(observation=seen, off=off)).text == off


def test_a_private_chat_still_answers_from_memory() -> None:
    """It writes nothing; it may read."""
    known = knowing(HELLO, profile={"name": "Maya"}, off=CHAT_IS_PRIVATE)

    assert ask("What is my name?", known).text.startswith("Your name is Maya.\n\n>")


# -- mixed turns, small talk, work --------------------------------------------------------


def test_a_statement_and_a_question_are_both_answered() -> None:
    """From what has just been said, too."""
    text = "I use Redis. Which database do I use?"
    known = knowing(observation=observed(text, profile={"database": "Redis"}))

    assert ask(text, known) == Answer(
        "I'll remember that you use Redis.\n\nYour database is Redis.\n\n"
        "> “I use Redis.” — you, 22 November 2026",
        (states("database", 99),),
    )


def test_a_greeting_and_two_questions_are_all_answered() -> None:
    """In the order they were asked."""
    known = knowing(HELLO, "I adopted a cat. Her name is Miso.", profile={"name": "Maya"})

    found = ask("Hello! What's my cat called? And what is my name?", known)

    assert found.text.startswith("Hello, Maya.\n\nYou adopted a cat.")
    assert used(found) == (1, 2)


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("Hi", "Hello, Maya. Tell me something, or ask what I remember."),
        ("Hey, how are you?", "Hello, Maya. I'm well, thank you. What should I remember for you?"),
        ("Thanks!", "You're welcome."),
        ("bye", "Goodbye, Maya."),
        ("ok cool", "All right."),
    ],
)
def test_small_talk_is_short(said: str, reply: str) -> None:
    """And nothing is made of it."""
    known = knowing(HELLO, profile={"name": "Maya"}, observation=observed(skipped=NOT_KEPT))

    found = ask(said, known)

    assert found.text == reply
    assert found.used == ((states("name"),) if "Maya" in reply else ())


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What are you?", "I'm Recollect's built-in answerer. I'm not a language model"),
        ("Are you ChatGPT?", "I'm not a language model"),
        ("Can you remember things?", "Yes: what you tell me"),
        ("Where is my data stored?", "one file on this computer"),
        ("What can you do?", "I answer from memory"),
    ],
)
def test_recollect_says_what_it_is(question: str, words: str) -> None:
    """Not a model, on this computer, from memory."""
    assert words in ask(question, knowing()).text


def test_work_for_a_model_is_declined_with_the_reason() -> None:
    """No promise, and no made-up result."""
    assert ask("Write me a quicksort", knowing("I adopted a cat.")) == Answer(
        "I can't write that: no model is connected, and I answer from memory alone."
    )
    assert ask("Tell me a joke", knowing()).text.startswith("I can't do that:")


@pytest.mark.parametrize(
    ("request_", "quoted"),
    [
        ("Write me a quicksort", (1,)),
        ("Explain monads", (2,)),
        ("Write an e-mail to my landlord", (3,)),
    ],
)
def test_a_wish_about_such_work_is_quoted(request_: str, quoted: tuple[int, ...]) -> None:
    """Only one that bears on it: on code, on prose, or on answers of any sort."""
    known = knowing(HELLO, "Please answer in British English.", "I like my e-mails short.")

    assert used(ask(request_, known)) == quoted


def test_forgetting_names_the_place_where_it_is_done() -> None:
    """The answerer itself takes nothing out of memory."""
    assert "Inspector" in ask("Forget that", knowing(HELLO)).text


def test_remembered_text_cannot_become_live_markdown() -> None:
    """Whether it is turned, quoted or listed."""
    hostile = "My badge is ![x](https://evil.example/p.png) <img src=x>\n# Big $x$"
    known = knowing(hostile, profile={"badge": "![x](https://evil.example/p.png)"})

    for question in ("What is my badge?", "What do you know about me?", "My badge?"):
        text = ask(question, known).text
        assert "![" not in text
        assert "<img" not in text.replace("\\<img", "")
        assert "\n# " not in text
        assert "$x$" not in text


# -- relevance, with the real embedding model ---------------------------------------------

# Two people, what they said, and questions with a word of the right answer, or None where there
# is none. The weights of the answerer were set on others; some rules were mended here.
INES = (
    "I teach chemistry at a secondary school in Ghent.",
    "My dog Bruno is a rescue greyhound.",
    "The school trip to Amsterdam leaves on 8 May at 7:30.",
    "I keep my grades in a SQLite file and plot them with pandas.",
    "My husband Wout is a train driver.",
    "I'm trying to learn Finnish.",
    "The car needs new brakes before the MOT.",
    "We chose Notion over Confluence because the students can use it for free.",
)
RAJ = (
    "Our shop runs on Shopify with a custom theme.",
    "I ordered 200 tote bags from Texco, they arrive on 2 December.",
    "Sofia handles packaging and Marek does deliveries.",
    "The espresso machine leaks when the tank is too full.",
    "My landlord is Pavel Novak, his number is on the fridge.",
    "I support Arsenal.",
    "My daughter Anya plays chess.",
    "We stopped using Klarna because the fees were too high.",
)
CALIBRATION = (
    (INES, "What do I teach?", "chemistry"),
    (INES, "Where is the school I teach at?", "Ghent"),
    (INES, "What breed is Bruno?", "greyhound"),
    (INES, "What's my dog called?", "Bruno"),
    (INES, "When does the trip to Amsterdam leave?", "8 May"),
    (INES, "Which database do I use for grades?", "SQLite"),
    (INES, "Which library do I plot with?", "pandas"),
    (INES, "What does my husband do?", "train driver"),
    (INES, "What's my husband's name?", "Wout"),
    (INES, "Which language am I learning?", "Finnish"),
    (INES, "What does the car need?", "brakes"),
    (INES, "Why did we choose Notion?", "free"),
    (INES, "Do I have a dog?", "Bruno"),
    (INES, "What's my cat called?", None),
    (INES, "How old is Bruno?", None),
    (INES, "When is the trip to Paris?", None),
    (INES, "How do I plot with pandas?", None),
    (INES, "Where does Wout live?", None),
    (INES, "What is my brother's name?", None),
    (INES, "Who is the head of my school?", None),
    (INES, "How do you say hello in Finnish?", None),
    (INES, "How much do new brakes cost?", None),
    (INES, "Do I have children?", None),
    (INES, "Is Amsterdam bigger than Ghent?", None),
    (INES, "What is pandas?", None),
    (RAJ, "What does our shop run on?", "Shopify"),
    (RAJ, "How many tote bags did I order?", "200"),
    (RAJ, "When do the tote bags arrive?", "2 December"),
    (RAJ, "Who did I order the bags from?", "Texco"),
    (RAJ, "Who does deliveries?", "Marek"),
    (RAJ, "What does Sofia do?", "packaging"),
    (RAJ, "When does the espresso machine leak?", "tank"),
    (RAJ, "Who is my landlord?", "Novak"),
    (RAJ, "Which team do I support?", "Arsenal"),
    (RAJ, "What does Anya play?", "chess"),
    (RAJ, "Why did we stop using Klarna?", "fees"),
    (RAJ, "What's my daughter's name?", "Anya"),
    (RAJ, "What's my son's name?", None),
    (RAJ, "Where does Marek live?", None),
    (RAJ, "How much did the tote bags cost?", None),
    (RAJ, "Does Anya play the violin?", None),
    (RAJ, "Who is Klarna's CEO?", None),
    (RAJ, "How many employees do I have?", None),
    (RAJ, "What is Sofia's surname?", None),
    (RAJ, "How do I clean an espresso machine?", None),
    (RAJ, "When is my anniversary?", None),
    (RAJ, "What theme colour does the shop have?", None),
    (RAJ, "Who won the chess championship?", None),
    (RAJ, "Where did I go to school?", None),
)
UNANSWERED = ("Nothing you've told me", "You haven't told me")


@pytest.fixture(scope="module")
def real_embedder(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    cache: Path = tmp_path_factory.mktemp("cache")
    return MiniLMEmbedder(cache)


def test_answers_are_right_and_few_are_missed(real_embedder: Embedder) -> None:
    """Measured when written: 23 of 25 questions answered rightly, 23 of 24 honestly declined."""
    wrong, missed = [], []
    for memories, question, expected in CALIBRATION:
        text = ask(question, knowing(*memories), real_embedder).text
        answered = not text.startswith(UNANSWERED)
        if answered and (expected is None or expected not in text):
            wrong.append(question)
        if not answered and expected is not None:
            missed.append(question)

    assert len(wrong) <= 1, wrong
    assert len(missed) <= 2, missed


def test_every_calibration_question_is_read_as_one() -> None:
    """Otherwise the table above would measure something else."""
    kinds = {read_turn([question])[0].turn for _, question, _ in CALIBRATION}

    assert kinds <= {Turn.QUESTION, Turn.PROFILE}


def test_the_same_words_are_not_weighed_twice() -> None:
    """Embedding is the slow part of an answer."""
    embedder = FakeEmbedder()

    known = knowing("I like tea. My wedding is in May.", "My wedding and my cat are expensive.")

    ask("When is my wedding? What does my wedding cost?", known, embedder)

    assert len(embedder.embedded) == len(set(embedder.embedded)) > 2


def test_what_cannot_matter_is_not_embedded() -> None:
    """Neither a sentence without a word of the question, nor the question if none is left."""
    embedder = FakeEmbedder()

    ask("When is my wedding?", knowing("I like tea."), embedder)

    assert embedder.embedded == []


def test_recalled_memories_may_be_missing_from_the_list() -> None:
    """What recall found is enough to answer from."""
    known = replace(knowing("My deadline is 12 December."), kept=kept([]))

    assert used(ask("When is my deadline?", known)) == (1,)
