"""What each answer took: numbers, words of ours, names of models and ids; never a text."""

STEPS = (
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
