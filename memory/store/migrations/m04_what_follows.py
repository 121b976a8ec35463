"""What a turn follows, so that it is understood from the turns around it; and until when it
holds."""

STEPS = (
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
