"""Privacy rules by person, class and label; reasons; an audit that refuses change."""

STEPS = (
    # What the person chose for a class. days: null as the preset says, 0 kept until erased by hand.
    """
    create table class_rules (
        id integer primary key,
        person_id integer not null references people on delete cascade,
        data_class text not null,
        recalled integer not null,
        sent integer not null,
        exported integer not null,
        days integer,
        unique (person_id, data_class)
    )
    """,
    """
    create table label_rules (
        id integer primary key,
        person_id integer not null references people on delete cascade,
        label text not null,
        stored text not null,
        masked_when_sent integer not null,
        unique (person_id, label)
    )
    """,
    # The person said that this very value may be kept: its keyed hash knows it again.
    "alter table placeholders add column kept integer not null default 0",
    "alter table memories add column class_reason text not null default ''",
    # Empty: said before there were classes; it is given one at opening.
    "alter table messages add column data_class text not null default ''",
    "alter table messages add column expires_at text",
    "create index messages_expiry on messages (expires_at) where expires_at is not null",
    # Every recall also asks for the purpose and the class of what may be found.
    "drop index memories_recallable",
    """
    create index memories_recallable on memories (person_id, expires_at, purpose, data_class)
    where status = 'active' and paused = 0
    """,
    # A keyed hash of whom a row is about, and a word of ours that says more.
    "alter table audit add column person text not null default ''",
    "alter table audit add column scope text not null default ''",
    """
    create trigger audit_is_not_changed before update on audit
    begin select raise(abort, 'the audit is never changed'); end
    """,
    """
    create trigger audit_is_not_cut before delete on audit
    begin select raise(abort, 'the audit is never cut'); end
    """,
)
