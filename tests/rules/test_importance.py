"""What deserves long-term memory: the article's five interactions, and everyday messages."""

import re

import pytest

from memory.records import EntityType, Kind, Mention, Role, Statement
from memory.rules.importance import BASE, WEIGHTS, importance, of_statement

THRESHOLD = 0.7
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
TECHNOLOGY = (Mention("PostgreSQL", EntityType.TECHNOLOGY),)


def score(text: str, role: Role = Role.USER, mentions: tuple[Mention, ...] = ()) -> float:
    return importance(text, role, SENTENCE_END.split(text), mentions).score


# -- the article's hybrid memory demo (section 4) -------------------------------------------


@pytest.mark.parametrize(
    ("text", "role", "mentions", "terms", "total"),
    [
        (
            "I'm getting a database timeout error in my Python app when connecting to PostgreSQL",
            Role.USER,
            TECHNOLOGY,
            {"base": 0.4, "problem": 0.3, "names and technologies": 0.1, "length": 0.05},
            0.85,
        ),
        (
            "Let's debug this step by step. First, check your connection settings.",
            Role.ASSISTANT,
            (),
            {"base": 0.4, "length": 0.05, "assistant's words": -0.4},
            0.05,
        ),
        (
            "I prefer concise code examples with detailed comments",
            Role.USER,
            (),
            {"base": 0.4, "preference": 0.4, "length": 0.05},
            0.85,
        ),
        (
            "I'll keep that in mind. Here's a concise example with comments.",
            Role.ASSISTANT,
            (),
            {"base": 0.4, "length": 0.05, "assistant's words": -0.4},
            0.05,
        ),
        ("What's the weather like?", Role.USER, (), {"base": 0.4, "question": -0.3}, 0.1),
    ],
)
def test_the_article_s_five_interactions(
    text: str, role: Role, mentions: tuple[Mention, ...], terms: dict[str, float], total: float
) -> None:
    """The timeout and the preference are kept. The article's script kept the weather, too."""
    found = importance(text, role, SENTENCE_END.split(text), mentions)

    assert found.terms == terms
    assert found.score == pytest.approx(total)


# -- everyday messages ----------------------------------------------------------------------

KEPT = [
    "I live in Berlin with my two cats",
    "My sister's birthday is on the 4th of May",
    "I am allergic to peanuts",
    "I work as a nurse in a children's hospital",
    "We use Kubernetes for all our deployments",
    "I prefer tabs over spaces",
    "I don't like long explanations",
    "My favourite editor is Helix",
    "I'd rather have the short version",
    "Always show me the SQL before you run it",
    "Never use emojis in your answers",
    "We decided to go with MongoDB for the prototype",
    "I've switched from Vim to Emacs last month",
    "Let's go with the blue design",
    "Our final decision is to postpone the launch",
    "Please remember that the demo is on Friday",
    "Don't forget: the door code changes every month",
    "For future reference, invoices go to the Hamburg office",
    "My laptop has a broken fan",
    "I was born in a small village near Porto",
    "I started learning Spanish in January",
    "My daughter is starting school this summer",
    "Call me Sam, everybody does",
    "I use PostgreSQL 14. Which index should I choose?",
]
NOT_KEPT = [
    "Hi",
    "Hello there!",
    "Thanks a lot!",
    "ok",
    "Great, thank you so much!",
    "Good morning, how are you?",
    "lol",
    "What time is it in Tokyo?",
    "How do I reverse a list in Python?",
    "Can you explain what a closure is?",
    "Write me a poem about autumn",
    "Show me a complete example",
    "Please summarise this article for me",
    "Do you like pizza?",
    "Which database do I use?",
    "What do I prefer, tabs or spaces?",
    "Is my favourite editor any good?",
    "Help me with my essay",
    "And why is that?",
    "The weather is nice today",
    "That makes sense",
    "Hmm, interesting",
    "One more thing",
    "Translate this to French: I love you",
]

SAID_BY_THE_ASSISTANT = [
    "I'd be happy to help! Please share the function.",
    "I prefer the second approach, because it is shorter.",
    "I'll remember that you live in Berlin.",
    "Ah! You have strings mixed with integers. Try converting them.",
    "The error is in line 3: the connection times out.",
    "I use the int() function here, which solves the problem.",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_is_worth_keeping_is_above_the_threshold(text: str) -> None:
    """Facts, preferences, decisions and what one asks to remember."""
    assert score(text) > THRESHOLD


@pytest.mark.parametrize("text", NOT_KEPT)
def test_small_talk_and_questions_are_not_above_the_threshold(text: str) -> None:
    """Asking about a preference states none."""
    assert score(text) <= THRESHOLD


@pytest.mark.parametrize("text", SAID_BY_THE_ASSISTANT)
def test_the_assistants_words_are_not_above_the_threshold(text: str) -> None:
    """Whatever it fixes or prefers: memory is of the person."""
    assert score(text, Role.ASSISTANT) <= THRESHOLD


@pytest.mark.parametrize("text", [*KEPT, *NOT_KEPT, "", "?", "a" * 5000])
def test_the_terms_explain_the_score(text: str) -> None:
    """They begin with the base and add up to it, before it is held between 0 and 1."""
    found = importance(text, Role.USER, SENTENCE_END.split(text), TECHNOLOGY)

    assert found.terms["base"] == BASE
    assert set(found.terms) <= {"base", *WEIGHTS}
    assert all(found.terms.values())
    assert found.score == pytest.approx(min(1.0, max(0.0, sum(found.terms.values()))))


@pytest.mark.parametrize(
    ("text", "score_now"),
    [
        ("Remember that I prefer tea", 1.0),  # 0.4 + 0.5 + 0.4 held at 1
        ("Thanks!", 0.0),  # 0.4 - 0.4 - 0.1 held at 0
        ("The sky", 0.3),  # 0.4 - 0.1
        ("The sky is blue", 0.4),
        ("The sky is blue because of how light scatters", 0.45),
    ],
)
def test_scores_are_exact(text: str, score_now: float) -> None:
    """Sums of a few round numbers, held between 0 and 1."""
    assert score(text) == pytest.approx(score_now)


def test_hostile_texts_take_no_time() -> None:
    """Every pattern is bounded: 32 KB of what is nearly a match is read at once."""
    for text in ("hi " * 10_000 + "x", "my " * 10_000, "I really " * 3_500, "?" * 30_000):
        assert 0 <= score(text) <= 1


def test_a_concept_is_no_name() -> None:
    """A bug by itself adds nothing; what has a name does."""
    bug = Mention("bug", EntityType.CONCEPT)
    text = "It is a bug."
    assert "names and technologies" not in importance(text, Role.USER, [text], [bug]).terms
    both = [bug, *TECHNOLOGY]
    assert "names and technologies" in importance(text, Role.USER, [text], both).terms


@pytest.mark.parametrize(
    ("text", "by_another", "kept"),
    [
        ("We walked all along the river to the old mill and back again yesterday.", True, True),
        ("We walked all along the river to the old mill and back again yesterday.", False, False),
        ("We walked along the river.", True, False),
        ("Did you walk all along the river to the old mill and back again yesterday?", True, False),
    ],
)
def test_what_another_speaker_tells_at_length_is_kept(
    text: str, by_another: bool, kept: bool
) -> None:
    """Their grammar is not read; of one's own words, what they state decides."""
    found = importance(text, Role.USER, [text], by_another=by_another)

    assert (found.score > 0.7) is kept
    assert ("told at length" in found.terms) is kept


def test_an_assistant_s_length_makes_nothing_important() -> None:
    """Models are never short of words."""
    text = "There are many ways to do this and each of them has its own advantages and drawbacks."

    assert "told at length" not in importance(text, Role.ASSISTANT, [text], by_another=True).terms


@pytest.mark.parametrize(
    ("text", "mentions", "terms"),
    [
        ("I like tea.", (), {"preference": 0.4}),
        ("I like tea, do you?", (), {"states something lasting": 0.35}),  # a cue, but asked
        ("Maya has a cat.", (), {"states something lasting": 0.35}),
        ("Call Bob.", (), {"states something lasting": 0.35}),
        (
            "The index lives in PostgreSQL.",
            TECHNOLOGY,
            {"states something lasting": 0.35, "names and technologies": 0.1},
        ),
        (
            "The wedding of my cousin is on the first of May.",
            (),
            {"personal fact": 0.4, "length": 0.05},
        ),
    ],
)
def test_of_a_statement_the_grammar_counts_where_no_cue_does(
    text: str, mentions: tuple[Mention, ...], terms: dict[str, float]
) -> None:
    """Being short is no fault in what is whole, nor is what is asked behind it."""
    found = of_statement(Statement(text, 0, Kind.FACT), mentions)
    shown = {name: value for name, value in found.terms.items() if name != "base"}

    assert shown == terms
    assert found.score == pytest.approx(min(1.0, BASE + sum(terms.values())))
    assert found.score > THRESHOLD
