"""Taking everything along: what is held, written as a page to read, as JSON and as tables."""
