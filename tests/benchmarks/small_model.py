"""What the model inside the app makes of memories: ``uv run --extra local python -m
tests.benchmarks.small_model``.

Ten things are told and ten questions asked, each by a person of its own: once by one who told that
one thing, once by one who told all ten. An answer counts when it holds the word that answers;
whether what stands around it is right is for the reader of what is printed to judge. No run is like
another.
"""

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from memory import PERSONALIZATION, Memory, Server, Settings
from memory.errors import AnswerCutOff
from tests.benchmarks.telling import result, skip


@dataclass(frozen=True, slots=True)
class Asked:
    told: str
    question: str
    word: str
    """What a right answer cannot do without."""


ASKED = (
    Asked("I live in Berlin.", "In which city do I live?", "Berlin"),
    Asked("My sister Anna plays the cello.", "Which instrument does Anna play?", "cello"),
    Asked(
        "We use PostgreSQL for the shop.", "Which database do we use for the shop?", "PostgreSQL"
    ),
    Asked("My dog is called Miso.", "What is my dog called?", "Miso"),
    Asked("I prefer tea to coffee.", "What do I prefer to coffee?", "tea"),
    Asked("I work at Acme as a nurse.", "Where do I work?", "Acme"),
    Asked("We deploy on Fridays only.", "On which day do we deploy?", "Friday"),
    Asked("My bike is green.", "Which colour is my bike?", "green"),
    Asked("I was born in 1990.", "In which year was I born?", "1990"),
    Asked("I am learning Portuguese.", "Which language am I learning?", "Portuguese"),
)


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Memory.open(Settings(database=Path(folder) / "small.db")) as memory,
    ):
        every = [each.told for each in ASKED]
        alone = sum(_is_answered(memory, asked, [asked.told]) for asked in ASKED)
        among = sum(_is_answered(memory, asked, every) for asked in ASKED)
    result(
        f"the word is in {alone} of {len(ASKED)} answers with that memory alone, "
        f"and in {among} with all {len(ASKED)}"
    )


def _is_answered(memory: Memory, asked: Asked, told: list[str]) -> bool:
    person = f"{asked.word} of {len(told)}"
    memory.grant(person, PERSONALIZATION)
    for text in told:
        memory.remember(person, text)
    memory.choose_model(person, _own(memory))
    reply = memory.respond(person, asked.question)
    with suppress(AnswerCutOff):  # it rambled: what it said until then is what it said
        reply.read()
    answered = asked.word.lower() in reply.text.lower()
    print(f"{'yes' if answered else 'no ':3} {len(told):2}  {asked.question} — {reply.text!r}")
    return answered


def _own(memory: Memory):
    offers = [offer.choice for offer in memory.find_models() if offer.choice.server is Server.OWN]
    if not offers:
        skip("the extra “local” is not installed: uv run --extra local …")
    return offers[0]


if __name__ == "__main__":
    main()
