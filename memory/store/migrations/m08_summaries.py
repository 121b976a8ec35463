"""What a model made of the turns that a conversation outgrew, and which those are."""

STEPS = (
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
