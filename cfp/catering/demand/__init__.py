"""What a price step does: who buys when, how many, and for how much, under three elasticities.

Whoever still wants a ticket buys along the curve of the forecast; a late step pulls buying before
itself (see ``forecast.steps``). A price that differs from the planned one changes how many buy by
its ratio to the power of the elasticity. Nobody knows the elasticity of a conference: -0.2, -0.5
and -1.0 are assumed, and there is an answer for each of them.
"""

from cfp.catering.demand.answers import Answer, Band, answer, warnings
from cfp.catering.demand.ladder import HIGH, LOW, MIDDLE, Demand, Ladder

__all__ = ["HIGH", "LOW", "MIDDLE", "Answer", "Band", "Demand", "Ladder", "answer", "warnings"]
