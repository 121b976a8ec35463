"""An entity has the names that it is mentioned by, and none of its own: one that nothing says any
more is gone. Relations belong to the memory they were said in; nothing had written any before."""

STEPS = (
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
