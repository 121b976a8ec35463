"""People: whose memory is open, how they are called, and switching between them."""
