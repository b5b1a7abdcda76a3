"""schedule.xml, the lingua franca of conference apps: frab's format in both directions."""

from cfp.interop.schedule_xml.reading import read
from cfp.interop.schedule_xml.writing import write

__all__ = ["read", "write"]
