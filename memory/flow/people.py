"""People: whose memories the file holds, what they are called, and who was last chosen.

A person begins with the first thing that is kept of them, or is added by name; erasing everything
of one erases them. ``user_id`` never changes and tells nothing; the name can be changed.
"""

import unicodedata
import uuid

from memory.errors import InvalidInput, NotFound
from memory.flow import audit, intake
from memory.flow.parts import Parts
from memory.records import Act, Person

FILE = "people"
"""What is said in the audit to have been renamed."""


def everybody(parts: Parts) -> list[Person]:
    """In the order they came."""
    return parts.store.people.listed()


def add(parts: Parts, name: str, user_id: str | None = None) -> Person:
    """Raises InvalidInput for what is no name, or is another's; and when the user_id is taken."""
    now, called = parts.clock(), _name(name)
    ident = f"person-{uuid.uuid4().hex[:8]}" if user_id is None else intake.name(user_id, "person")
    people = parts.store.people
    with parts.store.transaction():
        if people.find(ident) is not None:
            raise InvalidInput("This person is there already. Choose them in the list.")
        _refuse_taken(parts, called, ident)
        person_id = people.find_or_add(ident, now)
        people.set_name(person_id, called)
        audit.event(parts, person_id, Act.ADD_PERSON, FILE, now)
    return _person(parts, ident)


def rename(parts: Parts, user_id: str, name: str) -> Person:
    """Raises NotFound; InvalidInput for what is no name, or is another's."""
    now, called = parts.clock(), _name(name)
    people = parts.store.people
    with parts.store.transaction():
        person_id = people.find(user_id)
        if person_id is None:
            raise NotFound("person", user_id)
        _refuse_taken(parts, called, user_id)
        people.set_name(person_id, called)
        audit.event(parts, person_id, Act.RENAME_PERSON, FILE, now)
    return _person(parts, user_id)


def choose(parts: Parts, user_id: str) -> None:
    """Whom the next page that is opened shows. Somebody of whom nothing is kept is nobody's choice
    to remember: then it is whoever shows when none was chosen."""
    with parts.store.transaction():
        parts.store.people.choose(user_id, parts.clock())


def chosen(parts: Parts) -> str | None:
    """None when nobody is, or the one who was is erased."""
    return parts.store.people.chosen()


def _person(parts: Parts, user_id: str) -> Person:
    return next(each for each in everybody(parts) if each.user_id == user_id)


def _name(name: str) -> str:
    return intake.name(" ".join(name.split()), "person")


def _refuse_taken(parts: Parts, name: str, user_id: str) -> None:
    """Two of one name could not be told apart when one of them is to be erased."""
    taken = {
        _seen(each.name or each.user_id) for each in everybody(parts) if each.user_id != user_id
    }
    if _seen(name) in taken:
        raise InvalidInput("Somebody of this name is there already. Choose another name.")


def _seen(name: str) -> str:
    """The same for names that look the same: of other capitals, widths or marks of no width."""
    shown = unicodedata.normalize("NFKC", name)
    visible = (each for each in shown if unicodedata.category(each) != "Cf")
    return "".join(visible).casefold()
