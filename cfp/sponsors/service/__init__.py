"""What people do with sponsors: set levels, offer, sign, pay, hold booths, keep promises."""
