"""When each memory was used, what sweeps did, and when the person was not there."""

STEPS = (
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
