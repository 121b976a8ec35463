"""The one door: everything a page, a script or a test does goes through ``Memory``.

The methods only delegate; what they do is in ``flow/``. Flows that a lock must hold together
hold it themselves, so one ``Memory`` serves all threads of a process.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import BinaryIO, Self

from memory.adapters.chats.recognise import ChatFiles
from memory.adapters.clustering import ScikitClusterer
from memory.adapters.dates import Calendar
from memory.adapters.embedder import MiniLMEmbedder
from memory.adapters.embedding_models import FastembedModels
from memory.adapters.extraction import JsonSuggestions
from memory.adapters.json_schema import JsonSchemaChecker
from memory.adapters.language import SpacyLanguage
from memory.adapters.models.chat_models import ChatModels
from memory.adapters.models.own_server import OwnServer
from memory.adapters.tokens import TiktokenCounter
from memory.flow import (
    audit,
    chat_models,
    chats,
    conversations,
    earlier,
    entities,
    entity_graph,
    erase,
    fading,
    forget,
    handoff,
    inbox,
    instructions,
    intake,
    keeping,
    learn,
    lists,
    people,
    privacy,
    profile,
    recall,
    remember,
    respond,
    revise,
    timeline,
    transfer,
    upgrade,
    why,
)
from memory.flow import context as contexts
from memory.flow.afterwards import model_learning
from memory.flow.background import BackgroundThread
from memory.flow.chats import OnChatProgress
from memory.flow.clusters import describing as clusters
from memory.flow.clusters.kept import Arrangements
from memory.flow.connections import Connections
from memory.flow.erase import OnStep
from memory.flow.fading import choices, presence
from memory.flow.indexing import building, comparing, switching
from memory.flow.indexing.builds import Builds
from memory.flow.indexing.embedders import Embedders, OnlyModel
from memory.flow.indexing.foreground import Foreground
from memory.flow.parts import Parts
from memory.flow.reply import Reply
from memory.flow.safekeeping import backups, restoring
from memory.flow.safekeeping import passphrase as passphrases
from memory.flow.scopes import Target
from memory.flow.sending import budget, ledger, outgoing, review, trying
from memory.flow.transcripts import Transcripts
from memory.flow.transfer import OnProgress
from memory.flow.turn import Request
from memory.flow.withheld import Withheld
from memory.protocols import (
    Background,
    Clock,
    Clusterer,
    Embedder,
    EmbeddingModels,
    Language,
    Model,
    Models,
)
from memory.records import (
    PERSONALIZATION,
    Act,
    Answered,
    AuditEvent,
    AuditVerification,
    Backup,
    ChatImport,
    ChatImportPlan,
    ChatImportReport,
    Clusters,
    Connection,
    Consent,
    Context,
    Conversation,
    Curve,
    EmbeddingModel,
    Entity,
    EntityGraph,
    EntityMention,
    EntityType,
    ErasureReceipt,
    Explanation,
    Footprint,
    Forecast,
    ForgettingOverview,
    ForgettingRules,
    Found,
    FoundEntities,
    Health,
    ImportReport,
    IndexBuild,
    IndexComparison,
    KeptContext,
    Label,
    Learning,
    LedgerEntry,
    MemoryFilter,
    MemoryItem,
    MergePlan,
    Message,
    ModelChoice,
    ModelOffer,
    ModelReading,
    Observation,
    Order,
    Outgoing,
    Person,
    Preview,
    PrivacyReport,
    PrivacyRules,
    ProfileField,
    Proposal,
    Provider,
    Recalled,
    Redaction,
    RelevantEntity,
    RestorePlan,
    RestoreReport,
    Retention,
    Review,
    Revision,
    RulesPlan,
    Server,
    Source,
    Spending,
    Stats,
    Summary,
    Sweep,
    SweepPlan,
    SweepReport,
    Timeline,
    Use,
)
from memory.settings import Settings
from memory.store import aside, encryption
from memory.store.draft import Draft
from memory.store.keys import Keys


def utc_now() -> datetime:
    return datetime.now(UTC)


class Memory:
    """Open it with ``Memory.open``; close it, or use it as a context manager."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._store = parts.store
        self._closed = False

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        *,
        clock: Clock | None = None,
        embedder: Embedder | None = None,
        embedding_models: EmbeddingModels | None = None,
        language: Language | None = None,
        model: Model | None = None,
        models: Models | None = None,
        background: Background | None = None,
        clusterer: Clusterer | None = None,
        builder: Background | None = None,
        weights: Mapping[str, float] | None = None,
        passphrase: str | None = None,
    ) -> Self:
        """Nothing heavy is loaded yet: models load at their first use, or in ``warm_up``.

        ``weights``: of the signals of recall, in place of ``flow.recall.WEIGHTS``; what is left
        out does not count, so that each can be measured. ``model`` answers where the person chose
        none of ``models``; ``background`` does what no answer waits for, ``builder`` another
        index by meaning. ``passphrase``: of an encrypted file; a new one is encrypted with it. It
        is kept nowhere.

        ``embedder``: the only model there is. Without, the one that the file says is in use, of
        ``embedding_models``; its files are looked for at the first text, so that the app opens
        without them and can fetch them (EmbedderMissing).

        Raises StoreUnavailable or EmbedderMismatch when the file cannot be used: PassphraseNeeded
        and WrongPassphrase when it only is not opened.
        """
        settings = settings or Settings()
        Draft(settings.database).clear_left_over()
        store = passphrases.opened(settings.database, passphrase)
        try:
            foreground = Foreground()
            known = _embedding_models(settings, embedder, embedding_models)
            if embedder is not None or not store.vectors.model:
                store.vectors.use_model(known.packaged.name, known.packaged.dimension)
            parts = Parts(
                settings=settings,
                store=store,
                keys=Keys(settings.keys),
                clock=clock or utc_now,
                embedder=Embedders(store, known, foreground),
                language=language or SpacyLanguage(),
                calendar=Calendar(),
                tokens=TiktokenCounter(settings.token_model),
                transcripts=Transcripts(),
                withheld=Withheld(settings.undo_seconds),
                suggestions=JsonSuggestions(settings.max_memory_bytes),
                chat_files=ChatFiles(),
                arrangements=Arrangements(clusterer or ScikitClusterer()),
                schema_checker=JsonSchemaChecker(),
                model=model,
                connections=Connections(models or ChatModels(OwnServer())),
                background=background or BackgroundThread(),
                foreground=foreground,
                builds=Builds(builder or BackgroundThread()),
                weights=recall.WEIGHTS if weights is None else weights,
            )
            erase.finish_pending(parts)
            upgrade.classify_old(parts)
        except BaseException:
            store.close()
            raise
        return cls(parts)

    def close(self) -> None:
        """What was forgotten is erased now; then the file is let go. A second call does nothing."""
        if self._closed:
            return
        self._closed = True
        self._parts.background.close()
        self._parts.builds.close()
        self._parts.connections.models.close()
        try:
            erase.erase_forgotten(self._parts)
        finally:
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def warm_up(self) -> None:
        """Load every model now, in some seconds, so that the first turn need not wait."""
        self._parts.tokens.count("warm")
        embedder = self._parts.embedder
        if embedder.name != embedder.packaged.name:
            embedder.packaged.embed(["warm"])
        embedder.embed(["warm"])
        self._parts.language.sentences("Warm up.")

    def with_clock(self, clock: Clock) -> Self:
        """The same memory by another clock, for what happened at other times: the same file, models
        and conversations. What is stored counts as stored then. Closing it does nothing; the one
        it came from is closed. What was masked can be kept by the clock it was masked by."""
        withheld = Withheld(self.settings.undo_seconds)
        view = type(self)(replace(self._parts, clock=clock, withheld=withheld))
        view._closed = True
        return view

    def now(self) -> datetime:
        """By the clock it was opened with."""
        return self._parts.clock()

    @property
    def settings(self) -> Settings:
        return self._parts.settings

    # -- people ---------------------------------------------------------------------------

    def people(self) -> list[Person]:
        """Whose memories the file holds, in the order they came: all that stands in it is one
        person's. Somebody is there from the first consent, or from ``add_person``, until
        everything of theirs is erased."""
        return people.everybody(self._parts)

    def add_person(self, name: str, *, user_id: str | None = None) -> Person:
        """Another data subject. ``user_id``: what scripts call them by; made up if not given.
        Raises InvalidInput when the name or the user_id is another's."""
        return people.add(self._parts, name, user_id)

    def rename_person(self, user_id: str, name: str) -> Person:
        """Their user_id stays. Raises NotFound, and InvalidInput when the name is another's."""
        return people.rename(self._parts, user_id, name)

    def choose_person(self, user_id: str) -> None:
        """Whom the app shows when it is opened next; nobody, if nothing is kept of them."""
        people.choose(self._parts, user_id)

    def chosen_person(self) -> str | None:
        """The user_id of the one chosen last; None when none was, or they are erased."""
        return people.chosen(self._parts)

    # -- the turn -------------------------------------------------------------------------

    def observe(
        self,
        user_id: str,
        role: str,
        text: str,
        *,
        speaker: str | None = None,
        conversation_id: str | None = None,
        at: datetime | None = None,
    ) -> Observation:
        """Take in one turn: stored, hot for an hour, a memory if it is important enough."""
        return learn.observe(
            self._parts,
            user_id,
            role,
            text,
            speaker=speaker,
            conversation_id=conversation_id,
            at=at,
        )

    def remember(
        self,
        user_id: str,
        text: str,
        *,
        kind: str = "fact",
        data_class: str | None = None,
        purpose: str = PERSONALIZATION,
        importance: float | None = None,
        pinned: bool = False,
        at: datetime | None = None,
    ) -> MemoryItem:
        """Store a memory outright. Raises ConsentRequired without consent to the purpose."""
        return remember.remember(
            self._parts,
            user_id,
            text,
            kind=kind,
            data_class=data_class,
            purpose=purpose,
            importance=importance,
            pinned=pinned,
            at=at,
        )

    def recall(
        self,
        user_id: str,
        query: str,
        *,
        limit: int = 5,
        threshold: float | None = None,
        at: datetime | None = None,
        touch: bool = True,
        mode: str = "hybrid",
    ) -> list[Recalled]:
        """Memories for a query, best first; ``threshold`` is a cosine, ``touch`` counts a use of
        each that bears on the query."""
        return recall.recall(
            self._parts,
            user_id,
            query,
            limit=limit,
            threshold=threshold,
            at=at,
            touch=touch,
            mode=mode,
        )

    def explain(self, user_id: str, query: str, item_id: int, *, limit: int = 5) -> Explanation:
        """Why a memory is, or is not, among the first ``limit`` for a query."""
        return recall.explain(self._parts, user_id, query, item_id, limit)

    def context(
        self,
        user_id: str,
        query: str,
        *,
        conversation_id: str | None = None,
        max_tokens: int | None = None,
    ) -> Context:
        """What a model would be given for this message, with a report by section."""
        return contexts.build(self._parts, user_id, query, conversation_id, max_tokens)

    def respond(
        self,
        user_id: str,
        text: str,
        *,
        conversation_id: str | None = None,
        model: Model | str | None = None,
        without: Sequence[int] = (),
        private: bool = False,
        replacing: int | None = None,
        as_shown: str = "",
    ) -> Reply:
        """Answer a message; iterate over the reply to stream it.

        ``without``: ids of memories to answer as if they were not there. ``private``: nothing of
        the turn is stored. ``replacing``: the id of an earlier message of the person that this
        one takes the place of; what followed it, and was learnt from it, goes too. ``as_shown``:
        the digest of what the person was shown (``outgoing``).

        Raises NotAsShown when something else would be sent, and BudgetSpent; nothing is stored
        then. When the file cannot be written the answer comes all the same: ``observation.skipped``
        says why it was not saved.
        """
        request = _request(user_id, text, conversation_id, without, private, replacing)
        with self._parts.foreground.busy():
            return respond.respond(self._parts, replace(request, as_shown=as_shown), model)

    def regenerate(
        self,
        user_id: str,
        answer_id: int,
        *,
        model: Model | str | None = None,
        without: Sequence[int] = (),
        as_shown: str = "",
    ) -> Reply:
        """The last answer of a conversation anew, from what is known now; it takes the old one's
        place when it has ended. Raises NotFound, or InvalidInput for an earlier answer."""
        with self._parts.foreground.busy():
            return respond.regenerate(self._parts, user_id, answer_id, model, without, as_shown)

    def rehearse(
        self,
        user_id: str,
        answer_id: int,
        *,
        model: Model | str | None = None,
        without: Sequence[int] = (),
        as_shown: str = "",
    ) -> Reply:
        """Any answer once more, as if the memories ``without`` were not there, from what is known
        now: to see what they did to it. Nothing of it is kept but, in the audit and the ledger,
        that a model was called. Raises NotFound or InvalidInput."""
        with self._parts.foreground.busy():
            return respond.rehearse(self._parts, user_id, answer_id, model, without, as_shown)

    def near_misses(self, user_id: str, answer_id: int) -> tuple[Explanation, ...]:
        """Memories near to the question that are not among an answer's sources, the nearest first,
        and why each is not. Raises NotFound or InvalidInput."""
        return why.near_misses(self._parts, user_id, answer_id)

    def answered(self, user_id: str, message_id: int) -> Answered | None:
        """Who answered, how it ended, how long it took; None for what is no answer, or an old one.
        Raises NotFound."""
        return why.answered(self._parts, user_id, message_id)

    def given(self, user_id: str, message_id: int) -> KeptContext | None:
        """Exactly what a model was given for an answer, for seven days; None when none was asked.
        Raises NotFound."""
        return why.given(self._parts, user_id, message_id)

    def summary(self, user_id: str, conversation_id: str) -> Summary | None:
        """What a model made of the turns that the conversation outgrew; None if none did."""
        return earlier.summary(self._parts, user_id, conversation_id)

    def erase_summary(self, user_id: str, conversation_id: str) -> ErasureReceipt:
        """To the last byte; the conversation stays. The model makes another one when more turns
        leave. Raises NotFound."""
        return erase.erase_summary(self._parts, user_id, conversation_id)

    # -- what models are given, and what leaves this computer -----------------------------

    def instructions(self, user_id: str) -> str:
        """The system prompt for the assistant."""
        return instructions.own_or_default(self._parts, self._store.people.find(user_id))

    def set_instructions(self, user_id: str, text: str) -> None:
        """An empty text brings the default back."""
        instructions.choose(self._parts, user_id, text)

    def outgoing(
        self,
        user_id: str,
        text: str,
        *,
        conversation_id: str | None = None,
        model: Model | str | None = None,
        without: Sequence[int] = (),
        private: bool = False,
        replacing: int | None = None,
    ) -> Outgoing | None:
        """Exactly what ``respond`` with the same arguments would give a model; nothing is sent or
        stored. None where no model would be asked. Raises what ``respond`` raises."""
        request = _request(user_id, text, conversation_id, without, private, replacing)
        return outgoing.of_message(self._parts, request, model)

    def outgoing_anew(
        self,
        user_id: str,
        answer_id: int,
        *,
        model: Model | str | None = None,
        without: Sequence[int] = (),
        rehearsed: bool = False,
    ) -> Outgoing | None:
        """As ``outgoing``, of ``regenerate`` or, ``rehearsed``, of ``rehearse``."""
        return outgoing.of_answer(
            self._parts, user_id, answer_id, model, without, rehearsed=rehearsed
        )

    def asks_before_sending(self, user_id: str) -> bool:
        """Whether what goes to the person's model is to be shown before it goes (``outgoing``,
        which takes as long as a turn). Raises ModelUnavailable."""
        return outgoing.asks_before(self._parts, user_id)

    def sending_review(self, user_id: str) -> Review:
        """When the person wants to see what leaves this computer before it does."""
        return review.when(self._parts, user_id)

    def set_sending_review(self, user_id: str, when: str) -> Review:
        """``the first time`` that anything goes to a provider, or ``every time``. Raises
        InvalidInput."""
        return review.choose(self._parts, user_id, when)

    def ledger(
        self,
        user_id: str,
        *,
        place: str | None = None,
        memory_id: int | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> list[LedgerEntry]:
        """What each answer took, newest first; ``place``: only of models there (“remote”: what
        left this computer); ``memory_id``: only what was given that memory."""
        return ledger.entries(
            self._parts, user_id, place=place, memory_id=memory_id, limit=limit, offset=offset
        )

    def count_ledger(
        self, user_id: str, *, place: str | None = None, memory_id: int | None = None
    ) -> int:
        """How many entries ``ledger`` has with these arguments."""
        return ledger.count(self._parts, user_id, place=place, memory_id=memory_id)

    def ledger_of(self, user_id: str, answer_id: int) -> LedgerEntry | None:
        """What one answer took; None for one of before this was kept, or that is not stored.
        Raises NotFound."""
        return ledger.of_answer(self._parts, user_id, answer_id)

    def spending(self, user_id: str) -> Spending:
        """Tokens and money by month, and the budget."""
        return ledger.spending(self._parts, user_id)

    def set_budget(self, user_id: str, dollars: float | None) -> None:
        """US dollars a month that answers may not pass (``BudgetSpent``); None: no limit. Raises
        InvalidInput."""
        budget.choose(self._parts, user_id, dollars)

    # -- models ---------------------------------------------------------------------------

    def answerer(self, user_id: str) -> str:
        """Who answers: a model's name, or “built-in answerer”."""
        return chat_models.name(self._parts, user_id)

    def find_models(self) -> tuple[ModelOffer, ...]:
        """Those that can be had on this computer now; takes up to a second."""
        return chat_models.find(self._parts)

    def find_models_at(
        self, address: str, *, key: str = "", elsewhere: bool = False
    ) -> tuple[ModelOffer, ...]:
        """Those of the server at an address, which is asked. A key that fits stays in this
        process, and is stored nowhere. ``elsewhere``: the server is on another computer, or passes
        on what it is asked. Raises ModelNotConnected, KeyRefused, or InvalidInput for an address
        elsewhere where that was not said, and for what is no server of models."""
        return chat_models.find_at(self._parts, address, key, elsewhere=elsewhere)

    def providers(self) -> tuple[Provider, ...]:
        """Whose models can be had elsewhere, and whether there is a key. Asks nobody."""
        return chat_models.providers(self._parts)

    def provider_models(self, server: str, *, look_up: bool = False) -> tuple[ModelOffer, ...]:
        """A provider's chat models with context sizes and prices, by the table that litellm ships;
        ``look_up``: as the provider lists them now, which it is asked for. Raises InvalidInput,
        KeyMissing and ModelUnavailable."""
        which = intake.chosen(Server, server, "provider")
        return chat_models.models_of(self._parts, which, look_up=look_up)

    def set_key(self, server: str, key: str) -> None:
        """Of a provider, for as long as this process runs; an empty one is forgotten. It is stored
        nowhere."""
        chat_models.set_key(self._parts, intake.chosen(Server, server, "provider"), key)

    def chosen_model(self, user_id: str) -> ModelChoice | None:
        """None: the built-in answerer, or the model that the memory was opened with."""
        return chat_models.chosen(self._parts, user_id)

    def choose_model(self, user_id: str, choice: ModelChoice | None, *, key: str = "") -> None:
        """Who answers from now on; None: the built-in answerer. The key stays in this process, and
        is stored nowhere. Raises InvalidInput for an address that may not be."""
        chat_models.choose(self._parts, user_id, choice, key)

    def test_model(
        self, choice: ModelChoice, *, key: str = "", user_id: str | None = None
    ) -> Connection:
        """Whether it answers, in plain words: it is asked for one word, which takes seconds where
        it must be loaded first. ``user_id``: in whose ledger that stands."""
        return trying.test(self._parts, choice, key, user_id)

    def warm_up_model(self, user_id: str) -> None:
        """Load what the first answer of the person's model would wait for. Raises
        ModelUnavailable."""
        chat_models.warm_up(self._parts, user_id)

    # -- the search by meaning ------------------------------------------------------------

    def embedding_models(self) -> list[EmbeddingModel]:
        """All that can be chosen, the one in use first. Asks nobody."""
        return building.models(self._parts)

    def build_index(self, model: str, *, download: bool = False) -> None:
        """Of all memories, by another model, in the background; the one in use goes on being used.
        ``download``: the person agreed that the model is fetched, if it is not here. Raises
        NotFound and InvalidInput."""
        building.build(self._parts, model, download=download)

    def take_model_files(self, model: str, folder: Path) -> None:
        """Of an embedding model, from a folder of this computer: there is no download then. Raises
        NotFound, and EmbedderUnavailable for files that are not what they should be."""
        building.take_files(self._parts, model, folder)

    def remove_model_files(self, model: str) -> None:
        """Of an embedding model that no index is by. Raises NotFound and InvalidInput."""
        building.remove_files(self._parts, model)

    def index_build(self) -> IndexBuild | None:
        """How far it is; None when none is being built. One that ended with the program is
        stopped."""
        return building.progress(self._parts)

    def stop_build(self) -> None:
        """What is done is kept for ``resume_build``."""
        building.stop(self._parts)

    def resume_build(self) -> None:
        """Nothing is downloaded for it. Raises NotFound when there is nothing to go on with, and
        InvalidInput where the model's files are not here."""
        building.resume(self._parts)

    def compare_index(self, user_id: str) -> IndexComparison:
        """The model in use and the other one on the person's own questions; takes seconds. Raises
        InvalidInput when there is no other, or it is not whole."""
        return comparing.compare(self._parts, user_id)

    def switch_index(self) -> None:
        """To the one that is built, in one transaction; the one in use until now is kept. Raises
        InvalidInput."""
        switching.switch(self._parts)

    def switch_back(self) -> None:
        """To the one that is kept; what was stored since is embedded for it first. Raises
        InvalidInput."""
        switching.back(self._parts)

    def drop_index(self, model: str) -> bool:
        """Let go of one that is not in use, to the bytes, with no undo; False when another program
        still reads the old state of the file. Raises NotFound and InvalidInput."""
        return switching.drop(self._parts, model)

    # -- memories -------------------------------------------------------------------------

    def items(self, user_id: str, *, search: str = "") -> list[MemoryItem]:
        """All memories of the person that are not erased, newest first.

        ``search``: only those that hold each of its words, also as a part of a word.
        """
        return list(self.find(user_id, MemoryFilter(search=search)).items)

    def item(self, item_id: int) -> MemoryItem:
        """Raises NotFound, also for what is past its retention."""
        return lists.get(self._parts, item_id)

    def revisions(self, item_id: int) -> list[Revision]:
        """A memory's earlier wordings, newest first."""
        return self._store.memories.revisions(item_id)

    def find(
        self,
        user_id: str,
        wanted: MemoryFilter | None = None,
        *,
        order: str = "newest",
        limit: int | None = None,
        offset: int = 0,
    ) -> Found:
        """One page of the memories that match, and how many there are in all."""
        by = intake.chosen(Order, order, "order")
        wanted = wanted or MemoryFilter()
        return lists.find(self._parts, user_id, wanted, order=by, limit=limit, offset=offset)

    def related(self, item_id: int, limit: int = 5) -> list[Recalled]:
        """Other memories near in meaning, the nearest first."""
        return lists.related(self._parts, item_id, limit)

    def uses(self, item_id: int, limit: int = 20) -> list[Use]:
        """When it was listed or built into an answer, the latest first."""
        return self._store.uses.of_memory(item_id, limit)

    def edit(self, item_id: int, text: str) -> MemoryItem:
        return revise.edit(self._parts, item_id, text)

    def revert(self, item_id: int) -> MemoryItem:
        """Undo of ``edit``. Raises NotFound when there is no earlier wording."""
        return revise.revert(self._parts, item_id)

    def classify(self, item_id: int, data_class: str) -> MemoryItem:
        """The person's own choice of privacy class. Raises ConsentRequired for *sensitive* without
        consent to it."""
        return revise.classify(self._parts, item_id, data_class)

    def plan_merge(self, item_ids: Sequence[int]) -> MergePlan:
        """What ``merge`` would make of them; changes nothing. Raises InvalidInput when they do
        not belong together."""
        return revise.plan_merge(self._parts, item_ids)

    def merge(self, item_ids: Sequence[int], text: str | None = None) -> MemoryItem:
        """One memory in place of several, undone by ``unmerge``; without ``text`` it says what
        they say, one below the other. Raises InvalidInput when they do not belong together."""
        return revise.merge(self._parts, item_ids, text)

    def unmerge(self, item_id: int) -> list[MemoryItem]:
        """The memories it was made of, in use again; it is forgotten."""
        return revise.unmerge(self._parts, item_id)

    def merged_from(self, item_id: int) -> list[MemoryItem]:
        """The memories it was made of; none for one that was told as it is."""
        return self._store.memories.merged_from(item_id)

    def superseded(self, item_id: int) -> list[MemoryItem]:
        """The memories that it took the place of, in the order they were said."""
        return self._store.statements.superseded(item_id)

    def change(self, item_ids: Sequence[int], what: str) -> list[MemoryItem]:
        """Pin, unpin, pause, resume, archive, forget or restore (``Change``): all of them or
        none."""
        return forget.change(self._parts, item_ids, what)

    def pin(self, item_id: int) -> MemoryItem:
        return self.change([item_id], "pin")[0]

    def unpin(self, item_id: int) -> MemoryItem:
        return self.change([item_id], "unpin")[0]

    def pause(self, item_id: int) -> MemoryItem:
        """Keep it, but do not use it until ``resume``."""
        return self.change([item_id], "pause")[0]

    def resume(self, item_id: int) -> MemoryItem:
        return self.change([item_id], "resume")[0]

    def forget(self, item_id: int) -> MemoryItem:
        """Out of recall at once; ``restore`` undoes it until it is erased to the bytes."""
        return self.change([item_id], "forget")[0]

    def restore(self, item_id: int) -> MemoryItem:
        """Undo of ``forget``, or back from the archive. Raises NotFound once it is erased."""
        return self.change([item_id], "restore")[0]

    # -- the inbox, and what is learnt ----------------------------------------------------

    def inbox(self, user_id: str) -> list[Proposal]:
        """What waits for the person to decide, newest first."""
        return inbox.proposals(self._parts, user_id)

    def accept(self, item_id: int, *, replace: bool = False) -> MemoryItem:
        """Take something out of the inbox into use: beside what it is at odds with or, with
        ``replace``, in its place from the day it was said. Raises NotFound, or InvalidInput when
        it waits no more."""
        return inbox.accept(self._parts, item_id, replace=replace)

    def reject(self, item_id: int) -> MemoryItem:
        """What was known before is kept, and this is forgotten, with the turn it stands in;
        ``restore`` puts it back into the inbox."""
        return inbox.reject(self._parts, item_id)

    def learning(self, user_id: str) -> Learning:
        """What is learnt from what the person says."""
        return inbox.mode(self._parts, self._store.people.find(user_id))

    def set_learning(self, user_id: str, how: str) -> Learning:
        """``automatic``, ``ask me`` or ``only what I say``; it holds from the next message on."""
        return inbox.set_mode(self._parts, user_id, how)

    def learns_with_model(self, user_id: str) -> bool:
        """Whether a connected model reads along and puts what it finds into the inbox."""
        return model_learning.is_on(self._parts, self._store.people.find(user_id))

    def set_learning_with_model(self, user_id: str, on: bool) -> None:
        """Off by default; it holds from the next message on."""
        model_learning.set_on(self._parts, user_id, on)

    def model_can_read_along(self, user_id: str) -> bool | None:
        """Whether the model that answers can learn from what is said, if it is turned on: one on
        this computer that can be held to a form. None where none answers."""
        return chat_models.reads_along(self._parts, user_id)

    def read_by_model(self, message_ids: Sequence[int]) -> dict[int, ModelReading]:
        """By message: what came of a model's reading of it, where one has read it."""
        return self._store.model_readings.of_messages(message_ids)

    # -- profile, timeline, clusters, entities --------------------------------------------

    def profile(self, user_id: str, at: datetime | None = None) -> list[ProfileField]:
        """What the person stated about themselves and holds, the latest first; ``at``: what held
        at that moment, by what had been said by then."""
        return profile.as_of(self._parts, user_id, at)

    def profile_history(self, user_id: str, field: str | None = None) -> list[ProfileField]:
        """All values, also past ones with their ``until``, the latest first; of one field or all.
        A corrected wording is none: its values are the corrected ones."""
        return profile.all_values(self._parts, user_id, field)

    def set_profile(
        self, user_id: str, field: str, value: str, *, instead_of: str = ""
    ) -> MemoryItem:
        """A memory that says so, in the place of what said otherwise; ``forget`` undoes it.

        ``instead_of``: the value that it takes the place of, of a field with several. Raises
        ConsentRequired, InvalidInput, and NotFound when there is no such value.
        """
        return profile.set_field(self._parts, user_id, field, value, instead_of)

    def plan_unset_profile(self, user_id: str, field: str, value: str = "") -> list[MemoryItem]:
        """What ``unset_profile`` would forget; changes nothing. Raises NotFound."""
        return profile.saying(self._parts, user_id, field, value)

    def unset_profile(self, user_id: str, field: str, value: str = "") -> list[MemoryItem]:
        """Forget what says it, now or of an earlier time, and return that; ``restore`` undoes it.

        ``value``: of a field with several, only this one. Raises NotFound.
        """
        return profile.unset_field(self._parts, user_id, field, value)

    def timeline(
        self, user_id: str, what: str = "everything", *, limit: int = 50, offset: int = 0
    ) -> Timeline:
        """What was said and what happened, by day, the latest first (``Moments``)."""
        return timeline.page(self._parts, user_id, what, limit, offset)

    def clusters(self, user_id: str, *, places: int = 1_500) -> Clusters:
        """Memories grouped by meaning, each group with its name, and how each kind is used.

        ``places``: on the map, at most. Takes seconds for 10,000 memories, and a moment when
        nothing has changed since. Raises InvalidInput and ClusteringUnavailable.
        """
        return clusters.of_person(self._parts, user_id, places)

    def entities(self, user_id: str) -> list[Entity]:
        """Whom and what the person spoke of, most mentioned first; they themselves are not among
        them (article, section 3: entity memory)."""
        return entities.known(self._parts, user_id)

    def relevant_entities(self, user_id: str, query: str, limit: int = 5) -> list[RelevantEntity]:
        """Which of them a question is about, best first, and why (article, section 3). Raises
        InvalidInput for an empty query."""
        return entities.relevant(self._parts, user_id, query, limit)

    def find_entities(
        self,
        user_id: str,
        *,
        search: str = "",
        types: Sequence[str] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> FoundEntities:
        """One page of those with all words of ``search`` in one of their names, and of these
        types if given; without contexts, which take longer than all else."""
        of_types = [intake.chosen(EntityType, each, "type") for each in types]
        return entities.find(self._parts, user_id, search, of_types, limit, offset)

    def entity(self, user_id: str, entity_id: int) -> Entity:
        """Raises NotFound, also for somebody else's and for what nothing in use mentions."""
        return entities.one(self._parts, user_id, entity_id)

    def entity_graph(self, user_id: str, limit: int | None = None) -> EntityGraph:
        """Who did what, and who is named together (article, section 3: the entity network).
        ``limit``: only so many, those tied to most others, with the places to draw them at."""
        return entity_graph.whole(self._parts, user_id, limit)

    def relations_of(self, entity_id: int) -> EntityGraph:
        """An entity with those it has a stated relation to, or is most often named together with.
        Raises NotFound."""
        return entity_graph.around(self._parts, entity_id)

    def mentions_of(self, entity_id: int, limit: int = 20) -> list[EntityMention]:
        """Where an entity was spoken of, the latest first. Raises NotFound."""
        return entities.mentions_of(self._parts, entity_id, limit)

    # -- conversations and their messages -------------------------------------------------

    def conversations(self, user_id: str) -> list[Conversation]:
        """Newest first."""
        person_id = self._store.people.find(user_id)
        return [] if person_id is None else self._store.conversations.all(person_id)

    def rename_conversation(self, user_id: str, conversation_id: str, title: str) -> None:
        """An empty title brings the automatic one back: the first thing said."""
        conversations.rename(self._parts, user_id, conversation_id, title)

    def set_conversation_memory(self, user_id: str, conversation_id: str, on: bool) -> None:
        """Off: in this conversation no memory is used, and none is made of it."""
        conversations.set_remembers(self._parts, user_id, conversation_id, on)

    def search_messages(self, user_id: str, query: str, limit: int = 50) -> list[Message]:
        """Messages of all stored conversations with every word of the query, newest first."""
        return conversations.search(self._parts, user_id, query, limit)

    def handoff(self, user_id: str, conversation_id: str) -> str:
        """The conversation and what is known beside it, as Markdown for another chat."""
        return handoff.handoff(self._parts, user_id, conversation_id)

    def messages(
        self,
        conversation_id: str,
        *,
        user_id: str | None = None,
        last: int | None = None,
        skip: int = 0,
    ) -> list[Message]:
        """Oldest first, also of a chat that is not stored; an unknown conversation has none.

        Two people may use the same conversation id: name the person then. ``last``: only so many;
        ``skip``: not counting that many at the end.
        """
        return conversations.standing(self._parts, user_id, conversation_id, last, skip)

    def count_messages(self, user_id: str, conversation_id: str) -> int:
        """How many stand in a conversation, stored or not."""
        return conversations.count(self._parts, user_id, conversation_id)

    def count_following(self, message_id: int) -> int:
        """How many stored messages stand after this one in its conversation."""
        return self._store.messages.count_following(message_id)

    def drop_unstored(self, user_id: str, conversation_id: str) -> None:
        """Let go of what was said in a chat and is not stored; what is stored stays."""
        conversations.drop_unstored(self._parts, user_id, conversation_id)

    def message(self, message_id: int) -> Message:
        """Also one that is not stored. Raises NotFound."""
        return conversations.message(self._parts, message_id)

    def memories_of(self, message_id: int) -> list[MemoryItem]:
        """What was remembered of a message."""
        return self._store.memories.from_message(message_id)

    def said_again(self, message_ids: Sequence[int]) -> dict[int, list[MemoryItem]]:
        """By message: what is in use and was said in it once more, until it is said anew."""
        return lists.said_again(self._parts, message_ids)

    def sources(self, message_id: int) -> list[Source]:
        """The memories an answer was built on; also of one that is not stored."""
        return why.sources(self._parts, message_id)

    # -- forgetting -----------------------------------------------------------------------

    def retention(self, user_id: str, at: datetime | None = None) -> list[Retention]:
        """The strength of every memory as of ``at``, the weakest first; also of archived ones."""
        return fading.standing.retention(self._parts, user_id, at)

    def retention_of(self, items: Sequence[MemoryItem]) -> list[Retention]:
        """How strong these memories are now, in their order."""
        return fading.standing.retention_of(self._parts, items)

    def curve(
        self,
        item_id: int,
        *,
        days: int = 60,
        at: datetime | None = None,
        policy: ForgettingRules | str | None = None,
    ) -> Curve:
        """The strength of a memory since its creation, each use a jump, and on each of the coming
        days, if it is not used. ``policy``: by other rules, or “exponential” or “stability”."""
        return fading.curves.curve(self._parts, item_id, days=days, at=at, policy=policy)

    def example_curve(
        self,
        user_id: str,
        *,
        importance: float,
        age_days: int,
        used_days_ago: Sequence[int] = (),
        days: int = 60,
        policy: ForgettingRules | str | None = None,
    ) -> Curve:
        """As ``curve``, of a made-up memory that was stored so many days ago, an answer built on it
        on each of those days: to try the rules with nothing stored. Raises InvalidInput."""
        return fading.curves.example(
            self._parts,
            user_id,
            importance=importance,
            age_days=age_days,
            used_days_ago=used_days_ago,
            days=days,
            policy=policy,
        )

    def forecast(
        self, user_id: str, *, days: int = 365, policy: ForgettingRules | str | None = None
    ) -> Forecast:
        """What becomes of all memories if none is used: how many are in each stage on each day, and
        which go when (article, section 5). Changes nothing."""
        return fading.forecast.forecast(self._parts, user_id, days=days, policy=policy)

    def forgetting(self, user_id: str) -> ForgettingOverview:
        """How all memories stand now, and what forgetting has spared so far."""
        return fading.forecast.overview(self._parts, user_id)

    def reinforce(self, item_ids: Sequence[int]) -> list[MemoryItem]:
        """Keep them fresh: a use by hand, as if an answer had been built on each. All or none.
        Raises NotFound, or InvalidInput for what is not in use."""
        return forget.reinforce(self._parts, item_ids)

    def forgetting_rules(self, user_id: str) -> ForgettingRules:
        """The numbers that the person's memories fade by."""
        return choices.of(self._parts, self._store.people.find(user_id))

    def earlier_forgetting_rules(self, user_id: str) -> ForgettingRules | None:
        """Those before the last change, to go back to; None when nothing was changed."""
        return choices.before(self._parts, self._store.people.find(user_id))

    def set_forgetting_rules(self, user_id: str, rules: ForgettingRules) -> ForgettingRules:
        """They hold at once for all that is stored: strength is derived. Raises InvalidInput."""
        return choices.choose(self._parts, user_id, rules)

    def visit(self, user_id: str) -> None:
        """The person is there, says the app with each page; who talks, recalls or decides is
        noticed without it. An absence of more than seven days counts as seven."""
        presence.visit(self._parts, user_id)

    def holiday(self, user_id: str) -> datetime | None:
        """Since when holiday mode is on; None: it is off."""
        return presence.holiday(self._parts, user_id)

    def set_holiday(self, user_id: str, on: bool) -> None:
        """While it is on nothing fades and nothing is swept."""
        presence.set_holiday(self._parts, user_id, on)

    def plan_sweep(
        self,
        user_id: str,
        *,
        at: datetime | None = None,
        policy: ForgettingRules | str | None = None,
        unattended: bool = False,
    ) -> SweepPlan:
        """What a sweep would archive and erase, what it leaves and why; changes nothing.

        ``at``: as of then. ``unattended``: nobody looks at the plan before it is done, so only what
        was shown before is erased.
        """
        return fading.sweep.plan(self._parts, user_id, at=at, policy=policy, unattended=unattended)

    def sweep(self, plan: SweepPlan, *, on_step: OnStep | None = None) -> SweepReport:
        """Do exactly what the plan says: it is its own confirmation. What is archived leaves
        recall, until ``undo_sweep`` or ``restore``; what is erased is erased to the bytes.

        Raises StalePlan when anything of it has changed; InvalidInput when it is unattended and
        asks first, or would erase something before its time.
        """
        return fading.sweep.carry_out(self._parts, plan, on_step)

    def undo_sweep(self, sweep_id: int) -> list[MemoryItem]:
        """Put back what is still archived because of it, as it was; the app's sweeps leave it for
        seven days. Raises NotFound."""
        return fading.sweep.undo(self._parts, sweep_id)

    def sweeps(self, user_id: str, limit: int | None = None) -> list[Sweep]:
        """Those that did anything, the latest first."""
        person_id = self._store.people.find(user_id)
        return [] if person_id is None else self._store.sweeps.all(person_id, limit)

    def last_sweep(self, user_id: str) -> datetime | None:
        """When the last one was done, also one that found nothing to do; None: there was none."""
        person_id = self._store.people.find(user_id)
        return None if person_id is None else self._store.sweeps.last_at(person_id, self.now())

    def tell_sweeps(self, user_id: str) -> list[Sweep]:
        """What the app has swept by itself since this was last asked, the latest first: it is to be
        told once."""
        return fading.sweep.tell(self._parts, user_id)

    def note_shown(self, item_ids: Sequence[int]) -> None:
        """The person is looking at these: of what is archived, an unattended sweep erases only what
        was shown since they were last away."""
        fading.sweep.note_shown(self._parts, item_ids)

    # -- consent, privacy rules and erasure -----------------------------------------------

    def grant(self, user_id: str, purpose: str) -> None:
        """Record the person's consent to a purpose (GDPR Art. 7)."""
        privacy.grant(self._parts, user_id, purpose)

    def revoke(self, user_id: str, purpose: str) -> ErasureReceipt:
        """Withdraw a consent and erase what was kept because of it."""
        return privacy.revoke(self._parts, user_id, purpose)

    def consents(self, user_id: str) -> list[Consent]:
        """All grants, also revoked ones, oldest first."""
        return privacy.consents(self._parts, user_id)

    def redact(self, text: str) -> Redaction:
        """The text with every piece of personal data replaced by its label."""
        return intake.redact(self._parts, text)

    def preview(self, user_id: str, text: str) -> Preview:
        """What would be found in a text, stored and sent, were it said now; nothing is stored."""
        return privacy.preview(self._parts, user_id, text)

    def keepable(self, message_id: int) -> tuple[Label, ...]:
        """What was masked in a message and can still be kept; nothing after some minutes."""
        return keeping.keepable(self._parts, message_id)

    def keep(self, message_id: int) -> Message:
        """Store what was masked in a message after all, and these values from now on. Secrets
        never. Raises NotFound when it is too late."""
        return keeping.keep(self._parts, message_id)

    def kept_values(self, user_id: str) -> dict[Label, int]:
        """How many values of each label ``keep`` allows."""
        return keeping.kept(self._parts, user_id)

    def keep_no_more(self, user_id: str) -> None:
        """Undo of ``keep`` for what is said from now on."""
        keeping.keep_no_more(self._parts, user_id)

    def privacy_rules(self, user_id: str) -> PrivacyRules:
        """What is masked, used, sent and exported, and for how long it is kept."""
        return privacy.rules(self._parts, user_id)

    def resulting_privacy_rules(self, user_id: str, rules: PrivacyRules) -> PrivacyRules:
        """What would hold if these were set: days follow a changed preset, strict mode bounds what
        it must; changes nothing."""
        return privacy.resulting_rules(self._parts, user_id, rules)

    def plan_privacy_rules(self, user_id: str, rules: PrivacyRules) -> RulesPlan:
        """What ``set_privacy_rules`` would do to what is stored; changes nothing."""
        return privacy.plan_rules(self._parts, user_id, rules)

    def set_privacy_rules(self, user_id: str, rules: PrivacyRules) -> PrivacyRules:
        """They hold at once, also for what is stored; what is over by them is erased by
        ``expire``. Raises InvalidInput."""
        return privacy.set_rules(self._parts, user_id, rules)

    def footprint(
        self,
        user_id: str,
        *,
        memory: int | None = None,
        conversation: str | None = None,
        entity: int | None = None,
        purpose: str | None = None,
        keep_memories: bool = False,
        imported: int | None = None,
    ) -> Footprint:
        """Every place that ``erase`` with the same scope would clear; changes nothing."""
        target = Target(memory, conversation, entity, purpose, keep_memories, imported)
        return erase.footprint(self._parts, user_id, target)

    def erase(
        self,
        user_id: str,
        *,
        memory: int | None = None,
        conversation: str | None = None,
        entity: int | None = None,
        purpose: str | None = None,
        keep_memories: bool = False,
        imported: int | None = None,
        on_step: OnStep | None = None,
    ) -> ErasureReceipt:
        """Erase to the last byte, at once and for good; without a scope, everything.

        ``keep_memories``: of a conversation, leave what was learnt from it. ``imported``: the id of
        an import, with all it brought in. ``on_step`` is told before each step, for a page to show.
        """
        target = Target(memory, conversation, entity, purpose, keep_memories, imported)
        return erase.erase(self._parts, user_id, target, on_step)

    def expire(self, at: datetime | None = None) -> ErasureReceipt:
        """Erase what is past its retention or past undo."""
        return erase.expire(self._parts, at)

    def privacy_report(self, user_id: str | None = None) -> PrivacyReport:
        """What is held, of everybody or of one person (article, section 6)."""
        return privacy.report(self._parts, user_id)

    # -- the audit ------------------------------------------------------------------------

    def audit(
        self,
        limit: int = 100,
        *,
        user_id: str | None = None,
        actions: Sequence[str] = (),
        offset: int = 0,
    ) -> list[AuditEvent]:
        """Newest first; of one person, and of these actions, if given. Ids as keyed hashes, never
        text."""
        return audit.events(self._parts, user_id, actions, limit, offset)

    def count_audit(self, *, user_id: str | None = None, actions: Sequence[str] = ()) -> int:
        """How many events ``audit`` has with these arguments."""
        return audit.count(self._parts, user_id, actions)

    def verify_audit(self) -> AuditVerification:
        """Whether every row is as it was written, and none is gone; changes nothing."""
        return self._store.audit.verify(self._parts.keys)

    # -- taking it along, and bringing it in ----------------------------------------------

    def export(self, user_id: str, *, on_step: OnProgress | None = None) -> bytes:
        """A ZIP with what is held about the person and their rules export (GDPR Art. 15, 20): a
        page to read, JSON with its schema, and tables. ``on_step`` is told how far it is."""
        return transfer.export(self._parts, user_id, on_step)

    def export_to(self, user_id: str, file: BinaryIO, *, on_step: OnProgress | None = None) -> int:
        """The same, written as it is collected into a file that is open for bytes; how many."""
        return transfer.export_to(self._parts, user_id, file, on_step)

    def import_archive(
        self,
        user_id: str,
        data: bytes | BinaryIO,
        *,
        dry_run: bool = False,
        on_step: OnProgress | None = None,
    ) -> ImportReport:
        """Bring in an export, or its bare ``recollect.json``: all of it or nothing, with
        embeddings made anew. What is here stays as it is; ``dry_run`` only tells what would be
        done. Raises ImportRejected, and ConsentRequired."""
        return transfer.import_archive(self._parts, user_id, data, dry_run=dry_run, on_step=on_step)

    # -- chats and lists from elsewhere ---------------------------------------------------

    def plan_chat_import(
        self,
        user_id: str,
        data: bytes,
        *,
        sample: int | None = None,
        on_step: OnChatProgress | None = None,
        stop: Event | None = None,
    ) -> ChatImportPlan:
        """What an export of ChatGPT or Claude, or a list, would bring in, and what would be learnt
        from it; nothing is stored. Reading takes minutes where there are thousands of messages.

        ``sample``: about so many messages are looked through, from all over the file. ``on_step``
        is told after each batch; when ``stop`` is set, what was looked through until then counts.
        Raises ImportRejected, ConsentRequired.
        """
        return chats.plan(self._parts, user_id, data, sample, on_step, stop)

    def import_chats(
        self,
        user_id: str,
        data: bytes,
        *,
        only: Collection[str] | None = None,
        on_step: OnChatProgress | None = None,
        stop: Event | None = None,
    ) -> ChatImportReport:
        """Bring in what is not here yet, in small batches, each complete when it is in the file.

        ``only``: names of conversations, as the plan has them; None: all. When ``stop`` is set it
        ends with the conversation under way; the same file once more goes on behind it, and a later
        export brings in what is new. ``erase`` with ``imported`` removes it. Raises ImportRejected,
        ConsentRequired, and NotFound when it is removed meanwhile.
        """
        return chats.import_chats(self._parts, user_id, data, only, on_step, stop)

    def chat_imports(self, user_id: str) -> list[ChatImport]:
        """What was imported and is still there, the latest first."""
        return chats.imports(self._parts, user_id)

    # -- the file: its state, backups and passphrase --------------------------------------

    def stats(self) -> Stats:
        return contexts.stats(self._parts)

    def check(self) -> Health:
        """Whether the file is sound; others may go on writing meanwhile, if a little later."""
        return self._store.health.check()

    def backup(self, target: Path | BinaryIO) -> Backup:
        """One ZIP with a copy of the whole file, of all people, and the keys of its audit; the copy
        is read to the end before it is handed out. Others may write meanwhile. Encrypted if the
        file is.

        An erasure does not reach it. Raises InvalidInput for a file that is there already.
        """
        return backups.backup(self._parts, target)

    def plan_restore(self, source: BinaryIO, *, passphrase: str | None = None) -> RestorePlan:
        """What ``restore_backup`` would do; changes nothing. Raises BackupRejected,
        PassphraseNeeded and WrongPassphrase, which are about the backup's."""
        return restoring.plan(self._parts, source, passphrase)

    def restore_backup(
        self, source: BinaryIO, *, passphrase: str | None = None, current: str | None = None
    ) -> RestoreReport:
        """The backup in the place of the file, in one step; this memory is closed then, to be
        opened anew, with the backup's passphrase if it has one. What was erased since, where that
        can be told, is erased from it first. The audit goes on, what was agreed to since holds.

        ``current``: the file's own passphrase, which it keeps when the backup has none. Raises as
        ``plan_restore`` does, and FileShared; nothing is changed then.
        """
        report = restoring.restore(self._parts, source, passphrase, current)
        self.close()
        return report

    @property
    def is_encrypted(self) -> bool:
        return self._store.database.is_encrypted

    def set_passphrase(self, new: str, *, current: str | None = None) -> None:
        """Encrypt the file, or change its passphrase, in one step: whatever cuts it short, the file
        opens with the old one or with the new one. A passphrase that is lost cannot be brought
        back, nor what it locks.

        Raises InvalidInput for one that is too short, PassphraseNeeded and WrongPassphrase for
        ``current``, FileShared when another program has the file open.
        """
        passphrases.choose(self._parts, new, current)

    def remove_passphrase(self, current: str) -> None:
        """The file is no longer encrypted. Raises as ``set_passphrase`` does."""
        passphrases.remove(self._parts, current)

    # -- a file that is locked or cannot be opened ----------------------------------------

    @staticmethod
    def is_locked(settings: Settings) -> bool:
        """Whether the file is encrypted, whoever has it open."""
        return encryption.is_encrypted(settings.database)

    @staticmethod
    def salvage(settings: Settings, *, passphrase: str | None = None) -> bytes:
        """A ZIP with what can still be read of a damaged file, which is not changed; it is not
        encrypted, whatever the file is.

        Raises DamagedDatabase when that is nothing, PassphraseNeeded and WrongPassphrase.
        """
        return passphrases.salvaged(settings.database, passphrase)

    @staticmethod
    def set_aside(settings: Settings) -> Path | None:
        """The file under another name, so that a new one can be begun; None when there is none.
        Nothing looks into it then, or erases from it. Raises FileShared."""
        return aside.set_aside(settings.database, settings.keys)

    @classmethod
    def restore_unopened(
        cls,
        settings: Settings,
        source: BinaryIO,
        *,
        passphrase: str | None = None,
        clock: Clock | None = None,
        embedder: Embedder | None = None,
    ) -> RestoreReport:
        """A backup in the place of a file that cannot be opened, which is set aside, not erased.

        What was erased since cannot be told here (``restore_backup``). Raises BackupRejected,
        PassphraseNeeded, WrongPassphrase and FileShared; nothing is changed then.
        """
        known = _embedding_models(settings, embedder, None)
        plan, kept = restoring.restore_unopened(settings, known, source, passphrase)
        with cls.open(settings, clock=clock, embedder=embedder, passphrase=passphrase) as memory:
            report = RestoreReport(plan, memory.now(), kept)
            audit.of_everybody(memory._parts, Act.RESTORE_BACKUP, report.restored_at)
        return report


def _embedding_models(
    settings: Settings, only: Embedder | None, given: EmbeddingModels | None
) -> EmbeddingModels:
    if only is not None:
        return OnlyModel(only)
    return given or FastembedModels(settings.cache, MiniLMEmbedder(settings.cache))


def _request(
    user_id: str,
    text: str,
    conversation_id: str | None,
    without: Sequence[int],
    private: bool,
    replacing: int | None,
) -> Request:
    return Request(
        user_id,
        text,
        conversation_id or learn.DEFAULT_CONVERSATION,
        without=tuple(without),
        private=private,
        replacing=replacing,
    )
