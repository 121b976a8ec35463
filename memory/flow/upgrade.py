"""What an older program left without a class, given one when the file is opened: its texts are not
to be used or kept by laxer rules than those of today.

An older program that still has the file open goes on writing such rows; they are found at the next
opening.
"""

from dataclasses import replace

from memory.flow import intake, policies
from memory.flow.parts import Parts
from memory.records import Classification, ClassReason
from memory.rules import policy


def classify_old(parts: Parts) -> None:
    """Nothing to do for a file of today. The texts are read before anything is written."""
    memories = parts.store.memories.unclassified()
    messages = parts.store.messages.unclassified()
    texts = {*memories.values(), *messages.values()}
    if not texts:
        return
    found = {text: intake.class_of(parts, text) for text in texts}
    with parts.store.transaction():
        for item in parts.store.memories.many(list(memories)):
            person_id = parts.store.memories.person_of(item.id)
            read = found[memories[item.id]]
            if policy.strictest([item.data_class, read.data_class]) is not read.data_class:
                read = Classification(item.data_class, ClassReason.CHOSEN)
            due = item.expires_at
            if read.data_class is not item.data_class:
                reread = replace(item, data_class=read.data_class)
                due = policy.expires_anew(reread, policies.of(parts, person_id))
            parts.store.memories.classify(item.id, read, due)
        for message_id, text in messages.items():
            message = parts.store.messages.get(message_id)
            rules = policies.of(parts, parts.store.people.find(message.user_id))
            data_class = found[text].data_class
            due = policy.expires_at(data_class, message.created_at, rules)
            parts.store.messages.set_class(message_id, data_class, due)
