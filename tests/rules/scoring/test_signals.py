"""Every signal of a candidate, on scales that can be added up."""

import math
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.records import Days, TimeSpan
from memory.rules.scoring import HYBRID, Candidate, Question, signals, weighed
from memory.rules.scoring.signals import (
    IMAGINED,
    ORDINARY_COSINE,
    ORDINARY_WORDS,
    is_question,
)
from tests.rules.scoring.made import candidate

MARCH = TimeSpan("in March", 0, 8, date(2026, 3, 1), date(2026, 3, 31))


def signal(name: str, of: Candidate, question: Question | None = None, *others: Candidate) -> float:
    return signals(question or Question(), [of, *others])[0][name]


def score(of: Candidate, *others: Candidate, question: Question | None = None) -> float:
    return weighed(signals(question or Question(), [of, *others])[0], HYBRID)[0]


def standardised(values: list[float], usual: float, spread: float) -> list[float]:
    """Deviations from the mean of all, the imagined ones being as far from it as from their own."""
    count = len(values) + IMAGINED
    mean = (sum(values) + IMAGINED * usual) / count
    squares = [(value - mean) ** 2 for value in values] + [spread**2] * IMAGINED
    return [(value - mean) / math.sqrt(sum(squares) / count) for value in values]


def test_of_nothing_there_are_no_signals() -> None:
    """Not an error."""
    assert signals(Question(), []) == []


def test_every_signal_has_a_weight() -> None:
    """And every weight a signal: a name in one table alone would never count."""
    assert signals(Question(), [candidate()])[0].keys() == HYBRID.keys()


# -- on one scale ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "field", "ordinary"),
    [
        ("similarity", "similarity", ORDINARY_COSINE),
        ("similarity in context", "in_context", ORDINARY_COSINE),
        ("full text", "full_text", ORDINARY_WORDS),
    ],
)
def test_what_differs_in_height_is_told_in_standard_deviations(
    name: str, field: str, ordinary: tuple[float, float]
) -> None:
    """Of the candidates and the imagined ones among them."""
    values = [1.0, 0.4, 0.0]
    found = signals(Question(), [candidate(n, **{field: value}) for n, value in enumerate(values)])

    assert [each[name] for each in found] == pytest.approx(standardised(values, *ordinary))


def test_words_are_measured_against_the_best_of_the_question() -> None:
    """BM25 is higher where words are rare: that says nothing about which memory fits."""
    some = [candidate(1, full_text=3.0), candidate(2, full_text=1.5)]
    many = [candidate(1, full_text=9.0), candidate(2, full_text=4.5)]

    for one, other in zip(signals(Question(), some), signals(Question(), many), strict=True):
        assert one["full text"] == pytest.approx(other["full text"])


def test_a_handful_does_not_set_the_scale() -> None:
    """Of two that are hardly near, the nearer one is not as good as an answer among hundreds."""
    near = candidate(1, similarity=0.14)

    assert signal("similarity", near, None, candidate(2, similarity=0.10)) < 0.5
    assert signal("similarity", candidate(1, similarity=0.14)) < 0.5


def test_nobody_s_words_are_below_the_ordinary() -> None:
    """Where nothing is shared, nothing is gained, and nothing is divided by zero."""
    assert signal("full text", candidate()) == pytest.approx(standardised([0], *ORDINARY_WORDS)[0])


def test_a_conversation_counts_by_its_three_best() -> None:
    """What is asked is rarely said in one turn alone; a long chat is no better for being long."""
    talk = [candidate(n, conversation_id="talk", full_text=n) for n in range(5)]
    alone = candidate(9, full_text=4)

    *of_talk, of_alone = signals(Question(), [*talk, alone])

    each = [found["full text"] + found["similarity"] for found in of_talk]
    assert [found["same conversation"] for found in of_talk] == pytest.approx(
        [sum(each[2:]) / 3] * 5
    )
    assert of_alone["same conversation"] == of_alone["full text"] + of_alone["similarity"]


@pytest.mark.parametrize(
    ("answers", "best", "share"), [(0, 3.0, 0), (1.5, 3.0, 0.5), (4.0, 2.0, 1), (0, 0, 0)]
)
def test_an_answer_counts_by_how_well_its_question_fits(
    answers: float, best: float, share: float
) -> None:
    """Against the best words there are, its own question included."""
    found = signal("answers a question", candidate(answers=answers, full_text=best))

    assert found == pytest.approx(share)


# -- of the text ----------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "length"), [(0, 0), (1, 1), (60, 60), (61, 60), (900, 60)])
def test_longer_texts_tell_more_up_to_sixty_words(words: int, length: int) -> None:
    """By the logarithm."""
    text = "tea " * words

    assert signal("length", candidate(text=text)) == pytest.approx(math.log1p(length))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Tea is green.", 0),
        ("I like tea.", 1),
        ("My tea, and our pot", 2),
        ("I think I like my tea as I've always done", 3),
        ("Mine is an island", 0),
    ],
)
def test_who_speaks_of_themselves_is_heard(text: str, count: int) -> None:
    """Three times at most."""
    assert signal("first person", candidate(text=text)) == count


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Do you like tea?", True),
        ("Do you like tea? ", True),
        ("Do you like tea? [shares a photo: a cup]", True),
        ("Tea? I love it.", False),
        ("I love it [a question?]", False),
        ("What [do you like]?", True),
        ("[a note]", False),
        ("Is it? ]", False),
        ("", False),
        ("[" * 4000, False),
        ("?" + " " * 4000 + "]", False),
    ],
)
def test_a_turn_that_ends_by_asking_is_a_question(text: str, asks: bool) -> None:
    """What is noted behind it in brackets does not count."""
    assert is_question(text) is asks
    assert signal("is a question", candidate(text=text)) == float(asks)


@pytest.mark.parametrize(
    ("text", "asked", "value"),
    [
        ("We moved in May.", "When did you move?", 1),
        ("We moved to Crete.", "When did you move?", 0),
        ("We moved in May.", "Why did you move?", 0),
    ],
)
def test_who_asks_for_a_time_is_told_one(text: str, asked: str, value: float) -> None:
    """Only then does a time in the text count."""
    assert signal("tells a time", candidate(text=text), Question.read(asked)) == value


# -- of circumstances -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "speaker", "value"),
    [("Ann", "Ann", 1), ("Ann", "ann", 1), ("Ann", "Bo", 0), ("Ann", None, 0), (None, None, 0)],
)
def test_the_turns_of_who_is_asked_for_count(
    asked: str | None, speaker: str | None, value: float
) -> None:
    """What nobody in particular said is nobody's."""
    assert signal("speaker", candidate(speaker=speaker), Question(speaker=asked)) == value


@pytest.mark.parametrize(
    ("days", "value"),
    [
        ([date(2026, 3, 2)], 1),
        ([date(2024, 3, 2)], 0),
        # the day it happened counts as the day it was said does
        ([date(2024, 3, 2), date(2026, 3, 9)], 1),
    ],
)
def test_the_nearest_of_its_days_counts(days: list[date], value: float) -> None:
    """When it was said, and when it happened."""
    said = candidate(days=tuple(Days(day, day) for day in days))

    assert signal("date", said, Question(days=(MARCH,))) == value
    assert signal("date", said) == 0


@pytest.mark.parametrize(
    ("asked", "mentioned", "share"),
    [({"bob", "redis"}, {"bob"}, 0.5), ({"bob"}, {"bob", "redis"}, 1), (set(), {"bob"}, 0)],
)
def test_names_count_by_the_share_that_is_mentioned(
    asked: set[str], mentioned: set[str], share: float
) -> None:
    """Of those that the question names."""
    named = candidate(names=frozenset(mentioned))

    assert signal("names", named, Question(names=frozenset(asked))) == share


def test_strength_and_what_was_said_anew_count_as_they_are() -> None:
    """0 to 1, and yes or no."""
    found = signals(Question(), [candidate(strength=0.3, superseded=True), candidate(2)])

    assert [(each["strength"], each["superseded"]) for each in found] == [(0.3, 1), (0, 0)]


# -- as a whole -----------------------------------------------------------------------------

BETTER = [
    {"similarity": 0.6},
    {"in_context": 0.6},
    {"full_text": 2.0},
    {"answers": 2.0},
    {"strength": 0.9},
    {"speaker": "Ann"},
    {"names": frozenset({"tea"})},
]


@given(
    st.sampled_from(BETTER),
    st.floats(-0.2, 0.6),
    st.floats(0, 2),
    st.lists(st.floats(0, 1), max_size=5),
)
def test_more_of_anything_that_counts_for_a_memory_never_ranks_it_lower(
    better: dict[str, Any], cosine: float, words: float, others: list[float]
) -> None:
    """Against the same others, though their scale moves with it."""
    plain = {"similarity": cosine, "in_context": cosine, "full_text": words}
    rest = [candidate(n, similarity=v, in_context=v, full_text=v) for n, v in enumerate(others, 2)]
    question = Question(speaker="Ann", names=frozenset({"tea"}))

    def lead(own: Candidate) -> list[float]:
        first, *behind = (weighed(each, HYBRID)[0] for each in signals(question, [own, *rest]))
        return [first - other for other in behind] or [first]

    before, after = lead(candidate(1, **plain)), lead(candidate(1, **plain | better))

    for was, now in zip(before, after, strict=True):
        assert now >= 0 or now >= was - 1e-9
