"""What a model reads in a message beside the rules: proposals, and what came of asking it."""

STEPS = (
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
