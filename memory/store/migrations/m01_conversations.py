"""Conversations, memories with vectors and full text, consent, audit."""

STEPS = (
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
