"""schedule.json, version 1: what frab and pretalx write, in both directions."""

from cfp.interop.schedule_json.reading import read
from cfp.interop.schedule_json.writing import write

__all__ = ["read", "write"]
