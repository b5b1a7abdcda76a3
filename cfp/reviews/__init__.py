"""Reviews: conflicts, assignments, verdicts, scores and the selection."""
