"""What is ordered: how many portions, for which diets, by which day."""
