"""What a person can do with single memories and conversations."""

STEPS = (
    "alter table memories add column paused integer not null default 0",
    # The merged memory that holds this one's text; this one waits for the merge to be undone.
    "alter table memories add column merged_into integer references memories on delete set null",
    "create index memories_merged on memories (merged_into) where merged_into is not null",
    "create index memories_forgotten on memories (forgotten_at) where forgotten_at is not null",
    "create index memories_newest on memories (person_id, created_at desc, id desc)",
    "create index memories_conversation on memories (conversation_id)",
    # Read in full by every recall: who may be found, and who the speakers are. From these alone,
    # at 10,000 memories, the first takes .3 ms instead of 1.4, the second .01 instead of 1.3.
    """
    create index memories_recallable on memories (person_id, expires_at)
    where status = 'active' and paused = 0
    """,
    "create index memories_speaker on memories (person_id, speaker) where speaker is not null",
    # Every message of a conversation looks for memories that must not be used now: they are few.
    """
    create index memories_set_aside on memories (person_id)
    where status != 'active' or paused or merged_into is not null
    """,
    "alter table conversations add column remembers integer not null default 1",
    # A message that was edited, or an answer given anew: out of sight, erased when undo ends.
    "alter table messages add column replaced_at text",
    "create index messages_replaced on messages (replaced_at) where replaced_at is not null",
    # Which message an answer answers: with two tabs in one conversation not always the one before.
    "alter table messages add column answers integer references messages on delete set null",
    """
    update messages set answers = (
        select max(said.id) from messages as said
        where said.conversation_id = messages.conversation_id and said.id < messages.id
            and said.role = 'user')
    where role = 'assistant'
    """,
    "create index messages_answers on messages (answers) where answers is not null",
)
