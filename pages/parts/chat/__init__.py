"""The chat page: conversations, messages, one turn."""
