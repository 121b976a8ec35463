"""Pure rules: records and ``now`` in, records and numbers out. No file, no clock, no library."""
