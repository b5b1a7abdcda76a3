"""The puzzle: talks, rooms, hours, people, wishes, all prepared. No database."""

from cfp.schedule.problem.people import Answer, Availability, Speaker
from cfp.schedule.problem.remembered import once_a_problem
from cfp.schedule.problem.rooms import Break, Opening, Room, SlotRaster, Walk
from cfp.schedule.problem.rulebook import Level, RuleBook, Setting, Waiver
from cfp.schedule.problem.talks import Demand, Pin, Similarity, Talk, Wish
from cfp.schedule.problem.timetable import Place, Timetable
from cfp.schedule.problem.whole import Problem

__all__ = [
    "Answer",
    "Availability",
    "Break",
    "Demand",
    "Level",
    "Opening",
    "Pin",
    "Place",
    "Problem",
    "Room",
    "RuleBook",
    "Setting",
    "Similarity",
    "SlotRaster",
    "Speaker",
    "Talk",
    "Timetable",
    "Waiver",
    "Walk",
    "Wish",
    "once_a_problem",
]
