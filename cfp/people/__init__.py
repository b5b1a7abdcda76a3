"""People: accounts, sign-in, profiles, and the log of who did what."""
