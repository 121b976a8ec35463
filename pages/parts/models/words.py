"""How the pages call models, who runs them, and what they cost."""

from urllib.parse import urlsplit

from memory import Memory, ModelChoice, ModelOffer, ModelPlace, Price, Server
from pages.parts.shared import literal

OF_OWN = "Runs inside Recollect"
A_MILLION = 1_000_000
SMALLEST_SHOWN = 0.0001


def elsewhere(memory: Memory, user: str) -> ModelChoice | None:
    """The model that the person chose, if what it is asked leaves this computer."""
    chosen = memory.chosen_model(user)
    return chosen if chosen is not None and is_elsewhere(chosen) else None


def is_elsewhere(choice: ModelChoice) -> bool:
    return choice.server.place is ModelPlace.REMOTE


def provider_of(choice: ModelChoice) -> str:
    """“OpenAI”, or the host of an address."""
    if choice.server is Server.ELSEWHERE:
        return urlsplit(choice.address).netloc.rpartition("@")[2] or choice.address
    return choice.server.value


def where(choice: ModelChoice) -> str:
    """In Markdown."""
    if choice.server is Server.OWN:
        return OF_OWN
    if choice.server is Server.ELSEWHERE:
        return f"Elsewhere, at {literal(choice.address)}"
    if is_elsewhere(choice):
        return f"Elsewhere, at {literal(choice.server)}"
    return f"{choice.server} at {literal(choice.address)}"


def is_in_the_clear(choice: ModelChoice) -> bool:
    """Whoever is on the way can read it."""
    return is_elsewhere(choice) and choice.address.lower().startswith("http:")


def size_and_price(offer: ModelOffer) -> str:
    """“reads 128,000 tokens · $2.50 in, $10.00 out per million”; empty when nobody says."""
    reads = f"reads {offer.context_tokens:,} tokens" if offer.context_tokens else ""
    costs = per_million(offer.price) if offer.price else ""
    return " · ".join(filter(None, (reads, costs)))


def in_short(offer: ModelOffer) -> str:
    """“gpt-4o-mini · 128k · $0.15 / $0.60”, for a list."""
    told = [offer.choice.model]
    if offer.context_tokens:
        told.append(f"{round(offer.context_tokens / 1000):,}k")
    if offer.price:
        told.append(" / ".join(_a_million(offer.price)))
    return " · ".join(told)


def per_million(price: Price) -> str:
    asked, answered = _a_million(price)
    return f"{asked} in, {answered} out per million"


def _a_million(price: Price) -> tuple[str, str]:
    return dollars(price.context * A_MILLION), dollars(price.answer * A_MILLION)


def dollars(amount: float) -> str:
    """“$1.20”; of less than a cent as much as says something. Not for Markdown as it is: two of
    them would be read as a formula."""
    if not amount or amount >= 0.01:
        return f"${amount:,.2f}"
    return f"${amount:.4f}" if amount >= SMALLEST_SHOWN else f"less than ${SMALLEST_SHOWN}"
