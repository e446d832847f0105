"""Runs one stage alone on JSON lines, for measuring it and for use in other tools."""
