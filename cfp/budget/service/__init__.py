"""What people do with the money ahead: note it, look at it, and play with it."""
