"""Recordings and slides: what stays of a session."""
