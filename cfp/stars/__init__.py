"""What visitors want to see, and what that says about the programme."""
