"""What of names and identifiers reaches a model elsewhere, and what of them comes back: ``uv run
--group test python -m tests.benchmarks.sending [--show]``.

A made-up person tells of people and then asks, in the ways that people ask: by full name, first or
last name, in lower case, with a possessive; and of people and numbers that Recollect sees for the
first time in the question. The model stands in for one elsewhere, keeps what it got, and answers
with every placeholder in it, written as models write them, cut into pieces of three characters.

``left``: planted values of which any word stood in what the model got. ``back``: of those that were
masked, how many stood in the answer as it was shown. ``--show`` prints what left.
"""

import itertools
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from memory import REMOTE_MODEL, Memory, Settings
from memory.records import PERSONALIZATION, ChatMessage
from tests.benchmarks.telling import result, smaller
from tests.fakes import FakeModel

ME = "me"
NAMES = """
    Bronislawa Kowalczyk; Wei Zhang; Aoife Byrne; Oluwaseun Adeyemi; Priya Nair; Jonas Lindqvist;
    Fatima Haddad; Mateo Fernández; Yuki Tanaka; Thandiwe Dlamini; Gürkan Yılmaz; Siobhan Murphy;
    Rashid Karimov; Ingeborg Hauser; Thu Nguyen; Kwame Boateng; Ksenia Orlova; Luca Bianchi;
    Anaïs Moreau; Dov Rosenthal; Ming Chen; Parisa Rahimi; Tomasz Wójcik; Hemi Ngata; Nadia Petrova;
    Sanjay Gupta; Elif Demir; Marit Solberg; Joao Pereira; Zsofia Nagy; Akira Mori; Emeka Obi;
    Lena Vogt; Carlos Ibarra; Hana Novak; Omar Farouk; Grace Kim; Will Hope; Mark Page; Rose Field
"""
TOLD = (
    "My colleague {} likes green tea.",
    "I met {} at the swimming pool on Monday.",
    "{} is my neighbour and plays the cello.",
    "I lent my bicycle to {}.",
)
ASKED_KNOWN = {
    "known, full name": "What could I cook for {full} this weekend?",
    "known, first name": "I want to thank {first}, how would you put it?",
    "known, last name": "Should I invite {last} to the concert, too?",
    "known, lower case": "how do i tell {lower} that i need my bicycle back?",
    "known, possessive": "What fits {first}'s taste in music?",
}
ASKED_NEW = {
    "new, full name": "I had lunch with {full} today, what could we do next time?",
    "new, first name": "My cousin {first} is moving, how do I help with the boxes?",
    "new, in a list": "Plan a dinner for me, {first} and {other}.",
}
IDENTIFIERS = {
    "e-mail": ("{first}.{last}@post.example", "Draft a mail to {} about the garden party."),
    "phone": ("+49 151 2345{:04d}", "Remind me how to save {} in my phone."),
    "card": ("4111 1111 1111 1111", "Is {} a valid card number?"),
    "IBAN": ("DE89 3704 0044 0532 0130 00", "What bank does {} belong to?"),
    "street": ("{} Maple Street", "I move to {} in May, what must I plan?"),
    "IP address": ("203.0.113.{}", "The server at {} is slow, what do I check?"),
    "SSN": ("536-22-{:04d}", "The form wants my SSN {}, is that usual?"),
}
REWRITTEN = (
    str,
    str.lower,
    lambda placeholder: placeholder.replace("_", "\\_"),
    lambda placeholder: f"{placeholder[:-1]}’s]",
    lambda placeholder: placeholder.strip("[]"),
)
PIECE = 3
EVERY = smaller(1, 8)
"""So many-th question is asked."""
PLACEHOLDER = re.compile(r"\[[A-Z_]+_\d+\]")


class Elsewhere(FakeModel):
    """Repeats the placeholders of the question, each written in another way."""

    def __init__(self) -> None:
        super().__init__(is_local=False)
        self._ways = itertools.cycle(REWRITTEN)

    def stream(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        self.received.append(list(messages))
        found = PLACEHOLDER.findall(messages[-1]["content"])
        said = "Of " + ", ".join(next(self._ways)(each) for each in found) + ": yes."
        for place in range(0, len(said), PIECE):
            yield said[place : place + PIECE]


def turns() -> Iterator[tuple[str, str, str]]:
    """The kind of a planted value, the value, and the question that holds it."""
    names = [name.strip() for name in " ".join(NAMES.split()).split(";")]
    known, new = names[::2], names[1::2]
    for name in known:
        for kind, template in ASKED_KNOWN.items():
            yield kind, *_named(name, template)
    for name, other in zip(new, [*new[1:], new[0]], strict=True):
        for kind, template in ASKED_NEW.items():
            yield kind, *_named(name, template, other)
    for number, name in enumerate(names):
        first, last = name.lower().split(maxsplit=1)
        for kind, (shape, template) in IDENTIFIERS.items():
            value = shape.format(number + 1, first=first, last=last)
            yield kind, value, template.format(value)


def _named(name: str, template: str, other: str = "") -> tuple[str, str]:
    """The names in it, and the question."""
    first, last = name.split(maxsplit=1)
    forms = {"full": name, "first": first, "last": last, "lower": first.lower()}
    forms["other"] = other.partition(" ")[0]
    value = " ".join(forms[form] for form in re.findall(r"{(\w+)}", template))
    return value, template.format(**forms)


def known_names() -> list[str]:
    return [name.strip() for name in " ".join(NAMES.split()).split(";")][::2]


def stands_in(value: str, text: str) -> bool:
    """Any word of it that tells anything."""
    words = [word for word in re.split(r"[\s.@-]+", value) if len(word) > 2 and word != "post"]
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.I) for word in words)


def main() -> None:
    asked: Counter[str] = Counter()
    left: Counter[str] = Counter()
    back: Counter[str] = Counter()
    with (
        tempfile.TemporaryDirectory() as folder,
        Memory.open(Settings(database=Path(folder) / "sending.db")) as memory,
    ):
        for purpose in (PERSONALIZATION, REMOTE_MODEL):
            memory.grant(ME, purpose)
        for name, template in zip(known_names(), itertools.cycle(TOLD), strict=False):
            memory.observe(ME, "user", template.format(name))
        for number, (kind, value, question) in enumerate(itertools.islice(turns(), 0, None, EVERY)):
            model = Elsewhere()
            reply = memory.respond(ME, question, model=model, conversation_id=f"c{number}")
            reply.read()
            if not model.received:
                raise SystemExit(f"answered without the model: {question}")
            asked[kind] += 1
            if stands_in(value, json.dumps(model.received[-1], ensure_ascii=False)):
                left[kind] += 1
                if "--show" in sys.argv:
                    print(f"left: {question}  ->  {model.received[-1][-1]['content']}")
            came = all(word in reply.text.lower() for word in value.lower().split())
            back[kind] += came
            if not came and "--show" in sys.argv:
                print(f"lost: {question}  ->  {reply.text}")
    print(f"{'kind':20} {'asked':>6} {'left':>6} {'back':>6}")
    for kind, count in asked.items():
        print(f"{kind:20} {count:6} {left[kind]:6} {back[kind]:6}")
    print(f"{'all':20} {asked.total():6} {left.total():6} {back.total():6}")
    result(f"of {asked.total()} planted {left.total()} reached the model, {back.total()} came back")


if __name__ == "__main__":
    main()
