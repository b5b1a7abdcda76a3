"""The schedule: the puzzle, its rules, the solver, and its released versions."""
