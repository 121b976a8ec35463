"""Which model answers a person: the one they chose, or the built-in answerer.

The file keeps the choice, and never a key.
"""

import json
from dataclasses import asdict, replace

from memory.errors import InvalidInput, ModelNotConnected, ModelUnavailable
from memory.flow import audit, intake
from memory.flow.connections import place
from memory.flow.parts import Parts
from memory.protocols import Charged, Model, Structured
from memory.records import (
    Act,
    Answerer,
    KeySource,
    ModelChoice,
    ModelOffer,
    ModelPlace,
    Price,
    Provider,
    Server,
)
from memory.rules import keys

BUILT_IN = "built-in answerer"
RECOLLECT = Answerer(BUILT_IN, "Recollect", ModelPlace.BUILT_IN)
"""Answers where no model does."""
CHOICE = "model"
"""Its key among the person's settings."""


def chosen(parts: Parts, user_id: str) -> ModelChoice | None:
    """None: the built-in answerer, or the model that the memory was opened with."""
    kept = _kept(parts, user_id)
    return None if kept is None else kept.choice


def _kept(parts: Parts, user_id: str) -> ModelOffer | None:
    """What was chosen, and what was known of it then: a price that only a list tells is needed for
    the budget, also when nobody has looked it up since."""
    person_id = parts.store.people.find(user_id)
    kept = None if person_id is None else parts.store.preferences.get(person_id, CHOICE)
    if not kept:
        return None
    read = json.loads(kept)
    price = read.get("price")
    return ModelOffer(
        ModelChoice(Server(read["server"]), read["model"], read["address"]),
        read.get("context_tokens"),
        Price(**price) if price else None,
        read.get("answer_tokens"),
    )


def choose(parts: Parts, user_id: str, choice: ModelChoice | None, key: str) -> None:
    """None: the built-in answerer. An empty key leaves the one that was given before. Raises
    InvalidInput for an address that may not be, or has a key in it, as it is stored; one that is
    not there now can be chosen all the same."""
    now = parts.clock()
    if choice is not None:
        if key:
            parts.connections.set_key(place(choice), key)
        _check_address(parts, choice)
    kept = "" if choice is None else _to_keep(choice, parts.connections.models.known(choice))
    with parts.store.transaction():
        person_id = parts.store.people.find_or_add(intake.name(user_id, "person"), now)
        parts.store.preferences.set(person_id, CHOICE, kept)
        where = ModelPlace.BUILT_IN if choice is None else choice.server.place
        audit.event(parts, person_id, Act.CHOOSE_MODEL, CHOICE, now, scope=where)


def _to_keep(choice: ModelChoice, known: ModelOffer) -> str:
    """The choice as it was made, so that its key is found by it."""
    told = asdict(known)
    del told["choice"]
    return json.dumps(told | asdict(choice))


def _check_address(parts: Parts, choice: ModelChoice) -> None:
    try:
        parts.connections.to(choice)
    except ModelUnavailable:
        return  # it may be there by the time that it is asked
    except InvalidInput:
        parts.connections.set_key(place(choice), "")
        raise


def answering(parts: Parts, user_id: str) -> Model | None:
    """Who answers the person where no model is named. Raises ModelUnavailable."""
    kept = _kept(parts, user_id)
    return parts.model if kept is None else parts.connections.to(kept.choice, kept)


def answerer(model: Model) -> Answerer:
    """Who answers by it; of one that a script handed in no more is known than its name."""
    place = ModelPlace.LOCAL if model.is_local else ModelPlace.REMOTE
    if isinstance(model, Charged):
        return Answerer(model.name, model.provider, place, model.price)
    return Answerer(model.name, model.name, place)


def name(parts: Parts, user_id: str) -> str:
    choice = chosen(parts, user_id)
    if choice is not None:
        return choice.model
    return parts.model.name if parts.model else BUILT_IN


def reads_along(parts: Parts, user_id: str) -> bool | None:
    """Whether the model that answers may also read what is said, if the person wants that: one on
    this computer that can be held to a form. None where none answers."""
    try:
        model = answering(parts, user_id)
    except ModelUnavailable:
        return None
    return None if model is None else model.is_local and isinstance(model, Structured)


def named(parts: Parts, user_id: str, wanted: str) -> Model | None:
    """The model of this name, None for the built-in answerer. Raises ModelUnavailable."""
    if wanted == BUILT_IN:
        return None
    kept = _kept(parts, user_id)
    if kept is not None and kept.choice.model == wanted:
        return parts.connections.to(kept.choice, kept)
    for offer in parts.connections.models.find():
        if offer.choice.model == wanted:
            return parts.connections.to(offer.choice)
    raise ModelNotConnected(wanted)


def find(parts: Parts) -> tuple[ModelOffer, ...]:
    return parts.connections.models.find()


def providers(parts: Parts) -> tuple[Provider, ...]:
    """A key that was typed goes before the environment's."""
    return tuple(
        replace(each, key_from=KeySource.TYPED) if parts.connections.key(each.server) else each
        for each in parts.connections.models.providers()
    )


def models_of(parts: Parts, server: Server, *, look_up: bool) -> tuple[ModelOffer, ...]:
    models = parts.connections.models
    _check_provider(parts, server)
    if look_up:
        return models.look_up(server, parts.connections.key(server))
    return models.offers(server)


def set_key(parts: Parts, server: Server, key: str) -> None:
    _check_provider(parts, server)
    parts.connections.set_key(server, keys.checked(key))


def _check_provider(parts: Parts, server: Server) -> None:
    known = [each.server for each in parts.connections.models.providers()]
    if server not in known:
        raise InvalidInput(f"“{server}” is no provider. Choose one of: {', '.join(known)}.")


def find_at(parts: Parts, address: str, key: str, *, elsewhere: bool) -> tuple[ModelOffer, ...]:
    """With the key that was typed before, if none is; one that opens the door is kept for it."""
    offers = parts.connections.models.find_at(
        address, key or parts.connections.key(address), elsewhere=elsewhere
    )
    if key and offers:
        for each in (address, offers[0].choice.address):  # as it was typed, and as it is called
            parts.connections.set_key(each, key)
    return offers


def warm_up(parts: Parts, user_id: str) -> None:
    choice = chosen(parts, user_id)
    if choice is not None:
        parts.connections.models.warm_up(choice)
