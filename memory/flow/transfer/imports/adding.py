"""What of an archive is to be added, as it is to stand here: its memories, and its conversations
with their messages and summaries. What is here already, and what may not be kept, is counted.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from memory.flow.transfer.imports import matching, standing
from memory.flow.transfer.imports.deciding import Decided
from memory.flow.transfer.imports.expiry import expiry_of, is_over, sooner
from memory.flow.transfer.imports.guarding import Taken
from memory.flow.transfer.imports.here import Here
from memory.flow.transfer.imports.matching import Pairs
from memory.flow.transfer.imports.tally import Tally
from memory.records import SENSITIVE, DataClass, MessageState, Role, Status
from memory.records.archive import (
    Archive,
    ArchivedConversation,
    ArchivedMemory,
    ArchivedMessage,
    ArchivedSummary,
)
from memory.records.memories import Revision
from memory.records.transfer import Clash, LeftOutBecause
from memory.rules import policy
from memory.rules.injection import is_instruction_to_a_model

MOST_TIMES = 10**9
"""That a memory was used or said: from there it can be counted on, and exported again."""


# -- memories -------------------------------------------------------------------------------


def memories_of(
    taken: Taken, pairs: Pairs, decided: Decided, tally: Tally, now: datetime
) -> Iterator[ArchivedMemory]:
    """Those to be added, with what of them is decided here."""
    rules = decided.bounded_rules
    over = {each.id for each in taken.archive.memories if is_over(expiry_of(each, rules), now)}
    by_id = {each.id: each for each in taken.archive.memories}
    for each in taken.archive.memories:
        if each.id in pairs.memories:
            tally.already_here["memories"] += 1
            tally.conflicts += standing.differences(each, pairs.memories[each.id], pairs)
        elif each.purpose not in decided.in_force:
            tally.left_out[LeftOutBecause.NO_CONSENT] += 1
        elif _is_sensitive(each, taken) and SENSITIVE not in decided.in_force:
            tally.left_out[LeftOutBecause.SENSITIVE] += 1
        elif each.id in over or each.merged_into in over:
            tally.left_out[LeftOutBecause.OVER] += 1
        else:
            known = each.merged_into in by_id
            lone = each.status is Status.MERGED and not known
            yield replace(
                each,
                expires_at=expiry_of(each, rules),
                access_count=min(each.access_count, MOST_TIMES),
                times_said=min(each.times_said, MOST_TIMES),
                revisions=_revisions(each, taken, decided),
                status=Status.ACTIVE if lone else each.status,
                conversation_id=each.conversation_id and pairs.talks.get(each.conversation_id),
            )


def _revisions(memory: ArchivedMemory, taken: Taken, decided: Decided) -> tuple[Revision, ...]:
    """Without sensitive ones, where such things may not be kept."""
    if SENSITIVE in decided.in_force:
        return memory.revisions
    return tuple(e for e in memory.revisions if e.text not in taken.sensitive_texts)


def _is_sensitive(memory: ArchivedMemory, taken: Taken) -> bool:
    return memory.data_class is DataClass.SENSITIVE or memory.id in taken.sensitive


# -- conversations --------------------------------------------------------------------------


def messages_of(
    archive: Archive, pairs: Pairs, decided: Decided, tally: Tally
) -> dict[str, list[ArchivedMessage]]:
    """To be added, by the name of their conversation here."""
    found: dict[str, list[ArchivedMessage]] = {}
    for talk in archive.conversations:
        added = found.setdefault(pairs.talks[talk.id], [])
        for each in talk.messages:
            if each.id in pairs.messages:
                tally.already_here["messages"] += 1
                _note_erased(each, pairs.messages[each.id], tally)
            elif each.role is Role.SYSTEM:  # a model obeys it more than the person
                tally.left_out[LeftOutBecause.INSTRUCTION] += 1
            elif each.data_class is DataClass.SENSITIVE and SENSITIVE not in decided.in_force:
                tally.left_out[LeftOutBecause.SENSITIVE] += 1
            else:
                by_rules = policy.expires_at(
                    each.data_class, each.created_at, decided.bounded_rules
                )
                added.append(replace(each, expires_at=sooner(each.expires_at, by_rules)))
        tally.added["messages"] += len(added)
    return found


def _note_erased(there: ArchivedMessage, here: ArchivedMessage, tally: Tally) -> None:
    if here.state is MessageState.ERASED and there.state is not MessageState.ERASED:
        tally.clash(Clash.ERASED, "it stays erased", there.text)


def talks_of(
    taken: Taken, here: Here, pairs: Pairs, decided: Decided, tally: Tally
) -> Iterator[ArchivedConversation]:
    for talk in taken.archive.conversations:
        name = pairs.talks[talk.id]
        if name not in here.talks:
            tally.added["conversations"] += 1
            hidden = talk.title in taken.sensitive_texts and SENSITIVE not in decided.in_force
            yield replace(talk, id=name, title="" if hidden else talk.title, messages=())
            continue
        tally.already_here["conversations"] += 1
        about = here.talks[name].about
        if (about.title, about.remembers) != (talk.title, talk.remembers):
            tally.clash(Clash.CONVERSATION, _told_of_talk(about), _told_of_talk(talk))


def _told_of_talk(talk: ArchivedConversation) -> str:
    return f"“{talk.title or talk.id}”, memory {'on' if talk.remembers else 'off'}"


def summaries_of(
    archive: Archive, here: Here, pairs: Pairs, decided: Decided, tally: Tally
) -> Iterator[ArchivedSummary]:
    for each in archive.inferred.summaries:
        name = pairs.talks.get(each.conversation_id)
        if name is None:
            continue
        if (own := here.summaries.get(name)) is not None:
            same = matching.unnumbered(own.text) == matching.unnumbered(each.text)
            tally.already_here["summaries"] += same
            if not same:
                tally.clash(Clash.SUMMARY, own.text, each.text)
        elif is_instruction_to_a_model(each.text):
            tally.left_out[LeftOutBecause.INSTRUCTION] += 1
        elif each.data_class is DataClass.SENSITIVE and SENSITIVE not in decided.in_force:
            tally.left_out[LeftOutBecause.SENSITIVE] += 1
        else:
            tally.added["summaries"] += 1
            rules = decided.bounded_rules
            by_rules = policy.expires_at(each.data_class, each.made_at, rules)
            due = sooner(each.expires_at, by_rules)
            yield replace(each, conversation_id=name, expires_at=due)
