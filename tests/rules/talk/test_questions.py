"""What a turn wants."""

import time

import pytest

from memory.rules.talk.questions import Turn, is_question, is_small_talk, read_turn


@pytest.mark.parametrize(
    ("sentence", "turn"),
    [
        ("Hi", Turn.GREETING),
        ("Good morning, Recollect.", Turn.GREETING),
        ("thank you so much", Turn.THANKS),
        ("See you tomorrow", Turn.GOODBYE),
        ("How are you?", Turn.HOW_ARE_YOU),
        ("What's up?", Turn.HOW_ARE_YOU),
        ("Yes, great.", Turn.ASSENT),
        ("never mind", Turn.ASSENT),
        ("What do you know about me?", Turn.ABOUT_ME),
        ("what do you remember?", Turn.ABOUT_ME),
        ("Tell me everything you know about me", Turn.ABOUT_ME),
        ("What have I told you so far?", Turn.ABOUT_ME),
        ("What do you know about my cat?", Turn.QUESTION),
        ("What did I say about caching?", Turn.QUESTION),
        ("Show me what I said about Redis", Turn.QUESTION),
        ("Do I like coffee", Turn.QUESTION),
        ("Is my deadline on Friday?", Turn.QUESTION),
        ("Remind me what I said about mum", Turn.QUESTION),
        ("What is the capital of France?", Turn.QUESTION),
        ("Write me a quicksort", Turn.REQUEST),
        ("Can you translate hello to French?", Turn.REQUEST),
        ("explain monads", Turn.REQUEST),
        ("fix this code", Turn.REQUEST),
        ("Could you help me with my tax return?", Turn.REQUEST),
        ("Tell me a joke", Turn.REQUEST),
        ("Forget that", Turn.FORGET),
        ("Please forget my name", Turn.FORGET),
        ("Delete everything you know about me", Turn.FORGET),
        ("Remember that I use Vim", Turn.REMEMBER),
        ("Don't forget that I'm vegan", Turn.REMEMBER),
        ("Can you remember that I use Vim?", Turn.REMEMBER),
        ("I prefer concise examples", Turn.STATEMENT),
        ("Call me Maya", Turn.STATEMENT),
        ("Always answer in British English", Turn.STATEMENT),
        ("When I code I listen to jazz", Turn.STATEMENT),
        ("What I like is tea", Turn.STATEMENT),
        ("Build fails on CI since Monday", Turn.STATEMENT),
        ("Search engines annoy me", Turn.STATEMENT),
        ("I forgot my keys", Turn.STATEMENT),
        ("I have a question", Turn.STATEMENT),
        ("Yoga helps me", Turn.STATEMENT),
    ],
)
def test_a_sentence_has_one_kind(sentence: str, turn: Turn) -> None:
    """With or without a question mark, and whatever word it begins with."""
    assert [part.turn for part in read_turn([sentence])] == [turn]


@pytest.mark.parametrize(
    ("sentence", "field"),
    [
        ("What is my name?", "name"),
        ("Who am I?", "name"),
        ("Do you remember what my name is?", "name"),
        ("Can you tell me my name?", "name"),
        ("What's my database?", "database"),
        ("Which database am I using again?", "database"),
        ("What DB do we use", "database"),
        ("Which editor did I say I like?", "editor"),
        ("What OS do I use?", "operating system"),
        ("Where do I live?", "location"),
        ("Do you know where I live?", "location"),
        ("Where do I work?", "employer"),
        ("What do I do for a living?", "role"),
        ("What's my job?", "role"),
        ("How old am I?", "age"),
        ("What is my cat's name?", "cat's name"),
        ("What is my favourite colour?", "favourite colour"),
    ],
)
def test_a_question_for_one_thing_names_its_field(sentence: str, field: str) -> None:
    """However it is asked, and whichever of its names the field is given."""
    (part,) = read_turn([sentence])

    assert (part.turn, part.about) == (Turn.PROFILE, field)


@pytest.mark.parametrize(
    ("sentence", "topic"),
    [
        ("What are you?", "identity"),
        ("Are you ChatGPT?", "identity"),
        ("which model are you", "identity"),
        ("can you remember things?", "memory"),
        ("How does this work?", "memory"),
        ("Where is my data stored?", "privacy"),
        ("Do you send my data anywhere?", "privacy"),
        ("What can you do?", "abilities"),
        ("help", "abilities"),
    ],
)
def test_a_question_about_recollect_has_a_topic(sentence: str, topic: str) -> None:
    """It is answered from what is true of the program, not from memory."""
    (part,) = read_turn([sentence])

    assert (part.turn, part.about) == (Turn.ABOUT_RECOLLECT, topic)


@pytest.mark.parametrize(
    ("sentences", "turns"),
    [
        (["Hi, how are you?"], [Turn.GREETING, Turn.HOW_ARE_YOU]),
        (["Hi, I'm Maya."], [Turn.GREETING, Turn.STATEMENT]),
        (["I use Redis, which database do I use?"], [Turn.STATEMENT, Turn.PROFILE]),
        (["Thanks!", "What is my name?"], [Turn.THANKS, Turn.PROFILE]),
        (["I'm Maya.", "Write me a poem."], [Turn.STATEMENT, Turn.REQUEST]),
        ([], []),
    ],
)
def test_a_mixed_turn_is_read_in_parts(sentences: list[str], turns: list[Turn]) -> None:
    """Each sentence, and small talk or a statement before a question in the same sentence."""
    assert [part.turn for part in read_turn(sentences)] == turns


def test_a_command_to_remember_is_read_without_its_opening() -> None:
    """What is to be remembered can then be said back; a reminder is an instruction."""
    remembered, reminder = read_turn(["Remember that I use Vim", "Remind me to call mum"])

    assert (remembered.text, remembered.about) == ("I use Vim", "")
    assert (reminder.text, reminder.about) == ("Remind me to call mum", "reminder")


def test_a_favour_is_no_question_of_what_is_to_be_remembered() -> None:
    """It is said back as it was told."""
    (asked,) = read_turn(["Can you remember that I prefer trains?"])

    assert (asked.turn, asked.text) == (Turn.REMEMBER, "I prefer trains")


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("Here is what you should know about me: I am a nurse.", False),
        ("What you need to know about me:", False),
        ("What do you know about me?", True),
        ("Here is a question: what do you know about me?", True),
    ],
)
def test_what_leads_to_a_telling_asks_nothing(sentence: str, asks: bool) -> None:
    """Though it names what is known about the person."""
    assert (Turn.ABOUT_ME in {part.turn for part in read_turn([sentence])}) is asks


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("Which database do I use", True),
        ("I use Redis, which database do I use?", True),
        ("Write me a quicksort", True),
        ("Forget that", True),
        ("When I code I listen to jazz", False),
        ("Please remember that I use Vim", False),
        ("Hi", False),
    ],
)
def test_asking_is_told_apart_from_stating(sentence: str, asks: bool) -> None:
    """A sentence that asks in part is not counted as a statement."""
    assert is_question(sentence) is asks


@pytest.mark.parametrize(
    ("sentences", "small"),
    [
        (["Hi!", "How are you?"], True),
        (["You're welcome."], True),
        (["Thanks!", "I use Vim."], False),
        ([], False),
    ],
)
def test_small_talk_is_a_turn_of_nothing_else(sentences: list[str], small: bool) -> None:
    """One statement makes it more."""
    assert is_small_talk(sentences) is small


@pytest.mark.parametrize(
    "hostile",
    ["what " * 6_000, "so, " * 8_000, "a, what " * 4_000, "ok " * 10_000, "please " * 5_000],
    ids=lambda text: text[:8],
)
def test_long_strange_sentences_take_no_time(hostile: str) -> None:
    """No pattern goes back over the text again and again."""
    started = time.perf_counter()

    read_turn([hostile])

    assert time.perf_counter() - started < 1
