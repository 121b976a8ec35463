"""How a turn of a conversation is read, and how an answer is worded."""
