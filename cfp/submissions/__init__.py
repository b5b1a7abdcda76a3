"""The call for papers: submissions, their speakers, decisions, and the talks that come of them."""
