"""What was imported from other programs, so that no second run brings it in again, and it can be
removed."""

STEPS = (
    # ended_at: null while it is going on, or when it was stopped
    """
    create table imports (
        id integer primary key autoincrement,
        person_id integer not null references people on delete cascade,
        format text not null,
        begun_at text not null,
        ended_at text
    )
    """,
    "create index imports_person on imports (person_id)",
    # those that an import began: one of the person's own may have a name like theirs
    """
    create table imported_conversations (
        conversation_id integer primary key references conversations on delete cascade,
        import_id integer not null references imports on delete cascade
    )
    """,
    "create index imported_conversations_import on imported_conversations (import_id)",
    # source_hmac: what a message or a line is called there, by a keyed hash: of what is erased
    # nobody can find out that it was ever there. Exactly one of the two ids is given.
    """
    create table imported (
        person_id integer not null references people on delete cascade,
        source_hmac blob not null,
        import_id integer not null references imports on delete cascade,
        message_id integer references messages on delete cascade,
        memory_id integer references memories on delete cascade,
        primary key (person_id, source_hmac)
    ) without rowid
    """,
    "create index imported_import on imported (import_id)",
    "create index imported_message on imported (message_id) where message_id is not null",
    "create index imported_memory on imported (memory_id) where memory_id is not null",
)
