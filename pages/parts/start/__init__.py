"""How one begins, and finds one's way: the welcome, the example, the tour and the help."""
