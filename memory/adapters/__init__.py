"""The outside world, one library a file, each imported when it is first needed."""
