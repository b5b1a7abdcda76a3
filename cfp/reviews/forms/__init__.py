"""The shape of what reviewers and chairs type."""
