"""What a model does when an answer has been kept and nobody waits any more: it reads the message
beside the rules, and sums up what the conversation outgrew."""
