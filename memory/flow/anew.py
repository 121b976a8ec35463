"""What an answer that is given anew, rehearsed or explained needs: the question that it answers, to
be asked once more."""

from collections.abc import Sequence

from memory.errors import InvalidInput
from memory.flow import conversations
from memory.flow.parts import Parts
from memory.flow.turn import Request
from memory.records import Message, MessageState, Role


def asked_again(asked: Message, without: Sequence[int]) -> Request:
    """The same question once more, which is not stored a second time."""
    return Request(
        asked.user_id,
        asked.text,
        asked.conversation_id,
        without=tuple(without),
        private=asked.id < 0 and not asked.note,
        asked_in=asked.id,
        asked_class=asked.data_class,
        unsaved=asked.note if asked.id < 0 else "",
    )


def last_question_of(parts: Parts, user_id: str, answer_id: int) -> Message:
    """As ``question_of``, of the last answer of its conversation. Raises InvalidInput for another
    one."""
    _, after = _around(parts, conversations.standing_message(parts, user_id, answer_id))
    if after:
        raise InvalidInput("Only the last answer can be given anew. Ask the question again.")
    return question_of(parts, user_id, answer_id)


def question_of(parts: Parts, user_id: str, answer_id: int) -> Message:
    """The message that an answer answers.

    Raises NotFound, and InvalidInput when it is no answer, or when its question was erased.
    """
    answer = conversations.standing_message(parts, user_id, answer_id)
    before, _ = _around(parts, answer)
    if answer.role is not Role.ASSISTANT:
        raise InvalidInput("Only an answer can be given anew. Ask the question again.")
    if before is None or before.state is MessageState.ERASED:
        raise InvalidInput("The question to this answer was erased. Ask it again.")
    return before


def _around(parts: Parts, answer: Message) -> tuple[Message | None, bool]:
    """The person's last message before an answer, and whether anything stands after it."""
    if answer.id > 0:
        asked = parts.store.messages.question_of(answer.id)
        before = None if asked is None else parts.store.messages.get(asked)
        return before, parts.store.messages.count_following(answer.id) > 0
    # one that could not be saved may stand beside a question that was
    standing = conversations.standing(parts, answer.user_id, answer.conversation_id)
    place = [message.id for message in standing].index(answer.id)
    asked_before = [message for message in standing[:place] if message.role is Role.USER]
    return (asked_before[-1] if asked_before else None), place + 1 < len(standing)
