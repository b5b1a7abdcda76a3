"""Mail: texts, the outbox, and the one delivery of each message."""
