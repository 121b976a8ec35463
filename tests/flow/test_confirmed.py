"""An assistant's fix is a guess until the person says that it worked; then it is a solution."""

import pytest

from memory.engine import Memory
from memory.records import Kind, MemoryItem, Status
from tests.fakes import FixedClock

PROBLEM = "I get a timeout error when the API connects to the database."
ANSWER = "That means the pool is empty. Increase the pool size to 20. Then restart the server."
FIX = "Increase the pool size to 20. Then restart the server."


def solutions(memory: Memory) -> list[MemoryItem]:
    return [item for item in memory.items("me") if item.kind is Kind.SOLUTION]


def talk(memory: Memory, clock: FixedClock, *turns: tuple[str, str]) -> None:
    for role, text in turns:
        memory.observe("me", role, text, conversation_id="work")
        clock.advance(minutes=1)


def test_a_confirmed_fix_becomes_a_solution(memory: Memory, clock: FixedClock) -> None:
    """In the assistant's words, marked as such, with the problem it solved."""
    talk(memory, clock, ("user", PROBLEM), ("assistant", ANSWER), ("user", "That worked, thanks!"))

    (solution,) = solutions(memory)
    assert (solution.text, solution.speaker) == (FIX, "assistant")
    assert solution.statement is not None
    assert (solution.statement.problem, solution.statement.worked) == (PROBLEM, True)
    assert "confirmed by you" in solution.importance_terms
    assert FIX in [result.item.text for result in memory.recall("me", "pool size", touch=False)]


def test_the_problem_is_what_was_told_last_to_be_wrong(memory: Memory, clock: FixedClock) -> None:
    """Not that the first proposal did not help."""
    talk(
        memory,
        clock,
        ("user", "Nginx gives me a timeout error for uploads."),
        ("assistant", "Restart php-fpm."),
        ("user", "That didn't work."),
        ("assistant", "Then increase proxy_read_timeout."),
        ("user", "How do I do that?"),
        ("assistant", "Set proxy_read_timeout to 300s in nginx.conf."),
        ("user", "Great, that did the trick."),
    )

    (solution,) = solutions(memory)
    assert solution.text == "Set proxy_read_timeout to 300s in nginx.conf."
    assert solution.statement is not None
    assert solution.statement.problem == "Nginx gives me a timeout error for uploads."


@pytest.mark.parametrize(
    "turns",
    [
        [("user", PROBLEM), ("assistant", ANSWER)],
        [("user", PROBLEM), ("assistant", ANSWER), ("user", "I hope that works.")],
        [
            ("user", PROBLEM),
            ("assistant", "I don't know."),
            ("user", "Tell me a joke"),
            ("assistant", ANSWER),
            ("user", "That worked!"),
        ],
        [("user", PROBLEM), ("assistant", ANSWER), ("user", "That didn't work.")],
        [("user", PROBLEM), ("user", "That worked!")],
        [("user", "Tell me a joke"), ("assistant", ANSWER), ("user", "That worked!")],
        [("user", PROBLEM), ("assistant", "I don't know."), ("user", "That worked!")],
    ],
    ids=[
        "not confirmed",
        "hoped",
        "another matter",
        "denied",
        "no answer",
        "no problem",
        "no proposal",
    ],
)
def test_nothing_else_of_an_answer_is_learnt(
    memory: Memory, clock: FixedClock, turns: list[tuple[str, str]]
) -> None:
    """Whatever an assistant says, only the person makes it known."""
    talk(memory, clock, *turns)

    assert solutions(memory) == []


def test_a_fix_is_confirmed_once(memory: Memory, clock: FixedClock) -> None:
    """To say it twice makes no second memory."""
    worked = ("user", "That worked!")
    talk(memory, clock, ("user", PROBLEM), ("assistant", ANSWER), worked, worked)

    assert len(solutions(memory)) == 1


def problem_of(memory: Memory) -> MemoryItem:
    return next(item for item in memory.items("me") if item.text == PROBLEM)


@pytest.fixture
def confirmed(memory: Memory, clock: FixedClock) -> Memory:
    """A problem, a proposal and the word that it worked."""
    talk(memory, clock, ("user", PROBLEM), ("assistant", ANSWER), ("user", "That worked!"))
    return memory


def test_a_solution_is_erased_with_the_problem_that_it_tells(confirmed: Memory) -> None:
    """It holds the person's words for it."""
    receipt = confirmed.erase("me", memory=problem_of(confirmed).id)

    assert receipt.verified
    assert solutions(confirmed) == []


def test_a_solution_is_erased_with_a_name_that_only_its_problem_tells(
    listening: Memory, clock: FixedClock
) -> None:
    """The words of the fix do not say it."""
    problem = ("user", "I get a timeout error when Django connects to the database.")
    talk(listening, clock, problem, ("assistant", ANSWER), ("user", "That worked!"))
    assert len(solutions(listening)) == 1
    (django,) = (each for each in listening.entities("me") if each.name == "Django")

    receipt = listening.erase("me", entity=django.id)

    assert receipt.verified
    assert solutions(listening) == []


def test_a_solution_is_forgotten_and_put_back_with_its_problem(
    confirmed: Memory, clock: FixedClock
) -> None:
    """And erased with it when undo ends."""
    problem = problem_of(confirmed).id
    confirmed.forget(problem)
    assert solutions(confirmed)[0].status is Status.FORGOTTEN
    confirmed.restore(problem)
    assert solutions(confirmed)[0].status is Status.ACTIVE

    confirmed.forget(problem)
    clock.advance(minutes=11)

    assert confirmed.expire().verified
    assert solutions(confirmed) == []


def test_a_solution_goes_with_the_conversation_it_came_from(
    memory: Memory, clock: FixedClock
) -> None:
    """It is the answer's own text."""
    talk(memory, clock, ("user", PROBLEM), ("assistant", ANSWER), ("user", "That worked!"))

    receipt = memory.erase("me", conversation="work")

    assert receipt.verified
    assert [item for item in memory.items("me") if item.status is Status.ACTIVE] == []


@pytest.mark.parametrize(
    "question", ["How did I fix the CORS error?", "What solved the CORS problem?"]
)
def test_what_solved_it_is_the_answer(question: str, memory: Memory, clock: FixedClock) -> None:
    """Not the problem; and of another problem, nothing is."""
    problem = ("user", "I get a CORS error when I call the API from the browser.")
    fix = ("assistant", "Add the Access-Control-Allow-Origin header on the server.")
    talk(memory, clock, problem, fix, ("user", "That worked, thanks!"))

    said = memory.respond("me", question, conversation_id="later").read()
    other = memory.respond("me", "How did I fix the login error?", conversation_id="later").read()

    assert said.startswith("This is what solved it:")
    assert "Access-Control-Allow-Origin" in said
    assert "solved it" not in other


def test_the_way_that_was_told_is_the_answer(listening: Memory) -> None:
    """Whoever is asked about, and only for what it is the way to."""
    way = "To deploy, first run the tests, then build the image and finally restart the pods."
    listening.observe("me", "user", way)

    def ask(question: str) -> str:
        return listening.respond("me", question, conversation_id="later").read()

    assert ask("How do I deploy?").startswith("This is how, as you told me:")
    assert ask("How do we deploy?").startswith("This is how, as you told me:")
    assert "as you told me:" not in ask("How do I deploy to production?")
    assert "as you told me:" not in ask("How do I reverse a list?")
