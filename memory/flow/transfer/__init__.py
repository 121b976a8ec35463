"""Taking everything along, and bringing it in again (GDPR Art. 15 and 20)."""

from memory.flow.transfer.exports.exporting import export, export_to
from memory.flow.transfer.imports.importing import import_archive
from memory.flow.transfer.progress import OnProgress

__all__ = ["OnProgress", "export", "export_to", "import_archive"]
