"""The Inspector page: the list, one memory, many at once, and the way back."""
