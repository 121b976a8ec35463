"""What a memory states, beside its words; what it took the place of; what waits to be decided."""

STEPS = (
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
