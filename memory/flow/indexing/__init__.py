"""The search by meaning and its models: which is in use, another index built beside it, both
compared, switched, and the way back."""
