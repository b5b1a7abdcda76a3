"""Sponsors: what they may buy, what was agreed, and what was promised to them."""
