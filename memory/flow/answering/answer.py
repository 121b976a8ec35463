"""The built-in answerer: what Recollect says when no model is connected.

It has no language model and never invents: it turns the person's own sentences back to them, with
the dated quote beside, and says plainly when nothing it was told answers the question. A turn is
read sentence by sentence, each gets its say, and the paragraphs are put together in that order.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar

from memory.flow.answering.acknowledge import acknowledge
from memory.flow.answering.evidence import Evidence, Reader
from memory.flow.answering.knowledge import Answer, Knowledge, Used
from memory.flow.answering.listing import described, everything, said_of
from memory.flow.answering.of_days import answers_then, of_days, told_days, within
from memory.flow.answering.of_kind import of_kind
from memory.flow.answering.quoting import from_memory
from memory.flow.answering.then import of_before, of_then
from memory.flow.answering.ways import way
from memory.protocols import Embedder, Language
from memory.records import MemoryItem, ProfileField
from memory.rules.document import hold_in_turn
from memory.rules.talk.about_recollect import ABOUT_RECOLLECT
from memory.rules.talk.commands import Wish, read_command
from memory.rules.talk.dates import on_day
from memory.rules.talk.limited import Asked, limited
from memory.rules.talk.markdown import inert
from memory.rules.talk.questions import Part, Turn, read_turn
from memory.rules.talk.wording import (
    HOW_TO_FORGET,
    NOTHING_ANSWERS,
    NOTHING_KEPT_ANSWERS,
    NOTHING_SAID,
    cannot,
    masked,
    profile_sentence,
    quote,
    untold,
)
from memory.rules.technologies import find_technologies


def answer(text: str, knowledge: Knowledge, *, embedder: Embedder, language: Language) -> Answer:
    """What to say to ``text``, from memory alone."""
    reader = Reader(knowledge, embedder, language)
    parts = read_turn(reader.sentences(text))
    return _joined(list(_Answerer(knowledge, reader).replies(parts)))


def _joined(answers: Sequence[Answer]) -> Answer:
    """One answer of all; of a memory that several used, the first reason."""
    paragraphs = dict.fromkeys(answer.text for answer in answers if answer.text)
    used: dict[int, Used] = {}
    for source in (source for answer in answers for source in answer.used):
        used.setdefault(source.memory_id, source)
    return Answer(
        "\n\n".join(paragraphs) or NOTHING_SAID,
        tuple(used.values()),
        listed=any(answer.listed for answer in answers),
    )


class _Answerer:
    """One turn's answer; holds what every part of it needs."""

    def __init__(self, knowledge: Knowledge, reader: Reader) -> None:
        self._known = knowledge
        self._reader = reader
        self._off_said = False

    def replies(self, parts: Sequence[Part]) -> Iterator[Answer]:
        """First what was told is acknowledged, then each question has its answer."""
        turns = {part.turn for part in parts}
        told = [part for part in parts if part.turn in (Turn.STATEMENT, Turn.REMEMBER)]
        asked = [part for part in parts if part.turn in self._ANSWERS]
        if told or not parts:
            yield self._acknowledgement(told)
        elif not asked or Turn.GREETING in turns:
            yield from self._small_talk(turns, alone=not asked)
        for part in asked:
            yield self._of_more(part) or self._ANSWERS[part.turn](self, part)
        seen = self._known.observation
        if seen and seen.message_id and not told and seen.redactions:
            yield Answer(masked(seen.redactions))

    def _of_more(self, part: Part) -> Answer | None:
        """Of another time, or all of a kind; what asks for it may be read as of a field, too."""
        if found := of_then(part.text, self._known):
            return found
        if part.turn not in (Turn.QUESTION, Turn.PROFILE):
            return None
        return of_before(part.text, self._known) or of_kind(part.text, self._known)

    def _acknowledgement(self, told: Sequence[Part]) -> Answer:
        seen = self._known.observation
        if seen is None or self._known.off:
            return Answer(self._off())
        return Answer(acknowledge(told, seen, self._known, self._reader))

    def _off(self) -> str:
        """The note that nothing is remembered now, once in an answer."""
        if self._off_said:
            return ""
        self._off_said = True
        return self._known.off

    # -- small talk -----------------------------------------------------------------------

    def _small_talk(self, turns: set[Turn], alone: bool) -> Iterator[Answer]:
        name = next(iter(self._known.fields("name")), None)
        called = f", {inert(name.value)}" if name else ""
        used = _states(name) if name else ()
        if Turn.HOW_ARE_YOU in turns:
            well = "I'm well, thank you. What should I remember for you?"
            yield Answer(f"Hello{called}. {well}", used)
        elif Turn.GREETING in turns:
            invitation = " Tell me something, or ask what I remember." if alone else ""
            yield Answer(f"Hello{called}.{invitation}", used)
        elif Turn.GOODBYE in turns:
            yield Answer(f"Goodbye{called}.", used)
        elif Turn.THANKS in turns:
            yield Answer("You're welcome.")
        elif Turn.ASSENT in turns:
            yield Answer("All right.")

    def _about_recollect(self, part: Part) -> Answer:
        if part.about == "memory" and self._known.off:
            return Answer(f"I can, but not now. {self._off()}".strip())
        return Answer(ABOUT_RECOLLECT[part.about])

    # -- the profile ----------------------------------------------------------------------

    def _profile_answer(self, part: Part) -> Answer:
        fields = self._known.fields(part.about)
        if not fields:
            # A name is never guessed from what merely sounds like an introduction.
            found = None
            if part.about != "name":
                found = from_memory(part.text, self._known, self._reader)
            return found or self._unknown(part.text, untold(part.text, part.about))
        lead = self._profile_lead(part, fields)
        item = self._known.memory(fields[0].source_memory_id)
        if item is not None:
            words = self._naming(item, [field.value for field in fields])
            text = f"{lead.text}\n\n{quote(item, words, self._known.now)}"
            return Answer(text, lead.used)
        return lead

    def _profile_lead(self, part: Part, fields: Sequence[ProfileField]) -> Answer:
        if part.about == "name" and "who" in part.text.lower():
            return self._who(fields[0])
        lead = profile_sentence(part.about, [field.value for field in fields])
        now = {field.value.lower() for field in fields}
        others = [f for f in self._known.every(part.about) if f.value.lower() not in now]
        if not others:
            return Answer(lead, _states(fields[0]))
        when = on_day(others[0].since, self._known.now)
        earlier = _states(others[0], "It states your {} of an earlier time.")
        named = "Before that you" if hold_in_turn(others[0], fields[0]) else "You also"
        text = f"{lead} {named} named {inert(others[0].value)}, {when}."
        return Answer(text, _states(fields[0]) + earlier)

    def _who(self, name: ProfileField) -> Answer:
        """What one would say of oneself."""
        more = ("role", "employer", "location")
        text = " ".join([f"You are {inert(name.value)}.", *described(more, self._known)])
        fields = [field for about in more for field in self._known.fields(about)]
        return Answer(text, tuple(source for f in (name, *fields) for source in _states(f)))

    def _naming(self, item: MemoryItem, values: Sequence[str]) -> Sequence[str]:
        """The memory's sentences that name one of the values; all of it when none does."""
        naming = [said for said in self._reader.statements(item) if _names_one(said, values)]
        return naming or [item.text]

    # -- questions ------------------------------------------------------------------------

    def _question(self, part: Part) -> Answer:
        asked = read_command([part.text])
        tells = asked is not None and asked.wish is Wish.TELL_ABOUT
        listed = said_of(asked.words, self._known) if asked and tells else None
        if listed is not None:
            return listed
        found = way(part.text, self._known) or self._of_days(part)
        return found or self._unknown(part.text, self._nothing_answers())

    def _of_days(self, part: Part) -> Answer | None:
        """What answers, within the days that the question is limited to, if it is."""
        today = self._known.now.date()
        asked = limited(part.text, self._known.times(part.text), today)
        if asked is None:
            return from_memory(part.text, self._known, self._reader)
        if asked.asked is not Asked.OTHER:
            listed = of_days(asked, self._known)
            return listed or from_memory(part.text, self._known, self._reader)

        def is_of_then(item: MemoryItem) -> bool:
            return within(told_days(item, self._known), asked)

        def may_be(item: MemoryItem) -> bool:
            return answers_then(item, asked, self._known)

        known, reader = self._known, self._reader
        found = from_memory(asked.rest, known, reader, is_of_then, dated=True)
        return found or from_memory(part.text, known, reader, may_be, dated=True)

    def _nothing_answers(self) -> str:
        return NOTHING_KEPT_ANSWERS if self._known.has_model else NOTHING_ANSWERS

    def _unknown(self, question: str, text: str) -> Answer:
        if self._known.off and not self._known.kept.all():
            text = f"{text} {self._off()}".strip()
        closest = self._reader.closest(question)
        if closest is None:
            return Answer(text)
        text = f"{text} The closest thing you told me:"
        return self._quoting(text, closest, "It is the closest to what you asked for.")

    # -- work, and forgetting -------------------------------------------------------------

    def _work(self, part: Part) -> Answer:
        text = cannot(part.text, has_model=self._known.has_model)
        wish = self._reader.wish(part.text)
        if wish is None:
            return Answer(text)
        text = f"{text} What you told me that bears on it:"
        return self._quoting(text, wish, "It says how you want such work done.")

    def _forget(self, part: Part) -> Answer:
        return Answer(HOW_TO_FORGET)

    def _about_me(self, part: Part) -> Answer:
        return everything(self._known, self._off())

    def _quoting(self, text: str, found: Evidence, reason: str) -> Answer:
        words = quote(found.item, [found.sentence], self._known.now)
        return Answer(f"{text}\n\n{words}", (Used(found.item.id, reason),))

    _ANSWERS: ClassVar[Mapping[Turn, Callable[["_Answerer", Part], Answer]]] = {
        Turn.ABOUT_RECOLLECT: _about_recollect,
        Turn.ABOUT_ME: _about_me,
        Turn.PROFILE: _profile_answer,
        Turn.QUESTION: _question,
        Turn.REQUEST: _work,
        Turn.FORGET: _forget,
    }


def _states(field: ProfileField, reason: str = "It states your {}.") -> tuple[Used, ...]:
    """The memory a field comes from; none when it was not said in any."""
    if field.source_memory_id is None:
        return ()
    return (Used(field.source_memory_id, reason.format(field.field.replace("_", " "))),)


def _names_one(sentence: str, values: Sequence[str]) -> bool:
    """Word for word, or by another name of the same technology (“Postgres”)."""
    named = {mention.name.lower() for mention in find_technologies(sentence)}
    return any(value.lower() in sentence.lower() or value.lower() in named for value in values)
