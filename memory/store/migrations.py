"""The schema as numbered steps, applied on open; a step never changes once it has landed.

Every key is an integer: a text key would stay readable in the index pages of the file. A memory,
its vector and its full-text row share one id, so none of them can be left behind unseen.
"""

from collections.abc import Callable
from dataclasses import dataclass

from memory.errors import NewerSchema
from memory.store.connection import APPLICATION_ID, Database


@dataclass(frozen=True, slots=True)
class Migration:
    number: int
    why: str
    apply: Callable[[Database], None]


def migrate(database: Database) -> None:
    """Bring the file to the newest schema, in one transaction that holds off all others."""
    with database.transaction("exclusive"):
        version = database.value("pragma user_version")
        if version > MIGRATIONS[-1].number:
            raise NewerSchema(database.path, version)
        for migration in MIGRATIONS[version:]:
            migration.apply(database)
            database.run(f"pragma user_version = {migration.number}")
            database.run(f"pragma application_id = {APPLICATION_ID}")


def _first_schema(database: Database) -> None:
    for statement in FIRST_SCHEMA:
        database.run(statement)


def _second_schema(database: Database) -> None:
    for statement in SECOND_SCHEMA:
        database.run(statement)


def _third_schema(database: Database) -> None:
    for statement in THIRD_SCHEMA:
        database.run(statement)


def _fourth_schema(database: Database) -> None:
    for statement in FOURTH_SCHEMA:
        database.run(statement)


def _fifth_schema(database: Database) -> None:
    for statement in FIFTH_SCHEMA:
        database.run(statement)


def _sixth_schema(database: Database) -> None:
    for statement in SIXTH_SCHEMA:
        database.run(statement)


def _seventh_schema(database: Database) -> None:
    for statement in SEVENTH_SCHEMA:
        database.run(statement)


def _eighth_schema(database: Database) -> None:
    for statement in EIGHTH_SCHEMA:
        database.run(statement)


def _ninth_schema(database: Database) -> None:
    for statement in NINTH_SCHEMA:
        database.run(statement)


def _tenth_schema(database: Database) -> None:
    for statement in TENTH_SCHEMA:
        database.run(statement)


def _eleventh_schema(database: Database) -> None:
    for statement in ELEVENTH_SCHEMA:
        database.run(statement)


FIRST_SCHEMA = (
    """
    create table people (
        id integer primary key autoincrement,
        user_id text not null unique,
        created_at text not null
    )
    """,
    """
    create table settings (
        person_id integer not null references people on delete cascade,
        key text not null,
        value text not null,
        primary key (person_id, key)
    ) without rowid
    """,
    """
    create table consents (
        id integer primary key,
        person_id integer not null references people on delete cascade,
        purpose text not null,
        text_version text not null,
        granted_at text not null,
        revoked_at text
    )
    """,
    "create index consents_person on consents (person_id)",
    # -- conversations: the name is the caller's own string
    """
    create table conversations (
        id integer primary key autoincrement,
        person_id integer not null references people on delete cascade,
        name text not null,
        title text not null default '',
        created_at text not null,
        updated_at text not null,
        unique (person_id, name)
    )
    """,
    # AUTOINCREMENT: an erased id is never given again, so a stale link cannot meet a stranger
    """
    create table messages (
        id integer primary key autoincrement,
        person_id integer not null references people on delete cascade,
        conversation_id integer not null references conversations on delete cascade,
        role text not null,
        speaker text,
        text text not null,
        state text not null,
        masked text not null default '[]',
        note text not null default '',
        created_at text not null,
        said_at text not null
    )
    """,
    "create index messages_conversation on messages (conversation_id, id)",
    "create index messages_person on messages (person_id)",
    # -- memories
    """
    create table memories (
        id integer primary key autoincrement,
        person_id integer not null references people on delete cascade,
        kind text not null,
        text text not null,
        data_class text not null,
        purpose text not null,
        importance real not null,
        importance_terms text not null,
        pinned integer not null default 0,
        status text not null,
        created_at text not null,
        said_at text not null,
        edited_at text,
        last_accessed_at text,
        access_count integer not null default 0,
        expires_at text,
        forgotten_at text,
        source_message_id integer references messages on delete set null,
        conversation_id integer references conversations on delete set null,
        speaker text
    )
    """,
    "create index memories_person on memories (person_id, status)",
    "create index memories_source on memories (source_message_id)",
    "create index memories_expiry on memories (expires_at) where expires_at is not null",
    """
    create table revisions (
        id integer primary key,
        memory_id integer not null references memories on delete cascade,
        text text not null,
        replaced_at text not null
    )
    """,
    "create index revisions_memory on revisions (memory_id)",
    # External content: the text is stored once; rows are added and removed beside the memory.
    """
    create virtual table memory_text using fts5 (
        text,
        content = 'memories',
        content_rowid = 'id',
        tokenize = 'porter unicode61 remove_diacritics 2'
    )
    """,
    """
    create table embedding_models (
        id integer primary key,
        name text not null unique,
        dimension integer not null
    )
    """,
    # -- uses: one row when a memory was listed, or built into an answer (message_id)
    """
    create table accesses (
        id integer primary key,
        memory_id integer not null references memories on delete cascade,
        message_id integer references messages on delete cascade,
        at text not null,
        score real not null,
        similarity real not null,
        terms text not null,
        reason text not null
    )
    """,
    "create index accesses_memory on accesses (memory_id)",
    "create index accesses_message on accesses (message_id)",
    # -- profile and entities
    """
    create table profile_fields (
        id integer primary key,
        person_id integer not null references people on delete cascade,
        field text not null,
        value text not null,
        confidence real not null,
        since text not null,
        source_memory_id integer references memories on delete cascade
    )
    """,
    "create index profile_person on profile_fields (person_id)",
    "create index profile_source on profile_fields (source_memory_id)",
    """
    create table entities (
        id integer primary key autoincrement,
        person_id integer not null references people on delete cascade,
        name text not null,
        type text not null,
        unique (person_id, type, name)
    )
    """,
    """
    create table entity_mentions (
        id integer primary key,
        entity_id integer not null references entities on delete cascade,
        message_id integer references messages on delete cascade,
        memory_id integer references memories on delete cascade,
        at text not null
    )
    """,
    "create index mentions_entity on entity_mentions (entity_id)",
    "create index mentions_message on entity_mentions (message_id)",
    "create index mentions_memory on entity_mentions (memory_id)",
    """
    create table relations (
        id integer primary key,
        person_id integer not null references people on delete cascade,
        subject_id integer not null references entities on delete cascade,
        verb text not null,
        object_id integer not null references entities on delete cascade,
        message_id integer references messages on delete cascade,
        at text not null
    )
    """,
    # -- the hot tier
    """
    create table hot_cache (
        person_id integer not null references people on delete cascade,
        key text not null,
        value text not null,
        expires_at text not null,
        primary key (person_id, key)
    ) without rowid
    """,
    "create index hot_cache_expiry on hot_cache (expires_at)",
    # -- privacy: placeholders keep their number through a keyed hash, never the raw value
    """
    create table placeholders (
        person_id integer not null references people on delete cascade,
        label text not null,
        number integer not null,
        value_hmac blob not null,
        primary key (person_id, label, number)
    ) without rowid
    """,
    """
    create table erasure_journal (
        id integer primary key,
        begun_at text not null,
        scope text not null,
        state text not null
    )
    """,
    """
    create table audit (
        id integer primary key,
        at text not null,
        action text not null,
        subject text not null,
        counts text not null,
        link text not null
    )
    """,
)

# What a person can do with single memories and conversations.
SECOND_SCHEMA = (
    "alter table memories add column paused integer not null default 0",
    # The merged memory that holds this one's text; this one waits for the merge to be undone.
    "alter table memories add column merged_into integer references memories on delete set null",
    "create index memories_merged on memories (merged_into) where merged_into is not null",
    "create index memories_forgotten on memories (forgotten_at) where forgotten_at is not null",
    "create index memories_newest on memories (person_id, created_at desc, id desc)",
    "create index memories_conversation on memories (conversation_id)",
    # Read in full by every recall: who may be found, and who the speakers are. From these alone,
    # at 10,000 memories, the first takes .3 ms instead of 1.4, the second .01 instead of 1.3.
    """
    create index memories_recallable on memories (person_id, expires_at)
    where status = 'active' and paused = 0
    """,
    "create index memories_speaker on memories (person_id, speaker) where speaker is not null",
    # Every message of a conversation looks for memories that must not be used now: they are few.
    """
    create index memories_set_aside on memories (person_id)
    where status != 'active' or paused or merged_into is not null
    """,
    "alter table conversations add column remembers integer not null default 1",
    # A message that was edited, or an answer given anew: out of sight, erased when undo ends.
    "alter table messages add column replaced_at text",
    "create index messages_replaced on messages (replaced_at) where replaced_at is not null",
    # Which message an answer answers: with two tabs in one conversation not always the one before.
    "alter table messages add column answers integer references messages on delete set null",
    """
    update messages set answers = (
        select max(said.id) from messages as said
        where said.conversation_id = messages.conversation_id and said.id < messages.id
            and said.role = 'user')
    where role = 'assistant'
    """,
    "create index messages_answers on messages (answers) where answers is not null",
)

# Privacy rules by person, class and label; reasons; an audit that refuses change.
THIRD_SCHEMA = (
    # What the person chose for a class. days: null as the preset says, 0 kept until erased by hand.
    """
    create table class_rules (
        id integer primary key,
        person_id integer not null references people on delete cascade,
        data_class text not null,
        recalled integer not null,
        sent integer not null,
        exported integer not null,
        days integer,
        unique (person_id, data_class)
    )
    """,
    """
    create table label_rules (
        id integer primary key,
        person_id integer not null references people on delete cascade,
        label text not null,
        stored text not null,
        masked_when_sent integer not null,
        unique (person_id, label)
    )
    """,
    # The person said that this very value may be kept: its keyed hash knows it again.
    "alter table placeholders add column kept integer not null default 0",
    "alter table memories add column class_reason text not null default ''",
    # Empty: said before there were classes; it is given one at opening.
    "alter table messages add column data_class text not null default ''",
    "alter table messages add column expires_at text",
    "create index messages_expiry on messages (expires_at) where expires_at is not null",
    # Every recall also asks for the purpose and the class of what may be found.
    "drop index memories_recallable",
    """
    create index memories_recallable on memories (person_id, expires_at, purpose, data_class)
    where status = 'active' and paused = 0
    """,
    # A keyed hash of whom a row is about, and a word of ours that says more.
    "alter table audit add column person text not null default ''",
    "alter table audit add column scope text not null default ''",
    """
    create trigger audit_is_not_changed before update on audit
    begin select raise(abort, 'the audit is never changed'); end
    """,
    """
    create trigger audit_is_not_cut before delete on audit
    begin select raise(abort, 'the audit is never cut'); end
    """,
)

# What a turn follows, so that it is understood from the turns around it; and until when it holds.
FOURTH_SCHEMA = (
    "alter table memories add column follows integer references memories on delete set null",
    "create index memories_follows on memories (follows) where follows is not null",
    """
    update memories set follows = before.follows from (
        select id, said_at, lag(id) over turns as follows, lag(said_at) over turns as said_before
        from memories where kind = 'episode' and conversation_id is not null
        window turns as (partition by conversation_id order by id)
    ) as before
    where before.id = memories.id and before.follows is not null
        and unixepoch(before.said_at) - unixepoch(before.said_before) between 0 and 3600
    """,
    # Said later to be no longer so. Null: it holds.
    "alter table memories add column valid_until text",
    "drop index memories_recallable",
    """
    create index memories_recallable
    on memories (person_id, expires_at, purpose, data_class, said_at, valid_until, kind)
    where status = 'active' and paused = 0
    """,
)

# What a memory states, beside its words; what it took the place of; what waits to be decided.
FIFTH_SCHEMA = (
    # JSON of a Statement; null: told outright, or a turn as a whole.
    "alter table memories add column statement text",
    # What it is a statement of, in one form for all wordings.
    "alter table memories add column topic text not null default ''",
    "create index memories_topic on memories (person_id, topic) where topic != ''",
    # Whether it holds a whole turn, or only a part of one.
    "alter table memories add column is_turn integer not null default 0",
    "update memories set is_turn = 1 where kind = 'episode' and source_message_id is not null",
    "alter table memories add column times_said integer not null default 1",
    "alter table memories add column last_said_at text",
    "alter table memories add column superseded_by integer references memories on delete set null",
    """
    create index memories_superseded on memories (superseded_by)
    where superseded_by is not null
    """,
    # Local days on which what it tells happened, where it says so.
    "alter table memories add column happened_first text",
    "alter table memories add column happened_last text",
    # Why it waits in the inbox, and which memory it is at odds with.
    "alter table memories add column proposed_because text not null default ''",
    "alter table memories add column rival_id integer references memories on delete set null",
    "create index memories_rival on memories (rival_id) where rival_id is not null",
    # What was superseded holds again when what took its place is forgotten, and when it is erased:
    # until that was superseded in its turn. A row of forgotten ones hands it down from one to the
    # next, which takes recursive triggers.
    """
    create trigger superseded_holds_again after update of status on memories begin
        update memories set valid_until = iif(
            new.status in ('forgotten', 'proposed'), new.valid_until, max(said_at, new.said_at))
        where superseded_by = new.id;
    end
    """,
    """
    create trigger superseded_hands_down after update of valid_until on memories
    when new.status in ('forgotten', 'proposed') begin
        update memories set valid_until = new.valid_until where superseded_by = new.id;
    end
    """,
    """
    create trigger superseded_by_the_next before delete on memories begin
        update memories set superseded_by = old.superseded_by, valid_until = old.valid_until
        where superseded_by = old.id;
    end
    """,
)

# An entity has the names that it is mentioned by, and none of its own: one that nothing says any
# more is gone. Relations belong to the memory they were said in; nothing had written any before.
SIXTH_SCHEMA = (
    "drop table relations",
    "alter table entities rename to entities_before",
    "alter table entity_mentions rename to mentions_before",
    """
    create table entities (
        id integer primary key autoincrement,
        person_id integer not null references people on delete cascade,
        type text not null
    )
    """,
    """
    create table entity_names (
        id integer primary key,
        entity_id integer not null references entities on delete cascade,
        name text not null,
        unique (entity_id, name)
    )
    """,
    # memory_id: null when it was said in a message of which no memory was made
    """
    create table entity_mentions (
        id integer primary key,
        name_id integer not null references entity_names on delete cascade,
        attributes text not null default '{}',
        message_id integer references messages on delete cascade,
        memory_id integer references memories on delete cascade,
        at text not null
    )
    """,
    # an erased id is not given again, here either
    """
    insert into sqlite_sequence (name, seq)
    select 'entities', seq from sqlite_sequence where name = 'entities_before'
    """,
    "insert into entities (id, person_id, type) select id, person_id, type from entities_before",
    "insert into entity_names (id, entity_id, name) select id, id, name from entities_before",
    """
    insert into entity_mentions (id, name_id, message_id, memory_id, at)
    select id, entity_id, message_id, memory_id, at from mentions_before
    """,
    "drop table mentions_before",
    "drop table entities_before",
    """
    create table relations (
        id integer primary key,
        person_id integer not null references people on delete cascade,
        subject_id integer not null references entities on delete cascade,
        verb text not null,
        said text not null,
        object_id integer not null references entities on delete cascade,
        negated integer not null,
        message_id integer references messages on delete cascade,
        memory_id integer references memories on delete cascade,
        at text not null
    )
    """,
    "create index entities_person on entities (person_id)",
    "create index mentions_name on entity_mentions (name_id)",
    "create index mentions_message on entity_mentions (message_id)",
    "create index mentions_memory on entity_mentions (memory_id)",
    "create index relations_person on relations (person_id)",
    "create index relations_subject on relations (subject_id)",
    "create index relations_object on relations (object_id)",
    "create index relations_message on relations (message_id)",
    "create index relations_memory on relations (memory_id)",
)

# How an answer came about, and for some days exactly what a model was given for it.
SEVENTH_SCHEMA = (
    """
    create table answers (
        message_id integer primary key references messages on delete cascade,
        model text not null,
        is_local integer not null,
        ending text not null,
        context_tokens integer not null,
        answer_tokens integer not null,
        counted_by_model integer not null,
        first_seconds real,
        total_seconds real
    )
    """,
    # report: JSON of a ContextReport, which holds numbers, words of ours and ids
    """
    create table contexts (
        message_id integer primary key references messages on delete cascade,
        report text not null,
        made_at text not null,
        expires_at text not null
    )
    """,
    "create index contexts_expiry on contexts (expires_at)",
    """
    create table context_messages (
        id integer primary key,
        context_id integer not null references contexts on delete cascade,
        role text not null,
        text text not null
    )
    """,
    "create index context_messages_context on context_messages (context_id)",
    # What went into it: it goes with the first of them. No reference: it must not go before.
    """
    create table context_sources (
        id integer primary key,
        context_id integer not null references contexts on delete cascade,
        memory_id integer,
        message_id integer
    )
    """,
    "create index context_sources_context on context_sources (context_id)",
    "create index context_sources_memory on context_sources (memory_id)",
    "create index context_sources_message on context_sources (message_id)",
)

# What a model made of the turns that a conversation outgrew, and which those are.
EIGHTH_SCHEMA = (
    """
    create table summaries (
        id integer primary key autoincrement,
        person_id integer not null references people on delete cascade,
        conversation_id integer not null unique references conversations on delete cascade,
        text text not null,
        data_class text not null,
        model text not null,
        made_at text not null,
        expires_at text
    )
    """,
    "create index summaries_person on summaries (person_id)",
    # It goes with the first of them. No reference: it must not go before.
    """
    create table summary_messages (
        id integer primary key,
        summary_id integer not null references summaries on delete cascade,
        message_id integer not null
    )
    """,
    "create index summary_messages_summary on summary_messages (summary_id)",
    "create index summary_messages_message on summary_messages (message_id)",
)

# What a model reads in a message beside the rules: proposals, and what came of asking it.
NINTH_SCHEMA = (
    # Its words are a model's, read in the message it comes from.
    "alter table memories add column by_model integer not null default 0",
    """
    create table model_readings (
        message_id integer primary key references messages on delete cascade,
        outcome text not null,
        proposed integer not null,
        unusable text not null default ''
    )
    """,
)

# When each memory was used, what sweeps did, and when the person was not there.
TENTH_SCHEMA = (
    # Beside ``accesses``, which tell what an answer was built on and go with the answer: the time
    # alone, kept as long as the memory.
    """
    create table access_times (
        id integer primary key,
        memory_id integer not null references memories on delete cascade,
        at text not null,
        kind text not null
    )
    """,
    # All that strength is worked out from, so that the rows need not be looked up.
    "create index access_times_memory on access_times (memory_id, at, kind)",
    # Of an older file the latest are known that counted; of those that went with their answers, the
    # last.
    """
    insert into access_times (memory_id, at, kind)
    select memory_id, at, iif(message_id is null, 'listed', 'answer') from (
        select accesses.*, access_count,
               row_number() over (
                   partition by memory_id order by at desc, accesses.id desc) as place
        from accesses join memories on memories.id = memory_id)
    where place <= access_count
    order by at
    """,
    """
    insert into access_times (memory_id, at, kind)
    select id, last_accessed_at, 'answer' from memories
    where last_accessed_at is not null
        and not exists (select 1 from access_times where memory_id = memories.id)
    """,
    # What is archived is told by its own conversation all the same, and soon is many.
    "drop index memories_set_aside",
    """
    create index memories_set_aside on memories (person_id)
    where status not in ('active', 'archived') or paused or merged_into is not null
    """,
    # null: since before that was kept
    "alter table memories add column pinned_at text",
    "alter table memories add column archived_at text",
    # when the person was last shown that it waits in the archive to be erased
    "alter table memories add column shown_at text",
    """
    create table sweeps (
        id integer primary key autoincrement,
        person_id integer not null references people on delete cascade,
        at text not null,
        unattended integer not null,
        archived integer not null,
        purged integer not null,
        purged_tokens integer not null,
        purged_bytes integer not null,
        tokens integer not null,
        undone_at text
    )
    """,
    "create index sweeps_person on sweeps (person_id, at)",
    # which archived it, also once that was undone
    "alter table memories add column sweep_id integer references sweeps on delete set null",
    "create index memories_swept on memories (sweep_id) where sweep_id is not null",
    "alter table people add column last_seen_at text",
    """
    update people set last_seen_at = (
        select max(at) from (
            select people.created_at as at
            union all select max(created_at) from messages where person_id = people.id
            union all select max(created_at) from memories where person_id = people.id
            union all select max(last_accessed_at) from memories where person_id = people.id))
    """,
    """
    create table absences (
        id integer primary key,
        person_id integer not null references people on delete cascade,
        since text not null,
        until text,
        holiday integer not null
    )
    """,
    "create index absences_person on absences (person_id)",
)

# What each answer took: numbers, words of ours, names of models and ids; never a text.
ELEVENTH_SCHEMA = (
    # message_id: the answer; null when none was kept, or it is erased
    # cost: null when nobody says the price
    # sections, seconds, tiers: JSON of numbers by words of ours
    """
    create table ledger (
        id integer primary key autoincrement,
        person_id integer not null references people on delete cascade,
        at text not null,
        purpose text not null,
        provider text not null,
        model text not null,
        place text not null,
        ending text not null,
        message_id integer references messages on delete set null,
        context_tokens integer not null,
        answer_tokens integer not null,
        counted_by_model integer not null,
        cost real,
        history_tokens integer not null,
        masked integer not null,
        memories integer not null,
        sections text not null,
        seconds text not null,
        tiers text not null
    )
    """,
    "create index ledger_person on ledger (person_id, at)",
    "create index ledger_message on ledger (message_id) where message_id is not null",
    # Which memories were given. What the row tells beside them stays when they are erased.
    """
    create table ledger_memories (
        ledger_id integer not null references ledger on delete cascade,
        memory_id integer not null references memories on delete cascade,
        primary key (ledger_id, memory_id)
    ) without rowid
    """,
    "create index ledger_memories_memory on ledger_memories (memory_id)",
    # JSON of [placeholder, label, value]: what stood in the place of what
    "alter table contexts add column pseudonyms text not null default '[]'",
)

MIGRATIONS = (
    Migration(
        1, "conversations, memories with vectors and full text, consent, audit", _first_schema
    ),
    Migration(2, "pause and merge, edit and resend, memory by conversation", _second_schema),
    Migration(3, "privacy rules, reasons of classes, an audit that refuses change", _third_schema),
    Migration(4, "which turn a turn follows, and until when a memory holds", _fourth_schema),
    Migration(5, "statements, what supersedes what, and the inbox", _fifth_schema),
    Migration(6, "entities by many names, and what they have to do with each other", _sixth_schema),
    Migration(7, "how answers came about, and what models were given", _seventh_schema),
    Migration(8, "summaries of what conversations outgrew", _eighth_schema),
    Migration(9, "what a model proposes, and what came of asking it", _ninth_schema),
    Migration(10, "each use, what sweeps did, and when the person was away", _tenth_schema),
    Migration(11, "what each answer took, and which memories it was given", _eleventh_schema),
)
