"""How something is done or was put right, and what only sounds like a question for it."""

import pytest

from memory.rules.talk.ways import fix_asked, goal_asked, is_solved, is_way


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ("How did I fix the CORS error?", "the CORS error"),
        ("How did we finally get rid of the wasps?", "the wasps"),
        ("how was the login timeout solved", "the login timeout"),
        ("What solved the CORS problem?", "the CORS problem"),
        ("What worked against the wasps?", "the wasps"),
        ("What was the fix for the leak?", "the leak"),
        ("What is the CORS error?", ""),
        ("Who fixed the CORS error?", ""),
        ("What worked?", ""),
    ],
)
def test_a_problem_is_named_whose_solution_is_asked_for(question: str, problem: str) -> None:
    """Whatever the wording; not who solved it."""
    assert fix_asked(question) == problem


@pytest.mark.parametrize(
    ("question", "goal"),
    [
        ("How do I deploy?", "deploy"),
        ("So how should we make risotto?", "make risotto"),
        ("What are the steps to deploy?", "deploy"),
        ("What is our process for releasing?", "releasing"),
        ("How does Bob deploy?", ""),
        ("How are you?", ""),
        ("What do I deploy?", ""),
    ],
)
def test_a_goal_is_named_that_one_asks_the_way_to(question: str, goal: str) -> None:
    """Of the person or of anybody, but not of another."""
    assert goal_asked(question) == goal


@pytest.mark.parametrize(
    ("problem", "solution", "asked", "solved"),
    [
        ("I get a CORS error in the browser", "Add the header.", "the CORS problem", True),
        ("the CORS error", "adding a header", "the wifi error", False),
        ("the CORS error on staging", "adding a header", "the CORS error on production", False),
        ("the error", "adding a header", "the error", True),
        ("the wasps", "The error was mine", "the error", False),
        ("the CORS error", "adding a header", "it", False),
    ],
)
def test_a_solution_is_of_its_own_problem(
    problem: str, solution: str, asked: str, solved: bool
) -> None:
    """By all that sets the problem apart; an error may be called a problem."""
    assert is_solved(problem, solution, asked) is solved


@pytest.mark.parametrize(
    ("goal", "asked", "answers"),
    [
        ("deploy", "deploy", True),
        ("deploy the API to production", "deploy the API", True),
        ("deploy", "deploy to the pods", True),
        ("deploy", "deploy to production", False),
        ("deploy", "restart the pods", False),
        ("deploy", "make it", False),
        ("", "deploy", False),
    ],
)
def test_a_procedure_is_the_way_to_its_goal(goal: str, asked: str, answers: bool) -> None:
    """Not to its steps, and not to a goal that has more to it than was told."""
    told = f"To {goal}, first run the tests, then restart the pods."
    assert is_way(goal, told, asked) is answers
