"""Your data: taking it along, bringing it in, copies of the file, and its passphrase."""
