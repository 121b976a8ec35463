"""The file as a whole: copies of it, going back to one, and its passphrase."""
