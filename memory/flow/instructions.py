"""The system prompt: the person's own instructions, or ours."""

from collections.abc import Collection

from memory.flow import audit, intake
from memory.flow.parts import Parts
from memory.records import Act, DataClass
from memory.rules.classification import classify

INSTRUCTIONS = "instructions"
"""The key of the person's own among their settings."""
DEFAULT_INSTRUCTIONS = (
    "You are a helpful assistant. Use what the person told you before where it helps, and say "
    "so when you are not sure."
)


def own_or_default(parts: Parts, person_id: int | None) -> str:
    own = None if person_id is None else parts.store.preferences.get(person_id, INSTRUCTIONS)
    return own or DEFAULT_INSTRUCTIONS


def for_classes(
    parts: Parts, person_id: int | None, classes: Collection[DataClass]
) -> tuple[str, DataClass]:
    """With their class. The person's own stay here, too, if that does."""
    prompt = own_or_default(parts, person_id)
    if prompt == DEFAULT_INSTRUCTIONS:
        return prompt, DataClass.PUBLIC
    data_class = classify(prompt, parts.language.personal_data(prompt)).data_class
    if data_class in classes:
        return prompt, data_class
    return DEFAULT_INSTRUCTIONS, DataClass.PUBLIC


def choose(parts: Parts, user_id: str, text: str) -> None:
    """The person's own system prompt; empty brings the default back."""
    now = parts.clock()
    own = text.strip() and intake.clean(text, parts.settings.max_memory_bytes, "instruction")
    with parts.store.transaction():
        person_id = parts.store.people.find_or_add(intake.name(user_id, "person"), now)
    if own:
        own = intake.take_own(parts, person_id, own).text
    with parts.store.transaction():
        # erased meanwhile, they are a new person
        person_id = parts.store.people.find_or_add(user_id, now)
        parts.store.preferences.set(person_id, INSTRUCTIONS, own)
        audit.event(parts, person_id, Act.INSTRUCTIONS, INSTRUCTIONS, now)
