"""The built-in answerer, which replies from memory when no model is connected."""
