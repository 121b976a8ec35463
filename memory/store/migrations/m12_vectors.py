"""Vectors as rows of a table of their own, each with its signs beside it, for several models.

Before, sqlite-vec kept them in chunks (vec0): one of 10,000 was found by reading all of them, and
read back from the middle of a chunk of 1.5 MB; a slot that was erased stayed empty until all of its
chunk was.
"""

from memory.store.connection import Database


def _move_vectors(database: Database) -> None:
    """What stood in chunks, where a model had been chosen by then."""
    was_there = database.row("select 1 from sqlite_schema where name = 'memory_vectors'")
    if was_there:
        database.run("create temp table moved as select rowid as id, embedding from memory_vectors")
        database.run("drop table memory_vectors")
    for statement in VECTORS:
        database.run(statement)
    if was_there:
        database.run(
            """
            insert into memory_vectors (memory_id, model_id, person_id, bits, embedding)
            select moved.id, (select id from embedding_models), person_id,
                   vec_quantize_binary(embedding), embedding
            from moved join memories on memories.id = moved.id order by moved.id
            """
        )
        database.run("drop table temp.moved")


VECTORS = (
    # id: never given again, so that the highest tells what is new (``store/signs.py``)
    # bits: the sign of each number, sqlite-vec's binary quantization; embedding: float32, of unit
    # length
    """
    create table memory_vectors (
        id integer primary key autoincrement,
        memory_id integer not null references memories on delete cascade,
        model_id integer not null references embedding_models,
        person_id integer not null,
        bits blob not null,
        embedding blob not null,
        unique (memory_id, model_id)
    )
    """,
    # Read in full at the first search: 60 bytes a vector.
    """
    create index memory_vectors_bits on memory_vectors (model_id, person_id, memory_id, bits)
    """,
    # The file itself takes no vector that cannot be of its model.
    """
    create trigger memory_vectors_fit before insert on memory_vectors
    when length(new.embedding) !=
        4 * (select dimension from embedding_models where id = new.model_id)
    begin select raise(abort, 'a vector of another model'); end
    """,
    """
    create trigger embedding_models_stay before update of name, dimension on embedding_models
    begin select raise(abort, 'a model keeps its name and its dimension'); end
    """,
)

STEPS = (
    _move_vectors,
    # One is in use; another may be getting ready to take its place, or have been before it.
    "alter table embedding_models add column state text not null default 'in use'",
    # Never two in use, whatever a program does; nor two beside it.
    "create unique index embedding_models_state on embedding_models (state)",
)
