"""The solver: a plan for every puzzle, better the longer it thinks, and why what is left out."""
