"""Chats and lists from elsewhere: what an import would bring in, bringing it in, and going on where
it was stopped. What the person said goes the way of ``observe``; a line of a list is remembered as
they gave it.
"""

from memory.flow.chats.importing import OnChatProgress, import_chats, imports
from memory.flow.chats.planning import plan

__all__ = ["OnChatProgress", "import_chats", "imports", "plan"]
