"""Recollect: a memory for your LLM that you can see, steer and erase.

    from memory import Memory, Settings

    with Memory.open(Settings(database=Path("demo.db"))) as memory:
        memory.grant("me", "personalization")
        memory.observe("me", "user", "I prefer concise examples.")
        memory.recall("me", "How should examples look?")

Importing it loads no model and no large library; those come with their first use.
"""

from memory.engine import Memory
from memory.errors import (
    AppError,
    BudgetExceeded,
    ConsentRequired,
    EmbedderMismatch,
    EmbedderUnavailable,
    InvalidInput,
    LanguageUnavailable,
    ModelUnavailable,
    NotFound,
    StoreUnavailable,
)
from memory.flow.reply import Reply
from memory.records import (
    AuditEvent,
    AuditVerification,
    Consent,
    Context,
    Conversation,
    Curve,
    DataClass,
    Entity,
    ErasureReceipt,
    Explanation,
    Footprint,
    Importance,
    Kind,
    Label,
    MemoryItem,
    Message,
    MessageState,
    Observation,
    PrivacyReport,
    ProfileField,
    Recalled,
    Redaction,
    Retention,
    Revision,
    Role,
    Section,
    Source,
    Span,
    Stats,
    Status,
)
from memory.settings import Settings

__all__ = [
    "AppError",
    "AuditEvent",
    "AuditVerification",
    "BudgetExceeded",
    "Consent",
    "ConsentRequired",
    "Context",
    "Conversation",
    "Curve",
    "DataClass",
    "EmbedderMismatch",
    "EmbedderUnavailable",
    "Entity",
    "ErasureReceipt",
    "Explanation",
    "Footprint",
    "Importance",
    "InvalidInput",
    "Kind",
    "Label",
    "LanguageUnavailable",
    "Memory",
    "MemoryItem",
    "Message",
    "MessageState",
    "ModelUnavailable",
    "NotFound",
    "Observation",
    "PrivacyReport",
    "ProfileField",
    "Recalled",
    "Redaction",
    "Reply",
    "Retention",
    "Revision",
    "Role",
    "Section",
    "Settings",
    "Source",
    "Span",
    "Stats",
    "Status",
    "StoreUnavailable",
]
