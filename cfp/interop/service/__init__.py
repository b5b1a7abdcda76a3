"""Put what a file says into an edition: the same file twice changes nothing."""

from cfp.interop.service.importing import Kind, import_file
from cfp.interop.service.report import Report

__all__ = ["Kind", "Report", "import_file"]
