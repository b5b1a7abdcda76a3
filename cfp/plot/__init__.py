"""Pictures of numbers: SVG that looks the same on a page, in a mail and on paper."""

from cfp.plot.ahead import Ahead, Mark, ahead
from cfp.plot.bars import Bar, bars, heat, histogram
from cfp.plot.curves import Band, Series, fan, line, spark
from cfp.plot.ladder import Step, ladder
from cfp.plot.picture import Look, Plot
from cfp.plot.wording import ENGLISH, GERMAN, Wording

__all__ = [
    "ENGLISH",
    "GERMAN",
    "Ahead",
    "Band",
    "Bar",
    "Look",
    "Mark",
    "Plot",
    "Series",
    "Step",
    "Wording",
    "ahead",
    "bars",
    "fan",
    "heat",
    "histogram",
    "ladder",
    "line",
    "spark",
]
