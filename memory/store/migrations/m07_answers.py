"""How an answer came about, and for some days exactly what a model was given for it."""

STEPS = (
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
