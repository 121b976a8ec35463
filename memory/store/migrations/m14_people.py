"""What people are called, and who was last chosen at the page."""

STEPS = (
    # empty: the page calls them by their user_id
    "alter table people add column name text not null default ''",
    # null: another person was chosen after them, or none ever was
    "alter table people add column chosen_at text",
)
