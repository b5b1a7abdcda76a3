"""Scores: as given, with the reviewers' severity taken out, and how far the committee agrees.

`figures` is plain Python. `severity` and `krippendorff` load NumPy: the web imports them inside
functions, if at all.
"""

from cfp.reviews.scoring.figures import HIGHEST, LOWEST, Score, Tally, tally

__all__ = ["HIGHEST", "LOWEST", "Score", "Tally", "tally"]
