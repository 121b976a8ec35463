"""What a person chose about classes and labels; what they left alone has no row."""

from memory.records import ClassRule, DataClass, Handling, Label, LabelRule, PrivacyRules
from memory.store.connection import Database

FOR_EVER = 0
"""Days of a class that is kept until it is erased by hand; null is left to the preset."""


class Choices:
    def __init__(self, database: Database) -> None:
        self._database = database

    def classes(
        self, person_id: int, usual: dict[DataClass, ClassRule]
    ) -> dict[DataClass, ClassRule]:
        """The usual rules with the person's own in their place."""
        rows = self._database.rows(
            """
            select data_class, recalled, sent, exported, days from class_rules
            where person_id = ?
            """,
            (person_id,),
        )
        own = {
            DataClass(data_class): ClassRule(
                bool(recalled),
                bool(sent),
                bool(exported),
                usual[DataClass(data_class)].days if days is None else days or None,
            )
            for data_class, recalled, sent, exported, days in rows
        }
        return usual | own

    def labels(self, person_id: int, usual: dict[Label, LabelRule]) -> dict[Label, LabelRule]:
        rows = self._database.rows(
            "select label, stored, masked_when_sent from label_rules where person_id = ?",
            (person_id,),
        )
        return usual | {
            Label(label): LabelRule(Handling(stored), bool(masked))
            for label, stored, masked in rows
        }

    def replace(self, person_id: int, chosen: PrivacyRules, usual: PrivacyRules) -> None:
        """Only what differs from the usual is kept, so that a later preset governs the rest."""
        for table in ("class_rules", "label_rules"):
            self._database.run(f"delete from {table} where person_id = ?", (person_id,))
        for data_class, rule in chosen.classes.items():
            if rule != usual.classes[data_class]:
                same_days = rule.days == usual.classes[data_class].days
                self._database.run(
                    """
                    insert into class_rules (person_id, data_class, recalled, sent, exported, days)
                    values (?, ?, ?, ?, ?, ?)
                    """,
                    (
                        person_id,
                        data_class,
                        rule.recalled,
                        rule.sent,
                        rule.exported,
                        None if same_days else rule.days or FOR_EVER,
                    ),
                )
        self._database.run_many(
            """
            insert into label_rules (person_id, label, stored, masked_when_sent)
            values (?, ?, ?, ?)
            """,
            [
                (person_id, label, rule.stored, rule.masked_when_sent)
                for label, rule in chosen.labels.items()
                if rule != usual.labels[label]
            ],
        )
