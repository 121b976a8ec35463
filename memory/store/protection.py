"""The passphrase of the file: set, changed and removed in place.

SQLite's own way (``pragma rekey``) rewrites the pages of the file beside a journal of the old ones.
Cut short, it leaves a file of which nobody knows with which passphrase its journal is played back.
Here a whole copy is written under the new passphrase, looked into, and put in the place of the file
in one step: whatever cuts it short, the file opens with the old passphrase or with the new one.
"""

from contextlib import closing

from memory.errors import DamagedDatabase
from memory.store.connection import Database
from memory.store.copies import counted
from memory.store.draft import Draft
from memory.store.encryption import write_copy


class Protection:
    def __init__(self, database: Database) -> None:
        self._database = database

    def change(self, passphrase: str) -> None:
        """“” removes it. Raises FileShared when the file is open elsewhere."""
        draft = Draft(self._database.path)
        with draft.held() as path, self._database.alone() as connection:
            before = counted(self._database)
            write_copy(connection, path, passphrase)
            with closing(Database(path, passphrase or None)) as copy:
                if counted(copy) != before:
                    raise DamagedDatabase(path)
            self._database.replace_with(path, passphrase or None)
