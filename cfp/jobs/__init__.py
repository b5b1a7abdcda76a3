"""Jobs: work that is too slow for a request, as rows that a person can watch."""
