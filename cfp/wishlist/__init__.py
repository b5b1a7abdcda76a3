"""What visitors wish to hear, how many share a wish, and the invitation that it may become."""
