"""The desk in a terminal: for a try-out, for scripts, for tests."""
