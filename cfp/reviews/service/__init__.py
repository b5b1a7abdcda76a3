"""What the committee does: wish, step aside, assign, review, rank, select."""
