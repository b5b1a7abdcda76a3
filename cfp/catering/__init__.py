"""What the caterer is told: meals, the number of heads, the order, and how far off it was."""
