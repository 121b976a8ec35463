"""Whether anything may leave this computer: the person agreed to it, and of which classes."""

from dataclasses import replace

from memory.errors import ConsentRequired, StaysHome
from memory.flow import permission, policies
from memory.flow.context import Asked
from memory.flow.parts import Parts
from memory.protocols import Model
from memory.records import REMOTE_MODEL, DataClass


def limited(parts: Parts, model: Model, asked: Asked, data_class: DataClass) -> Asked:
    """What may go into a context for this model. ``data_class``: that of the message itself.

    Raises ConsentRequired when the person did not agree to a model elsewhere, and StaysHome when
    the message is of a class that is not sent.
    """
    if model.is_local:
        return asked
    person_id = permission.consenting(parts, asked.user_id, REMOTE_MODEL)
    if person_id is None:
        raise ConsentRequired(REMOTE_MODEL, "sent")
    rules = policies.of(parts, person_id)
    classes = tuple(each for each, rule in rules.classes.items() if rule.sent)
    if data_class not in classes:
        raise StaysHome(data_class)
    return replace(asked, classes=classes)
