"""English is told from other languages, since only its grammar is read."""

import pytest

from memory.records import Role
from memory.rules.importance import importance
from memory.rules.languages import is_foreign


@pytest.mark.parametrize(
    "text",
    [
        "Ich wohne in Berlin und arbeite bei der Bahn.",
        "Je suis infirmière et je travaille à Lyon.",
        "Vivo en Madrid con mi hermana.",
        "Ik woon met mijn zus in een huis in Utrecht.",
        "Я живу в Москве уже десять лет.",
        "私は東京に住んでいます。",
        "أعيش في القاهرة منذ عشر سنوات",
    ],
)
def test_prose_of_other_languages_is_known(text: str) -> None:
    """In any script; and it is kept, since no cue of English could say that it matters."""
    assert is_foreign(text)
    assert importance(text, Role.USER, [text]).score > 0.7


@pytest.mark.parametrize(
    "text",
    [
        "I live in Berlin.",
        "We use Postgres.",
        "Die Hard is my favourite film.",
        "I met Émile and Özge at the café.",
        "for (int i = 0; i < n; i++) { des.push(i); }",
        "ok",
        "Berlin",
        "Maya Chen, Tom Okafor, Lena Haas",
        "",
        "12345 67890",
    ],
)
def test_english_code_and_names_are_not(text: str) -> None:
    """Nor what is too short to tell."""
    assert not is_foreign(text)


@pytest.mark.parametrize("text", ["Wo ist der Bahnhof und wann kommt das Taxi?", "ok danke"])
def test_what_is_asked_in_another_language_is_not_kept(text: str) -> None:
    """No more than in English."""
    assert importance(text, Role.USER, [text]).score <= 0.7


def test_an_assistant_s_words_are_not_kept_for_their_language() -> None:
    """Whatever it answers in."""
    text = "Ich kann dir dabei nicht helfen, und das ist die Antwort."
    assert importance(text, Role.ASSISTANT, [text]).score <= 0.7
