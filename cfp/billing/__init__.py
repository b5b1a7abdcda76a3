"""Billing: what is owed and paid, and the documents that the law wants. Below both sellers."""
