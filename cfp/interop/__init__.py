"""Formats of others: what comes in from a file, and what goes out as one."""
