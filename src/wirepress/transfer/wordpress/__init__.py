"""A WordPress database becomes this site: every id, slug, guid, date, hash, role, meta value and option as it was."""

from wirepress.transfer.wordpress.database import ADDRESS, Keep, import_database
from wirepress.transfer.wordpress.report import Progress, Remark, Report, Stopped, Tally, quiet
from wirepress.transfer.wordpress.source import Place

__all__ = [
    "ADDRESS",
    "Keep",
    "Place",
    "Progress",
    "Remark",
    "Report",
    "Stopped",
    "Tally",
    "import_database",
    "quiet",
]
